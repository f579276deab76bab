"""What a learner makes in this lesson: a split of a quarter."""

from tpmlib.kit import content
from tpmlib.kit.documents import Section
from tpmlib.kit.panels.exercise import cells_by_row
from tpmlib.kit.record import Record


def asked(lesson: str) -> list[str]:
    return ["plan-default"] if lesson == "allocation" else []


def split(record: Record) -> list[Section]:
    names = content.table("initiatives").set_index("initiative_id")["name"]
    rows = cells_by_row(record, "plan", names.to_dict())
    return [Section("My split of a quarter", ["Initiative", "Done [%]"], rows)]
