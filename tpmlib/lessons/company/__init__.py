"""The company game: a year at Tally, quarter by quarter."""

from tpmlib.kit.registry import Part

TABLES = tuple(f"table {name}" for name in ("coupling", "controls", "events", "losses"))
GAME = ("allocation", "architecture", "drift", "estimates", "messages", *TABLES)
LESSON = Part(
    __name__,
    panels=dict(company="company_panel.Company", compare_company="compare_company.CompareCompany"),
    asked={"company": "made.asked"},
    shows={"company": GAME, "compare_company": GAME},
    acts_as={"company": "stage"},
    made={"company": "made.company"},
)
