"""The company games in a learner's record: each confirmed quarter is one answer, none is lost."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, NamedTuple

from tpmlib.errors import CourseError
from tpmlib.kit.panels.base import parts
from tpmlib.kit.record import Record
from tpmlib.lessons.company.company_world import COUPLINGS, Decision, World, check

ITEM, KIND = "company-tally", "company"
MOST = 8  # quarters


class Game(NamedTuple):
    """One game: its number sets its events, and what was decided so far."""

    number: int
    couplings: dict[str, float]
    decisions: tuple[Decision, ...]

    @property
    def seed(self) -> int:
        return self.number


def games(record: Record, world: World) -> dict[int, Game]:
    """The games of this record by number; of a quarter confirmed twice the first counts."""
    quarters: dict[int, dict[int, Mapping[str, Any]]] = {}
    for event in record.history(ITEM, KIND):
        answer = parts(event)
        number, quarter = answer.get("game"), answer.get("quarter")
        if type(number) is int and type(quarter) is int and 0 < number < 2**32:
            quarters.setdefault(number, {}).setdefault(quarter, answer)
    return {number: _game(world, number, kept) for number, kept in sorted(quarters.items())}


def current(record: Record, world: World) -> Game:
    """The last game, or a new first one."""
    known = games(record, world)
    return known[max(known)] if known else Game(1, dict(world.couplings), ())


def answer(game: Game, decision: Decision | None) -> dict[str, Any]:
    """What the record keeps of the next quarter; without a decision, of a new game."""
    kept = {"game": game.number, "quarter": len(game.decisions) + 1 if decision else 0}
    said = {name: list(one) if isinstance(one, tuple) else one for name, one in _pairs(decision)}
    return kept | {"couplings": game.couplings, "decision": said}


def _pairs(decision: Decision | None) -> list[tuple[str, Any]]:
    return list(decision._asdict().items()) if decision else []


def _game(world: World, number: int, kept: dict[int, Mapping[str, Any]]) -> Game:
    """The quarters from the first on, as far as they are whole and possible."""
    couplings, decisions = dict(world.couplings), []
    with suppress(CourseError, TypeError, ValueError, KeyError):
        for quarter in range(1, MOST + 1):
            one = kept[quarter]
            if quarter == 1:
                couplings = _couplings(world, one["couplings"])
            decisions.append(_decision(world, one["decision"]))
    return Game(number, couplings, tuple(decisions))


def _couplings(world: World, values: Any) -> dict[str, float]:
    return dict(world.coupled(**{name: float(values[name]) for name in COUPLINGS}).couplings)


def _decision(world: World, values: Any) -> Decision:
    found = Decision(
        staffing=str(values["staffing"]),
        picks=tuple(map(str, values["picks"])),
        shares=tuple(values["shares"]),
        promise=values["promise"],
        choice=str(values["choice"]),
    )
    check(world, found)
    return found
