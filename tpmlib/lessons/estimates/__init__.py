"""When a release is done, drawn from low, likely and high days of each task."""

from tpmlib.kit.registry import Part

LESSON = Part(__name__, models=("estimates",))
