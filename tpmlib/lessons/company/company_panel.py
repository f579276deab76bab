"""The company game: one screen a quarter; each confirmed quarter is kept and stays."""

from html import escape
from typing import Any

import ipywidgets

from tpmlib.errors import CourseError
from tpmlib.kit import content
from tpmlib.kit.html import LEFT, table_html
from tpmlib.kit.panels.base import Panel
from tpmlib.kit.panels.form import Field, Form
from tpmlib.lessons.company import game
from tpmlib.lessons.company.company import quarter
from tpmlib.lessons.company.company_account import account
from tpmlib.lessons.company.company_games import ITEM, KIND, MOST, Game, answer, current
from tpmlib.lessons.company.company_screen import (
    PLAN,
    TAKES,
    TIE,
    TIES,
    Played,
    buttons,
    note,
    plan_rows,
    replayed,
    screen,
    values,
)
from tpmlib.lessons.company.company_world import PICKS, STEP, Decision
from tpmlib.lessons.staffing.drift import NAMES

YEAR = 4
HEAD = ["Quarter", "Staffing", "Event", "Done in week", "Promised", "Net [k$]", "Total [k$]"]


class Company(Panel):
    """`company()`: staffing, work, a date and a choice for each quarter; then what came of it."""

    def __init__(self) -> None:
        super().__init__()
        self.deck = content.table("events").set_index("event_id")
        self.form = Form(fields=[], values={}, buttons=[])
        self.told = ipywidgets.HTML()
        self.more = False
        self.here: Played | None = None
        self.form.on_event(lambda event: self.run(self._event, event))
        self.widget = ipywidgets.VBox([self.form, self.told])
        self.refresh()

    def refresh(self) -> None:
        """Show the last game, where it has moved on since."""
        found = current(self.record, game.world())
        if self.here is None or found != self.here.game:
            self._turn(found)

    def _turn(self, found: Game) -> None:
        """The screen of the next quarter of a game."""
        self.here = here = replayed(found)
        self.more = self.more or len(here.rows) > YEAR
        over = len(here.rows) >= (MOST if self.more else YEAR)
        fields = [note(here, over)] if over else screen(here)
        with self.form.hold_sync():
            self.form.feedback = {}
            self.form.fields, self.form.buttons = fields, buttons(here, over)
            self.form.values = {} if over else values(here)
        self.told.value = f'<div class="tpm">{self._story()}</div>' if here.rows else ""

    @property
    def now(self) -> Played:
        """The game on show."""
        assert self.here
        return self.here

    def _event(self, event: dict[str, Any]) -> None:
        clicked = str(event.get("click"))
        if clicked == "new":
            fresh = Game(self.now.game.number + 1, game.couplings(), ())
            self.more = False
            self.keep(KIND, ITEM, answer(fresh, None), lesson="capstone")
            self.form.message = "A new game with other events. The old one is kept."
        elif clicked == "more":
            self.more = True
            self._turn(self.now.game)
            self.form.message = "Four more quarters."
        elif clicked == "undo":
            self.form.values = values(self.now)
            self.form.message = "Your entries of this quarter are gone; confirmed quarters stay."
        elif clicked == "try":
            self.form.message = self._forecast()
        elif clicked == "confirm":
            self._confirm()

    def _decision(self) -> Decision:
        """What is entered. Raises CourseError where it is not possible."""
        entered = self.form.values
        shares = {
            name.split(".")[0]: share for name, share in (entered[PLAN] or {}).items() if share
        }
        if len(shares) > PICKS:
            raise CourseError(f"{len(shares)} initiatives have a share; at most {PICKS}")
        odd = [share for share in shares.values() if share % STEP]
        if odd:
            raise CourseError(f"A share of {odd[0]:g}%; shares go in tens")
        if sum(shares.values()) > 100:
            raise CourseError(f"The shares come to {sum(shares.values()):g}%; at most 100%")
        rest = [name for name in self.now.world.initiatives["initiative_id"] if name not in shares]
        picks = [*shares, *rest][:PICKS]
        return Decision(
            staffing=entered["staffing"],
            picks=tuple(picks),
            shares=tuple(int(shares.get(name, 0)) for name in picks),
            promise=int(entered["promise"]),
            choice=entered["choice"],
        )

    def _tied(self) -> Game:
        """The game with the couplings that are entered before its first quarter."""
        if self.now.rows:
            return self.now.game
        cells = self.form.values[TIES]
        ties = {}
        for one in content.table("coupling").to_dict("records"):
            value = cells.get(f"{one['coupling_id']}.{TIE}")
            if value is None or not one["min"] <= value <= one["max"]:
                raise CourseError(f"{one['name']}: {value}; from {one['min']:g} to {one['max']:g}")
            ties[one["coupling_id"]] = float(value)
        return self.now.game._replace(couplings=ties)

    def _forecast(self) -> str:
        """The quarter as entered, if nothing happens and all takes as long as expected."""
        world = self.now.world.coupled(**self._tied().couplings)
        row, after = quarter(world, self.now.state, self._decision(), None, 0.0)
        done = f"is done in week {row['expected']:.1f}" if row["expected"] else "builds nothing"
        return (
            f"If nothing happens: this {done}, {row['chance']:.0%} sure to keep week "
            f"{row['promise']}; it takes {row['used_people']:.1f} of {row['given_people']:.1f} "
            f"engineer-weeks, {row['used_money']:.0f} of {row['given_money']:.0f} thousand dollars "
            f"and {row['used_platform']:.0f} of {row['given_platform']:.0f} environment-hours. The "
            f"quarter comes to {row['net']:+.0f} thousand dollars, and {after.weekly:.1f} a week "
            "come in from then on."
        )

    def _confirm(self) -> None:
        tied, decision = self._tied(), self._decision()
        if current(self.record, game.world()) != self.now.game:  # another tab was here
            self.refresh()
            self.form.message = "This quarter has been played elsewhere; here is how it went on."
            return
        self.keep(KIND, ITEM, answer(tied, decision), lesson="capstone")
        row = self.now.rows[-1][0]
        self.form.message = (
            f"{self.kept()} Quarter {len(self.now.rows)}: {self.deck.loc[row['event'], 'text']} "
            f"It came to {row['net']:+.0f} thousand dollars. The account is below."
        )

    def _story(self) -> str:
        """Every quarter so far, the last one told in full."""
        rows, total = [], 0.0
        for number, (row, _) in enumerate(self.now.rows, 1):
            total += row["net"]
            when = [f"{row['finished']:.1f}", str(row["promise"])] if row["expected"] else ["-"] * 2
            event = self.deck.loc[row["event"], "text"]
            sums = [f"{row['net']:+,.0f}", f"{total:+,.0f}"]
            rows.append([str(number), NAMES[row["staffing"]], event, *when, *sums])
        row = self.now.rows[-1][0]
        event = self.deck.loc[row["event"]]
        said = [
            f"{event['text']} {event['why']} (Lesson {event['lesson']}.)",
            *account(self.now.world, row),
            f"What would have softened the event: {event['softened']}",
        ]
        lines = "".join(f"<li>{escape(one)}</li>" for one in said)
        head = f"<p><b>Quarter {len(self.now.rows)}: what happened, and why</b></p><ul>{lines}</ul>"
        return head + table_html(HEAD, rows, "Quarters so far")

    def fail(self, sentence: str) -> None:
        self.form.message = sentence

    def text(self) -> str:
        return f"The company game: Tally, {YEAR} quarters, then {MOST - YEAR} more"

    def html(self) -> str:
        """For a page without Python: the work there is, the events that may come."""
        head = ["Initiative", *TAKES.values()]
        rows = [[one["label"], *one["cells"].values()] for one in self._unplayed()]
        deck = content.table("events")
        events = table_html(
            ["What may happen", "Lesson"],
            [[one["text"], one["lesson"]] for one in deck.to_dict("records")],
        )
        asked = (
            "For each quarter you choose who is there, which initiatives get engineer-weeks, a "
            "date, and one thing for architecture or security. It is played when Python runs."
        )
        return (
            f"<p>{asked}</p>{table_html(head, rows, 'The work there is, synthetic')}"
            f"<details><summary{LEFT}>The events, synthetic</summary>{events}</details>"
        )

    def _unplayed(self) -> list[Field]:
        rows = plan_rows(self.now)
        for row in rows:
            row["cells"]["done"] = "0"
        return rows
