"""Take the learner's work away in one file, and bring it back."""

from base64 import b64decode
from typing import Any

from tpmlib.errors import CourseError
from tpmlib.kit.documents import packed_record
from tpmlib.kit.panels.base import Panel
from tpmlib.kit.panels.form import Form
from tpmlib.kit.words import say

MOST_BYTES = 50_000_000  # a record of a whole course is under one megabyte
KINDS = ".jsonl,.zip,application/json,text/plain"  # of files to bring back


def restoring() -> dict[str, Any]:
    """The field to which saved work is brought back."""
    label = say("saving.bring_back")
    return {"id": "restore", "kind": "file", "label": label, "accept": KINDS, "most": MOST_BYTES}


def button() -> dict[str, Any]:
    """The button that saves."""
    return {"id": "save", "label": say("saving.save")}


class Saving(Panel):
    """A panel whose form has the button and the field for it, and may have more."""

    form: Form
    _arrived = bytearray()  # of a file that comes in slices

    def unread(self) -> str:
        """What of the record could not be read, in one sentence; empty if all could."""
        count, home = self.record.damaged, self.record.home
        return say("saving.damaged", n=count, home=home) if count else ""

    def saved(self, event: dict[str, Any]) -> None:
        """What the form reports: save, restore, or something else that is left alone."""
        if event.get("click") == "save":
            self.send("tpm-or-pm.jsonl", text=self.record.lines(), type="application/jsonl")
        elif event.get("file") == "restore":
            self._receive(event)

    def send(self, name: str, **file: str) -> None:
        """A file for the browser to keep: `text` or `base64`, and its `type`."""
        self.form.send({"download": name, **file})
        self.form.message = say("saving.saved", name=name)

    def _receive(self, event: dict[str, Any]) -> None:
        """One slice of a chosen file; the last one brings the answers back."""
        size, start = event.get("size", 0), event.get("start")
        if size > MOST_BYTES:
            raise CourseError(say("saving.large", most=MOST_BYTES // 10**6))
        if start == -1:
            raise CourseError(say("saving.torn"))
        if start == 0:
            self._arrived = bytearray()
        if start == len(self._arrived):  # else it came twice, or to a kernel that lacks the first
            self._arrived += b64decode(event["base64"])
        self.form.send({"file": event["file"], "from": len(self._arrived)})
        if len(self._arrived) < size:
            self.form.message = say("saving.reading", size=size / 10**6)
            return
        data, self._arrived = bytes(self._arrived), bytearray()
        self._restore(packed_record(data, MOST_BYTES))

    def _restore(self, text: str) -> None:
        done = self.record.restore(text)
        if not done.added + done.known:
            raise CourseError(say("saving.nothing", n=len(done.damaged)))
        lines = ", ".join(map(str, done.damaged[:10]))
        parts = [
            say("saving.restored", n=done.added, known=done.known),
            say("saving.newer", n=done.newer) if done.newer else "",
            say("saving.older", n=done.older) if done.older else "",
            say("saving.left_out", n=len(done.damaged), lines=lines) if done.damaged else "",
        ]
        self.tell()
        told = filter(None, [*parts, say("saving.again"), self.record.problem])
        self.form.message = " ".join(told)
