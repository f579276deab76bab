"""Ways to build a service: outages and their budget, what each way costs, threats."""

from tpmlib.kit.registry import Part

LESSON = Part(
    __name__,
    models=("architecture", "outages"),
    panels={"mark_threats": "mark_threats.MarkThreats"},
    shows={"mark_threats": ("table flows", "table threats")},
    asked={"threats": "made.asked_threats"},
    made={"threats": "made.threats"},
)
