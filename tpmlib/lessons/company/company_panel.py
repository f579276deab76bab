"""The company game: one screen a quarter; each confirmed quarter is kept and stays."""

from html import escape
from typing import Any

import ipywidgets

from tpmlib.kit import content
from tpmlib.kit.html import LEFT, table_html
from tpmlib.kit.panels.base import Panel
from tpmlib.kit.panels.form import Form
from tpmlib.lessons.company import screen
from tpmlib.lessons.company.account import account, forecast
from tpmlib.lessons.company.company import YEAR, quarter
from tpmlib.lessons.company.games import ITEM, KIND, LONGEST, Game, answer, current
from tpmlib.lessons.company.world import Decision
from tpmlib.lessons.staffing.drift import NAMES

HEAD = ["Quarter", "Staffing", "Event", "Done in week", "Promised", "Net [k$]", "Total [k$]"]


class Company(Panel):
    """`company()`: staffing, work, a date and a choice for each quarter; then what came of it."""

    def __init__(self) -> None:
        super().__init__()
        self.deck = content.table("events").set_index("event_id")
        self.form = Form(fields=[], values={}, buttons=[])
        self.told = ipywidgets.HTML()
        self.longer = False  # four more quarters are wanted
        self.form.on_event(lambda event: self.run(self._event, event))
        self.widget = ipywidgets.VBox([self.form, self.told])
        self._turn(current(self.record))

    def refresh(self) -> None:
        """Show the last game, where it has moved on since."""
        game = current(self.record)
        if game != self.game:
            self._turn(game)

    def _turn(self, game: Game) -> None:
        """The screen of the next quarter of a game."""
        self.game = game
        self.longer = self.longer or len(game.rows) > YEAR
        over = len(game.rows) >= (LONGEST if self.longer else YEAR)
        with self.form.hold_sync():
            self.form.feedback = {}
            self.form.fields = screen.fields(game, over)
            self.form.buttons = screen.buttons(game, over)
            self.form.name_item("company", f"{game.number}, {len(game.rows)}")
            self.form.base = {} if over else screen.values(game)
            self.form.values = self.form.base
        self.told.value = f'<div class="tpm">{self._story()}</div>' if game.rows else ""

    def _event(self, event: dict[str, Any]) -> None:
        clicked = event.get("click")
        if clicked == "new":
            self.longer = False
            self.keep(KIND, ITEM, answer(Game(self.game.number + 1), None), lesson="capstone")
            self.form.message = "A new game with other events. The old one is kept."
        elif clicked == "more":
            self.longer = True
            self._turn(self.game)
            self.form.message = "Four more quarters."
        elif clicked == "undo":
            self.form.values = screen.values(self.game)
            self.form.message = "Your entries of this quarter are gone; confirmed quarters stay."
        elif clicked == "try":
            game, decision = self._entered()
            self.form.message = forecast(quarter(game.world, game.state, decision))
        elif clicked == "confirm":
            self._confirm()

    def _entered(self) -> tuple[Game, Decision]:
        game = screen.begun(self.game, self.form.values)
        return game, screen.decided(game, self.form.values)

    def _confirm(self) -> None:
        game, decision = self._entered()
        if current(self.record) != self.game:  # another tab was here
            self.refresh()
            self.form.message = "This quarter has been played elsewhere; here is how it went on."
            return
        self.keep(KIND, ITEM, answer(game, decision), lesson="capstone")
        row = self.game.rows[-1]
        self.form.message = (
            f"{self.kept()} Quarter {row['quarter']}: {self.deck.loc[row['event'], 'text']} "
            f"It came to {row['net']:+.0f} thousand dollars. The account is below."
        )

    def _story(self) -> str:
        """The last quarter told in full, and a table of all so far."""
        row = self.game.rows[-1]
        card = self.deck.loc[row["event"]]
        mine = {row["staffing"], *row["after"].controls, "slack" * (sum(row["shares"]) < 100)}
        had = mine & set(card["eased_by"].split())
        told = [
            f"{card['text']} {card['why']} (Lesson {content.lesson(card['lesson'])['number']}.)",
            *account(self.game, row),
            f"{'You had what softens it' if had else 'What would have softened the event'}: "
            f"{card['softened']}",
        ]
        lines = "".join(f"<li>{escape(line)}</li>" for line in told)
        head = f"<p><b>Quarter {row['quarter']}: what happened, and why</b></p><ul>{lines}</ul>"
        return head + table_html(
            HEAD, [self._line(row) for row in self.game.rows], "Quarters so far"
        )

    def _line(self, row: dict[str, Any]) -> list[str]:
        dates = [f"{row['finished']:.1f}", str(row["promise"])] if row["expected"] else ["-"] * 2
        event = self.deck.loc[row["event"], "text"]
        money = [f"{row['net']:+,.0f}", f"{row['total']:+,.0f}"]
        return [str(row["quarter"]), NAMES[row["staffing"]], event, *dates, *money]

    def text(self) -> str:
        return f"The company game: Tally, {YEAR} quarters, then {LONGEST - YEAR} more"

    def html(self) -> str:
        """For a page without Python: the work there is, the events that may come."""
        rows = [[row["label"], *row["cells"].values()] for row in screen.initiatives(Game())]
        work = table_html(
            ["Initiative", *screen.COLUMNS.values()], rows, "The work there is, synthetic"
        )
        cards = self.deck[["text", "lesson"]].to_numpy().tolist()
        events = table_html(["What may happen", "Lesson"], cards)
        return (
            "<p>For each quarter you choose who is there, which initiatives get engineer-weeks, a "
            "date, and one thing for architecture or security. It is played when Python runs.</p>"
            f"{work}<details><summary{LEFT}>The events, synthetic</summary>{events}</details>"
        )
