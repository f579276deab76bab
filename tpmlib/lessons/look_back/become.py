"""Should I become one? The learner's week, the duties, and the work that they have tried."""

from tpmlib.kit import content, sheets
from tpmlib.kit.documents import Document, Section, not_yet
from tpmlib.kit.panels.sheet import kept
from tpmlib.kit.record import Record
from tpmlib.lessons.who_does_what.made import own_week

DUTIES, LINES = "own_duties", "own_"  # the sheet of duties; how the five lines are called
LIKED, ABLE = ("like_it", "more"), ("could_do_it", "now")  # field of a line, and its best choice
TRIALS = 3
TRY = "If you still want more after two of these, apply for one."
NOTHING = "A trial stands here for each duty that you say you would have to learn."
NOTE = (
    "No document can tell you, and nobody whom we found has followed people who changed. The "
    "duties are what adverts ask for, which is not what every holder does."
)


def become(record: Record) -> Document:
    """What speaks for it and against it, from what the learner did and said of it."""
    parts = (_in_short, _tried, _duties, own_week, _trials)
    return Document(
        "should-i-become-one", "Should I become one?", [part(record) for part in parts], NOTE
    )


def _lines() -> list[sheets.Sheet]:
    """The sheets of one line about a piece of the work, in the order of the course."""
    order = [lesson["id"] for lesson in content.course()["lessons"]]
    names = [name for name in content.sheets() if name.startswith(LINES) and name != DUTIES]
    lines = [sheet for sheet in map(content.sheet, names) if sheet["lesson"] in order]
    return sorted(lines, key=lambda sheet: order.index(sheet["lesson"]))


def _in_short(record: Record) -> Section:
    """In words: what was liked, what could be done, what would have to be learnt."""
    title = "In short"
    lines = [line for line in (kept(sheet, record) for sheet in _lines()) if line]
    if not lines:
        return Section(title, [], [], not_yet("priorities", "and each after it to 10: one line"))
    liked, able = (sum(line.get(name) == best for line in lines) for name, best in (LIKED, ABLE))
    text = f"Of {len(_lines())} pieces of this work I have tried {len(lines)}. I would do more of"
    return Section(title, [], [], f"{text} {liked}, and could do {able} as I am.")


def _trials(record: Record) -> Section:
    """A trial of a week for each of the first duties that would have to be learnt."""
    names = content.table("responsibilities").set_index("responsibility_id")["name"]
    trials = {names[each["duty"]]: each.get("trial") for each in content.hiring()["interview"]}
    learn = [duty for duty, choice in _answered(record) if choice == "learn" and trials.get(duty)]
    rows = [[duty, str(trials[duty])] for duty in learn[:TRIALS]]
    head = ["To learn", "A trial of one week"] if rows else []
    return Section("What to try next", head, rows, TRY if rows else NOTHING)


def _tried(record: Record) -> Section:
    rows = []
    for sheet in _lines():
        lesson, line = content.lesson(sheet["lesson"]), kept(sheet, record)
        words = [sheets.word(field, line.get(field["id"])) for field in sheet["fields"]]
        number = lesson["number"]
        rows.append(
            [f"{number} {lesson['title']}", *(words if line else [f"lesson {number} not done"])]
        )
    head = ["Half an hour of", "Did I like it?", "Could I do it?", "To learn first"]
    return Section(
        "The work that I have tried", head, [row + [""] * (4 - len(row)) for row in rows]
    )


def _answered(record: Record) -> list[tuple[str, str]]:
    """Each duty of the sheet that is answered, and the id of the choice."""
    sheet = content.sheet(DUTIES)
    (grid,), mine = sheet["fields"], kept(sheet, record)
    rows = [
        (row["label"], sheets.row_of(grid, row, mine.get(grid["id"]) or {})) for row in grid["rows"]
    ]
    return [(duty, choice) for duty, cells in rows for choice in cells.values()]


def _duties(record: Record) -> Section:
    """Done, could, would have to learn: one row each."""
    sheet, title, answered = content.sheet(DUTIES), "The duties and I", _answered(record)
    if not answered:
        return Section(title, [], [], not_yet(sheet["lesson"], sheet["title"]))
    rows = [
        [label, "; ".join(duty for duty, choice in answered if choice == id) or "none"]
        for id, label in sheets.choices(sheet["fields"][0]).items()
    ]
    return Section(title, ["", "Duties that adverts for TPMs name more often"], rows)
