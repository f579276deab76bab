"""Should I become one? The learner's week, the duties, and the work that they have tried."""

import pandas as pd

from tpmlib.kit import content, figures, sheets
from tpmlib.kit.documents import Document, Section, not_yet
from tpmlib.kit.panels.sheet import kept
from tpmlib.kit.record import Record
from tpmlib.kit.words import say
from tpmlib.lessons.who_does_what.made import own_week

DUTIES, LINES = "own_duties", "own_"  # the sheet of duties; how the five lines are called
TRY = "If you still want more after two of these, apply for such a post."
NOTHING = "A trial stands here for each duty that you have not done."
DONE = {True: "I have done it", False: "Not yet"}
NOTE = (
    "No document can tell you, and nobody whom we found has followed people who changed. The "
    "duties are what adverts ask for, which is not what every holder does."
)


def become(record: Record) -> Document:
    """What speaks for it and against it, from what the learner did and said of it."""
    parts = [part(record) for part in (_in_short, _tried, _duties, own_week, _trials)]
    kept = [part for part in parts if part.rows or part != own_week(record)]  # its page is optional
    return Document("should-i-become-one", "Should I become one?", kept, NOTE)


def _lines() -> list[sheets.Sheet]:
    """The sheets of one line about a piece of the work, in the order of the course."""
    order = [lesson["id"] for lesson in content.course()["lessons"]]
    names = [name for name in content.sheets() if name.startswith(LINES) and name != DUTIES]
    lines = [sheet for sheet in map(content.sheet, names) if sheet["lesson"] in order]
    return sorted(lines, key=lambda sheet: order.index(sheet["lesson"]))


def _in_short(record: Record) -> Section:
    """In words: what is done and to learn, which lessons are open, and what adverts ask."""
    done, lines = [done for _, done in _answered(record)], _lines()
    open_ = [content.lesson(line["lesson"])["number"] for line in lines if not kept(line, record)]
    if not done and len(open_) == len(lines):
        missing = not_yet("priorities", "and each after it to 10: one line")
        return Section("In short", [], [], missing)
    tried = {"lessons": len(lines), "tried": len(lines) - len(open_), "open": ", ".join(open_)}
    frame = _counts()
    most, least = (frame.loc[getattr(frame["tpm_count"], end)()] for end in ("idxmax", "idxmin"))
    asked = say("become.asked", **most, least=least["name"], least_count=least["tpm_count"])
    mine = say("become.duties", duties=len(frame), done=sum(done), learn=done.count(False))
    text = f"{mine} {say('become.tried', n=len(open_), **tried)} {asked}"
    return Section("In short", [], [], text)


def _counts() -> pd.DataFrame:
    """The duties of the sheet by name, with the adverts for TPMs and PMs that name each."""
    return figures.frame("role_profile").set_index("name", drop=False).loc[[*_names().values()]]


def _names() -> dict[str, str]:
    """The duties of the sheet by choice; the last one says that it is none of them."""
    return dict([*sheets.choices(content.sheet(DUTIES)["fields"][0]).items()][:-1])


def _trials(record: Record) -> Section:
    """A trial of a week for each duty that is not done yet."""
    names = content.table("responsibilities").set_index("responsibility_id")["name"]
    trials = {names[each["duty"]]: each.get("trial") for each in content.hiring()["interview"]}
    learn = [duty for duty, done in _answered(record) if not done]
    rows = [[duty, str(trials[duty])] for duty in learn if trials.get(duty)]
    head = ["Not done yet", "A trial of one week"] if rows else []
    return Section("What to try next", head, rows, TRY if rows else NOTHING)


def _tried(record: Record) -> Section:
    rows = []
    for sheet in _lines():
        lesson, line = content.lesson(sheet["lesson"]), kept(sheet, record)
        words = [sheets.word(field, line.get(field["id"])) for field in sheet["fields"]]
        called = f"{lesson['number']} {lesson['title']}"
        rows.append([called, *(words if line else [f"lesson {lesson['number']} not done"])])
    head = ["Half an hour of", "Did I like it?", "Could I do it?", "To learn first"]
    filled = [row + [""] * (4 - len(row)) for row in rows]
    return Section("The work that I have tried", head, filled)


def _answered(record: Record) -> list[tuple[str, bool]]:
    """Each duty by name, and whether it is done; empty until the sheet is kept."""
    mine = kept(content.sheet(DUTIES), record).get("done") or []
    return [(name, choice in mine) for choice, name in _names().items() if mine]


def _duties(record: Record) -> Section:
    """A row a duty, what is done first, and how many adverts of either title name it."""
    sheet, title, answered = content.sheet(DUTIES), "How I stand", _answered(record)
    if not answered:
        return Section(title, [], [], not_yet(sheet["lesson"], sheet["title"]))
    adverts = {
        duty: [_share(row[f"{who}_count"], row[f"{who}_n"]) for who in ("tpm", "other")]
        for duty, row in _counts().iterrows()
    }
    answered.sort(key=lambda row: not row[1])
    rows = [[duty, DONE[done], *adverts[duty]] for duty, done in answered]
    return Section(title, ["Duty", "I", "TPM adverts", "PM adverts"], rows)


def _share(count: float, n: float) -> str:
    return f"{count / n:.0%} ({count:.0f} of {n:.0f})"
