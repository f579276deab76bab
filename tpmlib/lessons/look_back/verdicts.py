"""Four claims that no lesson asked, then more: a click each, and the course's after."""

from html import escape
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
FEW = 4  # claims that are shown at first


class Verdicts(Panel):
    """`verdicts()`: a row a claim, filled in where it is judged; a click keeps and compares."""

    def __init__(self) -> None:
        super().__init__()
        self.claims = {claim["claim_id"]: claim for claim in _claims()}
        self.form = self.widget = Form(arrangement="rows")
        self.form.name_item("verdicts", "verdicts")
        self._show(left_open()[:FEW] or [*self.claims])
        self.on(self.form, "values", self._chosen)
        self.form.on_event(lambda event: self.run(self._show, [*self.shown, *self.more]))

    def _show(self, names: list[str]) -> None:
        """Ask for these, each once; a button shows others that were left open, then all."""
        self.shown = dict.fromkeys(names)
        rest = [name for name in self.claims if name not in self.shown]
        self.more = [name for name in left_open() if name not in self.shown] or rest
        which = "more" if self.more == rest else "others"
        label = say(f"verdicts.{which}", n=len(self.claims), rest=len(self.more))
        meaning: Field = {"id": "meaning", "kind": "note", "label": say("judge.meaning")}
        with self.form.hold_sync():
            self.form.fields = [meaning, *(_field(self.claims[name]) for name in self.shown)]
            self.form.buttons = [{"id": "more", "label": label, "plain": True}] * bool(rest)
            self.refresh()

    def _chosen(self) -> None:
        for name, verdict in self.form.values.items():
            if verdict not in (None, self.form.base.get(name)):
                claim = self.claims[name]
                details = {"lesson": claim["lesson"], "text": text_hash({"text": claim["claim"]})}
                self.keep("judge", name, {"verdict": verdict}, **details)

    def refresh(self) -> None:
        mine = {name: v for name, v in given(self.record).items() if name in self.shown}
        self.form.recall(mine)
        self.form.feedback = {
            name: _compared(self.claims[name], verdict) for name, verdict in mine.items()
        }
        self.form.message = f"{sentence(self.record)} {self.record.problem}".strip()

    def text(self) -> str:
        return say("verdicts.text", n=len(self.claims), verdicts=", ".join(verdicts().values()))

    def html(self) -> str:
        """The claims and their readings; nothing of the learner."""
        rows = [[claim["claim"], _ours(claim)] for claim in self.claims.values()]
        table = table_html([*choices("verdicts.column").values()], rows)
        return f"<p>{escape(say('judge.meaning'))}</p>" + folded(say("verdicts.all"), table)


def _claims() -> list[Claim]:
    return list(content.claims().to_dict("records"))


def left_open() -> list[str]:
    """The claims that the lessons leave to this table."""
    homes = {claim["claim_id"]: content.lesson(claim["lesson"]) for claim in _claims()}
    return [name for name, lesson in homes.items() if name in lesson.get("later", ())]


def _field(claim: Claim) -> Field:
    options = [{"value": id, "label": label} for id, label in verdicts().items()]
    label = f"{claim['claim_id']}. {claim['claim']}"
    return {"id": claim["claim_id"], "kind": "radio", "label": label, "options": options}


def _compared(claim: Claim, mine: str) -> dict[str, Any]:
    """The course's verdict beside the learner's, and its reading to open."""
    verdict, which = _ours(claim), "too" if mine == claim["verdict"] else "ours"
    told = say(f"verdicts.{which}", verdict=verdict[0].lower() + verdict[1:])
    why = say("verdicts.why", lesson=content.lesson(claim["lesson"])["number"])
    return {"more": [f"{told} {why}", claim["reading"]]}


def _ours(claim: Claim) -> str:
    """The course's verdict, with its condition, which the reading says first."""
    told = f"... {claim['reading'].split('. ')[0]}".replace(f"... {say('verdicts.condition')}", "")
    return verdicts().get(claim["verdict"], say("verdicts.unwritten")).replace("...", told)


def given(record: Record) -> dict[str, str]:
    """The learner's last verdict on each claim that is judged."""
    names = content.claims()["claim_id"]
    mine = {name: parts(record.latest(name, "judge")).get("verdict") for name in names}
    return {name: verdict for name, verdict in mine.items() if verdict in VERDICTS}


def rows(record: Record) -> list[list[str]]:
    """One row a claim; the course's verdict only where the learner has given one."""
    mine, table, none = given(record), [], [say("verdicts.unjudged"), say("verdicts.hidden")]
    for claim in _claims():
        verdict = mine.get(claim["claim_id"])
        cells = [verdicts()[verdict], _ours(claim)] if verdict else none
        table.append([claim["claim"], *cells])
    return table


def sentence(record: Record) -> str:
    """How many are judged and agree."""
    mine, course = given(record), {claim["claim_id"]: claim["verdict"] for claim in _claims()}
    if not mine:
        return say("verdicts.none", n=len(course))
    same = sum(course[name] == verdict for name, verdict in mine.items())
    return say("verdicts.judged", n=len(course), judged=len(mine), same=same)
