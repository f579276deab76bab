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
KINDS = {"takeover": "stolen accounts", "leak": "leaked data", "outage": "outages"}


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
            "Who does the product work? (To change costs nothing.) Engineers lose weeks waiting "
            "for answers: a TPM answers faster. Work that nobody keeps to the plan is worth less: "
            "a PM keeps more of it there."
        )
        each = {name: f"{team(name)} (pay {pay * len(who):.0f})" for name, who in STAFFINGS.items()}
        return [_asked(step, "radio", label, each)]
    if step == "choice":
        label = f"Pick one, or nothing. {_lost(game)}"
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
    """Nothing, a control that is not there yet, or a move to another architecture."""
    runs, state = game.world.architectures, game.state
    usual, options = dict.fromkeys(KINDS, 1.0), {NOTHING: "Nothing this quarter"}
    lost = game.world.guarded(state.controls, usual)[1]
    for name, row in game.world.controls.items():
        saves = lost - game.world.guarded((*state.controls, name), usual)[1]
        stops = ", ".join(what for kind, what in KINDS.items() if row[kind])
        text = f"{row['name']}: costs {row['cost']:g} a year, saves about {saves:.0f} ({stops})"
        options |= {} if name in state.controls else {name: text}
    now = runs[state.architecture]
    for name, to in runs.items():
        was, cost = (f"{MONTHS * each['cost']:.0f}" for each in (now, to))
        text = f"takes {to['weeks']:.0f} weeks, runs at once for {cost} a quarter (now {was})"
        text = f"Change how Tally is built ({to['name'].lower()}): {text}"
        text = f"{text}, down {to['down']:.0f} minutes a month"
        options |= {} if name == state.architecture else {name: text}
    return options


def _lost(game: Game) -> str:
    """What a year is expected to lose with the controls that are there, by kind."""
    none, owned = dict.fromkeys(KINDS, 0.0), game.state.controls
    left = {kind: game.world.guarded(owned, none | {kind: 1.0})[1] for kind in KINDS}
    losses = ", ".join(f"{left[kind]:.0f} by {words}" for kind, words in KINDS.items())
    free = f"being down costs only beyond {game.world.down_budget:.0f} minutes a month"
    return f"As it is, expect to lose in a year: {losses}; {free}."


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
