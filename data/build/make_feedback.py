"""Write data/feedback.csv: 1,200 made-up comments of Tally's customers, the same bytes each time.

    python data/build/make_feedback.py [FILE]

Nobody wrote these comments. They are put together from the phrases in feedback.yml, with a seed.
Built in on purpose: most comments are everyday wishes of small shops (export, phone, price); most
money stands behind technical ones (limits of the API, audit trail, sign-in) of few large customers;
and one partner writes 40 times about its own colours, so that money summed over comments misleads.
"""

import csv
import random
import re
import sys
from datetime import date, timedelta
from pathlib import Path

import yaml

SEED = 4
FIRST_DAY, DAYS = date(2025, 7, 1), 365
ACCOUNTS = {"shop": 360, "chain": 48, "partner": 12}
VALUES = {"shop": (0.3, 3), "chain": (5, 60), "partner": (40, 300)}  # thousand dollars a year
LOUD, LOUD_VALUE = "a420", 380.0  # the partner that writes about its colours
CHANNELS = {
    "shop": ("email", "chat", "review", "survey", "call"),
    "chain": ("email", "call", "survey", "sales_note"),
    "partner": ("email", "call", "sales_note", "ticket"),
}
# theme: technical, mean severity, comments by segment
THEMES = {
    "export": (0, 2.1, {"shop": 138, "chain": 12}),
    "phone": (0, 1.9, {"shop": 127, "chain": 8}),
    "price": (0, 2.2, {"shop": 123}),
    "slow_dashboard": (1, 2.3, {"shop": 74, "chain": 19}),
    "wrong_match": (1, 3.5, {"shop": 70, "chain": 20, "partner": 3}),
    "payouts": (0, 2.5, {"shop": 78, "chain": 10}),
    "help": (0, 2.2, {"shop": 66, "chain": 8}),
    "missing_bank": (0, 2.6, {"shop": 61, "chain": 9}),
    "setting_up": (0, 1.8, {"shop": 65}),
    "roles": (0, 2.2, {"shop": 27, "chain": 18}),
    "api_limits": (1, 3.1, {"chain": 6, "partner": 50}),
    "audit_trail": (1, 2.9, {"chain": 36, "partner": 16}),
    "sign_in": (1, 2.7, {"chain": 34, "partner": 14}),
    "api_changes": (1, 3.0, {"chain": 2, "partner": 36}),
    "own_colours": (0, 1.4, {"chain": 1, "partner": 40}),
    "other": (0, 1.2, {"shop": 24, "chain": 4, "partner": 1}),
}
PARTNERS = {  # how many of the twelve partners speak of it
    **{"api_limits": 11, "audit_trail": 9, "sign_in": 7, "api_changes": 5},
    **{"wrong_match": 2, "own_colours": 1, "other": 1},
}

WORDS = yaml.safe_load((Path(__file__).parent / "feedback.yml").read_text(encoding="utf-8"))
GAPS, SAYS, OPENINGS, ENDINGS = (WORDS[part] for part in ("gaps", "says", "openings", "endings"))
NOTES, MIXED, SLIPS = (WORDS[part] for part in ("notes", "mixed", "slips"))


def accounts(draw: random.Random) -> list[tuple[str, str, float]]:
    """Account, segment and value of each customer [thousand dollars a year]."""
    found = []
    for segment, count in ACCOUNTS.items():
        low, high = VALUES[segment]
        for _ in range(count):
            name = f"a{len(found) + 1:03}"
            # few large ones among many small ones
            value = low * (high / low) ** draw.random()
            found.append((name, segment, LOUD_VALUE if name == LOUD else round(value, 1)))
    return found


def filled(phrase: str, segment: str, draw: random.Random) -> str:
    """The phrase with each gap filled by a word of the segment."""

    def word(match: re.Match[str]) -> str:
        words = GAPS[match[1]]
        return draw.choice(words[segment] if isinstance(words, dict) else words)

    return re.sub(r"\{(\w+)\}", word, phrase)


def said(theme: str, segment: str, draw: random.Random) -> str:
    """One sentence on a theme."""
    phrases = SAYS[theme]["all"] + SAYS[theme].get(segment, [])
    return filled(draw.choice(phrases), segment, draw)


def sentence(text: str) -> str:
    """With a capital and a full stop."""
    text = text[0].upper() + text[1:]
    return text if text[-1] in ".?!)" else text + "."


