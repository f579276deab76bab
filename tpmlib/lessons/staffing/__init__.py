"""One person or two: requests, locked hours, and what a year is worth."""

from tpmlib.kit.registry import Part

LESSON = Part(
    __name__,
    models=("drift", "staffing_map", "staffing_sensitivity"),
)
