"""What the game says: where Tally stands, what a choice would bring, what happened, and why."""

from html import escape

import pandas as pd

from tpmlib.kit import content
from tpmlib.kit.html import table_html
from tpmlib.lessons.company.company import YEAR, Row, played, quarter
from tpmlib.lessons.company.games import Game
from tpmlib.lessons.company.policies import fixed
from tpmlib.lessons.company.screen import MONTHS, by_december, decision, team
from tpmlib.lessons.company.world import Decision
from tpmlib.lessons.staffing.drift import STAFFINGS

ACCOUNT = {  # what came in and what it cost, as learners read it
    "What is on sale": ("value",),
    "The promised date": ("early", "late"),
    "Product people": ("people",),
    "Build and run": ("initiatives", "running", "controls"),
    "Outages, losses": ("down", "losses"),
}
FREE = "Each has its share of weeks; a tenth or more stays free. Misunderstood work is built again."
EMPTY = "All that is ticked gets done, and the other weeks stay empty."
IDLE = "No work is ticked, so nothing would be built."
NOTHING = "Nothing that is left would still pay by December."
REST = " What is done pays, and the rest can be ticked again."
DID = ("cost", "brought")
SURE = 0.8  # of a promise that counts as likely to be kept


def strip(game: Game, shown: int, staffing: str) -> str:
    """The year so far: its four quarters, who is there, and where Tally stands."""
    boxes = ""
    for number in range(1, YEAR + 1):
        money = f"{game.rows[number - 1]['net']:+,.0f}" if number <= len(game.rows) else ""
        look = ' class="now"' if number == shown else ""
        boxes += f"<div{look}>Q{number} <b>{money}</b></div>"
    people = "".join(f'<b class="tpm-disc {who}">{who.upper()}</b>' for who in STAFFINGS[staffing])
    when = "so far" if len(game.rows) < YEAR else "for the whole year"
    stands = f"{game.rows[-1]['total']:+,.0f} {when}, " if game.rows else ""
    return (
        f'<div class="tpm tpm-year"><div>{people}</div><div><b>Tally, year 3, '
        f"{MONTHS[shown - 1]}.</b> {escape(team(staffing))}; {stands}in thousand dollars.</div>"
        f"{boxes}</div>"
    )


def staffings(game: Game) -> str:
    """What each staffing costs in this quarter, and what it leaves of the weeks and of the plan."""
    made = {name: quarter(game.world, game.state, decision(game, name, [])) for name in STAFFINGS}
    rows = [
        [team(n), f"{-r['people']:.0f}", f"{r['given_people']:.0f}", f"{r['alignment']:.0%}"]
        for n, r in made.items()
    ]
    head = ["This quarter", "pay", "weeks to build", "on the plan"]
    return f'<div class="tpm">{table_html(head, rows)}</div>'


def ahead(game: Game, decision: Decision) -> str:
    """What the choices so far would bring if nothing happens: now, and by the year's end."""
    row = quarter(game.world, game.state, decision)
    last = len(game.rows) + 1 == YEAR
    kept = [f"A promise of week {row['promise']} is kept", f"{100 * row['chance']:.0f} in 100"]
    work = [
        ["Weeks used", f"{row['used_people']:.0f} of {row['given_people']:.0f}"],
        ["On sale about week", f"{row['expected']:.1f}"],
        *[kept] * bool(game.rows),
        ["Brings each week from then on", f"{row['weekly'] - game.state.weekly:.1f}"],
    ]
    year = "The year comes to" if last else "By December, with no more work or pay"
    ends = ["This quarter comes to", f"{row['net']:+.0f}"], [year, f"{by_december(game, row):+.0f}"]
    lines = [*(work if row["expected"] else []), *_money(row), *ends]
    table = table_html(["If nothing happens", f"Q{len(game.rows) + 1}"], lines)
    parts = on_sale(game, row)
    is_done = parts.count("%") == parts.count(" 100%")
    note = f"Then on sale: {parts} {EMPTY if is_done else FREE}"
    note = note if row["expected"] else NOTHING if last else IDLE
    return f'<div class="tpm tpm-ahead">{table}<p>{escape(note)}</p></div>'


