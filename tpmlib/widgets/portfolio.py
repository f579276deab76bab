"""The learner's work: progress, the map of the course, save, restore and export."""

from base64 import b64encode
from html import escape
from typing import Any

from IPython.display import display

from tpmlib import content
from tpmlib.widgets.base import LEFT, Panel, view_of
from tpmlib.widgets.documents import archive, markdown, page
from tpmlib.widgets.form import Form
from tpmlib.widgets.header import link
from tpmlib.widgets.made import answers, documents
from tpmlib.widgets.progress import progress

MOST_BYTES = 50_000_000  # a record of a whole course is under one megabyte


class Portfolio(Panel):
    """`portfolio()`: what you have done, one click to take it away, one upload to bring it back."""

    def __init__(self) -> None:
        super().__init__()
        self.form = Form(
            fields=[
                {"id": "progress", "kind": "note", "label": ""},
                {
                    "id": "restore",
                    "kind": "file",
                    "label": "Bring back saved work (a .jsonl file saved here before)",
                    "accept": ".jsonl,application/json,text/plain",
                    "most": MOST_BYTES,
                },
            ],
            buttons=[
                {"id": "save", "label": "Save my work"},
                {"id": "markdown", "label": "My answers as Markdown", "plain": True},
                {"id": "html", "label": "My answers as a web page", "plain": True},
                {"id": "all", "label": "Everything in one file", "plain": True},
            ],
        )
        self.form.on_event(lambda event: self.run(self._event, event))
        self.widget = self.form
        self.refresh()

    def refresh(self) -> None:
        rows = [
            f"{one['id']} {one['title']}: {progress(one['id'], self.record)}"
            for one in content.course()["lessons"]
            if one["status"] == "ready"
        ]
        label = "\n".join(["Your progress", *rows, self.record.problem]).strip()
        note = {"id": "progress", "kind": "note", "label": label}
        if self.form.fields[0] != note:
            self.form.fields = [note, *self.form.fields[1:]]

    def _event(self, event: dict[str, Any]) -> None:
        files = {
            "save": ("tpm-or-pm.jsonl", self.record.lines, "application/jsonl"),
            "markdown": ("tpm-or-pm.md", self.markdown, "text/markdown"),
            "html": ("tpm-or-pm.html", self.page, "text/html"),
        }
        if event.get("click") in files:
            name, make, kind = files[str(event["click"])]
            self._send(name, text=make(), type=kind)
        elif event.get("click") == "all":
            packed = b64encode(self.archive()).decode("ascii")
            self._send("tpm-or-pm.zip", base64=packed, type="application/zip")
        elif event.get("file") == "restore":
            self._restore(event)

    def _send(self, name: str, **file: str) -> None:
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
        if done.damaged:
            lines = ", ".join(map(str, done.damaged[:10]))
            parts.append(f"{len(done.damaged)} damaged lines were left out (line {lines})")
        self.tell()
        self.form.message = "; ".join(parts) + ". Run a lesson's cells again to see them in place."

    def fail(self, sentence: str) -> None:
        self.form.message = sentence

    def markdown(self) -> str:
        """Predictions, verdicts and the responsibility map as a Markdown text."""
        return markdown(answers(self.record))

    def page(self) -> str:
        """The same as one HTML page, every word escaped."""
        return page(answers(self.record))

    def archive(self) -> bytes:
        """All documents and the record, in one zip file."""
        return archive(documents(self.record), self.record.lines())

    def text(self) -> str:
        ready = [one for one in content.course()["lessons"] if one["status"] == "ready"]
        return f"Portfolio: {len(ready)} of {len(content.course()['lessons'])} lessons are ready"

    def html(self) -> str:
        rows = "".join(
            f"<tr><td{LEFT}>{link(one)}</td><td{LEFT}>{one['minutes'][0]} to {one['minutes'][1]} "
            f"minutes</td><td{LEFT}>{escape(one['summary'])}</td></tr>"
            for one in content.course()["lessons"]
        )
        head = "".join(
            f'<th scope="col"{LEFT}>{name}</th>' for name in ("Lesson", "Time", "What it is")
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"

    def _ipython_display_(self) -> None:
        display({"text/plain": self.text(), "text/html": self.html()}, raw=True)  # type: ignore[no-untyped-call]
        note = "<p>Your progress, and the buttons to save and restore, are here when it runs.</p>"
        live = {"text/plain": "Save and restore", "text/html": note} | view_of(self.widget)
        display(live, raw=True)  # type: ignore[no-untyped-call]
