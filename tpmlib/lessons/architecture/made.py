"""What a learner makes in this lesson: marks on each arrow."""

from typing import Any

from tpmlib.kit import content
from tpmlib.kit.documents import Section
from tpmlib.kit.record import Record


def called(kind: Any) -> str:
    """A kind of threat as a learner reads it: "denial" would be taken for "deny"."""
    return "overload" if kind == "denial" else str(kind)


def asked_threats(lesson: str) -> list[str]:
    flows = content.table("flows")["flow_id"] if lesson == "architecture" else []
    return [f"threats-{flow}" for flow in flows[:1]]  # the first arrow is enough


def threats(record: Record) -> list[Section]:
    """The kinds of threat that the learner ticked last, arrow by arrow."""
    rows, kept = [], record.items("threats")
    for row in content.table("flows").to_dict("records"):
        ticked = kept.get(f"threats-{row['flow_id']}", {}).get("answer")
        if isinstance(ticked, list):
            rows.append([f"{row['start']} to {row['end']}", ", ".join(map(called, ticked))])
    return [Section("My threats", ["Arrow", "Ticked"], rows)]
