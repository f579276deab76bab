"""What the game says: where Tally stands, what a choice would bring, what happened, and why."""

from html import escape

from tpmlib.kit import content
from tpmlib.kit.html import table_html
from tpmlib.lessons.allocation.allocation import BUDGETS, MANY
from tpmlib.lessons.company.company import YEAR, Row, quarter
from tpmlib.lessons.company.games import Game
from tpmlib.lessons.company.screen import team
from tpmlib.lessons.staffing.drift import STAFFINGS

MONTHS = ("January to March", "April to June", "July to September", "October to December")
ACCOUNT = {  # what came in and what it cost, as learners read it
    "What is released": ("value",),
    "An early promise": ("early",),
    "Product people": ("people",),
    "Money for the work": ("initiatives",),
    "Running Tally, its controls": ("running", "controls"),
    "Late": ("late",),
    "Outages and losses": ("down", "losses"),
}
SURE = 0.8  # of a promise that counts as likely to be kept


def strip(game: Game, shown: int, staffing: str) -> str:
    """The year so far: its four quarters, who is there, and where Tally stands."""
    boxes = ""
    for number in range(1, YEAR + 1):
        money = f"{game.rows[number - 1]['net']:+,.0f}" if number <= len(game.rows) else ""
        look = ' class="now"' if number == shown else ""
        boxes += f"<div{look}>Q{number} <b>{money}</b></div>"
    people = "".join(f'<b class="tpm-disc {who}">{who.upper()}</b>' for who in STAFFINGS[staffing])
    stands = "all in thousand dollars"
    if game.rows:
        total = game.rows[-1]["total"]
        stands += f"; {total:+,.0f} so far, and {game.state.weekly:.1f} more comes in each week"
    return (
        f'<div class="tpm tpm-year"><div>{people}</div><div><b>Tally, year 3, '
        f"{MONTHS[shown - 1]}.</b> {escape(team(staffing))}; {stands}.</div>{boxes}</div>"
    )


def ahead(game: Game, row: Row) -> str:
    """What the choices so far would bring if nothing happens."""
    weeks = game.world.budgets["people"]
    short = " and ".join(MANY[name] for name in BUDGETS[1:] if row[f"left_{name}"] < 1e-6)
    lines = [
        ["Weeks not held up by questions", f"{weeks * row['throughput']:.0f} of {weeks:.0f}"],
        ["Work that is on the plan", f"{row['alignment']:.0%}"],
        ["Weeks used", f"{row['used_people']:.0f}{f' ({short} short)' if short else ''}"],
        ["Done about week", f"{row['expected']:.1f}"],
        [f"A promise of week {row['promise']} is kept", f"{100 * row['chance']:.0f} in 100"],
        ["Released work then brings", f"{row['weekly']:.1f} a week"],
        ["Expected to be lost", f"{-row['losses'] - row['down']:.0f}"],
        ["The quarter comes to", f"{row['net']:+.0f}"],
    ]
    lines[2:5] = lines[2:5] if row["expected"] else []  # no work, no date
    table = table_html(["If nothing happens", "this quarter"], lines)
    return f'<div class="tpm tpm-ahead">{table}</div>'


def told(game: Game, event: Row) -> str:
    """The last quarter: the card that turned over, what it came to, and why."""
    row = game.rows[-1]
    world, before, decision = game.world, row["before"], game.decisions[-1]
    # without the card: as expected, and with the delay that there was
    hoped, calm = (quarter(world, before, decision, None, late) for late in (0.0, row["delay"]))
    lines = [
        [words, *(f"{amount:+.0f}" for amount in amounts)]
        for words, names in {**ACCOUNT, "Together": ("net",)}.items()
        if any(amounts := [round(sum(each[name] for name in names)) for each in (hoped, row)])
    ]
    table = table_html([f"Quarter {row['quarter']}", "expected", "came to"], lines)
    card = round(row["net"] - calm["net"])
    did = f"{'brought' if card > 0 else 'cost'} you {abs(card)}" if card else "changed nothing"
    whys = "".join(f"<li>{escape(line)}</li>" for line in [*_why(row), advice(game, event)] if line)
    where = f"{event['why']} See {_named(event['lesson'])}."
    return (
        f'<div class="tpm tpm-told"><div class="tpm-turned"><p>{escape(event["text"])}</p><p><b>'
        f"This card {did} in this quarter.</b></p><p><i>{escape(where)}</i></p></div>"
        f"<div>{table}</div><ul>{whys}</ul></div>"
    )


def _why(row: Row) -> list[str]:
    """What the people and the promise did to the quarter."""
    lines = [
        f"{team(row['staffing'])}: open questions held up {1 - row['throughput']:.0%} of the work, "
        f"and {row['alignment']:.0%} of it was on the plan ({_named('staffing')})."
    ]
    if not row["expected"]:
        return [*lines, "Nothing was built."]
    end = "in time" if not row["late_weeks"] else f"{row['late_weeks']:.1f} weeks late"
    done = f"done in week {row['finished']:.1f}, {end} ({_named('estimates')})"
    return [*lines, f"You promised week {row['promise']}, and it was {done}."]


def advice(game: Game, event: Row) -> str:
    """What softens such an event: whether you had it, or where the course explains it."""
    eased = set(event["eased_by"].split())
    if not eased:
        return ""
    softened = event["softened"][:1].lower() + event["softened"][1:]
    if eased & _had(game):
        return f"You had what softens such a thing: {softened}"
    return f"What would have softened it: {softened} See {_named(event['lesson'])}."


def _named(lesson: str) -> str:
    """A lesson by number and title."""
    entry = content.lesson(lesson)
    return f"lesson {entry['number']}, \u201c{entry['title']}\u201d"


def _had(game: Game) -> set[str]:
    """What softens an event, of all that was there in the last quarter."""
    row, runs = game.rows[-1], game.world.architectures
    first, now = next(iter(runs)), row["after"].architecture
    also = {
        "slack": sum(row["shares"]) < 100,
        "sure": row["chance"] >= SURE,
        "saved": row["quarter"] > 1 and game.rows[-2]["left_money"] > 0,
        "steady": runs[now]["down"] < runs[first]["down"],
    }
    return {row["staffing"], *row["after"].controls, *(name for name, had in also.items() if had)}
