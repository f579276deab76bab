"""The screens of one quarter of the game, and what is decided by all of them."""

from typing import Any

from tpmlib.errors import CourseError
from tpmlib.kit.panels.form import Field
from tpmlib.lessons.company.company import MONTHS
from tpmlib.lessons.company.games import Game
from tpmlib.lessons.company.world import FIRST_WEEK, NOTHING, PICKS, STEP, WEEKS, Decision
from tpmlib.lessons.staffing.drift import STAFFINGS

STEPS = ("staffing", "work", "choice")
SPARE = 50  # percent of the weeks that may be left empty at most
ONWARD = ("Next: the weeks and the date", "Next: one thing more")
PEOPLE = {"pm": "A PM", "tpm": "A TPM"}
HOPED = 8  # the week that stands there before the learner has promised any
OFFERED = 4  # controls at most, those that save most beyond their cost


def team(staffing: str) -> str:
    """A PM alone, Two TPMs, A PM and a TPM."""
    people = STAFFINGS[staffing]
    if len(people) == 1:
        return f"{PEOPLE[people[0]]} alone"
    return f"Two {people[0].upper()}s" if people[0] == people[1] else "A PM and a TPM"


def fields(game: Game, step: str) -> list[Field]:
    """What one screen asks."""
    ties = game.world.couplings
    if step == "staffing":
        pay = ties["week_price"] * game.world.person * WEEKS
        label = (
            "Who does the product work this quarter? Engineers lose weeks waiting for answers, "
            f"and a TPM answers faster. Work off the plan loses {ties['fit']:.0%} of its worth, "
            "and a PM keeps more of it on."
        )
        each = {name: f"{team(name)} (pay {pay * len(who):.0f})" for name, who in STAFFINGS.items()}
        return [_asked(step, "radio", label, each)]
    if step == "choice":
        label = (
            f"One thing more? As it is, thieves, leaks and outages cost about {_lost(game):.0f} a "
            f"year. Being down costs only beyond {game.world.down_budget:.0f} minutes a month."
        )
        return [_asked(step, "radio", label, _choices(game))]
    label = (
        f"What do the engineers build? Tick up to {PICKS}; they share the weeks equally. The "
        "figure is the most that it can bring."
    )
    free = "Leave weeks empty as a reserve: less is built, but the date is safer"
    spare = {"label": free, "max": SPARE, "unit": "%"}
    promise = (
        f"Which week do you promise? Sales hopes for {HOPED}. Each week before week {WEEKS} "
        f"brings {ties['early_price']:g}, and each week late costs {ties['late_price']:g}."
    )
    date = {"label": promise, "min": FIRST_WEEK, "max": WEEKS, "step": 1, "unit": f"of {WEEKS}"}
    ranges = {"spare": spare | {"min": 0, "step": STEP}, "promise": date}
    asked = [{"id": id, "kind": "range"} | rest for id, rest in ranges.items()]
    return [_asked(step, "checks", label, _work(game)), *asked]


def _asked(step: str, kind: str, label: str, options: dict[str, str]) -> Field:
    listed = [{"value": value, "label": words} for value, words in options.items()]
    return {"id": step, "kind": kind, "label": label, "options": listed}


def _work(game: Game) -> dict[str, str]:
    """The work that is not done: the weeks it takes, and what it then brings each week."""
    world, state, options = game.world, game.state, {}
    frame = world.initiatives.assign(done=state.done, more=world.worth() - world.worth(state.done))
    for name, row in frame.iterrows():
        weeks, done = row["need_people"] * (1 - row["done"]), row["done"]
        if weeks < 0.5:  # as good as done
            continue
        text = f"{row['name']}: {weeks:.0f} weeks, then up to {row['more']:.1f} a week"
        options[str(name)] = f"{text}, {done:.0%} done" if done else text
    return options


def _choices(game: Game) -> dict[str, str]:
    """Nothing, one of the controls that would pay best, or a move to another architecture."""
    world, now, options = game.world, game.state, {NOTHING: ""}
    gains = {
        name: _lost(game) - _lost(game, name) - row["cost"]
        for name, row in world.controls.items()
        if name not in now.controls
    }
    best = sorted(gains, key=lambda name: gains[name])[-OFFERED:]
    for name in (name for name in gains if name in best):
        options[name] = f"{world.controls[name]['name']}: gains {gains[name]:.0f} a year"
    for name, row in world.architectures.items():
        runs = f"costs {MONTHS * row['cost']:.0f} to run, down {row['down']:.0f} minutes"
        if name == now.architecture:
            options[NOTHING] = f"Nothing: as it is, Tally {runs}"
        else:
            options[name] = f"{row['name']}: {row['weeks']:.0f} weeks to build, {runs}"
    return options


def _lost(game: Game, *more: str) -> float:
    """What a year is expected to lose with the controls that are there and more [k$]."""
    usual = dict.fromkeys(game.world.losses, 1.0)
    return game.world.guarded((*game.state.controls, *more), usual)[1]


def values(game: Game) -> dict[str, Any]:
    """As the quarter begins: the people, the reserve and the date of the last one, no work yet."""
    first: dict[str, Any] = {"staffing": "pm", "promise": HOPED, "shares": ()}
    before = game.rows[-1] if game.rows else first
    spare = min(SPARE, 100 - sum(before["shares"])) if any(before["shares"]) else STEP
    kept = {name: before[name] for name in ("staffing", "promise")}
    return kept | {"work": [], "spare": spare, "choice": NOTHING}


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
