"""Take the learner's work away in one file, and bring it back."""

from base64 import b64decode
from typing import Any

from tpmlib.errors import CourseError
from tpmlib.kit.documents import packed_record
from tpmlib.kit.panels.base import Panel
from tpmlib.kit.panels.form import Form

MOST_BYTES = 50_000_000  # a record of a whole course is under one megabyte
RESTORE = {
    "id": "restore",
    "kind": "file",
    "label": "Bring back saved work (the .jsonl or .zip file saved here before)",
    "accept": ".jsonl,.zip,application/json,text/plain",
    "most": MOST_BYTES,
}
SAVE = {"id": "save", "label": "Save my work"}


class Saving(Panel):
    """A panel whose form has the button SAVE and the field RESTORE, and may have more."""

    form: Form
    _arrived = bytearray()  # of a file that comes in slices

    def unread(self) -> str:
        """What of the record could not be read, in one sentence; empty if all could."""
        count, home = self.record.damaged, self.record.home
        return f"Damaged lines in {home}: {count}, left out and left as they are." * (count > 0)

    def saved(self, event: dict[str, Any]) -> None:
        """What the form reports: save, restore, or something else that is left alone."""
        if event.get("click") == "save":
            self.send("tpm-or-pm.jsonl", text=self.record.lines(), type="application/jsonl")
        elif event.get("file") == "restore":
            self._receive(event)

    def send(self, name: str, **file: str) -> None:
        """A file for the browser to keep: `text` or `base64`, and its `type`."""
        self.form.send({"download": name, **file})
        self.form.message = f"Saved as {name} in your browser's download folder."

    def _receive(self, event: dict[str, Any]) -> None:
        """One slice of a chosen file; the last one brings the answers back."""
        size, start = event.get("size", 0), event.get("start")
        if size > MOST_BYTES:
            raise CourseError(f"That file is larger than {MOST_BYTES // 10**6} MB: not a record.")
        if start == -1:
            raise CourseError("That file could not be read to its end: choose it again.")
        if start == 0:
            self._arrived = bytearray()
        if start == len(self._arrived):  # else it came twice, or to a kernel that lacks the first
            self._arrived += b64decode(event["base64"])
        self.form.send({"file": event["file"], "from": len(self._arrived)})
        if len(self._arrived) < size:
            self.form.message = f"Reading {size / 10**6:.0f} MB ..."
            return
        data, self._arrived = bytes(self._arrived), bytearray()
        self._restore(packed_record(data, MOST_BYTES))

    def _restore(self, text: str) -> None:
        done = self.record.restore(text)
        if not done.added + done.known:
            raise CourseError(
                "That file holds no answers saved by this course: nothing was brought back "
                f"(lines that cannot be read: {len(done.damaged)})."
            )
        parts = [f"{done.added} answers brought back, {done.known} were here already"]
        if done.newer:
            parts.append(f"{done.newer} come from a newer version of the course and are kept")
        if done.older:
            parts.append(f"{done.older} are answers of the first edition, kept but not counted")
        if done.damaged:
            lines = ", ".join(map(str, done.damaged[:10]))
            parts.append(f"{len(done.damaged)} damaged lines were left out (line {lines})")
        self.tell()
        where = f"Run a lesson's cells again to see them in place. {self.record.problem}"
        self.form.message = f"{'; '.join(parts)}. {where}".strip()
