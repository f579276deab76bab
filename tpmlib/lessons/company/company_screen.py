"""The screen of one quarter of the company game: where Tally stands, and the fields to fill."""

from typing import Any, NamedTuple

from tpmlib.kit import content
from tpmlib.kit.panels.form import Field
from tpmlib.lessons.company import game
from tpmlib.lessons.company.company import Row, State, opening, played
from tpmlib.lessons.company.company_games import MOST, Game
from tpmlib.lessons.company.company_world import FIRST_WEEK, NOTHING, PICKS, STEP, WEEKS, World
from tpmlib.lessons.staffing.drift import NAMES

PLAN, SHARE, TIES, TIE = "plan", "share", "couplings", "value"
START = {"staffing": "pm", "promise": WEEKS, "choice": NOTHING}
TAKES = {
    "weeks": "Takes [engineer-weeks]",
    "money": "Money [k$]",
    "hours": "Platform [hours]",
    "brings": "Brings, whole [k$ a week]",
    "done": "Done [%]",
}


class Played(NamedTuple):
    """A game with what came of it."""

    game: Game
    world: World
    rows: list[tuple[Row, State]]

    @property
    def state(self) -> State:
        return self.rows[-1][1] if self.rows else opening(self.world)


def replayed(one: Game) -> Played:
    """What comes of a game; the same each time."""
    world = game.world().coupled(**one.couplings)
    return Played(one, world, list(played(world, one.decisions, one.seed)))


def buttons(here: Played, over: bool) -> list[Field]:
    new = {"id": "new", "label": "New game", "plain": True}
    if over:
        more = [{"id": "more", "label": "Play four more"}]
        return [*(more if len(here.rows) < MOST else []), new]
    return [
        {"id": "confirm", "label": f"Confirm quarter {len(here.rows) + 1}"},
        {"id": "try", "label": "Try it out", "plain": True},
        {"id": "undo", "label": "Undo my entries", "plain": True},
        *([new] if here.rows else []),
    ]


def note(here: Played, over: bool) -> Field:
    """Where Tally stands."""
    state, count = here.state, len(here.rows)
    total = sum(row["net"] for row, _ in here.rows)
    runs = here.world.architectures[state.architecture]["name"].lower()
    names = here.world.controls.set_index("control_id")["name"]
    owned = ", ".join(names[one] for one in state.controls) or "none"
    head = f"{count} quarters are over." if over else f"Quarter {count + 1}."
    label = (
        f"{head} Tally stands at {total:+,.0f} thousand dollars, and what is released brings "
        f"{state.weekly:.1f} a week. The team is {state.alignment:.0%} aligned. "
        f"Architecture: {runs}, two copies. Controls: {owned}. Left over for initiatives: "
        f"{state.cash:.0f} thousand dollars. (Game {here.game.number}; "
        "all synthetic or assumed.)"
    )
    return {"id": "state", "kind": "note", "label": label}


def screen(here: Played) -> list[Field]:
    """The fields of the next quarter; before the first one, the couplings as well."""
    budgets = here.world.budgets
    plan = {
        "id": PLAN,
        "kind": "grid",
        "corner": "Initiative",
        "label": f"Share of the engineer-weeks, in tens, for up to {PICKS} initiatives; what "
        f"is left is slack. A quarter has {budgets['people']:g} engineer-weeks before "
        f"questions, {budgets['money']:g} thousand dollars, {budgets['platform']:g} "
        "environment-hours.",
        "rows": plan_rows(here),
        "columns": [
            *({"id": n, "label": label, "kind": "plain"} for n, label in TAKES.items()),
            {"id": SHARE, "label": "Share [%]", "kind": "number", "min": 0, "max": 100}
            | {"step": STEP},
        ],
    }
    staffing = [{"value": name, "label": label} for name, label in NAMES.items()]
    return [
        note(here, False),
        {"id": "staffing", "kind": "select", "label": "Who is there", "options": staffing},
        plan,
        {"id": "promise", "kind": "range", "label": "Week you promise", "min": FIRST_WEEK}
        | {"max": WEEKS, "step": 1, "unit": f"of {WEEKS}"},
        {"id": "choice", "kind": "select", "label": "Architecture or security, one thing"}
        | {"options": choices(here)},
        *([] if here.rows else [ties()]),
    ]


def plan_rows(here: Played) -> list[Field]:
    return [
        {
            "id": one["initiative_id"],
            "label": one["name"],
            "cells": dict(zip(TAKES, cells, strict=True)),
        }
        for one, cells in zip(here.world.initiatives.to_dict("records"), takes(here), strict=True)
    ]


def takes(here: Played) -> list[list[str]]:
    """What the whole of each initiative takes and brings, and how much of it is done."""
    whole = game.whole(here.world)
    needs = here.world.arrays["need"]
    return [
        [f"{need:g}" for need in row] + [f"{brings:.1f}", f"{100 * done:.0f}"]
        for row, brings, done in zip(needs, whole, here.state.done, strict=True)
    ]


def choices(here: Played) -> list[Field]:
    """Controls that are not there yet, and architectures to move to."""
    state = here.state
    moves = [
        {"value": name, "label": f"Move to: {one['name'].lower()}, {one['weeks']:.0f} weeks"}
        for name, one in here.world.architectures.items()
        if name != state.architecture
    ]
    bought = [
        {"value": one["control_id"], "label": f"{one['name']}, {one['cost']:g} k$ a year"}
        for one in here.world.controls.to_dict("records")
        if one["control_id"] not in state.controls
    ]
    return [{"value": NOTHING, "label": "Nothing this quarter"}, *bought, *moves]


def ties() -> Field:
    """The couplings, which can be set before the first quarter."""
    table = content.table("coupling").to_dict("records")
    return {
        "id": TIES,
        "kind": "grid",
        "corner": "What ties the models together",
        "label": "Six assumptions of this game; set them now or leave them",
        "rows": [
            {"id": one["coupling_id"], "label": one["name"], "help": one["note"]}
            | {"cells": {"note": one["note"], "range": f"{one['min']:g} to {one['max']:g}"}}
            for one in table
        ],
        "columns": [
            {"id": "note", "label": "Why", "kind": "plain"},
            {"id": "range", "label": "Range", "kind": "plain"},
            {"id": TIE, "label": "Assumed", "kind": "number", "min": 0, "max": 100},
        ],
    }


def values(here: Played) -> dict[str, Any]:
    """As the quarter begins: the staffing and the date of the last one, no work yet."""
    before = here.rows[-1][0] if here.rows else START
    values = {name: before[name] for name in ("staffing", "promise")}
    values |= {PLAN: {}, "choice": NOTHING}
    if not here.rows:
        ties = here.world.couplings
        values[TIES] = {f"{name}.{TIE}": value for name, value in ties.items()}
    return values
