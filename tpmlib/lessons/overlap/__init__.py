"""How much two roles share, and what "a subset" can mean."""

from tpmlib.kit.registry import Part

LESSON = Part(
    __name__,
    models=("overlap", "containment", "profile"),
    formulas={"listed": "containment.listed", "most_named": "overlap.most_named"},
    panels={"profile": "profile_panel.Profile"},
    asked={"profile": "made.asked"},
    documents=("made.role_profile",),
)
