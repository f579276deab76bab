"""What a learner makes in this lesson: marks on each arrow."""

from tpmlib.kit import content
from tpmlib.kit.documents import Section
from tpmlib.kit.record import Record


def asked_threats(lesson: str) -> list[str]:
    flows = content.table("flows")["flow_id"] if lesson == "architecture" else []
    return [f"threats-{flow}" for flow in flows]


def threats(record: Record) -> list[Section]:
    """The kinds of threat that the learner ticked last, arrow by arrow."""
    rows, kept = [], record.items("threats")
    for row in content.table("flows").to_dict("records"):
        ticked = kept.get(f"threats-{row['flow_id']}", {}).get("answer")
        if isinstance(ticked, list):
            rows.append([f"{row['start']} to {row['end']}", ", ".join(map(str, ticked))])
    return [Section("My threats", ["Arrow", "Ticked"], rows)]
