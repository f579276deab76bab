"""The company game, screen by screen; each confirmed quarter is kept and stays."""

from html import escape
from typing import Any

import ipywidgets

from tpmlib.errors import CourseError
from tpmlib.kit import content
from tpmlib.kit.html import folded, table_html
from tpmlib.kit.panels.base import Panel
from tpmlib.kit.panels.form import Field, Form
from tpmlib.lessons.company import account, screen
from tpmlib.lessons.company.company import YEAR
from tpmlib.lessons.company.games import ITEM, KIND, Game, answer, current
from tpmlib.lessons.company.screen import STEPS


class Company(Panel):
    """`company()`: who is there, what they build, and from April a date; then the account."""

    def __init__(self) -> None:
        super().__init__()
        self.deck = content.table("events").set_index("event_id")
        self.form = Form(fields=[], follows=True)
        self.strip, self.told, self.beside = (ipywidgets.HTML() for _ in range(3))
        self.on(self.form, "values", self._tell)
        self.form.on_event(lambda event: self.run(self._event, event.get("click")))
        self.form.layout.flex, self.beside.layout.flex = "1 1 28rem", "1 1 22rem"
        screens = ipywidgets.Box([self.form, self.beside]).add_class("tpm-beside")
        self.widget = ipywidgets.VBox([self.strip, self.told, screens])
        self._begin(current(self.record))

    def refresh(self) -> None:
        """Show the last game, where it has moved on since."""
        game = current(self.record)
        if game != self.game:
            self._begin(game)

    def _begin(self, game: Game) -> None:
        """The account of the last quarter, and the first screen of the next one."""
        self.game, self.entered = game, screen.values(game)
        self.teams = "" if len(game.rows) + 1 >= YEAR else account.staffings(game)  # of any choice
        self._turn(0)

    def _turn(self, place: int) -> None:
        """Show one screen; what came of the last quarter stands above the first."""
        self.place, over = place, self.game.is_over
        self.steps = () if over else screen.steps(self.game)
        staffing = self.entered["staffing"]
        fields = screen.fields(self.game, self.steps[place], staffing) if self.steps else []
        if place:  # with other people other work pays
            offered = [each["value"] for each in fields[1]["options"]]
            self.entered["work"] = [n for n in self.entered["work"] or [] if n in offered]
        last = self.game.rows[-1:] if not place else []
        self.told.value = "".join(account.told(self.game, self.deck.loc[r["event"]]) for r in last)
        with self.form.hold_sync():
            self.form.values = {}
            self.form.fields = fields
            self.form.name_item(KIND, f"{self.game.number}, {len(self.game.rows)}, {place}")
            self.form.base = {each["id"]: self.entered[each["id"]] for each in fields[1:]}
            self.form.values = self.form.base
            self.form.buttons = self._buttons()
        self._tell()

    def _buttons(self) -> list[Field]:
        """What can be pressed: the first one is where the learner's way goes."""
        if not self.steps:
            words = "A new year, other events (empties the comparisons below)"
            new: Field = {"id": "new", "label": words, "plain": True}
            return [{"id": "onward", "label": "Go on below", "onward": True}, new]
        back: list[Field] = [{"id": "back", "label": "Back", "plain": True}] if self.place else []
        if self.place + 1 < len(self.steps):
            return [{"id": "next", "label": "Next: what they build"}]
        return [{"id": "confirm", "label": f"Play quarter {len(self.game.rows) + 1}"}, *back]

    def _tell(self) -> None:
        """The year so far, and on the last screen what the choices would bring."""
        self.form.message, self.entered = "", self.entered | self.form.values
        shown = len(self.game.rows) + bool(self.steps)
        self.strip.value = account.strip(self.game, shown, self.entered["staffing"])
        page = self.teams if self.steps == STEPS and not self.place else ""
        try:
            if self.steps and self.place + 1 == len(self.steps):
                page += account.ahead(self.game, self.entered)
        except CourseError as error:
            page = f'<div class="tpm"><p>{escape(str(error))}.</p></div>'
        self.beside.value = page

    def _event(self, click: Any) -> None:
        self.entered |= self.form.values
        if click == "new" and self.game.is_over:
            self.keep(KIND, ITEM, answer(Game(self.game.number + 1), None), lesson="capstone")
        elif click == "back" and self.place:
            self._turn(self.place - 1)
        elif click == "next" and self.place + 1 < len(self.steps):
            self._turn(self.place + 1)
        elif click == "confirm" and self.place + 1 == len(self.steps):
            self._confirm()

    def _confirm(self) -> None:
        decision = screen.decided(self.game, self.entered)
        if current(self.record) != self.game:  # another tab was here
            self.refresh()
            self.form.message = "This quarter has been played elsewhere; here is how it went on."
            return
        self.keep(KIND, ITEM, answer(self.game, decision), lesson="capstone")
        self.form.message = self.record.problem

    def text(self) -> str:
        return f"The company game: Tally, {YEAR} quarters"

    def html(self) -> str:
        """For a page without Python: what is decided each quarter, and the events that may come."""
        asked = account.staffings(Game())
        for field in (field for step in STEPS for field in screen.fields(Game(), step, "pm")):
            rows = "".join(f"<li>{escape(row['label'])}</li>" for row in field.get("options", []))
            asked += f"<p>{escape(field['label'])}</p>{f'<ul>{rows}</ul>' * bool(rows)}"
        events = table_html(["What may happen"], [[text] for text in self.deck["text"]])
        return "<p>Played when Python runs.</p>" + asked + folded("The events, synthetic", events)
