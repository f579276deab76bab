"""Comments counted by theme, initiatives ranked by several methods, and how sure each rank is."""

from tpmlib.kit.registry import Part

LESSON = Part(__name__, models=("themes", "priorities"))
