"""The head of a lesson, and the map of the course."""

import os
import sys
from html import escape
from pathlib import Path
from typing import Any

import ipywidgets

from tpmlib.errors import CourseError
from tpmlib.kit import content, questions
from tpmlib.kit.content.workshop import OUT
from tpmlib.kit.html import folded
from tpmlib.kit.panels.base import Bundle, view_of
from tpmlib.kit.panels.edition import older
from tpmlib.kit.panels.form import Form
from tpmlib.kit.panels.page import Page, last_heading
from tpmlib.kit.panels.progress import asked, chosen_path, minutes, next_step, progress, skipped
from tpmlib.kit.panels.saving import RESTORE, SAVE, Saving

RUN = (
    "<p>Run the cells from the top, with Shift+Enter or Run &gt; Run All Cells. After you reopen "
    "this notebook, run them again: the controls need Python behind the page. Your answers come "
    "back by themselves. Where code is hidden, View &gt; Expand All Code shows it.</p>"
)
START = (
    "<b>To begin: in the menu above, Run &gt; Run All Cells.</b> Then there is something to press. "
    "Do the same whenever you come back."
)
HERE = "Each answer is kept on the computer that runs this page, as you give it."
BINDER = (
    "This Binder machine forgets everything when it stops: save your work before you leave, and "
    "bring it back next time."
)
BROWSER = (
    "Each answer is kept in this browser as you give it. Clearing the browser erases it: save your "
    "work now and then."
)
WINDOW = (
    "This browser window keeps nothing when you leave the page: save your work before that, and "
    "bring it back next time."
)
HELP = "notebooks/help.ipynb"


class Lesson(Saving):
    """`lesson(id)`: one line with minutes and the next step; the rest folded; and progress.

    Where answers may be lost, it offers to save them and to bring them back.
    """

    def __init__(self, lesson: str) -> None:
        super().__init__()
        CourseError.remedy = older(lesson)  # first, since this very lesson may be gone
        self.lesson = content.lesson(lesson)
        self.asked = asked(self.lesson["id"])  # once, since it reads many files
        self.record.try_out()
        self.form = Form()
        self.form.on_event(lambda event: self.run(self.saved, event))
        self.page = Page()
        self.page.back = last_heading(self.lesson, self.record)  # of an earlier visit
        self.page.skipped = skipped(self.lesson["id"])
        self.widget = ipywidgets.VBox([self.form, self.page])
        self.refresh()

    def refresh(self) -> None:
        now = progress(self.lesson["id"], self.record, self.asked)
        home = self.record.problem or place_of(self.record.home)
        if bool(self.form.buttons) == (home == HERE):
            self.form.fields, self.form.buttons = ([], []) if home == HERE else ([RESTORE], [SAVE])
        done = f"Your progress in this lesson: {now}. {self._path()}"
        self.form.message = f"{CourseError.remedy} {done}{home} {self.unread()}".strip()

    def _path(self) -> str:
        """The learner's path and the next step on it, to which the page leads as well."""
        path, out = chosen_path(self.record), content.course()["out"]
        way: dict[str, Any] = {"end": True} if out else {}
        following = next_step(self.lesson["id"], path) if path or out else None
        if following and following["status"] == "ready":
            file, words = content.href(following["file"]), f"lesson {following['number']}"
            way = {"file": file, "words": words}
        self.page.following = way
        if not path:
            return ""
        step = f"next, lesson {following['number']}" if following else "you are at its end"
        return f"Your path, \u201c{path['title']}\u201d: {step}. "

    def text(self) -> str:
        return f"Lesson {self.lesson['number']}: {self.lesson['title']}, {minutes(self.lesson)}"

    def html(self) -> str:
        lesson = self.lesson
        outcomes = "".join(f"<li>{escape(outcome['text'])}</li>" for outcome in lesson["outcomes"])
        claims = "".join(
            f"<li><b>{name}</b> {escape(content.claim(name)['claim'])}</li>"
            for name in lesson["claims"]
        )
        treated = f"<p>Claims of the article, in our words:</p><ul>{claims}</ul>" if claims else ""
        about = (
            f"<p>Afterwards you can:</p><ul>{outcomes}</ul>{treated}"
            f"{_sources(lesson['id'])}<p>{_ways(lesson['id'])}</p>{_badge(lesson['file'])}"
            f"{'' if _without_code() else RUN}"
        )
        line = f'{minutes(lesson)} · <a href="{content.href(HELP)}">Help</a>'
        return f"<p>{line}</p>{folded('About this lesson', about)}"

    def bundles(self) -> list[Bundle]:
        # two outputs, since JupyterLab resolves links in plain HTML but not inside a widget
        note = f"<p>{'Your progress is shown here.' if _without_code() else START}</p>"
        return [
            {"text/plain": self.text(), "text/html": self.html()},
            {"text/plain": "Progress", "text/html": note} | view_of(self.widget),
        ]


def place_of(home: Path) -> str:
    """Where the answers are, and what may become of them there."""
    if sys.platform == "emscripten":  # Python in the page: lessons and answers lie side by side
        return BROWSER if Path.cwd().is_relative_to(home.parent) else WINDOW
    if os.environ.get("BINDER_SERVICE_HOST") or os.environ.get("BINDER_LAUNCH_HOST"):
        return BINDER
    return HERE


def _without_code() -> bool:
    """Is this a page of Voila, where nothing is to be run?"""
    return os.environ.get("SERVER_SOFTWARE", "").startswith("voila/")


def _badge(file: str) -> str:
    """For a reader of the saved page: the way to a Binder machine that runs it."""
    address = content.binder(file)
    # words and no picture, which would be fetched whenever the lesson is opened
    return f'<p><a href="{escape(address)}">Open this lesson on Binder</a></p>' if address else ""


def _sources(lesson: str) -> str:
    """What the questions of a lesson rest on."""
    facts = {fact for question in questions.quiz(lesson).questions for fact in question.facts}
    names = {content.fact(fact)["source_id"] for fact in facts}
    titles = sorted({content.source(name)["title"] for name in names}, key=str.lower)
    return f"<p>Sources: {escape('; '.join(titles))}.</p>" if titles else ""


def _ways(lesson: str) -> str:
    """Links to the lessons before and after; a planned one is named, not linked."""
    lessons = content.course()["lessons"]
    ways, here = [], next((n for n, each in enumerate(lessons) if each["id"] == lesson), -2)
    for word, place in (("Previous", here - 1), ("Next", here + 1)):
        if 0 <= place < len(lessons):
            ways.append(f"{word} by number: {link(lessons[place])}")
    ready = [entry for entry in lessons[here + 1 :] if entry["status"] == "ready" and here >= 0]
    if ready and ready[0] is not lessons[here + 1]:
        ways.append(f"Next ready lesson: {link(ready[0])}")
    return ". ".join(ways)


def link(lesson: dict[str, Any]) -> str:
    """A lesson by number and title, linked if it can be opened; nothing if it is left out."""
    if lesson["status"] == OUT:
        return ""
    words = f"{lesson['number']} {escape(lesson['title'])}"
    if lesson["status"] != "ready":
        return f"{words} (planned)"
    return f'<a href="{escape(content.href(lesson["file"]))}">{words}</a>'
