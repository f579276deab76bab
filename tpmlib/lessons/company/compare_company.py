"""The learner's year beside three fixed policies and random play, hidden until it is played."""

from html import escape
from itertools import islice
from typing import Any

import ipywidgets
import pandas as pd

from tpmlib.errors import CourseError
from tpmlib.kit import content, questions
from tpmlib.kit.html import folded, scrolled, table_html
from tpmlib.kit.panels import stage_parts
from tpmlib.kit.panels.base import Panel
from tpmlib.kit.panels.form import Field, Form
from tpmlib.kit.panels.picture import Picture
from tpmlib.kit.panels.pieces import Details
from tpmlib.lessons.company import company_picture as chart
from tpmlib.lessons.company.company import YEAR, played
from tpmlib.lessons.company.games import Game, current
from tpmlib.lessons.company.policies import FIXED, fixed, random
from tpmlib.lessons.company.world import Decision, World, tally_world

RANDOM = 200  # games played at random
ASKED = {"capstone-first": {}, "capstone-fit": {"fit": 0.0}}  # what each shows once answered
ENGINEERS: Field = {"id": "engineers", "label": "Engineers", "min": 4, "max": 40, "step": 2}
TURNED = ("fit", "week_price")  # couplings that the learner may turn
FIRST = "First answer the question before this one, since this gives it away."
UNPLAYED = "First play your year above: this shows how others would have done."


