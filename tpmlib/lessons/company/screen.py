"""The screens of one quarter of the game: one decision each, and what is decided by all of them."""

from typing import Any

import numpy as np

from tpmlib.errors import CourseError
from tpmlib.kit.panels.form import Field
from tpmlib.lessons.company.company import MONTHS
from tpmlib.lessons.company.games import Game
from tpmlib.lessons.company.world import FIRST_WEEK, NOTHING, PICKS, STEP, WEEKS, Decision
from tpmlib.lessons.staffing.drift import STAFFINGS

STEPS = ("staffing", "work", "promise", "choice")
ONWARD = ("Next: the weeks", "Next: the date", "Next: one thing more")
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
        return [_staffing(game)]
    if step == "work":
        spare = {"id": "spare", "kind": "range", "min": 0, "max": MOST_SPARE, "step": STEP}
        label = "Weeks kept free for what goes wrong"
        return [_work(game), spare | {"label": label, "unit": "%"}]
    if step == "promise":
        ties = game.couplings
        label = (
            "Which week do you promise to customers? Each week before the last one brings "
            f"{ties['early_price']:g}, and each week late costs {ties['late_price']:g}."
        )
        scale = {"min": FIRST_WEEK, "max": WEEKS, "step": 1, "unit": f"of {WEEKS}"}
        return [{"id": "promise", "kind": "range", "label": label} | scale]
    return [_choice(game)]


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


def _choice(game: Game) -> Field:
    """Nothing, a control that is not there yet, or a move to another architecture."""
    world, state = game.world, game.state
    here = world.architectures[state.architecture]["cost"]
    options = [(NOTHING, "Nothing this quarter")]
    options += [
        (name, f"{row['name']}: {row['cost']:g} a year; {_stops(row)}")
        for name, row in world.controls.items()
        if name not in state.controls
    ]
    options += [
        (
            name,
            f"Move to: {to['name'].lower()}. Takes {to['weeks']:.0f} weeks; running it costs "
            f"{MONTHS * to['cost']:.0f} a quarter (now {MONTHS * here:.0f})",
        )
        for name, to in world.architectures.items()
        if name != state.architecture
    ]
    lost = []
    for kind, words in KINDS.items():
        only = dict.fromkeys(KINDS, 0.0) | {kind: 1.0}
        lost.append(f"{world.guarded(state.controls, only)[1]:.0f} by {words}")
    label = f"One thing for security, or a move. A year is expected to lose {', '.join(lost)}."
    listed = [{"value": value, "label": words} for value, words in options]
    return {"id": "choice", "kind": "radio", "label": label, "options": listed}


def _stops(control: Any) -> str:
    """What a control stops, by kind of loss."""
    stopped = [f"{control[kind]:.0%} of {words}" for kind, words in KINDS.items() if control[kind]]
    return f"stops {', '.join(stopped)}" if stopped else "stops nothing"


def values(game: Game) -> dict[str, Any]:
    """As the quarter begins: the people and the date of the last one, no work yet."""
    before = game.rows[-1] if game.rows else {"staffing": "pm", "promise": WEEKS}
    values = {"staffing": before["staffing"], "promise": before["promise"]}
    return values | {"work": [], "spare": STEP, "choice": NOTHING}


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
