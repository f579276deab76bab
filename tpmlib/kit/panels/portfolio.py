"""The learner's work: progress, the map of the course, save, restore and export."""

from base64 import b64encode
from html import escape
from typing import Any

from tpmlib.kit import content, registry
from tpmlib.kit.documents import archive, page
from tpmlib.kit.html import LEFT, folded
from tpmlib.kit.panels.base import Bundle, view_of
from tpmlib.kit.panels.form import Field, Form
from tpmlib.kit.panels.header import link
from tpmlib.kit.panels.made import documents
from tpmlib.kit.panels.progress import asked, chosen_path, minutes, next_step, progress
from tpmlib.kit.panels.saving import Saving, button, restoring
from tpmlib.kit.words import choices, say


class Portfolio(Saving):
    """`portfolio()`: what you have done, one click to take it away, one upload to bring it back."""

    def __init__(self) -> None:
        super().__init__()
        self.form = Form(fields=[{"id": "progress", "kind": "note", "label": ""}, restoring()])
        self.form.on_event(lambda event: self.run(self._event, event))
        self.widget = self.form
        self.ready = content.ready()
        self.asked = {lesson["id"]: asked(lesson["id"]) for lesson in self.ready}
        self.refresh()

    def refresh(self) -> None:
        done = {
            lesson["number"]: progress(lesson["id"], self.record, self.asked[lesson["id"]])
            for lesson in self.ready
        }
        counts = [say("portfolio.lesson", number=n, **vars(p)) for n, p in done.items() if p.done]
        rows = [say("portfolio.progress", lessons=", ".join(counts))] if counts else []
        # the first lesson makes nothing to print, and after it the next one is enough to know
        begun = any(done[lesson["number"]].done for lesson in self.ready[1:])
        following = next_step(self.ready[0]["id"], chosen_path(self.record), self.record)
        if following and not begun:
            rows.append(say("paths.next", **following))
        elif waiting := [number for number, progress in done.items() if not progress.done]:
            rows.append(say("portfolio.waiting", lessons=", ".join(waiting)))
        labels = choices("portfolio.document")
        ready = [id for id in labels if id in registry.documents()]
        made: list[Field] = [{"id": id, "label": labels[id]} for id in ready]
        made.append({"id": "all", "label": say("portfolio.all"), "plain": True})
        self.form.buttons = [*(made if begun else []), button() | {"plain": begun}]
        if older := len(self.record.first_edition()):
            rows.append(say("portfolio.older", n=older))
        rows += filter(None, [self.record.problem, self.unread()])
        note = {"id": "progress", "kind": "note", "label": "\n".join(rows)}
        self.form.fields = [note, *self.form.fields[1:]]

    def _event(self, event: dict[str, Any]) -> None:
        places = registry.documents()
        if event.get("click") in places:
            document = registry.load(places[str(event["click"])])(self.record)
            self.send(f"{document.name}.html", text=page(document), type="text/html")
        elif event.get("click") == "all":
            packed = b64encode(self.archive()).decode("ascii")
            self.send("tpm-or-pm.zip", base64=packed, type="application/zip")
        else:
            self.saved(event)

    def archive(self) -> bytes:
        """All documents and the record, in one zip file."""
        return archive(documents(self.record), self.record.lines())

    def text(self) -> str:
        return say("portfolio.text", ready=len(content.ready()), n=len(content.course()["lessons"]))

    def html(self) -> str:
        rows = "".join(
            f"<tr><td{LEFT}>{link(lesson)}</td><td{LEFT}>{minutes(lesson)}"
            f"</td><td{LEFT}>{escape(lesson['summary'])}</td></tr>"
            for lesson in content.course()["lessons"]
        )
        names = (say("portfolio.column"), say("paths.time"), say("portfolio.what"))
        head = "".join(f'<th scope="col"{LEFT}>{name}</th>' for name in names)
        table = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        return folded(say("portfolio.lessons"), table)

    def bundles(self) -> list[Bundle]:
        here = {
            "text/plain": say("portfolio.panel"),
            "text/html": f"<p>{say('portfolio.here')}</p>",
        }
        return [{"text/plain": self.text(), "text/html": self.html()}, here | view_of(self.widget)]
