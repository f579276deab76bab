"""Ways to build a service: outages, controls under a budget, threats on its flows."""

from tpmlib.kit.registry import Part

LESSON = Part(
    __name__,
    models=("architecture",),
    undrawn=("controls", "interruption"),
    panels={
        "choose_controls": "choose_controls.ChooseControls",
        "mark_threats": "mark_threats.MarkThreats",
    },
    asked={"controls": "made.asked_controls", "threats": "made.asked_threats"},
    made={"controls": "made.controls", "threats": "made.threats"},
)
