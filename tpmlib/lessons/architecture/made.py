"""What a learner makes in this lesson: marks on each arrow."""

from tpmlib.kit import content
from tpmlib.kit.documents import Section
from tpmlib.kit.record import Record

LESSON = "architecture"


def asked_threats(lesson: str) -> list[str]:
    flows = content.table("flows")["flow_id"] if lesson == LESSON else []
    return [f"threats-{flow}" for flow in flows]


def threats(record: Record) -> list[Section]:
    """The kinds of threat that the learner ticked last, arrow by arrow."""
    flows = content.table("flows").set_index("flow_id")
    rows = []
    for item, event in record.items("threats").items():
        flow, ticked = item.removeprefix("threats-"), event["answer"]
        if flow in flows.index and isinstance(ticked, list):
            arrow = f"{flows['start'][flow]} to {flows['end'][flow]}"
            rows.append([arrow, ", ".join(map(str, ticked))])
    return [Section("My threats", ["Arrow", "Ticked"], rows)]
