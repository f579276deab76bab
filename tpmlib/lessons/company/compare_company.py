"""The learner's year beside three fixed policies and random play, hidden until it is played."""

from itertools import islice
from typing import Any

import ipywidgets
import pandas as pd

from tpmlib.errors import CourseError, nearest
from tpmlib.kit import content, questions
from tpmlib.kit.html import folded, paragraphs
from tpmlib.kit.panels import stage_parts
from tpmlib.kit.panels.base import Panel
from tpmlib.kit.panels.form import Field, Form
from tpmlib.kit.panels.picture import Picture
from tpmlib.kit.panels.pieces import Details
from tpmlib.kit.words import say
from tpmlib.lessons.company import company_picture as chart
from tpmlib.lessons.company.account import parted
from tpmlib.lessons.company.company import YEAR, played
from tpmlib.lessons.company.games import Game, current
from tpmlib.lessons.company.policies import FIXED, fixed, random
from tpmlib.lessons.company.world import World, tally_world

RANDOM = 200  # games played at random
ASKED = {"capstone-first": {}, "capstone-fit": {"fit": 0.0}}  # what each shows once answered
SCALE = ("id", "unit", "min", "max", "step")
SLIDERS = (("fit", "%", 0, 100, 5), ("slowness", "times", 1, 4, 0.1), ("engineers", "", 4, 40, 1))
UNPLAYED = "First play your year above."
RESET: Field = {"id": "reset", "label": "All as in the game", "plain": True}
FIRST = "First answer the question before this one, since this gives it away."


