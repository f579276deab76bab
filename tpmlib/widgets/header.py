"""The head of a lesson, and the map of the course."""

import os
import sys
from html import escape
from pathlib import Path, PurePosixPath
from typing import Any

from IPython.display import display

from tpmlib import content
from tpmlib.widgets.base import Panel, view_of
from tpmlib.widgets.form import Form
from tpmlib.widgets.progress import progress


class Lesson(Panel):
    """`lesson(id)`: outcomes, minutes, claims, the way to the next lesson, and progress."""

    def __init__(self, lesson: str) -> None:
        super().__init__()
        self.lesson = content.lesson(lesson)
        self.form = Form(fields=[])
        self.widget = self.form
        self.refresh()

    def refresh(self) -> None:
        now = progress(self.lesson["id"], self.record)
        home = self.record.problem or place_of(self.record.home)
        self.form.message = f"Your progress in this lesson: {now}. {home}"

    def fail(self, sentence: str) -> None:
        self.form.message = sentence

    def text(self) -> str:
        low, high = self.lesson["minutes"]
        return f"Lesson {self.lesson['id']}: {self.lesson['title']}, {low}-{high} minutes"

    def html(self) -> str:
        lesson = self.lesson
        low, high = lesson["minutes"]
        outcomes = "".join(f"<li>{escape(one['text'])}</li>" for one in lesson["outcomes"])
        claims = "".join(
            f"<li><b>{name}</b> {escape(content.claim(name)['claim'])}</li>"
            for name in lesson["claims"]
        )
        treated = f"<p>Claims of the article, in our words:</p><ul>{claims}</ul>" if claims else ""
        return (
            f"<p><b>{low} to {high} minutes.</b> Afterwards you can:</p><ul>{outcomes}</ul>"
            f"{treated}{_own_tables()}"
            f"<p>{_ways(lesson['id'])}</p>"
            "<p>Run the cells from the top, with Shift+Enter or Run &gt; Run All Cells. After you "
            "reopen this notebook, run them again: the controls need Python behind the page. Your "
            "answers come back by themselves.</p>"
        )

    def _ipython_display_(self) -> None:
        # two outputs, since JupyterLab resolves links in plain HTML but not inside a widget
        display({"text/plain": self.text(), "text/html": self.html()}, raw=True)  # type: ignore[no-untyped-call]
        note = "<p>Your progress is shown here when the notebook runs.</p>"
        live = {"text/plain": "Progress", "text/html": note} | view_of(self.widget)
        display(live, raw=True)  # type: ignore[no-untyped-call]


def place_of(home: Path) -> str:
    """Where the answers are; on Binder and in some browsers, that they are forgotten."""
    if sys.platform == "emscripten":  # Python in the page: lessons and answers lie side by side
        if Path.cwd().is_relative_to(home.parent):
            return (
                "Each answer is kept in this browser as you give it. Save your work now and then "
                "with the button of tpm.portfolio() in lesson 00: clearing the browser erases it."
            )
        return (
            "This browser window keeps nothing when you leave the page: save your work with the "
            "button of tpm.portfolio() in lesson 00, and restore it there next time."
        )
    if os.environ.get("BINDER_SERVICE_HOST") or os.environ.get("BINDER_LAUNCH_HOST"):
        return (
            "This Binder machine forgets everything when it stops: save your work with the "
            "button of tpm.portfolio() in lesson 00, and restore it there next time."
        )
    return "Each answer is kept on this computer as you give it."


def _own_tables() -> str:
    """That an instructor's file stands in for a table, and how many adverts it holds."""
    own = content.replaced()
    if "adverts" not in own:
        return ""
    roles = content.table("adverts")["role"].value_counts()
    counts = ", ".join(f"{number} {escape(role)}" for role, number in roles.items())
    return (
        f"<p>Counts and pictures rest on {int(roles.sum())} adverts of your own class ({counts}), "
        "not on the course's. Sentences and facts still speak of the course's adverts.</p>"
    )


def _ways(lesson: str) -> str:
    """Links to the lessons before and after; a planned one is named, not linked."""
    lessons = content.course()["lessons"]
    at = [one["id"] for one in lessons].index(lesson)
    ways = []
    for word, place in (("Previous", at - 1), ("Next", at + 1)):
        if 0 <= place < len(lessons):
            ways.append(f"{word}: {link(lessons[place])}")
    ready = [one for one in lessons[at + 1 :] if one["status"] == "ready"]
    if ready and ready[0] is not lessons[at + 1]:
        ways.append(f"Next ready lesson: {link(ready[0])}")
    return ". ".join(ways)


def link(lesson: dict[str, Any]) -> str:
    """A lesson by number and title, linked if it can be opened."""
    words = f"{lesson['id']} {escape(lesson['title'])}"
    if lesson["status"] != "ready":
        return f"{words} (planned)"
    return f'<a href="{escape(PurePosixPath(lesson["file"]).name)}">{words}</a>'
