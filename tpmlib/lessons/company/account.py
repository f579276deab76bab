"""What the game says: where Tally stands, what a choice would bring, what happened, and why."""

from html import escape

import pandas as pd

from tpmlib.kit import content
from tpmlib.kit.html import table_html
from tpmlib.lessons.company.company import YEAR, Row, played, quarter
from tpmlib.lessons.company.games import Game
from tpmlib.lessons.company.policies import fixed
from tpmlib.lessons.company.screen import MONTHS, by_december, team
from tpmlib.lessons.company.world import Decision
from tpmlib.lessons.staffing.drift import STAFFINGS

ACCOUNT = {  # what came in and what it cost, as learners read it
    "What is released": ("value",),
    "The date": ("early", "late"),
    "Product people": ("people",),
    "Build and run": ("initiatives", "running", "controls"),
    "Outages, losses": ("down", "losses"),
}
FREE = "A tenth stays free. What is understood wrongly is built again: work takes more weeks."
IDLE = "No work is ticked, so nothing would be built."
NOTHING = "Nothing that is left would still pay by December."
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
    stands = f"{game.rows[-1]['total']:+,.0f} so far, " if game.rows else ""
    return (
        f'<div class="tpm tpm-year"><div>{people}</div><div><b>Tally, year 3, '
        f"{MONTHS[shown - 1]}.</b> {escape(team(staffing))}; {stands}in thousand dollars.</div>"
        f"{boxes}</div>"
    )


def ahead(game: Game, decision: Decision) -> str:
    """What the choices so far would bring if nothing happens: now, and by the year's end."""
    row = quarter(game.world, game.state, decision)
    brings, last = row["weekly"] - game.state.weekly, len(game.rows) + 1 == YEAR
    kept = f"A promise of week {row['promise']} is kept"
    work = [
        ["Weeks used", f"{row['used_people']:.0f} of {row['given_people']:.0f}"],
        ["Released about week", f"{row['expected']:.1f}"],
        *[[kept, f"{100 * row['chance']:.0f} in 100"]] * bool(game.rows),
        ["Brings each week from then on", f"{brings:.1f}"],
    ]
    lines = [*(work if row["expected"] else []), ["This quarter comes to", f"{row['net']:+.0f}"]]
    year = "The year comes to" if last else "By December, with no more work or pay"
    lines.append([year, f"{by_december(game, row):+.0f}"])
    table = table_html(["If nothing happens", f"Q{len(game.rows) + 1}"], lines)
    told = "" if game.rows else f" Sales is told week {row['promise']}."
    note = f"{FREE}{told}" if row["expected"] else NOTHING if last else IDLE
    return f'<div class="tpm tpm-ahead">{table}<p>{escape(in_part(game, row))}{note}</p></div>'


def in_part(game: Game, row: Row) -> str:
    """What of a quarter's work is not finished then."""
    share, names = dict(zip(row["picks"], row["shares"], strict=True)), game.world.initiatives
    parts = zip(names["name"].items(), row["after"].done, strict=True)
    left = [f"{name} ({d:.0%} done)" for (id, name), d in parts if share.get(id) and d < 0.98]
    return f"Not finished: {'; '.join(left)}. " if left else ""


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
    world, before, decision = game.world, row["before"], game.decisions[-1]
    # without the card: as expected, and with the delay that there was
    hoped, calm = (quarter(world, before, decision, None, late) for late in (0.0, row["delay"]))
    nets = [round(each["net"]) for each in (hoped, calm, row)]
    lines = [*_money(hoped, row), ["Together", f"{nets[0]:+d}", f"{nets[2]:+d}"]]
    table = table_html([f"Quarter {row['quarter']}", "expected", "came to"], lines)
    date, card = nets[1] - nets[0], nets[2] - nets[1]
    did = f"{DID[card > 0]} you {abs(card)}" if card else "changed nothing"
    where = f"{event['why']} See lesson {content.lesson(event['lesson'])['number']}."
    luck = f"{'Good' if date > 0 else 'Bad'} luck with the date {DID[date > 0]} {abs(date)}"
    luck += f", and the card alone {DID[card > 0]} {abs(card)}" * bool(card)
    weeks = f"Released in week {row['finished']:.1f}; expected {hoped['expected']:.1f}"
    done = f"{weeks}, promised {row['promise']}. {in_part(game, row)}"
    luck = f"{luck}: the quarter came to {nets[2]:+d} (expected {nets[0]:+d})." if date else ""
    whys = [done if row["expected"] else "Nothing was built.", luck]
    whys.append(advice(game, event) if card else "")
    listed = "".join(f"<li>{escape(line)}</li>" for line in whys if line)
    return (
        f'<div class="tpm tpm-told"><div class="tpm-turned"><p>{escape(event["text"])}</p><p><b>'
        f"This card {did} in this quarter.</b></p><p><i>{escape(where) if card else ''}</i></p>"
        f"</div><div>{table}</div><ul>{listed}</ul></div>"
    )


def parted(game: Game) -> str:
    """Where the learner's year parts most from that of the pair who follow the rule."""
    pair = played(game.world, fixed(game.world, "pm_tpm", YEAR), game.number)
    mine, its = (pd.DataFrame(rows).sum(numeric_only=True) for rows in (game.rows, pair))
    apart = {w[0].lower() + w[1:]: (mine - its)[list(n)].sum() for w, n in ACCOUNT.items()}
    most = sorted(apart, key=lambda words: -abs(apart[words]))[:3]
    free = len({each.staffing for each in game.decisions}) > 1
    told = " You changed people at no cost; a real firm could not." * free
    return f"You beside the pair: {'; '.join(f'{w} {apart[w]:+.0f}' for w in most)}.{told}"


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
