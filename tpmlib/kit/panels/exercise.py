"""A form that the learner fills in and keeps: what shows while one types, and once it is kept."""

from typing import Any, ClassVar

from tpmlib.kit.panels.answering import Values, filled
from tpmlib.kit.panels.base import Panel, parts
from tpmlib.kit.panels.form import Field, Form, fitting
from tpmlib.kit.questions import text_hash
from tpmlib.kit.record import Record


class Exercise(Panel):
    """One form, one button that keeps it, one kind of answer in the record.

    A subclass builds its fields, calls `begin()` once all is there, and says what shows while one
    types (`typed`), why an answer cannot be kept (`problem`), and what shows once it is kept
    (`show`). With `only`, the value of that one field alone is the answer.
    """

    kind: ClassVar[str]  # of the answer in the record
    only: ClassVar[str] = ""

    def __init__(
        self, item: str, lesson: str, *, about: str, fields: list[Field], start: Values, button: str
    ) -> None:
        """about: the text answered, hashed.   start: what stands there until something is kept."""
        super().__init__()
        self.item, self.lesson, self.start = item, lesson, start
        self.hash = text_hash({"text": about})
        self.form = Form(fields=fields, buttons=[{"id": "keep", "label": button}])
        self.form.name_item(self.kind, item)
        self.form.recall(self.base())
        self.on(self.form, "values", self._moved)
        self.form.on_event(lambda event: self.run(self.pressed, event))
        self.widget = self.form

    def pressed(self, event: dict[str, Any]) -> None:
        """What a button does: the one button of the form keeps what stands there."""
        self._keep()

    def begin(self) -> None:
        """Show what belongs to the values of the start, or to those kept earlier."""
        self.typed()
        if self.last():
            self.show()

    def typed(self) -> None:
        """Say what follows from what stands there now."""

    def problem(self) -> str:
        """Why it cannot be kept; empty if it can."""
        return ""

    def show(self) -> None:
        """Show what there is to see once an answer is kept."""
        self.form.message = self.kept()

    def base(self) -> Values:
        """What stands there unless the learner changes it."""
        return self.start | self.last()

    def refresh(self) -> None:
        if self.form.recall(self.base()):
            self.show()

    def last(self) -> Values:
        """The values kept last, as far as the fields still allow them."""
        return last_kept(self.record, self.kind, self.item, self.form.fields, self.only)

    def answer(self) -> Values:
        """The values as they are kept, without the cells of a grid that hold nothing."""
        answer = {name: filled(value) for name, value in self.form.values.items()}
        return (answer[self.only] or {}) if self.only else answer

    def is_kept(self) -> bool:
        """Whether what stands there is what was kept last."""
        answer = self.answer()
        return bool(answer) and answer == parts(self.record.latest(self.item, self.kind))

    def _moved(self) -> None:
        self.form.message = ""
        self.typed()

    def _keep(self) -> None:
        if problem := self.problem():
            self.form.message = problem
            return
        before = self.form.base
        # after trouble with the disk the same answer is given again, so that it is written
        if self.record.problem or not self.is_kept():
            self.keep(self.kind, self.item, self.answer(), lesson=self.lesson, text=self.hash)
        self.form.recall(self.base())
        if self.form.base == before:  # else `refresh` has shown it
            self.show()


def last_kept(
    record: Record, kind: str, item: str, fields: list[Field], only: str = ""
) -> dict[str, Any]:
    """The values that were kept last, as far as the fields still allow them.

    Fields, rows and choices may have changed since: what does not fit any more is left out, of a
    grid cell by cell, so that a row that left takes only its own cells along.
    """
    answer = parts(record.latest(item, kind))
    values = {only: answer} if only else answer
    kept: Values = {}
    for field in fields:
        value = values.get(field["id"])
        if field["kind"] == "grid" and isinstance(value, dict):
            each = [fitting([field], {field["id"]: {key: entry}}) for key, entry in value.items()]
            value = {key: entry for fit in each for key, entry in fit.get(field["id"], {}).items()}
        if value not in (None, {}):
            kept |= fitting([field], {field["id"]: value})
    return kept
