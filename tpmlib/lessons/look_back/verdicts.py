"""The learner's verdicts on all claims beside the course's own."""

from typing import Any

from tpmlib.kit import content
from tpmlib.kit.panels.base import parts
from tpmlib.kit.panels.judge import VERDICTS
from tpmlib.kit.record import Record

HEAD = ["Claim", "Your verdict", "Sure", "The course's verdict"]
HIDDEN = "shown once you have judged"
Answer = dict[str, Any]  # `verdict`, `confidence`, `reason`; empty if not judged


def _judged(record: Record) -> list[tuple[dict[str, Any], str, Answer]]:
    """Each claim, its name, and the learner's last answer with a verdict that there is."""
    kept, judged = record.items("judge"), []
    for claim in content.table("claims").to_dict("records"):
        answer = parts(kept.get(claim["claim_id"]))
        whole = str(answer.get("verdict")) in VERDICTS
        judged.append((claim, f"{claim['claim_id']} {claim['claim']}", answer if whole else {}))
    return judged


def rows(record: Record) -> list[list[str]]:
    """One row a claim; the course's verdict only where the learner has given one."""
    table = []
    for claim, name, answer in _judged(record):
        cells = [f"not judged yet: lesson {content.lesson(claim['lesson'])['number']}", "", HIDDEN]
        if answer:
            course = VERDICTS.get(claim["verdict"] or "", "not written yet")
            cells = [VERDICTS[answer["verdict"]], f"{answer.get('confidence', '?')}%", course]
        table.append([name, *cells])
    return table


def readings(record: Record) -> list[tuple[str, str, str]]:
    """Claim, the learner's reason and the course's reading, of what is judged."""
    return [
        (name, str(answer.get("reason", "")), claim["reading"])
        for claim, name, answer in _judged(record)
        if answer
    ]


def sentence(record: Record) -> str:
    """How many are judged and agree."""
    verdicts = [(mine, course) for _, mine, _, course in rows(record)]
    judged = [mine == course for mine, course in verdicts if course != HIDDEN]
    if not judged:
        return f"None of the {len(verdicts)} claims is judged yet: each lesson asks for its own."
    return (
        f"{len(judged)} of {len(verdicts)} claims are judged; {sum(judged)} of your verdicts are "
        "the course's. The course's verdict is a reading and no key: where you differ, what would "
        "have to be counted to settle it?"
    )
