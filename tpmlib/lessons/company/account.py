"""What the game says: where Tally stands, what a choice would bring, what happened, and why."""

from html import escape

import pandas as pd

from tpmlib.kit import content
from tpmlib.kit.html import table_html
from tpmlib.lessons.company.company import YEAR, Row, played, quarter
from tpmlib.lessons.company.games import Game
from tpmlib.lessons.company.policies import fixed
from tpmlib.lessons.company.screen import team
from tpmlib.lessons.company.world import Decision
from tpmlib.lessons.staffing.drift import STAFFINGS

MONTHS = ("January to March", "April to June", "July to September", "October to December")
ACCOUNT = {  # what came in and what it cost, as learners read it
    "What is released": ("value",),
    "The promised date": ("early", "late"),
    "Product people": ("people",),
    "The work, and running Tally": ("initiatives", "running", "controls"),
    "Outages and losses": ("down", "losses"),
}
ALONE = "This shows the people alone. Choose the work, then come back here and compare."
TWICE = "Some work is done twice, and what is off the plan loses {} of its worth."
IDLE = "No work is ticked, so nothing would be built."
SURE = 0.8  # of a promise that counts as likely to be kept


def strip(game: Game, shown: int, staffing: str) -> str:
    """The year so far: its four quarters, who is there, and where Tally stands."""
    boxes = ""
    for number in range(1, YEAR + 1):
        money = f"{game.rows[number - 1]['net']:+,.0f}" if number <= len(game.rows) else ""
        look = ' class="now"' if number == shown else ""
        boxes += f"<div{look}>Q{number} <b>{money}</b></div>"
    people = "".join(f'<b class="tpm-disc {who}">{who.upper()}</b>' for who in STAFFINGS[staffing])
    stands = f"{game.rows[-1]['total']:+,.0f} so far, " if game.rows else ""
    return (
        f'<div class="tpm tpm-year"><div>{people}</div><div><b>Tally, year 3, '
        f"{MONTHS[shown - 1]}.</b> {escape(team(staffing))}; {stands}in thousand dollars.</div>"
        f"{boxes}</div>"
    )


def ahead(game: Game, decision: Decision, step: str) -> str:
    """What the choices so far would bring if nothing happens: now, and by the year's end."""
    row = quarter(game.world, game.state, decision)
    given, brings = row["given_people"], row["weekly"] - game.state.weekly
    people = [
        ["Weeks left to build", f"{given:.0f} of {game.world.budgets['people']:.0f}"],
        ["Work that follows the plan", f"{row['alignment']:.0%}"],
    ]
    work = [
        ["Weeks used", f"{row['used_people']:.0f} of {given:.0f}"],
        ["Done about week", f"{row['expected']:.1f}"],
        [f"A promise of week {row['promise']} is kept", f"{100 * row['chance']:.0f} in 100"],
        ["Brings each week", f"{brings:.1f} of {row['fresh']:.1f}"],
    ]
    lines = {"staffing": people, "work": work if row["expected"] else people}.get(step, [])
    lines = [*lines, *_money(row), ["This quarter comes to", f"{row['net']:+.0f}"]]
    lines.append(["The year without later work and pay", f"{_rest(game, row):+.0f}"])
    note = TWICE.format(f"{game.world.couplings['fit']:.0%}") if step == "work" else ""
    if not row["expected"]:
        lines, note = ([*people, _money(row)[0]], ALONE) if step == "staffing" else (lines, IDLE)
    table = table_html(["If nothing happens", f"Q{len(game.rows) + 1}"], lines)
    return f'<div class="tpm tpm-ahead">{table}<p>{note}</p></div>'


def _money(*rows: Row) -> list[list[str]]:
    """Each part of the account that is not 0, a column for each of the rows."""
    return [
        [words, *(f"{amount:+.0f}" for amount in amounts)]
        for words, names in ACCOUNT.items()
        if any(amounts := [round(sum(row[name] for name in names)) for row in rows])
    ]


