"""What a learner makes with `assign`, lesson by lesson: a charter of who does what."""

from tpmlib.kit import content
from tpmlib.kit.documents import Document, Section, not_yet
from tpmlib.kit.record import Record
from tpmlib.lessons.adverts.assign import duties, responsibility_map

HEAD = ["Responsibility", "Does it", "Answers for it"]
OPEN = {"": "open", "not yet": "open"}


def role_charter(record: Record) -> Document:
    """Who does and who answers for what: first what is open or nobody's, then what is settled."""
    name, title, given = "role-charter", "Role charter", responsibility_map(record)
    if not given:
        return Document(name, title, [], not_yet("titles", "and each one after it: who does what"))
    rows = [[OPEN.get(cell, cell) for cell in row.values()] for row in given]
    rows.sort(key=lambda row: (row[2], row[1]))
    gaps = [row for row in rows if {"open", "nobody"} & {*row[1:]}]
    settled = [row for row in rows if row not in gaps]
    sections = [
        Section(heading, HEAD, part, text)
        for heading, part, text in (
            ("To decide", gaps, "Nobody has these, or it is open who does: name somebody."),
            ("Settled", settled, ""),
        )
        if part
    ]
    note = (
        f"{len(given)} responsibilities, {len(gaps)} of them to decide. Agree on it with the "
        "people it names: a charter that only its writer has read divides nothing."
    )
    kept = record.items("assign").keys()
    left = [each["number"] for each in content.course()["lessons"] if {*duties(each["id"])} - kept]
    more = f"See lesson{'s' * (len(left) > 1)} {', '.join(left)}."
    missing = [Section("Still missing", [], [], more)] if left else []
    return Document(name, title, sections + missing, note)
