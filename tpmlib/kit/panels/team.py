"""The learner's own team, entered once: every explorer that knows teams offers it."""

from html import escape
from typing import Any

from tpmlib.kit import content
from tpmlib.kit.html import table_html
from tpmlib.kit.panels.base import Panel, parts
from tpmlib.kit.panels.form import Field, Form, fitting
from tpmlib.kit.record import Record

ITEM = "team"
UNKNOWN = "None kept yet: explorers show Tally's team until you keep yours."


class Team(Panel):
    """`team()`: engineers, complexity, meetings, protected hours, cost; kept for every lesson."""

    def __init__(self) -> None:
        super().__init__()
        self.form = Form(
            fields=fields(),
            values=team(self.record),
            buttons=[{"id": "keep", "label": "Keep my team"}],
        )
        self.form.on_event(lambda event: self.run(self._keep))
        self.form.message = UNKNOWN if self.record.latest(ITEM, "team") is None else ""
        self.widget = self.form

    def _keep(self) -> None:
        empty = [one["label"] for one in self.form.fields if self.form.values[one["id"]] is None]
        if empty:
            self.form.message = f"{empty[0]} is empty: enter a number."
            return
        if parts(self.record.latest(ITEM, "team")) != self.form.values:
            self.keep("team", ITEM, dict(self.form.values), lesson="staffing")
        self.form.message = f"{self.kept()} Choose Your team under Start from, here and elsewhere."

    def fail(self, sentence: str) -> None:
        self.form.message = sentence

    def text(self) -> str:
        return f"Your team: {', '.join(one['label'] for one in fields())}"

    def html(self) -> str:
        head = ["Your team", "At Tally", "Unit", "What it means"]
        rows = [
            [one["label"], f"{value:g}", one["unit"], one["help"]]
            for one, value in zip(fields(), defaults().values(), strict=True)
        ]
        asked = "Enter your own team here, or leave Tally's figures, which are assumed."
        return f"<p>{escape(asked)}</p>{table_html(head, rows)}"


def fields() -> list[Field]:
    """The fields of the form, from table `team`."""
    names = ("label", "unit", "help", "min", "max", "step")
    return [
        {"id": row["field"], "kind": "number"} | {name: row[name] for name in names}
        for row in content.table("team").to_dict("records")
    ]


def defaults() -> dict[str, Any]:
    """Tally's team."""
    rows = content.table("team")
    return dict(zip(rows["field"], rows["value"], strict=True))


def team(record: Record) -> dict[str, Any]:
    """The team of this learner; what was never entered, or does not fit any more, is Tally's."""
    kept = fitting(fields(), parts(record.latest(ITEM, "team")))
    return defaults() | {name: value for name, value in kept.items() if value is not None}
