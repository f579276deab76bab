"""What the game says: where Tally stands, what a choice would bring, what happened, and why."""

from html import escape

import pandas as pd

from tpmlib.kit import content
from tpmlib.kit.html import table_html
from tpmlib.kit.words import say
from tpmlib.lessons.company.company import YEAR, Row, played, quarter
from tpmlib.lessons.company.games import Game
from tpmlib.lessons.company.policies import fixed
from tpmlib.lessons.company.screen import MONTHS, TEAM, by_december, decision
from tpmlib.lessons.company.world import Decision
from tpmlib.lessons.staffing.drift import STAFFINGS

ACCOUNT = {  # what came in and what it cost, as learners read it
    "What is on sale": ("value",),
    "The promised date": ("early", "late"),
    "Product people": ("people",),
    "Build and run": ("initiatives", "running", "controls"),
    "Outages, losses": ("down", "losses"),
}
DECEMBER = "The year, if nothing more is built"
REST = " What is done pays, and the rest can be ticked again."
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
        f"{MONTHS[shown - 1]}.</b> {escape(TEAM[staffing])}; {stands}in thousand dollars.</div>"
        f"{boxes}</div>"
    )


def staffings(game: Game) -> str:
    """What each staffing costs in this quarter, and what it leaves of the weeks and of the plan."""
    made = {name: quarter(game.world, game.state, decision(game, name, [])) for name in STAFFINGS}
    rows = [
        [TEAM[n], f"{-r['people']:.0f}", f"{r['given_people']:.0f}", f"{r['alignment']:.0%}"]
        for n, r in made.items()
    ]
    head = ["This quarter", "pay", "weeks to build", "share on the plan"]
    return f'<div class="tpm">{table_html(head, rows)}</div>'


def ahead(game: Game, decision: Decision) -> str:
    """What the choices so far would bring if nothing happens: now, and by the year's end."""
    row = quarter(game.world, game.state, decision)
    left = YEAR - 1 - len(game.rows)  # quarters
    used, given = (round(row[f"{name}_people"]) for name in ("used", "given"))
    kept = [f"A promise of week {row['promise']} is kept", f"{100 * row['chance']:.0f} in 100"]
    work = [
        ["Weeks used", f"{used} of {given}; {given - used} stay free"],
        ["On sale about week", f"{row['expected']:.1f}"],
        *[kept] * bool(game.rows),
        ["Brings each week from then on", f"{row['weekly'] - game.state.weekly:.1f}"],
    ]
    year = DECEMBER + " and nobody paid after this quarter" * (left > 1) if left else "The year"
    ends = ["This quarter comes to", f"{row['net']:+.0f}"], [year, f"{by_december(game, row):+.0f}"]
    lines = [*(work if row["expected"] else []), *_money(row), *ends]
    table = table_html(["If nothing happens", f"Q{len(game.rows) + 1}"], lines)
    parts = on_sale(game, row)
    is_done = parts.count("%") == parts.count(" 100%")
    why = ("done" if is_done else "free") if row["expected"] else "idle" if left else "nothing"
    note = say("company.then", why=why, parts=parts)
    return f'<div class="tpm tpm-ahead">{table}<p>{escape(note)}</p></div>'


def on_sale(game: Game, row: Row, hoped: Row | None = None) -> str:
    """How much of each piece of a quarter's work is done then, and was hoped, and so pays."""
    share, parts = dict(zip(row["picks"], row["shares"], strict=True)), list[str]()
    sides = (each["after"].done for each in (row, hoped or row))
    for (id, name), *both in zip(game.world.initiatives["name"].items(), *sides, strict=True):
        done, usual = (f"{each:.0%}" for each in both)
        more = f" (expected {usual})" * (done != usual)
        parts += [f"{name} {done}{more}"] * bool(share.get(id))
    return f"{'; '.join(parts)}."


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
    table = table_html([f"Quarter {row['quarter']}, rounded", "expected", "came to"], lines)
    date, card = nets[1] - nets[0], nets[2] - nets[1]
    did = f"{'brought' if card > 0 else 'cost'} you {abs(card)}" if card else "changed nothing"
    where = f"{event['why']} See lesson {content.lesson(event['lesson'])['number']}."
    named = {"date": date, "card": card, "came": nets[2], "hoped": nets[0]}
    luck = say("company.luck", when="sooner" if date > 0 else "later", **named) if date else ""
    weeks = f"week {row['finished']:.1f} (expected {hoped['expected']:.1f})"
    done = f"On sale from {weeks}: {on_sale(game, row, hoped)}"
    done += REST * (row["quarter"] + 1 < YEAR and "%" in done.replace(" 100%", ""))
    kept = say("company.late" if row["late_weeks"] else "company.kept", **row)
    built = [done, kept] if row["expected"] else ["Nothing was built."]
    whys = filter(None, [*built, luck, advice(game, event) if card else ""])
    listed = "".join(f"<li>{escape(line)}</li>" for line in whys)
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
    most = sorted((w for w in apart if round(apart[w])), key=lambda words: -abs(apart[words]))[:3]
    told = "; ".join(f"{words} {apart[words]:+.0f}" for words in most)
    if rest := round(sum(apart.values())) - sum(round(apart[words]) for words in most):
        told += f"; the rest {rest:+d}"
    free = len({each.staffing for each in game.decisions}) > 1
    cold = " You changed people at no cost; a real firm could not." * free
    return f"Your year beside that of the pair: {told}.{cold}"


def advice(game: Game, event: Row) -> str:
    """What softens such an event: whether you had it, or where the course explains it."""
    if not (eased := set(event["eased_by"].split())):
        return ""
    had = "This softened it" if eased & _had(game) else "This would have softened it"
    return f"{had}: {event['softened'][:1].lower()}{event['softened'][1:]}"


def _had(game: Game) -> set[str]:
    """What softens an event, of all that was there in the last quarter."""
    row, runs = game.rows[-1], game.world.architectures
    also = {
        "sure": row["expected"] > 0 and row["chance"] >= SURE,
        "saved": row["quarter"] > 1 and game.rows[-2]["left_money"] > 0,
        "steady": runs[row["after"].architecture]["down"] < runs[next(iter(runs))]["down"],
    }
    return {row["staffing"], *row["after"].controls, *(name for name, had in also.items() if had)}
