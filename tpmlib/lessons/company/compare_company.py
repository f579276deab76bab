"""The learner's game beside three fixed policies and random ones on the same seed."""

from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import islice
from typing import Any

import ipywidgets
import pandas as pd

from tpmlib.kit.canvas import Canvas
from tpmlib.kit.html import table_html
from tpmlib.kit.panels.base import Bundle, Panel, picture_bundle
from tpmlib.kit.panels.debounce import Debounce
from tpmlib.kit.panels.form import Form
from tpmlib.kit.panels.pieces import Picture
from tpmlib.lessons.company import company_picture as chart
from tpmlib.lessons.company import game
from tpmlib.lessons.company.company import YEAR, played
from tpmlib.lessons.company.company_games import MOST, Game, current
from tpmlib.lessons.company.company_policies import FIXED, fixed, random
from tpmlib.lessons.company.company_world import Decision, World

RANDOM, FEW = 500, 100  # random policies: on demand, and in a page without Python
STEP = 20  # of them between two looks at the Stop button


class CompareCompany(Panel):
    """`compare_company()`: your last game, three fixed policies, and random ones until stopped.

    couplings: by name, as in table `coupling`; then the first game under these, without you.
    """

    def __init__(self, **couplings: float) -> None:
        super().__init__()
        self.fixed: Game | None = None
        if couplings:
            tied = game.world().coupled(**couplings).couplings
            self.fixed = Game(1, dict(tied), ())
        bar = {"id": "done", "kind": "progress", "label": "Random policies played"}
        self.form = Form(
            fields=[bar | {"min": 0, "max": RANDOM}],
            values={"done": 0},
            buttons=[
                {"id": "compare", "label": f"Play {RANDOM} random policies"},
                {"id": "stop", "label": "Stop", "plain": True},
            ],
        )
        self.picture = Picture(width=int(chart.SIZE[0] * 100))
        self.shown: Game | None = None
        self.rest = Debounce(self._play)
        self.form.on_event(lambda event: self.run(self._event, event))
        self.widget = ipywidgets.VBox([self.picture, self.form])
        self.refresh()

    def refresh(self) -> None:
        """The fixed policies and the learner, where the game has moved on."""
        found = self.fixed or current(self.record, game.world())
        if found != self.shown:
            self.shown = found
            self.rest.drop()
            self.rows = list(named(found))
            self._show()
            self.form.put(done=0)

    def _event(self, event: dict[str, Any]) -> None:
        self.rest.drop()
        if event.get("click") == "compare":
            self.rows = [one for one in self.rows if one["policy"] != "random"]
            self.rest.later()

    def _play(self, going: Callable[[], bool]) -> None:
        """Random policies, a few at a time, until all are played or somebody stops it.

        They are played without the lock, so that Stop and every other panel are heard meanwhile.
        """
        with self.telling():
            with self.lock:
                assert self.shown
                plans = by_chance(self.shown)
            for done in range(STEP, RANDOM + 1, STEP):
                some = list(islice(plans, STEP))
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
        with self.picture.hold_sync():
            self.picture.png = Canvas(chart.draw, chart.SIZE, frame).png(frame)
            self.picture.alt = chart.finding(frame)
            self.picture.sentence = sentence(frame)

    def fail(self, sentence: str) -> None:
        self.form.message = sentence

    @cached_property
    def unplayed(self) -> pd.DataFrame:
        """Without a learner: the first game, and some random policies."""
        first = self.fixed or Game(1, game.couplings(), ())
        return pd.DataFrame([*named(first), *islice(by_chance(first), FEW)])

    def text(self) -> str:
        return f"Three fixed policies and {FEW} random ones: {sentence(self.unplayed)}"

    def html(self) -> str:
        head, *rows = chart.numbers(self.unplayed)
        return table_html(head, rows, "The first game, four quarters")

    def bundles(self) -> list[Bundle]:
        (whole,) = super().bundles()
        frame = self.unplayed
        return [whole | picture_bundle(Canvas(chart.draw, chart.SIZE, frame).png(frame))]


def named(one: Game) -> Iterator[dict[str, Any]]:
    """The total of each fixed policy and, once a year is played, of the learner."""
    world, quarters = game.world().coupled(**one.couplings), length(one)
    for name in FIXED:
        yield row(name, world, fixed(world, name, quarters), one.seed)
    if len(one.decisions) >= quarters:
        mine = list(one.decisions[:quarters])
        yield row("you", world, mine, one.seed)


def by_chance(one: Game) -> Iterator[dict[str, Any]]:
    """The total of random policies, without end."""
    world = game.world().coupled(**one.couplings)
    for plan in random(world, length(one), one.seed):
        yield row("random", world, plan, one.seed)


def length(one: Game) -> int:
    """Quarters that can be compared: a year, or two once both are played."""
    return MOST if len(one.decisions) >= MOST else YEAR


def row(policy: str, world: World, plan: list[Decision], seed: int) -> dict[str, Any]:
    """Where a policy ends."""
    total = float(sum(one["net"] for one, _ in played(world, plan, seed)))
    return {"policy": policy, "total": total, "quarters": len(plan)}


def sentence(frame: pd.DataFrame) -> str:
    """The picture in words."""
    said = [f"{name}: {total}" for name, total, _ in chart.numbers(frame)[1:]]
    return f"{chart.finding(frame)}. In thousand dollars: {'; '.join(said)}."
