"""The company game: a year at Tally, quarter by quarter."""

from tpmlib.kit.registry import Part

LESSON = Part(
    __name__,
    panels={
        "company": "company_panel.Company",
        "compare_company": "compare_company.CompareCompany",
    },
    asked={"company": "made.asked"},
    made={"company": "made.company"},
)