def comment(theme: str, segment: str, channel: str, draw: random.Random) -> str:
    """A whole comment: a few words, a sentence or several, with a greeting now and then."""
    if draw.random() < (0.2 if segment == "shop" else 0.08):
        return slips(filled(draw.choice(SAYS[theme]["short"]), segment, draw), segment, draw)
    first = said(theme, segment, draw)
    if channel == "sales_note":
        text = filled(draw.choice(NOTES), segment, draw) + first
    elif draw.random() < 0.4:
        text = draw.choice(OPENINGS[segment]) + first
    else:
        text = first
    text = sentence(re.sub(r"([.] )([a-z])", lambda match: match[1] + match[2].upper(), text))
    if draw.random() < 0.3 and (second := said(theme, segment, draw)) != first:
        text += " " + sentence(second)
    if draw.random() < 0.04 and segment == "shop":
        other = draw.choice(
            [name for name in ("export", "phone", "price", "help") if name != theme]
        )
        text += sentence(draw.choice(MIXED).format(said(other, segment, draw)))
    if draw.random() < 0.35:
        text += " " + draw.choice(ENDINGS[segment])
    return slips(text, segment, draw)


def slips(text: str, segment: str, draw: random.Random) -> str:
    """The text as it is typed in a hurry: a slip, no capitals, no full stop."""
    hurry = {"shop": 0.3, "chain": 0.1, "partner": 0.08}[segment]
    if draw.random() < hurry / 2:
        words = [word for word in SLIPS if re.search(rf"\b{word}\b", text)]
        if words:
            word = draw.choice(words)
            text = re.sub(rf"\b{word}\b", SLIPS[word], text, count=1)
    if draw.random() < hurry / 2:
        text = text.replace("'", "")
    if draw.random() < hurry / 2:
        text = text.lower()
    if draw.random() < hurry / 2:
        text = text.rstrip(".") + draw.choice(("", "", "!", "!!", "..."))
    return text


def speakers(
    theme: str, segment: str, count: int, names: list[str], draw: random.Random
) -> list[str]:
    """Who makes each comment: everybody once before anybody twice, among those who care."""
    if theme == "own_colours" and segment == "partner":
        return [LOUD] * count
    if segment == "partner":
        pool = [name for name in names if name != LOUD]
        draw.shuffle(pool)
        pool = pool[: PARTNERS[theme]]
    elif segment == "chain":
        pool = draw.sample(names, min(len(names), max(1, round(count * 0.75))))
    else:
        pool = draw.sample(names, min(len(names), max(1, round(count * 0.85))))
    return (
        pool + [draw.choice(pool) for _ in range(count - len(pool))] if count > len(pool) else pool
    )


def severity(mean: float, draw: random.Random) -> int:
    """1 to 4, around the mean of the theme."""
    return min(4, max(1, round(draw.gauss(mean, 0.7))))


def rows() -> list[dict[str, object]]:
    """The table, by date."""
    draw, known = random.Random(SEED), []
    customers = accounts(draw)
    value = {name: worth for name, _, worth in customers}
    names = {kind: [one for one, segment, _ in customers if segment == kind] for kind in ACCOUNTS}
    taken: set[str] = set()
    for theme, (technical, mean, counts) in THEMES.items():
        for segment, count in counts.items():
            for account in speakers(theme, segment, count, names[segment], draw):
                channel = draw.choice(CHANNELS[segment])
                text = comment(theme, segment, channel, draw)
                while (bare := re.sub(r"\W+", " ", text).lower().strip()) in taken:
                    text = comment(theme, segment, channel, draw)
                taken.add(bare)
                row = {"date": FIRST_DAY + timedelta(days=draw.randrange(DAYS)), "account": account}
                row |= {"segment": segment, "account_value": value[account], "channel": channel}
                row |= {"theme": theme, "severity": severity(mean, draw), "is_technical": technical}
                known.append(row | {"verbatim": text})
    known.sort(key=lambda row: (row["date"], row["account"], row["verbatim"]))
    return [{"feedback_id": f"f{number:04}"} | row for number, row in enumerate(known, 1)]


def main(path: Path) -> None:
    table = rows()
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, table[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)


if __name__ == "__main__":
    default = Path(__file__).parents[1] / "feedback.csv"
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else default)
