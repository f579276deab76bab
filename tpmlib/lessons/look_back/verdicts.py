"""The learner's verdicts on all claims beside the course's own."""

from typing import Any

from tpmlib.kit import content
from tpmlib.kit.panels.base import parts
from tpmlib.kit.panels.judge import VERDICTS
from tpmlib.kit.record import Record

HEAD = ["Claim", "Your verdict", "Sure", "The course's verdict"]
NOT_YET = "not judged yet: lesson {}"
HIDDEN = "shown once you have judged"


def rows(record: Record) -> list[list[str]]:
    """One row a claim; the course's verdict only where the learner has given one."""
    judged = record.items("judge")
    return [_row(claim, parts(judged.get(claim["claim_id"]))) for claim in claims()]


def _row(claim: dict[str, Any], said: dict[str, Any]) -> list[str]:
    name = f"{claim['claim_id']} {claim['claim']}"
    mine = VERDICTS.get(str(said.get("verdict")))
    if mine is None:
        return [name, NOT_YET.format(content.lesson(claim["lesson"])["number"]), "", HIDDEN]
    course = VERDICTS.get(claim["verdict"] or "", "not written yet")
    return [name, mine, f"{said.get('confidence', '?')}%", course]


def readings(record: Record) -> list[tuple[str, str, str]]:
    """Claim, the learner's reason and the course's reading, of what is judged."""
    judged = record.items("judge")
    return [
        (f"{claim['claim_id']} {claim['claim']}", str(said.get("reason", "")), claim["reading"])
        for claim in claims()
        if str((said := parts(judged.get(claim["claim_id"]))).get("verdict")) in VERDICTS
    ]


def sentence(record: Record) -> str:
    """How many are judged and agree."""
    judged = [row for row in rows(record) if row[3] != HIDDEN]
    total = len(claims())
    if not judged:
        return f"None of the {total} claims is judged yet: each lesson asks for its own."
    same = sum(row[1] == row[3] for row in judged)
    return (
        f"{len(judged)} of {total} claims are judged; {same} of your verdicts are the course's. "
        "The course's verdict is a reading and no key: where you differ, what would have to be "
        "counted to settle it?"
    )


def claims() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = content.table("claims").to_dict("records")
    return found