def _rest(game: Game, row: Row) -> float:
    """The year so far, this quarter, and what then comes without people, work or cards [k$]."""
    total, state = float(sum(each["net"] for each in [*game.rows, row])), row["after"]
    idle = Decision(row["staffing"], row["picks"], (0,) * len(row["picks"]), row["promise"])
    for _ in range(len(game.rows) + 1, YEAR):
        later = quarter(game.world, state, idle)
        total, state = total + later["net"] - later["people"], later["after"]
    return total


def told(game: Game, event: Row) -> str:
    """The last quarter: the card that turned over, what it came to, and why."""
    row = game.rows[-1]
    world, before, decision = game.world, row["before"], game.decisions[-1]
    # without the card: as expected, and with the delay that there was
    hoped, calm = (quarter(world, before, decision, None, late) for late in (0.0, row["delay"]))
    nets = [round(each["net"]) for each in (hoped, calm, row)]
    lines = [*_money(hoped, row), ["Together", f"{nets[0]:+d}", f"{nets[2]:+d}"]]
    table = table_html([f"Quarter {row['quarter']}", "expected", "came to"], lines)
    date, card = nets[1] - nets[0], nets[2] - nets[1]
    did = f"{'brought' if card > 0 else 'cost'} you {abs(card)}" if card else "changed nothing"
    than = "earlier than expected brought" if date > 0 else "later than expected cost"
    moved = f"Finishing {than} {abs(date)}." if date else ""
    late = f"was {row['late_weeks']:.1f} weeks late" if row["late_weeks"] else "was kept"
    kept = f"Your promise of week {row['promise']} {late}."
    whys = [kept if row["expected"] else "Nothing was built.", advice(game, event)]
    listed = "".join(f"<li>{escape(line)}</li>" for line in whys if line)
    where = f"{event['why']} See lesson {content.lesson(event['lesson'])['number']}."
    return (
        f'<div class="tpm tpm-told"><div class="tpm-turned"><p>{escape(event["text"])}</p><p><b>'
        f"This card {did} in this quarter. {moved}</b></p><p><i>{escape(where)}</i></p></div>"
        f"<div>{table}</div><ul>{listed}</ul></div>"
    )


def parted(game: Game) -> str:
    """Where the learner's year parts most from that of the pair who follow the rule."""
    pair = played(game.world, fixed(game.world, "pm_tpm", YEAR), game.number)
    mine, its = (pd.DataFrame(rows).sum(numeric_only=True) for rows in (game.rows, pair))
    apart = {
        words[0].lower() + words[1:]: (mine - its)[list(names)].sum()
        for words, names in ACCOUNT.items()
    }
    most = sorted(apart, key=lambda words: -abs(apart[words]))[:3]
    return f"You beside the pair: {'; '.join(f'{words} {apart[words]:+.0f}' for words in most)}."


def advice(game: Game, event: Row) -> str:
    """What softens such an event: whether you had it, or where the course explains it."""
    eased = set(event["eased_by"].split())
    if not eased:
        return ""
    softened = event["softened"][:1].lower() + event["softened"][1:]
    had = "You had what softens" if eased & _had(game) else "What would have softened"
    return f"{had} such a thing: {softened}"


def _had(game: Game) -> set[str]:
    """What softens an event, of all that was there in the last quarter."""
    row, runs = game.rows[-1], game.world.architectures
    first, now = next(iter(runs)), row["after"].architecture
    also = {
        "slack": row["expected"] > 0 and sum(row["shares"]) < 100,
        "sure": row["expected"] > 0 and row["chance"] >= SURE,
        "saved": row["quarter"] > 1 and game.rows[-2]["left_money"] > 0,
        "steady": runs[now]["down"] < runs[first]["down"],
    }
    return {row["staffing"], *row["after"].controls, *(name for name, had in also.items() if had)}
