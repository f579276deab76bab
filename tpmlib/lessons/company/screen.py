"""The screen of one quarter of the company game: the fields to fill, and what they hold."""

from dataclasses import replace
from typing import Any

from tpmlib.errors import CourseError
from tpmlib.kit import content
from tpmlib.kit.panels.form import Field
from tpmlib.lessons.company.account import standing
from tpmlib.lessons.company.games import LONGEST, Game
from tpmlib.lessons.company.world import FIRST_WEEK, NOTHING, PICKS, STEP, WEEKS, Decision
from tpmlib.lessons.staffing.drift import NAMES

START = {"staffing": "pm", "promise": WEEKS}
COLUMNS = {
    "weeks": "Takes [engineer-weeks]",
    "money": "Money [k$]",
    "hours": "Platform [hours]",
    "brings": "Brings, whole [k$ a week]",
    "done": "Done [%]",
}


def buttons(game: Game, over: bool) -> list[Field]:
    new = {"id": "new", "label": "New game", "plain": True}
    if over:
        more = [{"id": "more", "label": "Play four more"}]
        return [*(more if len(game.rows) < LONGEST else []), new]
    return [
        {"id": "confirm", "label": f"Confirm quarter {len(game.rows) + 1}"},
        {"id": "try", "label": "Try it out", "plain": True},
        {"id": "undo", "label": "Undo my entries", "plain": True},
        *([new] if game.rows else []),
    ]


def fields(game: Game, over: bool) -> list[Field]:
    """The fields of the next quarter, before the first one the couplings as well; none if over."""
    note = {"id": "state", "kind": "note", "label": standing(game, over)}
    if over:
        return [note]
    staffings = [{"value": name, "label": label} for name, label in NAMES.items()]
    promise = {"min": FIRST_WEEK, "max": WEEKS, "step": 1, "unit": f"of {WEEKS}"}
    return [
        note,
        {"id": "staffing", "kind": "select", "label": "Who is there", "options": staffings},
        _plan(game),
        {"id": "promise", "kind": "range", "label": "Week you promise", **promise},
        {"id": "choice", "kind": "select", "label": "Architecture or security, one thing"}
        | {"options": _choices(game)},
        *([] if game.rows else [_couplings()]),
    ]


def _plan(game: Game) -> Field:
    """The grid of initiatives, each with its share of the engineer-weeks."""
    budgets = game.world.budgets
    return {
        "id": "plan",
        "kind": "grid",
        "corner": "Initiative",
        "label": f"Share of the engineer-weeks, in tens, for up to {PICKS} initiatives; what "
        f"is left is slack. A quarter has {budgets['people']:g} engineer-weeks before "
        f"questions, {budgets['money']:g} thousand dollars, {budgets['platform']:g} "
        "test hours.",
        "rows": initiatives(game),
        "columns": [
            *({"id": name, "label": label, "kind": "plain"} for name, label in COLUMNS.items()),
            {"id": "share", "label": "Share [%]", "kind": "number", "min": 0, "max": 100}
            | {"step": STEP},
        ],
    }


def initiatives(game: Game) -> list[Field]:
    """What the whole of each initiative takes and brings, and how much of it is done."""
    world = game.world
    rows = []
    for (name, label), needs, brings, done in zip(
        world.initiatives["name"].items(), world.need, world.worth(), game.state.done, strict=True
    ):
        cells = [*(f"{need:g}" for need in needs), f"{brings:.1f}", f"{100 * done:.0f}"]
        rows.append({"id": name, "label": label, "cells": dict(zip(COLUMNS, cells, strict=True))})
    return rows


def _choices(game: Game) -> list[Field]:
    """Controls that are not there yet, and architectures to move to."""
    bought = [
        {"value": name, "label": f"{control['name']}, {control['cost']:g} k$ a year"}
        for name, control in game.world.controls.items()
        if name not in game.state.controls
    ]
    moves = [
        {"value": name, "label": f"Move to: {to['name'].lower()}, {to['weeks']:.0f} engineer-weeks"}
        for name, to in game.world.architectures.items()
        if name != game.state.architecture
    ]
    return [{"value": NOTHING, "label": "Nothing this quarter"}, *bought, *moves]


def _couplings() -> Field:
    """The couplings, which can be set before the first quarter."""
    return {
        "id": "couplings",
        "kind": "grid",
        "corner": "What ties the models together",
        "label": "Six assumptions of this game; set them now or leave them",
        "rows": [
            {"id": row["coupling_id"], "label": row["name"], "help": row["note"]}
            | {"cells": {"note": row["note"], "range": f"{row['min']:g} to {row['max']:g}"}}
            for row in content.table("coupling").to_dict("records")
        ],
        "columns": [
            {"id": "note", "label": "Why", "kind": "plain"},
            {"id": "range", "label": "Range", "kind": "plain"},
            {"id": "value", "label": "Assumed", "kind": "number", "min": 0, "max": 100},
        ],
    }


def values(game: Game) -> dict[str, Any]:
    """As the quarter begins: the staffing and the date of the last one, no work yet."""
    before = game.rows[-1] if game.rows else START
    values = {name: before[name] for name in START} | {"plan": {}, "choice": NOTHING}
    couplings = {f"{name}.value": value for name, value in game.couplings.items()}
    return values if game.rows else values | {"couplings": couplings}


def decided(game: Game, entered: dict[str, Any]) -> Decision:
    """What is entered for the quarter. Raises CourseError where it is not possible."""
    shares = {
        cell.removesuffix(".share"): share
        for cell, share in (entered["plan"] or {}).items()
        if share
    }
    if len(shares) > PICKS:
        raise CourseError(f"{len(shares)} initiatives have a share; at most {PICKS}")
    for share in shares.values():
        if share % STEP:
            raise CourseError(f"A share of {share:g}%; shares go in tens")
    if sum(shares.values()) > 100:
        raise CourseError(f"The shares come to {sum(shares.values()):g}%; at most 100%")
    idle = [name for name in game.world.initiatives.index if name not in shares]
    picks = (*shares, *idle)[:PICKS]
    return Decision(
        staffing=entered["staffing"],
        picks=picks,
        shares=tuple(int(shares.get(name, 0)) for name in picks),
        promise=int(entered["promise"]),
        choice=entered["choice"],
    )


def begun(game: Game, entered: dict[str, Any]) -> Game:
    """The game; before its first quarter with the couplings that are entered, each in its range."""
    if game.rows:
        return game
    couplings = {}
    for row in content.table("coupling").to_dict("records"):
        value = entered["couplings"].get(f"{row['coupling_id']}.value")
        if value is None or not row["min"] <= value <= row["max"]:
            raise CourseError(f"{row['name']}: {value}; from {row['min']:g} to {row['max']:g}")
        couplings[row["coupling_id"]] = float(value)
    return replace(game, couplings=couplings)
