"""What the game says: where Tally stands, what a choice would bring, what happened, and why."""

from html import escape
from typing import Any

import pandas as pd

from tpmlib.kit import content
from tpmlib.kit.html import table_html
from tpmlib.kit.words import say
from tpmlib.lessons.company.company import YEAR, Row, played, quarter
from tpmlib.lessons.company.games import Game
from tpmlib.lessons.company.policies import fixed
from tpmlib.lessons.company.screen import MONTHS, TEAM, best, by_december, calm, values
from tpmlib.lessons.staffing.drift import STAFFINGS

ACCOUNT = {  # what came in and what it cost: how it is told, and of what it is made
    "earned {apart:.0f} {more} from what is on sale": ("value",),
    "gained {apart:.0f} {more} by the promised dates": ("early", "late"),
    "paid {apart:.0f} {less} for product people": ("people",),
    "paid {apart:.0f} {less} to build and run": ("initiatives", "running", "controls"),
    "lost {apart:.0f} {less} by outages and thefts": ("down", "losses"),
}
STANDS = "The year as it stands"
HEAD = ["If nothing happens", "weeks left to build", "pay", "work brings by December"]


def strip(game: Game, shown: int, staffing: str) -> str:
    """Where the year stands, who is there, and which quarter it is."""
    boxes = "".join(f"<div{' class=now' * (n == shown)}>Q{n}</div>" for n in range(1, YEAR + 1))
    people = "".join(f'<b class="tpm-disc {who}">{who.upper()}</b>' for who in STAFFINGS[staffing])
    when = f"{MONTHS[shown - 1]}: {TEAM[staffing]}"
    if game.is_over:  # others may have been there before
        people, when = "", "The year is over"
    return (
        f'<div class="tpm tpm-year"><div>{people}</div><div><b style="font-size:1.3em">'
        f"{STANDS}: {by_december(game):+,.0f}</b><br>{when}. Thousand dollars.</div>{boxes}</div>"
    )


def staffings(game: Game) -> str:
    """What each staffing leaves of weeks, is paid, and brings by December with the best work."""
    rows = []
    for name, words in TEAM.items():
        entered = values(game) | {"staffing": name, "work": best(game, name)}
        row, (_, pay, brings, _) = calm(game, entered)
        rows.append([words, f"{row['given_people']:.0f}", f"{pay:+d}", f"{brings:+,d}"])
    table = table_html(HEAD, rows)
    note = say("company.teams", sync=content.settings("drift", "tally")["sync"])
    return f'<div class="tpm">{table}<p>{escape(note)}</p></div>'


def ahead(game: Game, entered: dict[str, Any]) -> str:
    """What the choices so far would bring if nothing happens."""
    row, (stood, pay, brings, ends) = calm(game, entered)
    left = YEAR - 1 - len(game.rows)  # quarters
    used, given = (round(row[f"{name}_people"]) for name in ("used", "given"))
    kept = [f"Week {row['promise']} is kept", f"{100 * row['chance']:.0f} in 100"]
    parts = on_sale(game, row)
    is_done = parts.count("%") == parts.count(" 100%")
    why = ("done" if is_done else "free") if row["expected"] else "idle" if left else "nothing"
    work = [
        ["Weeks used", say("company.used", why=why, used=used, given=given, free=given - used)],
        ["On sale about week", f"{row['expected']:.1f}"],
        *[kept] * (0 < left < YEAR - 1),
    ]
    lines = [
        *(work if row["expected"] else []),
        [STANDS, f"{stood:+,d}"],
        *[["Pay, July to December" if left == 1 else "Pay", f"{pay:+d}"]] * bool(pay),
        ["The work brings", f"{brings:+,d}"],
        ["The year then", f"{ends:+,d}"],
    ]
    table = table_html(["If nothing happens", f"Q{len(game.rows) + 1}"], lines)
    note = say("company.then", why=why, parts=parts)
    return f'<div class="tpm tpm-ahead">{table}<p>{escape(note)}</p></div>'


def on_sale(game: Game, row: Row) -> str:
    """How much of each piece of a quarter's work is done then, and so pays."""
    share = dict(zip(row["picks"], row["shares"], strict=True))
    done = zip(game.world.initiatives["name"].items(), row["after"].done, strict=True)
    return "; ".join(f"{name} {part:.0%}" for (id, name), part in done if share.get(id)) + "."


def told(game: Game, event: Row) -> str:
    """The last quarter: the card that turned over, what it did to the year, and why."""
    row, before = game.rows[-1], Game(game.number, game.decisions[:-1])
    now = game.world, row["before"], game.decisions[-1], None
    hoped, free = (quarter(*now, late) for late in (0.0, row["delay"]))  # both without the card
    plan, dated, ends = (round(by_december(before, each)) for each in (hoped, free, row))
    date, card = dated - plan, ends - dated
    luck = [["Luck with the date", f"{date:+d}"]] * bool(date)
    sums = [["Expected", f"{plan:+,d}"], *luck, ["The card", f"{card:+d}"], [STANDS, f"{ends:+,d}"]]
    table = table_html([f"Quarter {row['quarter']}", "the year"], sums)
    did = f"{'adds' if card > 0 else 'takes'} {abs(card)} {'to' if card > 0 else 'off'} the year"
    where = f"{event['why']} See lesson {content.lesson(event['lesson'])['number']}."
    done = f"On sale from week {row['finished']:.1f}: {on_sale(game, row)}"
    if row["quarter"] + 1 < YEAR and "%" in done.replace(" 100%", ""):
        done += " What is undone can be ticked again."
    which = "late" if round(row["late_weeks"], 1) else "kept"  # as it is shown
    kept = say(f"company.{which}", cost=-row["late"], **row)
    whys = [done, kept] if row["expected"] else ["Nothing was built."]
    whys += [say("company.over", total=row["total"])] * game.is_over
    listed = "".join(f"<li>{escape(line)}</li>" for line in whys)
    return (
        f'<div class="tpm"><div class="tpm-told"><div class="tpm-turned"><p>{escape(event["text"])}'
        f"</p><p><b>This card {did if card else 'changes nothing'}.</b></p><p><i>"
        f"{escape(where) * bool(card)}</i></p></div><div>{table}</div><ul>{listed}</ul></div></div>"
    )


def parted(game: Game) -> str:
    """Where the learner's year parts most from that of the pair who follow the rule."""
    pair = played(game.world, fixed(game.world, "pm_tpm", YEAR), game.number)
    mine, its = (pd.DataFrame(rows).sum(numeric_only=True) for rows in (game.rows, pair))
    apart = {words: (mine - its)[list(names)].sum() for words, names in ACCOUNT.items()}
    most = sorted((w for w in apart if round(apart[w])), key=lambda words: -abs(apart[words]))[:3]
    told = []
    for words in most:
        more, less = ("more", "less") if apart[words] > 0 else ("less", "more")
        told.append(words.format(apart=abs(apart[words]), more=more, less=less))
    rest = round(sum(apart.values())) - sum(round(apart[words]) for words in most)
    more = f"; the rest is {rest:+d}" * bool(rest)
    cold = " You changed people at no cost; a real firm could not."
    cold *= len({each.staffing for each in game.decisions}) > 1
    listed = " and ".join(filter(None, [", ".join(told[:-1]), *told[-1:]])) or "did the same"
    return f"Against the pair you {listed}{more}. In all {sum(apart.values()):+,.0f}.{cold}"
