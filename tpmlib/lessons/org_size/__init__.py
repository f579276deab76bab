"""When one person becomes too few, and how wide that guess is."""

from tpmlib.kit.registry import Part

LESSON = Part(__name__, models=("org_growth", "org_spread"))
