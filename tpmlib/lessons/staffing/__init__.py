"""One person or two: questions, locked hours, and what a year is worth."""

from tpmlib.kit.registry import Part

LESSON = Part(__name__, models=("own_week", "drift", "staffing_map", "staffing_sensitivity"))
