"""Who does what: this lesson's rows of the learner's responsibility map."""

from html import escape
from typing import Any

from tpmlib.kit import content, figures, questions
from tpmlib.kit.html import folded, paragraphs
from tpmlib.kit.panels.base import Panel, parts
from tpmlib.kit.panels.form import Form
from tpmlib.kit.words import choices, say
from tpmlib.lessons.adverts.reasons import reason

PEOPLE = ("", "pm", "tpm", "program", "em", "engineers", "else", "nobody")  # "": not yet
COLUMNS = ("does", "answers")


class Assign(Panel):
    """`assign(lesson)`: who does each duty, who answers for it, and the counts of a preset."""

    def __init__(self, lesson: str, preset: str = "default") -> None:
        super().__init__()
        self.counts = figures.frame("role_profile", preset).set_index("id", drop=False)
        self.lesson = content.lesson(lesson)["id"]
        names = content.table("responsibilities").set_index("responsibility_id")
        self.duties = {duty: names.loc[duty] for duty in duties(self.lesson)}
        options = [{"value": name, "label": label} for name, label in people().items()]
        heads = choices("assign.column").items()
        columns = [{"id": name, "label": head, "options": options} for name, head in heads]
        rows = [{"id": d, "label": r["name"], "help": r["does"]} for d, r in self.duties.items()]
        grid = {"id": "map", "kind": "grid", "rows": rows, "columns": columns}
        words = {"label": say("assign.label"), "corner": say("assign.duty")}
        button = {"id": "keep", "label": say("assign.keep")}
        self.form = self.widget = Form(fields=[grid | words], buttons=[button])
        self.form.name_item("assign", lesson)
        self.form.on_event(lambda event: self.run(self._keep))
        self.refresh()
        # the message counts what is open in the map as kept, not in one that changes
        self.on(self.form, "values", lambda: self.fail(""))

    def refresh(self) -> None:
        kept = self._kept_cells()
        if self.form.recall({"map": kept}) and kept:
            self._compare(kept)

    def _kept_cells(self) -> dict[str, str]:
        """The choices as kept last, each that is no longer on offer left open."""
        kept = {duty: self.record.latest(duty, "assign") for duty in self.duties}
        people = {duty: parts(event) for duty, event in kept.items() if event}
        cells = {f"{duty}.{c}": given.get(c) for duty, given in people.items() for c in COLUMNS}
        return {cell: who if who in PEOPLE else "" for cell, who in cells.items()}

    def _keep(self) -> None:
        cells, kept = self.form.values["map"] or {}, self._kept_cells()
        for duty in self.duties:
            if (given := _given(cells, duty)) != _given(kept, duty):
                self.keep("assign", duty, given, lesson=self.lesson)
        self._compare(cells)

    def _compare(self, cells: dict[str, str]) -> None:
        """Say what the adverts count for each duty that is given to somebody."""
        people = {duty: _given(cells, duty) for duty in self.duties}
        mine = {duty: given for duty, given in people.items() if any(given.values())}
        lines = self._counts(list(mine))
        for place, given in enumerate(mine.values()):
            gap = f" {say('assign.undone')}" if given["does"] == "nobody" else ""
            lines[place] += f" {say('assign.unanswered')}" if given["answers"] == "nobody" else gap
        left = sum(not who for given in people.values() for who in given.values())
        text = "\n".join([say("assign.counted_head"), *lines])
        self.form.feedback = {"map": {"text": text} if lines else {}}
        words = [self.kept(), say("assign.open", n=left) if left else "", say("assign.decide")]
        self.form.message = " ".join(filter(None, words))

    def _counts(self, duties: list[str]) -> list[str]:
        """A line a duty: what was counted, and whether it cannot be told."""
        rows = [self.counts.loc[duty] for duty in duties]
        told = [say("adverts.no_count") if row["word"] == "local" else reason(row) for row in rows]
        lucks = [say("assign.unclear") * (row["word"] == "cannot tell") for row in rows]
        parts = zip(rows, told, lucks, strict=True)
        return [f"{row['name']}: {counted}{luck}." for row, counted, luck in parts]

    def text(self) -> str:
        return say("assign.text", duties=", ".join(row["name"] for row in self.duties.values()))

    def html(self) -> str:
        rows = self.duties.values()
        asked = "".join(f"<li><b>{escape(r['name'])}</b>. {escape(r['does'])}</li>" for r in rows)
        page = f"<p>{escape(say('assign.task'))}</p><ul>{asked}</ul>"
        return page + folded(say("assign.counted"), paragraphs(self._counts([*self.duties])))


def people() -> dict[str, str]:
    """Who may have a duty, by what is kept."""
    return {who: say("assign.who", who=who or "open") for who in PEOPLE}


def _given(cells: dict[str, str], duty: str) -> dict[str, str]:
    """Who does a duty and who answers for it; empty for an open choice."""
    return {column: cells.get(f"{duty}.{column}", "") for column in COLUMNS}


def duties(lesson: str) -> list[str]:
    """The responsibilities that a lesson asks the learner to give to somebody."""
    return list(questions.quiz(lesson).assign)


def responsibility_map(record: Any) -> list[dict[str, str]]:
    """The learner's whole map: one row a duty that has been given to somebody."""
    names, labels = content.table("responsibilities").set_index("responsibility_id"), people()
    return [
        {"duty": str(names["name"].get(duty, duty))}
        | {column: labels.get(str(parts(event).get(column, "")), "") for column in COLUMNS}
        for duty, event in record.items("assign").items()
    ]
