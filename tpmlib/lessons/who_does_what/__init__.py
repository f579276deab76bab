"""Who does what: a release, one's own week, and what "a subset" can mean."""

from tpmlib.kit.registry import Part

LESSON = Part(
    __name__,
    models=("overlap", "containment", "duty_lists", "profile"),
    panels={"profile": "profile_panel.Profile"},
    shows={"profile": ("profile",)},
)
