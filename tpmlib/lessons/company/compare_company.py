"""The learner's game beside three fixed policies and random ones on the same seed."""

from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import islice
from typing import Any

import ipywidgets
import pandas as pd

from tpmlib.kit.canvas import Canvas
from tpmlib.kit.html import scrolled, table_html
from tpmlib.kit.panels.base import Bundle, Panel, picture_bundle
from tpmlib.kit.panels.debounce import Debounce
from tpmlib.kit.panels.form import Form
from tpmlib.kit.panels.picture import Picture
from tpmlib.lessons.company import company_picture as chart
from tpmlib.lessons.company.company import YEAR, played
from tpmlib.lessons.company.games import LONGEST, Game, current
from tpmlib.lessons.company.policies import FIXED, fixed, random
from tpmlib.lessons.company.world import Decision, tally_world

RANDOM, FEW = 500, 100  # random policies: on demand, and in a page without Python
STEP = 20  # of them between two looks at the Stop button


class CompareCompany(Panel):
    """`compare_company()`: your last game, three fixed policies, and random ones until stopped.

    couplings: by name, as in table `coupling`; then the first game under these, without you.
    """

    def __init__(self, **couplings: float) -> None:
        super().__init__()
        tied = tally_world().coupled(**couplings).couplings
        self.fixed = Game(couplings=tied) if couplings else None
        self.shown: Game | None = None
        bar = {"id": "done", "kind": "progress", "label": "Random policies played"}
        self.form = Form(
            fields=[bar | {"min": 0, "max": RANDOM}],
            values={"done": 0},
            buttons=[
                {"id": "compare", "label": f"Play {RANDOM} random policies"},
                {"id": "stop", "label": "Stop", "plain": True},
            ],
        )
        self.picture = Picture(chart)
        self.rest = Debounce(self._play)
        self.form.on_event(lambda event: self.run(self._event, event))
        self.widget = ipywidgets.VBox([self.picture, self.form])
        self.refresh()

    def refresh(self) -> None:
        """The fixed policies and the learner, where the game has moved on."""
        game = self.fixed or current(self.record)
        if game != self.shown:
            self.shown = game
            self.rest.drop()
            self.rows = named(game)
            self._show()
            self.form.put(done=0)

    def _event(self, event: dict[str, Any]) -> None:
        self.rest.drop()
        if event.get("click") == "compare":
            self.rows = [row for row in self.rows if row["policy"] != "random"]
            self.rest.later()

    def _play(self, going: Callable[[], bool]) -> None:
        """Random policies, a few at a time, until all are played or somebody stops it.

        They are played without the lock, so that Stop and every other panel are heard meanwhile.
        """
        with self.telling():
            game = vars(self).get("shown")  # a panel that has ended shows none
            if game is None:
                return
            policies = by_chance(game)
            for done in range(STEP, RANDOM + 1, STEP):
                some = list(islice(policies, STEP))
                with self.lock:
                    if not going():
                        return
                    self.rows += some
                    self.form.put(done=done)
            with self.lock:
                if going():
                    self._show()

    def _show(self) -> None:
        frame = pd.DataFrame(self.rows)
        self.picture.show(frame, sentence(frame))

    @cached_property
    def unplayed(self) -> pd.DataFrame:
        """Without a learner: the first game, and some random policies."""
        first = self.fixed or Game()
        return pd.DataFrame([*named(first), *islice(by_chance(first), FEW)])

    def text(self) -> str:
        return f"Three fixed policies and {FEW} random ones: {sentence(self.unplayed)}"

    def html(self) -> str:
        head, *rows = chart.numbers(self.unplayed)
        title = "The first game, four quarters"
        return scrolled(title, table_html(head, rows, title))

    def bundles(self) -> list[Bundle]:
        (whole,) = super().bundles()
        frame = self.unplayed
        png = Canvas(chart.draw, chart.SIZE, frame).png(frame)
        return [whole | picture_bundle(png, chart.finding(frame))]


def named(game: Game) -> list[dict[str, Any]]:
    """The total of each fixed policy and, once a year is played, of the learner."""
    quarters = length(game)
    plans = {name: fixed(game.world, name, quarters) for name in FIXED}
    if len(game.decisions) >= quarters:
        plans["you"] = list(game.decisions[:quarters])
    return [ended(policy, game, plan) for policy, plan in plans.items()]


def by_chance(game: Game) -> Iterator[dict[str, Any]]:
    """The total of random policies, without end."""
    for plan in random(game.world, length(game), game.number):
        yield ended("random", game, plan)


def length(game: Game) -> int:
    """Quarters that can be compared: a year, or two once both are played."""
    return LONGEST if len(game.decisions) >= LONGEST else YEAR


def ended(policy: str, game: Game, plan: list[Decision]) -> dict[str, Any]:
    """Where a policy ends."""
    total = played(game.world, plan, game.number)[-1]["total"]
    return {"policy": policy, "total": total, "quarters": len(plan)}


def sentence(frame: pd.DataFrame) -> str:
    """The picture in words."""
    ends = [f"{name}: {total}" for name, total, _ in chart.numbers(frame)[1:]]
    return f"{chart.finding(frame)}. In thousand dollars: {'; '.join(ends)}."
