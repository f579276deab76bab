"""What a learner makes with `assign`, lesson by lesson: a map, and a charter of it."""

from tpmlib.kit.documents import Document, Section, not_yet
from tpmlib.kit.record import Record
from tpmlib.lessons.adverts.assign import PEOPLE, responsibility_map

HEAD = ["Responsibility", "Does it", "Answers for it"]
HEADINGS = {"somebody else": "Somebody else", "nobody": "Given to nobody: decide"}
NOBODY = ["Responsibility", "Nobody does it", "Nobody answers for it"]


def duties(record: Record) -> list[Section]:
    """The whole map, duty by duty."""
    rows = [[row["duty"], row["does"], row["answers"]] for row in responsibility_map(record)]
    return [Section("My responsibility map", HEAD, rows)]


def role_charter(record: Record) -> Document:
    """Who does and who answers for what, person by person, and what nobody answers for."""
    name, title, given = "role-charter", "Role charter", responsibility_map(record)
    if not given:
        return Document(name, title, [], not_yet("titles", "and each one after it: who does what"))
    sections = []
    for person in list(PEOPLE.values())[1:]:
        rows = [
            [row["duty"], *("yes" if row[part] == person else "" for part in ("does", "answers"))]
            for row in given
            if person in (row["does"], row["answers"])
        ]
        heading = HEADINGS.get(person, f"The {person}")
        head = NOBODY if person == "nobody" else HEAD
        sections += [Section(heading, head, rows)] if rows else []
    unsure = [[row["duty"]] for row in given if "not yet" in row.values() or "" in row.values()]
    sections += [Section("Still open", HEAD[:1], unsure)] if unsure else []
    note = (
        f"Responsibilities given to somebody: {len(given)}. Agree on it with the people it names: "
        "a charter that only its writer has read divides nothing."
    )
    return Document(name, title, sections, note)
