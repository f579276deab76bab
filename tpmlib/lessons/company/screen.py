"""The screens of one quarter of the game: one decision each, and what is decided by all of them."""

from dataclasses import replace
from typing import Any

import numpy as np

from tpmlib.errors import CourseError
from tpmlib.kit import content
from tpmlib.kit.panels.form import Field
from tpmlib.lessons.company.company import MONTHS
from tpmlib.lessons.company.games import Game
from tpmlib.lessons.company.world import FIRST_WEEK, NOTHING, PICKS, STEP, WEEKS, Decision
from tpmlib.lessons.staffing.drift import STAFFINGS

STEPS = ("staffing", "work", "promise", "choice")
NEXT = ("Next: the weeks", "Next: the date", "Next: one thing more")
PEOPLE = {"pm": "A PM", "tpm": "A TPM"}
MOST_SPARE = 50  # of the weeks [%]
KINDS = {"takeover": "taken accounts", "leak": "leaked data", "outage": "outages"}


def team(staffing: str) -> str:
    """A PM alone, Two TPMs, A PM and a TPM."""
    people = STAFFINGS[staffing]
    if len(people) == 1:
        return f"{PEOPLE[people[0]]} alone"
    return f"Two {people[0].upper()}s" if people[0] == people[1] else "A PM and a TPM"


def fields(game: Game, step: str) -> list[Field]:
    """What one screen asks."""
    if step == "staffing":
        return [_staffing(game), *([] if game.rows else [_couplings()])]
    if step == "work":
        spare = {"id": "spare", "kind": "range", "min": 0, "max": MOST_SPARE, "step": STEP}
        label = "Weeks kept free for what goes wrong"
        return [_work(game), spare | {"label": label, "unit": "%"}]
    if step == "promise":
        label = "Which week do you promise to customers?"
        scale = {"min": FIRST_WEEK, "max": WEEKS, "step": 1, "unit": f"of {WEEKS}"}
        return [{"id": "promise", "kind": "range", "label": label} | scale]
    label = "One thing for security, or one move to another architecture:"
    return [{"id": "choice", "kind": "radio", "label": label, "options": _choices(game)}]


def _staffing(game: Game) -> Field:
    pay = game.couplings["week_price"] * game.world.person * WEEKS
    options = [
        {"value": name, "label": f"{team(name)} (pay {pay * len(people):.0f})"}
        for name, people in STAFFINGS.items()
    ]
    label = "Who does the product work this quarter?"
    return {"id": "staffing", "kind": "radio", "label": label, "options": options}


def _work(game: Game) -> Field:
    """The work that is not done: the weeks it takes, and what it then brings each week."""
    world, done = game.world, np.asarray(game.state.done)
    weeks = world.need[:, 0] * (1 - done)
    brings = world.worth() - world.worth(done)
    options = []
    for place, (name, label) in enumerate(world.initiatives["name"].items()):
        if done[place] < 1 - 1e-9:
            rest = f", {done[place]:.0%} done" if done[place] else ""
            words = f"{label}: {weeks[place]:.0f} weeks, then {brings[place]:.1f} a week{rest}"
            options.append({"value": name, "label": words})
    label = f"What gets the engineers' weeks? Tick up to {PICKS}; they share equally."
    return {"id": "work", "kind": "checks", "label": label, "options": options}


def _choices(game: Game) -> list[Field]:
    """Nothing, controls that are not there yet, and architectures to move to."""
    world, here = game.world, game.world.architectures[game.state.architecture]
    bought = [
        {"value": name, "label": f"{row['name']}: {row['cost']:g} a year; {_stops(row)}"}
        for name, row in world.controls.items()
        if name not in game.state.controls
    ]
    moves = [
        {
            "value": name,
            "label": f"Move to: {to['name'].lower()}. Takes {to['weeks']:.0f} weeks; running it "
            f"costs {MONTHS * to['cost']:.0f} a quarter (now {MONTHS * here['cost']:.0f})",
        }
        for name, to in world.architectures.items()
        if name != game.state.architecture
    ]
    return [{"value": NOTHING, "label": "Nothing this quarter"}, *bought, *moves]


def _stops(control: Any) -> str:
    """What a control stops, by kind of loss."""
    stopped = [f"{control[kind]:.0%} of {words}" for kind, words in KINDS.items() if control[kind]]
    return f"stops {', '.join(stopped)}" if stopped else "stops nothing"


def _couplings() -> Field:
    """The couplings, which can be set before the first quarter."""
    return {
        "id": "couplings",
        "kind": "grid",
        "fold": "Six assumptions behind this game; leave them as they are the first time",
        "corner": "What ties the models together",
        "label": "All assumed",
        "rows": [
            {"id": row["coupling_id"], "label": f"{row['name']} [{row['unit']}]"}
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
    """As the quarter begins: the people and the date of the last one, no work yet."""
    before = game.rows[-1] if game.rows else {"staffing": "pm", "promise": WEEKS}
    values = {"staffing": before["staffing"], "promise": before["promise"], "work": []}
    values |= {"spare": STEP, "choice": NOTHING}
    ties = {f"{name}.value": value for name, value in game.couplings.items()}
    return values if game.rows else values | {"couplings": ties}


def decided(game: Game, entered: dict[str, Any]) -> Decision:
    """What is entered for the quarter. Raises CourseError where it is not possible."""
    world, work = game.world, entered["work"] or []
    if len(work) > PICKS:
        raise CourseError(f"{len(work)} are ticked; {PICKS} at most")
    rest = (world.worth() - world.worth(game.state.done)) / world.need[:, 0]
    order = sorted(work, key=lambda name: -rest[world.initiatives.index.get_loc(name)])
    tens = (100 - int(entered["spare"])) // STEP
    shares = [STEP * len(range(place, tens, len(order))) for place in range(len(order))]
    idle = [name for name in world.initiatives.index if name not in order]
    return Decision(
        staffing=entered["staffing"],
        picks=(*order, *idle)[:PICKS],
        shares=tuple([*shares, *[0] * PICKS][:PICKS]),
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
