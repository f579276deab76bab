"""Should I become one? The learner's week, the duties, and the work that they have tried."""

from tpmlib.kit import content, sheets
from tpmlib.kit.documents import Document, Section, not_yet
from tpmlib.kit.panels.sheet import kept
from tpmlib.kit.record import Record
from tpmlib.lessons.who_does_what.made import own_week

DUTIES, LINES = "own_duties", "own_"  # the sheet of duties; how the five lines are called
FIELDS = ("like_it", "could_do_it", "would_learn")  # of each of the five
NOTE = (
    "No document can tell you, and nobody whom we found has followed people who changed. The "
    "duties are what adverts ask for, which is not what every holder does."
)


def become(record: Record) -> Document:
    """What speaks for it and against it, from what the learner did and said of it."""
    tried, duties = _tried(record), _duties(record)
    return Document(
        "should-i-become-one",
        "Should I become one?",
        [_sum(record), tried, duties, own_week(record)],
        NOTE,
    )


def _lines(record: Record) -> dict[str, dict[str, str]]:
    """By lesson, in the order of the course, the labels of the choices and the text kept of it."""
    names = [name for name in content.sheets() if name.startswith(LINES) and name != DUTIES]
    by_lesson = {content.sheet(name)["lesson"]: content.sheet(name) for name in names}
    lines = {}
    for lesson in content.course()["lessons"]:
        if sheet := by_lesson.get(lesson["id"]):
            mine, fields = kept(sheet, record), {field["id"]: field for field in sheet["fields"]}
            lines[f"{lesson['number']} {lesson['title']}"] = {
                name: str(sheets.choices(fields[name]).get(mine[name], mine[name]))
                for name in FIELDS
                if mine.get(name)
            }
    return lines


def _tried(record: Record) -> Section:
    head = ["Half an hour of", "Did I like it?", "Could I do it?", "To learn first"]
    rows = [
        [lesson, *(line.get(name, "") for name in FIELDS)] if line else [lesson, "not yet", "", ""]
        for lesson, line in _lines(record).items()
    ]
    return Section("The work that I have tried", head, rows)


def _grid(record: Record) -> list[tuple[str, str]]:
    """Each duty of the sheet that is answered, and the id of the choice."""
    sheet = content.sheet(DUTIES)
    (grid,) = sheet["fields"]
    cells = kept(sheet, record).get(grid["id"]) or {}
    (column,) = grid["columns"]
    chosen = [(row["label"], cells.get(f"{row['id']}.{column['id']}")) for row in grid["rows"]]
    return [(duty, choice) for duty, choice in chosen if choice]


def _duties(record: Record) -> Section:
    """Done, could, would have to learn: one row each."""
    sheet, title, answered = content.sheet(DUTIES), "The duties and I", _grid(record)
    if not answered:
        return Section(title, [], [], not_yet(sheet["lesson"], sheet["title"]))
    rows = [
        [label, "; ".join(duty for duty, choice in answered if choice == id) or "none"]
        for id, label in sheets.choices(sheet["fields"][0]).items()
    ]
    return Section(title, ["", "Duties that adverts for TPMs name more often"], rows)


def _sum(record: Record) -> Section:
    """In words: what was liked, what could be done, what would have to be learnt."""
    lines, title = [line for line in _lines(record).values() if line], "In short"
    if not lines:
        return Section(title, [], [], not_yet("priorities", "and each after it to 10: one line"))
    first = {name: _first(name) for name in FIELDS[:2]}
    liked, able = (sum(line.get(n) == label for line in lines) for n, label in first.items())
    text = f"Of {len(lines)} pieces of this work I would do more of {liked}, and could do {able} as"
    learn = "; ".join(duty for duty, choice in _grid(record) if choice == "learn")
    more = f" Of the duties I would have to learn: {learn}." if learn else ""
    return Section(title, [], [], f"{text} I am.{more}")


def _first(name: str) -> str:
    """The label of the first choice, which is the warmest, of a field of the five lines."""
    fields = content.sheet("own_priorities")["fields"]
    return next(iter(sheets.choices(next(f for f in fields if f["id"] == name)).values()))
