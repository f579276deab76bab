"""Three budgets split over initiatives, by hand and by the best split."""

from tpmlib.kit.registry import Part

LESSON = Part(
    __name__,
    models=("allocation",),
    panels={"plan": "plan.Plan"},
    asked={"plan": "made.asked"},
    made={"plan": "made.split"},
)
