"""What the counted adverts say: rates by title, a text read by the same terms."""

from tpmlib.kit.registry import Part

LESSON = Part(
    __name__,
    models=("role_profile", "areas", "deals", "subject"),
    undrawn=("classifier", "pairs", "piles"),
    formulas={"read_advert": "advert.read_advert"},
    panels={
        "assign": "assign.Assign",
        "compare_titles": "titles.CompareTitles",
        "pairs": "pairs_panel.Pairs",
        "read_advert": "advert_panel.ReadAdvert",
        "what_stands": "standing.what_stands",
    },
    reasons={"role_profile": "reasons"},
    shows={
        "compare_titles": ("table titles",),
        "pairs": ("pairs",),
        "read_advert": ("scenario adverts",),
        "what_stands": ("role_profile",),
    },
    asked={"assign": "assign.duties", "pair": "pairs_panel.asked"},
    documents={"role_charter": "made.role_charter"},
)
