"""Everything else a learner made in the lessons, as titled tables in plain words."""

from collections.abc import Callable

from tpmlib.kit import content, questions
from tpmlib.kit.documents import Section, cell
from tpmlib.kit.panels import calibrate
from tpmlib.kit.panels.base import parts
from tpmlib.kit.panels.sheet import made
from tpmlib.kit.record import Record
from tpmlib.lessons.company.games import games
from tpmlib.lessons.staffing.drift import NAMES

Rows = list[list[str]]


def _number(lesson: str) -> str:
    return str(content.lesson(lesson)["number"])


def work(record: Record) -> list[Section]:
    """Texts, grids, cards, intervals, splits, controls and games; what is not made says so."""
    sections: list[tuple[str, str, list[str], Callable[[Record], Rows]]] = [
        ("My texts", "03 and later", ["Task", "What I wrote"], texts),
        ("My cards", "01 and 02", ["Card", "Pile"], cards),
        (
            "My intervals",
            _number("estimates"),
            ["Question", "Low", "High"],
            lambda record: calibrate.made(record)[0].rows,
        ),
        ("My split of a quarter", _number("allocation"), ["Initiative", "Done [%]"], split),
        ("My controls", _number("architecture"), ["Control", "Taken"], controls),
        (
            "My company games",
            _number("capstone"),
            ["Quarter", "Staffing", "Promised", "Net [k$]"],
            company,
        ),
    ]
    found = []
    for title, lesson, head, rows in sections:
        some = rows(record)
        note = "" if some else f"Not made yet (lesson {lesson})."
        found.append(Section(title, head if some else [], some, note))
    return found + made(record)


def texts(record: Record) -> Rows:
    known = {
        one.id: one.text
        for each in content.course()["lessons"]
        if each["status"] == "ready"
        for one in questions.quiz(each["id"]).reflections
    }
    return [
        [known[item], str(parts(event).get("text", ""))]
        for item, event in record.items("reflect").items()
        if item in known
    ]


def cards(record: Record) -> Rows:
    rows = []
    names = content.table("responsibilities").set_index("responsibility_id")["name"]
    for name in content.decks():
        deck, kept = content.deck(name), parts(record.latest(name, "cards"))
        piles = {one["id"]: one["label"] for one in deck["piles"]}
        for card in deck["cards"]:
            pile = piles.get(str(kept.get(card["id"])))
            text = str(card.get("text") or names.get(card["id"], card["id"]))
            rows += [[text, pile]] if pile else []
    return rows


def split(record: Record) -> Rows:
    names = content.table("initiatives").set_index("initiative_id")["name"]
    return _cells(record, "plan", names.to_dict())


def controls(record: Record) -> Rows:
    names = content.table("controls").set_index("control_id")["name"]
    return _cells(record, "controls", names.to_dict())


def _cells(record: Record, kind: str, names: dict[str, str]) -> Rows:
    """The last kept grid of each preset: name of the row, and its one cell."""
    return [
        [names[key.split(".")[0]], cell(value)]
        for event in record.items(kind).values()
        for key, value in parts(event).items()
        if key.split(".")[0] in names and value not in ("", None)
    ]


def company(record: Record) -> Rows:
    rows = []
    for one in games(record).values():
        for decision, row in zip(one.decisions, one.rows, strict=True):
            place = f"Game {one.number}, quarter {row['quarter']}"
            staffing = NAMES.get(decision.staffing, decision.staffing)
            rows.append([place, staffing, f"week {decision.promise}", f"{row['net']:+,.0f}"])
    return rows
