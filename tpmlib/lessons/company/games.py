"""The company games in a learner's record: each confirmed quarter is one answer, none is lost."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from tpmlib.errors import CourseError
from tpmlib.kit.panels.base import parts
from tpmlib.kit.record import Record
from tpmlib.lessons.company.company import YEAR, Row, State, opening, played
from tpmlib.lessons.company.world import Decision, World, check, tally_world

ITEM, KIND = "company-tally", "company"
FIRST = 37  # of a first game: each of its four cards changes something


@dataclass(frozen=True)
class Game:
    """One game: its number is the seed of its events; what was decided, and what came of it."""

    number: int = FIRST
    decisions: tuple[Decision, ...] = ()

    @cached_property
    def world(self) -> World:
        return tally_world()

    @cached_property
    def rows(self) -> list[Row]:
        """The quarters so far, as `played` gives them."""
        return played(self.world, self.decisions, self.number)

    @property
    def is_over(self) -> bool:
        return len(self.decisions) >= YEAR

    @property
    def state(self) -> State:
        """What the next quarter starts from."""
        return self.rows[-1]["after"] if self.rows else opening(self.world)


def games(record: Record) -> dict[int, Game]:
    """The games of this record by number; of a quarter confirmed twice the first counts."""
    kept: dict[int, dict[int, Mapping[str, Any]]] = {}
    for event in record.history(ITEM, KIND):
        answer = parts(event)
        number, quarter = answer.get("game"), answer.get("quarter")
        if type(number) is int and type(quarter) is int and 0 < number < 2**32:
            kept.setdefault(number, {}).setdefault(quarter, answer)
    return {number: _decoded(number, quarters) for number, quarters in sorted(kept.items())}


def current(record: Record) -> Game:
    """The last game, or a new first one."""
    kept = games(record)
    return kept[max(kept)] if kept else Game()


def answer(game: Game, decision: Decision | None) -> dict[str, Any]:
    """What the record keeps of the next quarter; without a decision, of a new game."""
    quarter = len(game.decisions) + 1 if decision else 0
    kept = json.loads(json.dumps(decision._asdict())) if decision else {}  # JSON has no tuples
    return {"game": game.number, "quarter": quarter, "decision": kept}


def _decoded(number: int, quarters: Mapping[int, Mapping[str, Any]]) -> Game:
    """A game with its kept quarters from the first on, as far as they are whole and possible."""
    game = Game(number)
    with suppress(CourseError, TypeError, ValueError, KeyError):
        for quarter in range(1, YEAR + 1):
            kept = quarters[quarter]["decision"]
            picks, shares = tuple(kept["picks"]), tuple(kept["shares"])
            decision = Decision(kept["staffing"], picks, shares, kept["promise"], kept["choice"])
            check(game.world, decision)
            game = replace(game, decisions=(*game.decisions, decision))
    return game
