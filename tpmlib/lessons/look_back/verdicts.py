"""All claims in one table: a click each gives the verdict, and the course's comes after it."""

from collections.abc import Collection
from html import escape
from itertools import groupby
from typing import Any

from tpmlib.kit import content
from tpmlib.kit.html import folded, table_html
from tpmlib.kit.panels.base import Panel, parts
from tpmlib.kit.panels.form import Field, Form
from tpmlib.kit.panels.judge import VERDICTS, verdicts
from tpmlib.kit.questions import text_hash
from tpmlib.kit.record import Record
from tpmlib.kit.words import choices, say

Claim = dict[str, Any]  # a row of claims.csv


class Verdicts(Panel):
    """`verdicts()`: a row a claim, filled in where it is judged; a click keeps and compares."""

    def __init__(self) -> None:
        super().__init__()
        self.claims = {claim["claim_id"]: claim for claim in _claims()}
        fields: list[Field] = [{"id": "meaning", "kind": "note", "label": say("judge.meaning")}]
        mine = given(self.record)
        for heading, claims in groups(mine):
            fields += [{"id": heading, "kind": "note", "label": heading, "heading": True}]
            fields += [_field(claim) for claim in claims]
        self.form = self.widget = Form(fields=fields, arrangement="rows")
        self.form.name_item("verdicts", "verdicts")
        self.refresh()
        self.on(self.form, "values", self._chosen)

    def _chosen(self) -> None:
        for name, verdict in self.form.values.items():
            if verdict not in (None, self.form.base.get(name)):
                claim = self.claims[name]
                details = {"lesson": claim["lesson"], "text": text_hash({"text": claim["claim"]})}
                self.keep("judge", name, {"verdict": verdict}, **details)

    def refresh(self) -> None:
        mine = given(self.record)
        self.form.recall(mine)
        self.form.feedback = {
            name: _compared(self.claims[name], verdict) for name, verdict in mine.items()
        }
        self.form.message = f"{sentence(self.record)} {self.record.problem}".strip()

    def text(self) -> str:
        return say("verdicts.text", n=len(self.claims), verdicts=", ".join(verdicts().values()))

    def html(self) -> str:
        """The claims and their readings; nothing of the learner."""
        rows = [
            [claim["claim"], say("verdicts.reading", verdict=claim["verdict"] or "none")]
            for claim in self.claims.values()
        ]
        table = table_html([*choices("verdicts.column").values()], rows)
        return f"<p>{escape(say('judge.meaning'))}</p>" + folded(say("verdicts.all"), table)


def _claims() -> list[Claim]:
    rows: list[Claim] = content.claims().to_dict("records")
    return rows


def groups(judged: Collection[str] = ()) -> list[tuple[str, list[Claim]]]:
    """Heading and claims, lesson by lesson: those that are still open, then those judged."""
    lessons = content.course()["lessons"]
    order = [lesson["id"] for lesson in lessons]

    def part(claim: Claim) -> tuple[bool, int]:
        return claim["claim_id"] in judged, order.index(claim["lesson"])

    def heading(done: bool, place: int) -> str:
        name = f"{lessons[place]['number']} {lessons[place]['title']}"
        return say("verdicts.done", lesson=name) if done else name

    grouped = groupby(sorted(_claims(), key=part), key=part)
    return [(heading(*place), list(claims)) for place, claims in grouped]


def _field(claim: Claim) -> Field:
    options = [{"value": id, "label": label} for id, label in verdicts().items()]
    label = f"{claim['claim_id']}. {claim['claim']}"
    return {"id": claim["claim_id"], "kind": "radio", "label": label, "options": options}


def _compared(claim: Claim, mine: str) -> dict[str, Any]:
    """The course's verdict beside the learner's, and its reading to open."""
    lesson = content.lesson(claim["lesson"])
    verdict, which = claim["verdict"] or "none", "too" if mine == claim["verdict"] else "ours"
    told = say(f"verdicts.{which}", verdict=verdict)
    condition = claim["reading"].split(". ")[0].split(say("verdicts.condition"))
    told = say(f"verdicts.{which}_if", condition=condition[1]) if len(condition) == 2 else told
    heading = f"{told} {say('verdicts.why', lesson=lesson['number'])}"
    return {"more": [heading, claim["reading"]]}


def given(record: Record) -> dict[str, str]:
    """The learner's last verdict on each claim that is judged."""
    kept = {claim["claim_id"]: record.latest(claim["claim_id"], "judge") for claim in _claims()}
    mine = {name: parts(event).get("verdict") for name, event in kept.items()}
    return {name: verdict for name, verdict in mine.items() if verdict in VERDICTS}


def rows(record: Record) -> list[list[str]]:
    """One row a claim; the course's verdict only where the learner has given one."""
    mine, table, lessons = given(record), [], content.course()["lessons"]
    labels, none = verdicts(), say("verdicts.unwritten")
    listed = set(lessons[-1]["claims"])
    later = {
        claim: lessons[-1]
        for each in lessons
        for claim in listed.intersection(each.get("later", ()))
    }
    for claim in _claims():
        lesson = later.get(claim["claim_id"]) or content.lesson(claim["lesson"])
        called = {"number": lesson["number"], "title": lesson["title"]}
        cells = [say("verdicts.unjudged"), say("verdicts.hidden", **called)]
        if verdict := mine.get(claim["claim_id"]):
            cells = [labels[verdict], labels.get(claim["verdict"], none)]
        table.append([claim["claim"], *cells])
    return table


def sentence(record: Record) -> str:
    """How many are judged and agree."""
    mine, course = given(record), {claim["claim_id"]: claim["verdict"] for claim in _claims()}
    if not mine:
        return say("verdicts.none", n=len(course))
    same = sum(course[name] == verdict for name, verdict in mine.items())
    return say("verdicts.judged", n=len(course), judged=len(mine), same=same)
