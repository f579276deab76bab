"""Who does what: this lesson's rows of the learner's responsibility map."""

from html import escape
from typing import Any

from tpmlib.kit import content, figures
from tpmlib.kit.html import folded
from tpmlib.kit.panels.base import Panel, parts
from tpmlib.kit.panels.form import Form
from tpmlib.lessons.adverts.reasons import reason

PEOPLE = {"": "not yet", "pm": "PM", "tpm": "TPM", "em": "Engineering manager", "nobody": "nobody"}
COUNTED = "In the counted adverts (in brackets 90% intervals)"
UNANSWERED = " Nobody answers for it: who notices when it is not done?"
COLUMNS = {"does": "Who does it", "answers": "Who answers for it"}


class Assign(Panel):
    """`assign(lesson)`: give each duty to PM, TPM, EM or nobody; the portfolio shows the map."""

    def __init__(self, lesson: str) -> None:
        super().__init__()
        self.lesson = content.lesson(lesson)["id"]
        names = content.table("responsibilities").set_index("responsibility_id")
        self.duties = {duty: names.loc[duty] for duty in duties(self.lesson)}
        options = [{"value": name, "label": label} for name, label in PEOPLE.items()]
        columns = [{"id": n, "label": label, "options": options} for n, label in COLUMNS.items()]
        rows = [
            {"id": duty, "label": row["name"], "help": row["does"]}
            for duty, row in self.duties.items()
        ]
        self.form = Form(
            fields=[
                {
                    "id": "map",
                    "kind": "grid",
                    "label": "In your team, or at Tally if you have none",
                    "corner": "Responsibility",
                    "rows": rows,
                    "columns": columns,
                }
            ],
            values={"map": self._kept_cells()},
            buttons=[{"id": "keep", "label": "Keep my map"}],
        )
        self.form.on_event(lambda event: self.run(self._keep))
        self.widget = self.form
        if self._kept_cells():
            self._compare(self._kept_cells())

    def _kept_cells(self) -> dict[str, str]:
        cells = {}
        for duty in self.duties:
            last = self.record.latest(duty, "assign")
            for column in COLUMNS if last else ():
                person = parts(last).get(column)
                cells[f"{duty}.{column}"] = person if person in list(PEOPLE) else ""
        return cells

    def _keep(self) -> None:
        cells = self.form.values.get("map") or {}
        kept = self._kept_cells()
        for duty in self.duties:
            row = {column: cells.get(f"{duty}.{column}", "") for column in COLUMNS}
            before = {column: kept.get(f"{duty}.{column}", "") for column in COLUMNS}
            if row != before:
                self.keep("assign", duty, row, lesson=self.lesson)
        self._compare(cells)

    def _compare(self, cells: dict[str, str]) -> None:
        lines = []
        for duty, row in self.duties.items():
            does, answers = (cells.get(f"{duty}.{column}", "") for column in COLUMNS)
            if not does and not answers:
                continue
            gap = UNANSWERED if answers == "nobody" else ""
            lines.append(f"{row['name']}: {self._count(duty)}.{gap}")
        left = sum(not cells.get(f"{duty}.{column}") for duty in self.duties for column in COLUMNS)
        more = f" {left} choices are still open." if left else ""
        self.form.feedback = {"map": {"text": f"{COUNTED}:\n" + "\n".join(lines)} if lines else {}}
        self.form.message = (
            f"{self.kept()}{more} No answer here is wrong: adverts say what is asked for, your map "
            "says what you decide."
        )

    def _count(self, duty: str) -> str:
        rows = figures.frame("role_profile")
        row = rows[rows["id"] == duty].iloc[0].to_dict()
        return "no count" if row["label"] == "local" else reason(row)

    def fail(self, sentence: str) -> None:
        self.form.message = sentence

    def text(self) -> str:
        return f"Who does what: {', '.join(row['name'] for row in self.duties.values())}"

    def html(self) -> str:
        asked = "".join(
            f"<li><b>{escape(row['name'])}</b>. {escape(row['does'])}</li>"
            for row in self.duties.values()
        )
        counts = "".join(
            f"<li>{escape(row['name'])}: {escape(self._count(duty))}</li>"
            for duty, row in self.duties.items()
        )
        return (
            f"<p>Give each of these to PM, TPM, EM or nobody: who does it, who answers for it?</p>"
            f"<ul>{asked}</ul>" + folded(COUNTED, f"<ul>{counts}</ul>")
        )


def duties(lesson: str) -> list[str]:
    """The responsibilities that a lesson asks the learner to give to somebody."""
    return list(content.quiz(lesson).get("assign", []))


def responsibility_map(record: Any) -> list[dict[str, str]]:
    """The learner's whole map: one row a duty that has been given to somebody."""
    names = content.table("responsibilities").set_index("responsibility_id")["name"]
    return [
        {"duty": str(names.get(duty, duty))}
        | {column: PEOPLE.get(str(parts(event).get(column, "")), "") for column in COLUMNS}
        for duty, event in record.items("assign").items()
    ]