class CompareCompany(Panel):
    """`compare_company(ask)`, of ASKED: who ends first? Then the year; the second can be turned."""

    def __init__(self, ask: str) -> None:
        super().__init__()
        if ask not in ASKED:
            raise CourseError(f"ask: {nearest(ask, ASKED)}")
        self.item, self.turned = questions.prediction(ask).filled(), ASKED[ask]
        self.skipped, self.shown = False, tuple[Any, ...]()
        self.form, self.told = Form(fields=[]), ipywidgets.HTML()
        self.picture, self.details = Picture(chart), Details(title="The numbers behind the picture")
        self.on(self.form, "values", self._moved)
        self.form.on_event(lambda event: self.run(self._event, event.get("click")))
        beside = ipywidgets.Box([self.picture, self.form]).add_class("tpm-beside")
        self.widget = ipywidgets.VBox([self.told, beside, self.details])
        self.refresh()

    def refresh(self) -> None:
        """Follow the game and the answers, here and elsewhere."""
        first, this = (
            self.record.latest(ask, "predict") for ask in (next(iter(ASKED)), self.item.id)
        )
        answered, game = self.skipped or bool(this), current(self.record)
        shown = (game, answered, answered or not self.turned or bool(first))
        if shown != self.shown:
            self.shown = shown
            self._show(game, *shown[1:])

    def _show(self, game: Game, answered: bool, follows: bool) -> None:
        """What is asked, or what came of it; nothing before the year is played."""
        self.game, closed = game, not (game.is_over and follows)
        fields, buttons, values = list[Field](), list[Field](), dict[str, Any]()
        if not closed and not answered:
            fields, values = stage_parts.fields_of(self.item), {"answer": None, "confidence": None}
            buttons = stage_parts.asking()
        elif not closed and self.turned:
            (fields, values), buttons = self._turns(), [RESET]
            self.start = values
            self.last = values = values | self.turned
        with self.form.hold_sync():
            self.form.values, self.form.message = {}, ""
            self.form.fields, self.form.values, self.form.buttons = fields, values, buttons
        given = stage_parts.first_given(self.record, self.item)
        page = stage_parts.told(None if answered else self.item, self.item, given)
        if closed:
            page = paragraphs([FIRST if game.is_over else UNPLAYED])
            self.picture.clear()
        else:
            self._draw()
        self.told.value = f'<div class="tpm">{page}</div>'
        self.details.layout.display = None if answered and not closed else "none"

    def _turns(self) -> tuple[list[Field], dict[str, float]]:
        """A coupling and two settings of `drift`, which carry the result, each to be turned."""
        values = self.game.world.couplings | content.settings("drift", "tally")
        values["fit"] = round(100 * values["fit"])
        fields = [{"kind": "range"} | dict(zip(SCALE, each, strict=True)) for each in SLIDERS]
        for field in fields:
            field["label"] = say(f"company.{field['id']}", game=values[field["id"]])
        return fields, {name: values[name] for name, *_ in SLIDERS}

    def _moved(self) -> None:
        if "engineers" not in self.form.values:
            return
        moved = [each for each in SLIDERS if self.form.values[each[0]] != self.last[each[0]]]
        self.last = dict(self.form.values)
        self._draw()
        self.form.message = self._turning(*moved[0]) if len(moved) == 1 else ""

    def _turning(self, name: str, unit: str, least: float, most: float, step: float) -> str:
        """Whether the order of the rivals changes one step below or above where a slider stands."""
        here, unit = round(self.last[name], 2), unit.replace("times", "")
        near = [v for way in (-1, 0, 1) if least <= (v := round(here + way * step, 2)) <= most]
        worlds = [_world(self.last | {name: value}) for value in near]
        orders = [chart.order(year(w, Game(self.game.number), True, 0)) for w in worlds]
        level = [say("company.level", here=here, unit=unit)] * ("level" in orders[near.index(here)])
        places = zip(near, near[1:], orders, orders[1:], strict=False)
        turned = [{"low": a, "high": b, "unit": unit} for a, b, low, high in places if low != high]
        return " ".join(level or [say("company.turns", **each) for each in turned])

    def _event(self, click: Any) -> None:
        values = {name: self.form.values.get(name) for name in ("answer", "confidence")}
        if click == stage_parts.SKIP:
            self.skipped = True
            self.refresh()
        elif click == RESET["id"] and "engineers" in self.form.values:
            self.form.values = self.start
        elif click == stage_parts.COMMIT and not self.shown[1]:
            self.form.message = stage_parts.missing(values)
            if not self.form.message:
                details = {"lesson": self.item.lesson, "text": self.item.text_hash}
                right = self.item.is_right(values["answer"])
                self.keep("predict", self.item.id, values, right=right, **details)

    def _draw(self) -> None:
        """The learner alone before the first answer; then all, with the random ones or turned."""
        rivals = bool(self.shown[1] or self.turned)
        lucky = RANDOM * (rivals and not self.turned)
        frame = year(_world(self.form.values), self.game, rivals, lucky)
        self.picture.show(frame, parted(self.game) if rivals and not self.turned else "")
        self.details.caption, self.details.rows = chart.finding(frame), chart.numbers(frame)

    def text(self) -> str:
        return f"Your year beside others, once it is played. Asked: {self.item.text}"

    def html(self) -> str:
        """For a page without Python: the question, and behind it why it comes out so."""
        options = " / ".join(option.text for option in self.item.options)
        page = paragraphs((UNPLAYED, f"Predict. {self.item.text} {options}"))
        return page + folded("After your prediction", paragraphs([self.item.why]))


def _world(values: dict[str, Any]) -> World:
    """The world of the game, with what the sliders say in place of its own."""
    team = {name: value for name, value in values.items() if name in ("slowness", "engineers")}
    return tally_world(**team).coupled(**{k: v / 100 for k, v in values.items() if k == "fit"})


def year(world: World, game: Game, rivals: bool, lucky: int) -> pd.DataFrame:
    """`policy`, `game`, `quarter` [0 to 4], `total` [k$]; FIXED if `rivals`, `lucky` at random."""
    plans = [(name, fixed(world, name, YEAR)) for name in FIXED if rivals]
    plans += [("you", list(game.decisions))] * game.is_over
    plans += [(chart.CLOUD, plan) for plan in islice(random(world, YEAR, game.number), lucky)]
    rows = [
        (policy, place, quarter, row["total"])
        for place, (policy, plan) in enumerate(plans)
        for quarter, row in enumerate([{"total": 0.0}, *played(world, plan, game.number)])
    ]
    return pd.DataFrame(rows, columns=["policy", "game", "quarter", "total"])
