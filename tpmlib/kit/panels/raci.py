"""Who does and who answers for each task of one release, checked row by row as it is filled in."""

from html import escape
from typing import Any

import ipywidgets

from tpmlib.kit import content
from tpmlib.kit.html import folded, table_html
from tpmlib.kit.panels.base import Panel, parts
from tpmlib.kit.panels.form import Form
from tpmlib.kit.questions import text_hash

LETTERS = ("", "R", "A", "AR", "C", "I")
GRID = "grid"
Cells = dict[str, str]  # "task.role" to letters


class Raci(Panel):
    """`raci(name)`: fill the grid, keep it, and compare it with what companies publish."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name, self.settings = name, content.raci(name)
        self.hash = text_hash({"text": self.settings["title"]})
        self.tasks = {task["id"]: task for task in self.settings["tasks"]}
        self.roles = {role["id"]: role["label"] for role in self.settings["roles"]}
        options = [{"value": letters, "label": letters or "-"} for letters in LETTERS]
        columns = [{"id": n, "label": label, "options": options} for n, label in self.roles.items()]
        rows = [
            {"id": name, "label": task["label"], "help": task["help"]}
            for name, task in self.tasks.items()
        ]
        grid = {"id": GRID, "kind": "grid", "label": self.settings["title"], "corner": "Task"}
        self.form = Form(
            fields=[
                {"id": "how", "kind": "note", "label": self.settings["text"]},
                grid | {"rows": rows, "columns": columns},
            ],
            values={GRID: {}},
            buttons=[{"id": "keep", "label": "Keep and compare"}],
        )
        kept = self._kept_cells()
        self.form.values = {GRID: kept}
        self.table = ipywidgets.HTML()
        self.on(self.form, "values", self._check)
        self.form.on_event(lambda event: self.run(self._keep))
        self.widget = ipywidgets.VBox([self.form, self.table])
        self._check()
        if kept:
            self._compare()

    def _kept_cells(self) -> Cells:
        """Cell by cell, since a task may have left the grid since."""
        kept = parts(self.record.latest(self.name, "raci"))
        cells = [f"{task}.{role}" for task in self.tasks for role in self.roles]
        return {key: kept[key] for key in cells if kept.get(key) in LETTERS[1:]}

    def _cells(self) -> Cells:
        return {key: letters for key, letters in (self.form.values[GRID] or {}).items() if letters}

    def _check(self) -> None:
        wrong = problems(self._cells(), list(self.tasks), list(self.roles))
        said = [f"{self.tasks[task]['label']}: {words}." for task, words in wrong.items()]
        begun = {key.split(".")[0] for key in self._cells()}
        done = len(begun) - len(wrong)
        head = f"{done} of {len(self.tasks)} rows have one A and at least one R."
        tone = "right" if done == len(self.tasks) else ""
        self.form.feedback = {GRID: {"tone": tone, "text": "\n".join([head, *said])}}

    def _keep(self) -> None:
        if not self._cells():
            self.form.message = "Fill in a row first."
            return
        self.keep("raci", self.name, self._cells(), lesson=self.settings["lesson"], text=self.hash)
        self._compare()

    def _compare(self) -> None:
        self.form.message = (
            f"{self.kept()} Below stands what others publish. A difference is not a mistake "
            "of yours: read the reason, and decide what Tally needs."
        )
        self.table.value = f'<div class="tpm tpm-scroll">{self._table(self._cells())}</div>'

    def _table(self, cells: Cells) -> str:
        companies = self.settings["companies"]
        head = ["Task", "You", *(f"{one['label']} ({one['fact']})" for one in companies)]
        rows = []
        for name, task in self.tasks.items():
            mine = _row(cells, name)
            published = [task.get("published", {}).get(one["id"], {}) for one in companies]
            said = [self._published(mine, answer) for answer in published]
            rows.append([task["label"], self._spoken(mine) or "-", *said])
        return table_html(head, rows, "Your grid beside what is published")

    def _published(self, mine: Cells, answer: dict[str, Any]) -> str:
        """The letters, whether the same person answers, and the reason; or that nothing is said."""
        cells = answer.get("cells", {})
        yours, theirs = ([role for role in row if "A" in row[role]] for row in (mine, cells))
        mark = "; the same A as yours" if yours == theirs else "; another A than yours"
        mark = mark if len(yours) == len(theirs) == 1 else ""
        return f"{self._spoken(cells) or 'Not stated'}{mark}. {answer.get('why', '')}".strip()

    def _spoken(self, row: Cells) -> str:
        """PM AR, TPM R"""
        return ", ".join(f"{self.roles[role]} {row[role]}" for role in self.roles if row.get(role))

    def fail(self, sentence: str) -> None:
        self.form.message = sentence

    def text(self) -> str:
        return f"Who does what: {self.settings['title']}, {len(self.tasks)} tasks"

    def html(self) -> str:
        tasks = "".join(
            f"<li><b>{escape(task['label'])}.</b> {escape(task['help'])}</li>"
            for task in self.tasks.values()
        )
        asked = f"<p>{escape(self.settings['text'])}</p><ul>{tasks}</ul>"
        return asked + folded("What others publish", self._table({}))


def _row(cells: Cells, task: str) -> Cells:
    return {key.split(".")[1]: what for key, what in cells.items() if key.split(".")[0] == task}


def problems(cells: Cells, tasks: list[str], roles: list[str]) -> dict[str, str]:
    """What is wrong with each row that has been begun: one A, at least one R."""
    found = {}
    for task in tasks:
        row = [cells[f"{task}.{role}"] for role in roles if cells.get(f"{task}.{role}")]
        answers, doers = (sum(letter in one for one in row) for letter in "AR")
        words = [] if answers == 1 else [f"{answers or 'no'} A, exactly one answers for it"]
        words += [] if doers else ["no R, at least one does it"]
        if row and words:
            found[task] = "; ".join(words)
    return found
