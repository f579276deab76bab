"""The screens of one quarter of the game, and what is decided by all of them."""

from typing import Any

from tpmlib.errors import CourseError
from tpmlib.kit.panels.form import Field
from tpmlib.lessons.company.company import YEAR, Row, quarter
from tpmlib.lessons.company.games import Game
from tpmlib.lessons.company.policies import PROMISE, best_control
from tpmlib.lessons.company.world import FIRST_WEEK, PICKS, STEP, WEEKS, Decision
from tpmlib.lessons.staffing.drift import STAFFINGS

MONTHS = ("January to March", "April to June", "July to September", "October to December")
STEPS = ("staffing", "work")
BUSY = 90  # percent of the weeks that are planned, as by the rivals; the rest stays free
PEOPLE = {"pm": "A PM", "tpm": "A TPM"}
HOPED = 8  # the week that sales hopes for
AGAIN = "The less is left to build, the less a second person can bring in."
LAST = (
    "What is built now pays for a few weeks only. So the engineers just finish what still pays by "
    f"December, and sales is told week {PROMISE}."
)
BUILT = "Nothing is left that would still pay by December, so only the pay differs."
TOLD = f" In this quarter sales is told week {PROMISE}."
SHARED = (
    "The weeks are shared among what you tick. What is partly done pays too, and its first half "
    "most. Each figure is what that work alone would bring by December."
)


def steps(game: Game) -> tuple[str, ...]:
    """What the next quarter asks: the people, and what they build unless it is the last."""
    return STEPS[:1] if len(game.rows) + 1 == YEAR else STEPS


def team(staffing: str) -> str:
    """A PM alone, Two TPMs, A PM and a TPM."""
    people = STAFFINGS[staffing]
    if len(people) == 1:
        return f"{PEOPLE[people[0]]} alone"
    return f"Two {people[0].upper()}s" if people[0] == people[1] else "A PM and a TPM"


def fields(game: Game, step: str, staffing: str) -> list[Field]:
    """What one screen asks."""
    ties, past = game.world.couplings, len(game.rows)
    if step == "staffing":
        first = (
            f"{game.world.budgets['people']:.0f} engineer-weeks are free to build with. Some are "
            "lost while engineers wait for answers, and a TPM answers faster. Work off the plan is "
            f"worth only {1 - ties['fit']:.0%}, and a PM keeps more of it on the plan."
        )
        last = LAST if any(gains(game, name) for name in STAFFINGS) else BUILT
        note = last if past + 1 == YEAR else AGAIN if past else first
        label = f"Who does the product work from {MONTHS[past]}?"
        return _asked(step, "radio", note, label, {name: team(name) for name in STAFFINGS})
    label = f"What do the engineers build? Tick up to {PICKS}."
    asked = _asked(step, "checks", SHARED + TOLD * (not past), label, _work(game, staffing))
    promise = (
        f"Which week do you promise? Sales hopes for {HOPED}. Each week before week {WEEKS} "
        f"brings {ties['early_price']:g}, and each week late costs {ties['late_price']:g}."
    )
    date: Field = {"id": "promise", "kind": "range", "label": promise, "unit": f"of {WEEKS}"}
    return [*asked, date | {"min": FIRST_WEEK, "max": WEEKS, "step": 1}] if past else asked


def _asked(step: str, kind: str, note: str, label: str, options: dict[str, str]) -> list[Field]:
    listed = [{"value": value, "label": words} for value, words in options.items()]
    field: Field = {"id": step, "kind": kind, "label": label, "options": listed}
    return [{"id": "note", "kind": "note", "label": note}, field]


def _work(game: Game, staffing: str) -> dict[str, str]:
    """The work that still pays: the weeks it takes, and what it brings by December."""
    frame = game.world.initiatives.assign(done=game.state.done)
    options = {}
    for name, gain in gains(game, staffing).items():
        row = frame.loc[name]
        weeks = row["need_people"] * (1 - row["done"])
        done = f", {row['done']:.0%} done" if row["done"] else ""
        options[name] = f"{row['name']}: {weeks:.0f} weeks, brings {gain:.0f}{done}"
    return options


def gains(game: Game, staffing: str) -> dict[str, float]:
    """What each work alone would bring by December beyond its cost, as far as it does [k$]."""
    world, state = game.world, game.state
    idle = by_december(game, quarter(world, state, decision(game, staffing, [])))
    brings = {}
    for name, need, done in zip(world.initiatives.index, world.need[:, 0], state.done, strict=True):
        row = quarter(world, state, decision(game, staffing, [str(name)]))
        gain = by_december(game, row) - idle
        if need * (1 - done) >= 1.5 and gain >= 1:  # less is as good as done
            brings[str(name)] = gain
    return brings


def by_december(game: Game, row: Row) -> float:
    """The year so far, this quarter, and what then comes without people, work or cards [k$]."""
    total, state = float(sum(each["net"] for each in [*game.rows, row])), row["after"]
    idle = Decision(row["staffing"], row["picks"], (0,) * PICKS, WEEKS)
    for _ in range(len(game.rows) + 1, YEAR):
        later = quarter(game.world, state, idle)
        total, state = total + later["net"] - later["people"], later["after"]
    return total


def values(game: Game) -> dict[str, Any]:
    """As the quarter begins: the people and the date of the last one, no work yet."""
    before = game.rows[-1] if game.rows else {"staffing": "pm", "promise": PROMISE}
    return {name: before[name] for name in ("staffing", "promise")} | {"work": []}


def decided(game: Game, entered: dict[str, Any]) -> Decision:
    """What is entered for the quarter; what it does not ask follows the rule of the rivals."""
    staffing, work, promise = entered["staffing"], entered["work"] or [], int(entered["promise"])
    if "work" not in steps(game):
        brings, promise = gains(game, staffing), PROMISE
        work = sorted(brings, key=lambda name: -brings[name])[:PICKS]
    if len(work) > PICKS:
        raise CourseError(f"{len(work)} are ticked; {PICKS} at most")
    control = best_control(game.world, game.state)
    return decision(game, staffing, work)._replace(promise=promise, choice=control)


def decision(game: Game, staffing: str, work: list[str]) -> Decision:
    """This work at equal shares, what pays best first; no date is set, and nothing is bought."""
    world = game.world
    rest = (world.worth() - world.worth(game.state.done)) / world.need[:, 0]
    order = sorted(work, key=lambda name: -rest[world.initiatives.index.get_loc(name)])
    shares = [STEP * len(range(place, BUSY // STEP, len(order))) for place in range(len(order))]
    idle = [name for name in world.initiatives.index if name not in order]
    picks, filled = (*order, *idle)[:PICKS], (*shares, *[0] * PICKS)[:PICKS]
    return Decision(staffing, picks, filled, WEEKS)
