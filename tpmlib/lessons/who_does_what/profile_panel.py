"""Your own week beside the two roles: an explorer that keeps what you give it."""

from typing import Any

from tpmlib.kit.panels.base import parts
from tpmlib.kit.panels.explorer import Explorer
from tpmlib.kit.panels.form import fitting

ITEM, LESSON = "own-week", "who_does_what"
FIRST = "tally"  # the week that stands there until one is kept
YOURS = "Your week."  # the note below the hours, once they are kept


class Profile(Explorer):
    """`profile()`: hours a week by area; kept in the record, and there again after a restart."""

    def __init__(self) -> None:
        super().__init__("profile", FIRST)
        keep = {"id": "keep", "label": "Keep my week"}
        self.form.buttons = [keep, *self.form.buttons]
        week = parts(self.record.latest(ITEM, "profile"))
        ranges = {field["id"]: field for field in self.form.fields if field["kind"] == "range"}
        hours = {name: value for name, value in week.items() if name in ranges}
        with self.lock:
            self.form.put(**fitting(list(ranges.values()), hours))
        if hours:
            self.form.message, self.note.value = "Your week as you kept it.", YOURS

    def _event(self, event: dict[str, Any]) -> None:
        if event.get("click") != "keep":
            super()._event(event)
            return
        hours = {name: value for name, value in self.form.values.items() if name != "preset"}
        if not any(hours.values()):
            self.form.message = "Give some hours first."
            return
        if hours == {name: self._values_of(FIRST)[name] for name in hours}:
            self.form.message = "This is the week of Tally's product person. Make it yours first."
            return
        self.keep("profile", ITEM, hours, lesson=LESSON)
        self.form.message, self.note.value = self.kept(), YOURS
