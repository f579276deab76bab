"""The company game: a year at Tally, quarter by quarter."""

from tpmlib.kit.registry import Part

GAME = (
    *("allocation", "architecture", "drift", "estimates", "messages"),
    *(f"table {name}" for name in ("coupling", "controls", "events", "losses")),
)
LESSON = Part(
    __name__,
    panels={
        "company": "company_panel.Company",
        "compare_company": "compare_company.CompareCompany",
    },
    asked={"company": "made.asked"},
    shows={"company": GAME, "compare_company": GAME},
    acts_as={"company": "stage"},
    made={"company": "made.company"},
)
