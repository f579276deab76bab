"""Three budgets split over initiatives: by hand, by plain rules, and as well as can be."""

from tpmlib.kit.registry import Part

LESSON = Part(
    __name__, models=("allocation",), asked={"own": "made.asked"}, made={"own": "made.split"}
)
