"""What the company game says: where Tally stands, what may come, what happened, and why."""

from tpmlib.lessons.allocation.allocation import BUDGETS, MANY
from tpmlib.lessons.company.company import MONEY, Row
from tpmlib.lessons.company.games import Game
from tpmlib.lessons.staffing.drift import NAMES


def standing(game: Game, over: bool) -> str:
    """Where Tally stands before the next quarter, or at the end."""
    state, world, count = game.state, game.world, len(game.rows)
    owned = ", ".join(world.controls[name]["name"] for name in state.controls) or "none"
    total = game.rows[-1]["total"] if game.rows else 0.0
    head = f"{count} quarters are over." if over else f"Quarter {count + 1}."
    return (
        f"{head} Tally stands at {total:+,.0f} thousand dollars, and what is released brings "
        f"{state.weekly:.1f} a week. The team is {state.alignment:.0%} aligned. Architecture: "
        f"{world.architectures[state.architecture]['name'].lower()}, two copies. Controls: "
        f"{owned}. Left over for initiatives: {state.cash:.0f} thousand dollars. (Game "
        f"{game.number}; all synthetic or assumed.)"
    )


def forecast(row: Row) -> str:
    """A quarter as it would be if nothing happens and all takes as long as expected."""
    done = f"is done in week {row['expected']:.1f}" if row["expected"] else "builds nothing"
    return (
        f"If nothing happens: this {done}, {row['chance']:.0%} sure to keep week "
        f"{row['promise']}; it takes {row['used_people']:.1f} of {row['given_people']:.1f} "
        f"engineer-weeks, {row['used_money']:.0f} of {row['given_money']:.0f} thousand dollars "
        f"and {row['used_platform']:.0f} of {row['given_platform']:.0f} test hours. The "
        f"quarter comes to {row['net']:+.0f} thousand dollars, and {row['weekly']:.1f} a week "
        "come in from then on."
    )


def account(game: Game, row: Row) -> list[str]:
    """What happened in a quarter, in order; each sentence begins with what it is about."""
    parts = [f"{words} {row[name]:+.0f}" for name, words in MONEY.items() if abs(row[name]) >= 0.5]
    return [
        f"Questions: with {NAMES[row['staffing']]} unanswered questions hold up "
        f"{1 - row['throughput']:.0%} of the work, and the team is {row['alignment']:.0%} aligned "
        "with its aim.",
        _work(game, row),
        _date(row),
        f"Thousand dollars: {', '.join(parts)}; together {row['net']:+.0f}. What is released now "
        f"brings {row['weekly']:.1f} a week.",
    ]


def _work(game: Game, row: Row) -> str:
    """Where the engineer-weeks went, what was short, and what was built twice."""
    if not row["used_people"]:
        return "Work: nothing was built."
    names, shares = game.world.initiatives["name"], zip(row["picks"], row["shares"], strict=True)
    built = ", ".join(f"{names[pick]} ({share}%)" for pick, share in shares if share)
    moved = f", {row['moving']:.1f} went into the move" if row["moving"] else ""
    short = [MANY[name] for name in BUDGETS[1:] if row[f"left_{name}"] < 1e-6]
    more = f" What ran short: {' and '.join(short)}." if short else ""
    return (
        f"Work: {row['used_people']:.1f} of {row['given_people']:.1f} engineer-weeks "
        f"went into {built}{moved}.{more} Messages end right in {row['right']:.0%}, so "
        f"{game.couplings['rework'] * (1 - row['right']):.0%} of the work came on top."
    )


def _date(row: Row) -> str:
    if not row["expected"]:
        return "Date: nothing was promised that could be late."
    end = "so it was kept"
    if row["late_weeks"]:
        end = f"{row['late_weeks']:.1f} weeks late, which cost {-row['late']:.0f} thousand dollars"
    return (
        f"Date: week {row['promise']} was promised, with a chance of {row['chance']:.0%}; it "
        f"was done in week {row['finished']:.1f}, {end}."
    )
