"""Take the learner's work away in one file, and bring it back."""

from typing import Any

from tpmlib.kit.panels.base import Panel
from tpmlib.kit.panels.form import Form

MOST_BYTES = 50_000_000  # a record of a whole course is under one megabyte
RESTORE = {
    "id": "restore",
    "kind": "file",
    "label": "Bring back saved work (a .jsonl file saved here before)",
    "accept": ".jsonl,application/json,text/plain",
    "most": MOST_BYTES,
}
SAVE = {"id": "save", "label": "Save my work"}


class Saving(Panel):
    """A panel whose form has the button SAVE and the field RESTORE, and may have more."""

    form: Form

    def saved(self, event: dict[str, Any]) -> None:
        """What the form reports: save, restore, or something else that is left alone."""
        if event.get("click") == "save":
            self.send("tpm-or-pm.jsonl", text=self.record.lines(), type="application/jsonl")
        elif event.get("file") == "restore":
            self._restore(event)

    def send(self, name: str, **file: str) -> None:
        """A file for the browser to keep: `text` or `base64`, and its `type`."""
        self.form.send({"download": name, **file})
        self.form.message = f"Saved as {name} in your browser's download folder."

    def _restore(self, event: dict[str, Any]) -> None:
        if event.get("size", 0) > MOST_BYTES:
            self.form.message = f"That file is larger than {MOST_BYTES // 10**6} MB: not a record."
            return
        done = self.record.restore(str(event.get("text", "")))
        parts = [f"{done.added} answers brought back, {done.known} were here already"]
        if done.newer:
            parts.append(f"{done.newer} come from a newer version of the course and are kept")
        if done.older:
            parts.append(f"{done.older} are answers of the first edition, kept but not counted")
        if done.damaged:
            lines = ", ".join(map(str, done.damaged[:10]))
            parts.append(f"{len(done.damaged)} damaged lines were left out (line {lines})")
        self.tell()
        self.form.message = "; ".join(parts) + ". Run a lesson's cells again to see them in place."
