"""The head of a lesson, and the map of the course."""

import os
import re
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
from tpmlib.kit.panels.saving import Saving, button, restoring
from tpmlib.kit.words import say

HELP = "notebooks/help.ipynb"
BOLD = re.compile(r"[*]{2}(.+?)[*]{2}")  # in a text


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
        self.page.back = last_heading(self.lesson, self.record, self.asked)  # of an earlier visit
        self.page.skipped = skipped(self.lesson["id"])
        self.widget = ipywidgets.VBox([self.form, self.page])
        self.refresh()

    def refresh(self) -> None:
        record = self.record
        now = progress(self.lesson["id"], record, self.asked)
        place = place_of(record.home)
        is_safe = place == "here" and not record.problem
        self.form.fields = [] if is_safe else [restoring()]
        self.form.buttons = [] if is_safe else [button()]
        home = record.problem or say("lesson.kept", place=place)
        done = say("lesson.progress", **vars(now))
        told = [CourseError.remedy, done, self._path(), home, self.unread()]
        self.form.message = " ".join(filter(None, told))

    def _path(self) -> str:
        """The learner's path and the next step on it, to which the page leads as well."""
        path, out = chosen_path(self.record), content.course()["out"]
        way: dict[str, Any] = {"end": True} if out else {}
        following = next_step(self.lesson["id"], path, self.record) if path or out else None
        if following and following["status"] == "ready":
            called = say("lesson.called", number=following["number"])
            way = {"file": content.href(following["file"]), "words": called}
        self.page.following = way
        if not path:
            return ""
        number, to = (following["number"], "further") if following else ("", "end")
        return say("lesson.path", way=to, number=number, title=path["title"])

    def text(self) -> str:
        told = {name: self.lesson[name] for name in ("number", "title")}
        return say("lesson.text", **told, minutes=minutes(self.lesson))

    def html(self) -> str:
        lesson = self.lesson
        outcomes = "".join(f"<li>{escape(outcome['text'])}</li>" for outcome in lesson["outcomes"])
        claims = "".join(
            f"<li><b>{name}</b> {escape(content.claim(name)['claim'])}</li>"
            for name in lesson["claims"]
        )
        treated = f"<p>{say('lesson.claims')}</p><ul>{claims}</ul>" if claims else ""
        about = (
            f"<p>{say('lesson.outcomes')}</p><ul>{outcomes}</ul>{treated}"
            f"{_sources(lesson['id'])}<p>{_ways(lesson['id'])}</p>{_badge(lesson['file'])}"
            f"{'' if _without_code() else marked('lesson.run')}"
        )
        line = f'{minutes(lesson)} · <a href="{content.href(HELP)}">{say("lesson.help")}</a>'
        return f"<p>{line}</p>{folded(say('lesson.about'), about)}"

    def bundles(self) -> list[Bundle]:
        # two outputs, since JupyterLab resolves links in plain HTML but not inside a widget
        note = marked("lesson.shown" if _without_code() else "lesson.start")
        return [
            {"text/plain": self.text(), "text/html": self.html()},
            {"text/plain": say("lesson.panel"), "text/html": note} | view_of(self.widget),
        ]


def place_of(home: Path) -> str:
    """Where the answers are, as the text about them calls it: what becomes of them there."""
    if sys.platform == "emscripten":  # Python in the page: lessons and answers lie side by side
        return "browser" if Path.cwd().is_relative_to(home.parent) else "window"
    if os.environ.get("BINDER_SERVICE_HOST") or os.environ.get("BINDER_LAUNCH_HOST"):
        return "binder"
    return "here"


def marked(id: str, **places: Any) -> str:
    """A paragraph of HTML of a text in which what stands between ** is bold."""
    text = BOLD.sub(r"<b>\1</b>", escape(say(id, **places)))
    return f"<p>{text}</p>"


def _without_code() -> bool:
    """Is this a page of Voila, where nothing is to be run?"""
    return os.environ.get("SERVER_SOFTWARE", "").startswith("voila/")


def _badge(file: str) -> str:
    """For a reader of the saved page: the way to a Binder machine that runs it."""
    address = content.binder(file)
    # words and no picture, which would be fetched whenever the lesson is opened
    return f'<p><a href="{escape(address)}">{say("lesson.binder")}</a></p>' if address else ""


def _sources(lesson: str) -> str:
    """What the questions of a lesson rest on."""
    facts = {fact for question in questions.quiz(lesson).questions for fact in question.facts}
    names = {content.fact(fact)["source_id"] for fact in facts}
    titles = sorted({content.source(name)["title"] for name in names}, key=str.lower)
    return f"<p>{escape(say('lesson.sources', titles='; '.join(titles)))}</p>" if titles else ""


def _ways(lesson: str) -> str:
    """Links to the lessons before and after; a planned one is named, not linked."""
    lessons = content.course()["lessons"]
    ways, here = [], next((n for n, each in enumerate(lessons) if each["id"] == lesson), -2)
    for way, place in (("back", here - 1), ("on", here + 1)):
        if 0 <= place < len(lessons):
            ways.append(say("lesson.way", way=way, lesson=link(lessons[place])))
    ready = [entry for entry in lessons[here + 1 :] if entry["status"] == "ready" and here >= 0]
    if ready and ready[0] is not lessons[here + 1]:
        ways.append(say("lesson.way", way="ready", lesson=link(ready[0])))
    return ". ".join(ways)


def link(lesson: dict[str, Any]) -> str:
    """A lesson by number and title, linked if it can be opened; nothing if it is left out."""
    if lesson["status"] == OUT:
        return ""
    words = f"{lesson['number']} {escape(lesson['title'])}"
    if lesson["status"] != "ready":
        return say("lesson.planned", lesson=words)
    return f'<a href="{escape(content.href(lesson["file"]))}">{words}</a>'
