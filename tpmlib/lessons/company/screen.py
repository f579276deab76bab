"""The screens of one quarter of the game, and what is decided by all of them."""

from typing import Any

from tpmlib.errors import CourseError
from tpmlib.kit.panels.form import Field
from tpmlib.kit.words import say
from tpmlib.lessons.company.company import YEAR, Row, quarter
from tpmlib.lessons.company.games import Game
from tpmlib.lessons.company.policies import PROMISE, best_control
from tpmlib.lessons.company.world import FIRST_WEEK, PICKS, STEP, WEEKS, Decision

MONTHS = ("January to March", "April to June", "July to September", "October to December")
STEPS = ("staffing", "work")
LAST = ("rest",)  # nothing is left to decide
BUSY = 90  # percent of the weeks that are planned at most, as by the rivals
TEAM = {"pm": "A PM alone", "tpm": "A TPM alone", "pm_tpm": "A PM and a TPM"}
TEAM |= {"pm_pm": "Two PMs", "tpm_tpm": "Two TPMs"}


def steps(game: Game) -> tuple[str, ...]:
    """What the next quarter asks: the people, and what they build; the last one runs by itself."""
    return LAST if len(game.rows) + 1 == YEAR else STEPS


def fields(game: Game, step: str, staffing: str) -> list[Field]:
    """What one screen asks."""
    ties, past = game.world.couplings, len(game.rows)
    if step in LAST:
        return [{"id": "note", "kind": "note", "label": say("company.rest", promise=PROMISE)}]
    if step == "staffing":
        stays = past + 2 == YEAR
        which = "stay" if stays else "again" if past else "first"
        label = f"Who does the product work from {'July to December' if stays else MONTHS[past]}?"
        return _asked(step, "radio", say(f"company.{which}", worth=1 - ties["fit"]), label, TEAM)
    label = f"What do the engineers build? Tick up to {PICKS}."
    note = say("company.work" if past else "company.work_first", promise=PROMISE)
    asked = _asked(step, "checks", note, label, _work(game, staffing))
    promise = say("company.promise", weeks=WEEKS, **ties)
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


def by_december(game: Game, *ahead: Row) -> float:
    """The year as it stands: what it comes to if nothing more is built, and no card comes [k$].

    ahead: the quarter that comes next, as far as it is decided.
    Nobody is paid in a quarter for which people are still to be chosen.
    """
    rows, state = [*game.rows, *ahead], ahead[0]["after"] if ahead else game.state
    total, picks = sum(each["net"] for each in rows), tuple(game.world.initiatives.index[:PICKS])
    staffing = rows[-1]["staffing"] if rows else "pm"
    for _ in range(len(rows), YEAR):
        idle = Decision(staffing, picks, (0,) * PICKS, WEEKS, best_control(game.world, state))
        later = quarter(game.world, state, idle)
        free = later["people"] * (len(rows) < YEAR - 1)
        total, state = total + later["net"] - free, later["after"]
    return float(total)


def calm(game: Game, entered: dict[str, Any]) -> tuple[Row, list[int]]:
    """A quarter without a card; the year as it stood, its pay, its work, the year after it [k$]."""
    made = decided(game, entered)
    idle = decision(game, made.staffing, [])._replace(choice=made.choice)
    row, none = (quarter(game.world, game.state, each) for each in (made, idle))
    stood, paid, ends = (by_december(game, *each) for each in ([], [none], [row]))
    sums = round(stood), round(paid - stood), round(ends)
    return row, [*sums[:2], sums[2] - sums[1] - sums[0], sums[2]]


def best(game: Game, staffing: str) -> list[str]:
    """The three pieces that each bring most."""
    brings = gains(game, staffing)
    return sorted(brings, key=lambda name: -brings[name])[:PICKS]


def values(game: Game) -> dict[str, Any]:
    """As the quarter begins: the people and the date of the last one, no work yet."""
    before = game.rows[-1] if game.rows else {"staffing": "pm", "promise": PROMISE}
    return {name: before[name] for name in ("staffing", "promise")} | {"work": []}


def decided(game: Game, entered: dict[str, Any]) -> Decision:
    """What is entered for the quarter; what it does not ask follows the rule of the rivals."""
    staffing, work, promise = entered["staffing"], entered["work"] or [], int(entered["promise"])
    if steps(game) == LAST:
        work, promise = best(game, staffing), PROMISE
    if len(work) > PICKS:
        raise CourseError(f"{len(work)} are ticked; {PICKS} at most")
    control = best_control(game.world, game.state)
    return decision(game, staffing, work)._replace(promise=promise, choice=control)


def decision(game: Game, staffing: str, work: list[str]) -> Decision:
    """A tenth of the weeks in turn to each work that can still use one; no date, nothing bought."""
    world = game.world
    rest = (world.worth() - world.worth(game.state.done)) / world.need[:, 0]
    order = sorted(work, key=lambda name: -rest[world.initiatives.index.get_loc(name)])
    picks = tuple(dict.fromkeys([*order, *world.initiatives.index]))[:PICKS]
    shares, uses = [0] * PICKS, [0.0] * PICKS  # percent of the weeks: given, and of use
    for place in range(len(order)):
        alone = tuple(100 * (each == place) for each in range(PICKS))
        row = quarter(world, game.state, Decision(staffing, picks, alone, WEEKS))
        uses[place] = 100 * row["load"]
    while short := [place for place in range(PICKS) if shares[place] < uses[place]]:
        if sum(shares) == 100 or sum(map(min, shares, uses)) > BUSY - STEP:
            break
        shares[min(short, key=shares.__getitem__)] += STEP
    return Decision(staffing, picks, tuple(shares), WEEKS)