def on_sale(game: Game, row: Row) -> str:
    """How much of each piece of a quarter's work is done then, and so pays."""
    share, names = dict(zip(row["picks"], row["shares"], strict=True)), game.world.initiatives
    parts = zip(names["name"].items(), row["after"].done, strict=True)
    return f"{'; '.join(f'{name} {done:.0%}' for (id, name), done in parts if share.get(id))}."


def _money(*rows: Row) -> list[list[str]]:
    """Each part of the account that is not 0, a column for each of the rows."""
    return [
        [words, *(f"{amount:+.0f}" for amount in amounts)]
        for words, names in ACCOUNT.items()
        if any(amounts := [round(sum(row[name] for name in names)) for row in rows])
    ]


def told(game: Game, event: Row) -> str:
    """The last quarter: the card that turned over, what it came to, and why."""
    row = game.rows[-1]
    now = game.world, row["before"], game.decisions[-1], None
    hoped, calm = (quarter(*now, late) for late in (0.0, row["delay"]))  # both without the card
    nets = [round(each["net"]) for each in (hoped, calm, row)]
    lines = [*_money(hoped, row), ["Together", f"{nets[0]:+d}", f"{nets[2]:+d}"]]
    table = table_html([f"Quarter {row['quarter']}", "expected", "came to"], lines)
    date, card = nets[1] - nets[0], nets[2] - nets[1]
    did = f"{DID[card > 0]} you {abs(card)}" if card else "changed nothing"
    where = f"{event['why']} See lesson {content.lesson(event['lesson'])['number']}."
    when = "sooner" if date > 0 else "later"
    luck = f"Beside the card, the work was done {when} than expected: {date:+d}"
    luck += f". The card alone: {card:+d}" * bool(card)
    weeks = f"{row['finished']:.1f} (expected {hoped['expected']:.1f}, promised {row['promise']})"
    done = f"On sale from week {weeks}: {on_sale(game, row)}" + REST * (row["quarter"] + 1 < YEAR)
    luck = f"{luck}. So it came to {nets[2]:+d} (expected {nets[0]:+d})." if date else ""
    built = done if row["expected"] else "Nothing was built."
    whys = [built, luck, advice(game, event) if card else ""]
    listed = "".join(f"<li>{escape(line)}</li>" for line in whys if line)
    return (
        f'<div class="tpm"><div class="tpm-told"><div class="tpm-turned"><p>{escape(event["text"])}'
        f"</p><p><b>This card {did} in this quarter.</b></p><p><i>{escape(where) if card else ''}"
        f"</i></p></div><div>{table}</div></div><ul>{listed}</ul></div>"
    )


def parted(game: Game) -> str:
    """Where the learner's year parts most from that of the pair who follow the rule."""
    pair = played(game.world, fixed(game.world, "pm_tpm", YEAR), game.number)
    mine, its = (pd.DataFrame(rows).sum(numeric_only=True) for rows in (game.rows, pair))
    apart = {w[0].lower() + w[1:]: (mine - its)[list(n)].sum() for w, n in ACCOUNT.items()}
    most = sorted(apart, key=lambda words: -abs(apart[words]))[:3]
    free = len({each.staffing for each in game.decisions}) > 1
    told = " You changed people at no cost; a real firm could not." * free
    return f"You compared with the pair: {'; '.join(f'{w} {apart[w]:+.0f}' for w in most)}.{told}"


def advice(game: Game, event: Row) -> str:
    """What softens such an event: whether you had it, or where the course explains it."""
    if not (eased := set(event["eased_by"].split())):
        return ""
    had = "You had what softens" if eased & _had(game) else "What would have softened"
    return f"{had} such a thing: {event['softened'][:1].lower()}{event['softened'][1:]}"


def _had(game: Game) -> set[str]:
    """What softens an event, of all that was there in the last quarter."""
    row, runs = game.rows[-1], game.world.architectures
    also = {
        "slack": row["expected"] > 0 and sum(row["shares"]) < 100,
        "sure": row["expected"] > 0 and row["chance"] >= SURE,
        "saved": row["quarter"] > 1 and game.rows[-2]["left_money"] > 0,
        "steady": runs[row["after"].architecture]["down"] < runs[next(iter(runs))]["down"],
    }
    return {row["staffing"], *row["after"].controls, *(name for name, had in also.items() if had)}
