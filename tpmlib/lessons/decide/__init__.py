"""PM or TPM, or neither: nine questions about one's own team, open rules, and a memo."""

from tpmlib.kit.registry import Part

LESSON = Part(
    __name__,
    panels={"decide": "panel.Decide"},
    shows={"decide": ("decision",)},
    asked={"decide": "rules.asked"},
    documents={
        "memo": "made.memo",
        "question_log": "made.question_log",
    },
)
