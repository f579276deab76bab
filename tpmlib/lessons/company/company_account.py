"""What happened in a quarter of the company game, and why: each sentence names its lesson."""

from typing import Any

from tpmlib.lessons.company.company import MONEY
from tpmlib.lessons.company.company_world import BUDGETS, World
from tpmlib.lessons.staffing.drift import NAMES

WORDS = {
    "value": "value of what is released",
    "early": "an early promise",
    "people": "product people",
    "initiatives": "money for initiatives",
    "running": "running Tally",
    "controls": "controls",
    "late": "lateness",
    "down": "down time",
    "losses": "expected losses",
}
SHORT = {"people": "engineer-weeks", "money": "thousand dollars", "platform": "environment-hours"}


def account(world: World, row: dict[str, Any]) -> list[str]:
    """Sentences on one row of `company`, in the order in which things happen."""
    return [_staffing(row), _work(world, row), _date(row), _money(row)]


def _staffing(row: dict[str, Any]) -> str:
    held = 1 - row["throughput"]
    return (
        f"Lesson 07: with {NAMES[row['staffing']]} unanswered questions hold up {held:.0%} of the "
        f"work, and the team is {row['alignment']:.0%} aligned with its aim."
    )


def _work(world: World, row: dict[str, Any]) -> str:
    """Where the engineer-weeks went, what was short, and what was built twice."""
    if not row["used_people"]:
        return "Lesson 05: nothing was built."
    names = world.initiatives.set_index("initiative_id")["name"]
    built = [
        f"{names[name]} ({share}%)"
        for name, share in zip(row["picks"], row["shares"], strict=True)
        if share
    ]
    short = [SHORT[name] for name in BUDGETS[1:] if row[f"left_{name}"] < 1e-6]
    more = f" What ran short: {' and '.join(short)}." if short else ""
    moved = f", {row['moving']:.1f} went into the move" if row["moving"] else ""
    again = world.couplings["rework"] * (1 - row["right"])
    return (
        f"Lessons 05 and 10: {row['used_people']:.1f} of {row['given_people']:.1f} engineer-weeks "
        f"went into {', '.join(built)}{moved}.{more} Messages end right in {row['right']:.0%}, so "
        f"{again:.0%} of the work came on top."
    )


def _date(row: dict[str, Any]) -> str:
    if not row["expected"]:
        return "Lesson 08: nothing was promised that could be late."
    kept = (
        "so it was kept"
        if not row["late_weeks"]
        else f"{row['late_weeks']:.1f} weeks late, which cost {-row['late']:.0f} thousand dollars"
    )
    return (
        f"Lesson 08: week {row['promise']} was promised, with a chance of {row['chance']:.0%}; it "
        f"was done in week {row['finished']:.1f}, {kept}."
    )


def _money(row: dict[str, Any]) -> str:
    parts = [f"{WORDS[name]} {row[name]:+.0f}" for name in MONEY if abs(row[name]) >= 0.5]
    return (
        f"Thousand dollars: {', '.join(parts)}; together {row['net']:+.0f}. What is released now "
        f"brings {row['weekly']:.1f} a week."
    )