class CompareCompany(Panel):
    """`compare_company(ask)`: asks who ends first, then draws the year; the second can be turned.

    ask: id of the prediction, "capstone-first" or "capstone-fit"; the second comes after the first.
    """

    def __init__(self, ask: str) -> None:
        super().__init__()
        if ask not in ASKED:
            raise CourseError(f"ask: {ask!r} is not one of {', '.join(ASKED)}")
        self.item = questions.prediction(ask).filled()
        self.is_last = bool(ASKED[ask])
        self.skipped = False
        self.shown: tuple[Any, ...] = ()
        self.form = Form(fields=[])
        self.picture, self.details = Picture(chart), Details(title="How sure? The numbers")
        self.told = ipywidgets.HTML()
        self.on(self.form, "values", self._moved)
        self.form.on_event(lambda event: self.run(self._event, event.get("click")))
        beside = ipywidgets.Box([ipywidgets.VBox([self.picture, self.told]), self.form])
        beside.add_class("tpm-beside")
        self.widget = ipywidgets.VBox([beside, self.details])
        self.refresh()

    @property
    def is_answered(self) -> bool:
        return self.skipped or bool(self.record.latest(self.item.id, "predict"))

    def refresh(self) -> None:
        """Follow the game and the answers, here and elsewhere."""
        game = current(self.record)
        first = next(iter(ASKED))
        closed = not game.is_over or (
            self.is_last and not self.record.latest(first, "predict") and not self.is_answered
        )
        shown = (game, closed, self.is_answered)
        if shown != self.shown:
            self.shown, self.game = shown, game
            self._show(closed)

    def _show(self, closed: bool) -> None:
        """What is asked, or what came of it; nothing before the year is played."""
        asks = not closed and not self.is_answered
        fields, buttons = list[Field](), list[Field]()
        values: dict[str, Any] = {}
        if asks:
            fields, values = stage_parts.fields_of(self.item), {"answer": None, "confidence": None}
            skip = {"id": stage_parts.SKIP, "label": "Show it without a prediction", "plain": True}
            buttons = [{"id": stage_parts.COMMIT, "label": "Commit"}, skip]
        elif not closed and self.is_last:
            fields, values = self._turns()
        if closed:
            text = UNPLAYED if not self.game.is_over else FIRST
            fields = [{"id": "closed", "kind": "note", "label": text}]
        with self.form.hold_sync():
            self.form.values, self.form.message = {}, ""
            self.form.fields, self.form.values, self.form.buttons = fields, values, buttons
        given = stage_parts.first_given(self.record, self.item)
        notes = stage_parts.notes(self.item, given) if given and not asks else []
        self.told.value = "" if closed else stage_parts.under_picture(notes)
        self.details.layout.display = "none" if closed or asks else None
        if closed:
            self.picture.clear()
        else:
            self._draw()

    def _turns(self) -> tuple[list[Field], dict[str, float]]:
        """The assumptions that carry the result, each to be turned."""
        rows = content.table("coupling").set_index("coupling_id").loc[list(TURNED)]
        fields = [
            {"id": name, "kind": "range", "label": row["name"], "unit": row["unit"]}
            | {"min": row["min"], "max": row["max"], "step": row["step"]}
            for name, row in rows.iterrows()
        ]
        values = {name: self.game.couplings[name] for name in TURNED} | ASKED[self.item.id]
        size = content.settings("drift", "tally")["engineers"]
        return [*fields, ENGINEERS | {"kind": "range"}], values | {"engineers": size}

    def _moved(self) -> None:
        if "engineers" in self.form.values:
            self._draw()

    def _event(self, click: Any) -> None:
        values = {name: self.form.values.get(name) for name in ("answer", "confidence")}
        if click == stage_parts.SKIP:
            self.skipped = True
            self.refresh()
        elif click == stage_parts.COMMIT and not self.is_answered:
            self.form.message = stage_parts.missing(values)
            if not self.form.message:
                right, text = self.item.is_right(values["answer"]), self.item.text_hash
                self.keep(
                    "predict", self.item.id, values, lesson="capstone", text=text, right=right
                )

    def _draw(self) -> None:
        """The learner alone while something is asked; then all, the random ones but once."""
        turned = {name: self.form.values[name] for name in TURNED if name in self.form.values}
        world = tally_world(int(self.form.values.get("engineers", 0)))
        world = world.coupled(**self.game.couplings | turned)
        alone = not self.is_answered and not self.is_last
        base = self.is_last and not self.is_answered
        frame = year(world, self.game, not alone, RANDOM if not self.is_last or base else 0)
        self.picture.show(frame, sentence(frame))
        self.details.caption, self.details.rows = chart.finding(frame), chart.numbers(frame)

    def text(self) -> str:
        return f"Your year beside others, once it is played. Asked: {self.item.text}"

    def html(self) -> str:
        """For a page without Python: the question, and behind it the first game without you."""
        world = tally_world().coupled(**ASKED[self.item.id])
        frame = year(world, Game(), True, 0)
        head, *rows = chart.numbers(frame)
        texts = [option.text for option in self.item.options]
        table = scrolled("The first game", table_html(head, rows, chart.finding(frame)))
        asked = f"<p>{escape(UNPLAYED)}</p><p>Predict. {escape(self.item.text)}</p>"
        return f"{asked}<p>{escape(' / '.join(texts))}</p>" + folded(
            "After your prediction", f"<p>{escape(self.item.why)}</p>{table}"
        )


def year(world: World, game: Game, rivals: bool, lucky: int) -> pd.DataFrame:
    """The money after each quarter: `policy`, `game`, `quarter` [0 to 4] and `total` [k$].

    rivals: whether the fixed policies are there.   lucky: number of random games.
    """
    plans: list[tuple[str, list[Decision]]] = []
    if rivals:
        plans += [(name, fixed(world, name, YEAR)) for name in FIXED]
    if game.is_over:
        plans.append(("you", list(game.decisions)))
    plans += [(chart.CLOUD, plan) for plan in islice(random(world, YEAR, game.number), lucky)]
    rows = [
        (policy, place, quarter, total)
        for place, (policy, plan) in enumerate(plans)
        for quarter, total in enumerate(
            [0.0, *(row["total"] for row in played(world, plan, game.number))]
        )
    ]
    return pd.DataFrame(rows, columns=["policy", "game", "quarter", "total"])


def sentence(frame: pd.DataFrame) -> str:
    """The picture in words: where each ends, in thousand dollars."""
    ends = (f"{chart.NAMES[name]} {total:+,.0f}" for name, total in chart.ends(frame).items())
    return f"At the end, in thousand dollars: {'; '.join(ends)}."
