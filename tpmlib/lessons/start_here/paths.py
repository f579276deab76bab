"""The paths through the course, one for each kind of learner: chosen in one click."""

from html import escape
from typing import Any

from tpmlib.kit import content
from tpmlib.kit.html import LEFT, folded
from tpmlib.kit.panels.base import Bundle, Panel, view_of
from tpmlib.kit.panels.form import Form, fitting
from tpmlib.kit.panels.header import link
from tpmlib.kit.panels.progress import PATH, chosen_path, next_step
from tpmlib.kit.words import say

Path = dict[str, Any]
HOUR = 60  # minutes


class Paths(Panel):
    """`paths()`: what each path holds and takes; the one that is chosen is kept at once."""

    def __init__(self) -> None:
        super().__init__()
        course = content.course()
        self.paths: list[Path] = course.get("paths", [])
        self.first = course["lessons"][0]["id"]
        options = [
            {"value": path["id"], "label": f"{path['title']} ({duration(path)}). {path['for']}"}
            for path in self.paths
        ]
        field = {"id": PATH, "kind": "radio", "label": say("paths.question")}
        self.form = Form(fields=[field | {"options": options}] if options else [])
        self.refresh()
        self.on(self.form, "values", self._chosen)
        self.widget = self.form

    def _chosen(self) -> None:
        answer, before = self.form.values.get(PATH), chosen_path(self.record)
        if answer and (before is None or before["id"] != answer):
            self.keep(PATH, PATH, answer, lesson=self.first)

    def refresh(self) -> None:
        path = chosen_path(self.record)
        if path is None:
            self.form.message = self.record.problem
            return
        self.form.recall(fitting(self.form.fields, {PATH: path["id"]}))
        following = next_step(self.first, path, self.record)
        named = {name: following[name] for name in ("number", "title")} if following else {}
        words = say("paths.next", **named) if following else ""
        self.form.message = f"{say('paths.kept')} {words} {self.record.problem}".strip()

    def text(self) -> str:
        return "\n".join(f"{path['title']}: {', '.join(path['steps'])}" for path in self.paths)

    def html(self) -> str:
        rows = "".join(
            f"<tr><th scope='row'{LEFT}>{escape(path['title'])}</th><td{LEFT}>{duration(path)}</td>"
            f"<td{LEFT}>{', '.join(_step(path, step) for step in path['steps'])}</td></tr>"
            for path in self.paths
        )
        heads = (say("paths.path"), say("paths.time"), say("paths.lessons"))
        head = "".join(f"<th scope='col'{LEFT}>{name}</th>" for name in heads)
        table = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        return folded(say("paths.of_each"), table)

    def bundles(self) -> list[Bundle]:
        # two outputs, since JupyterLab resolves links in plain HTML but not inside a widget
        note = f"<p>{say('paths.here')}</p>"
        return [
            {"text/plain": self.text(), "text/html": note} | view_of(self.widget),
            {"text/plain": say("paths.panel"), "text/html": self.html()},
        ]


def duration(path: Path) -> str:
    """How long a path takes: its own minutes, else the sum of its lessons', in half hours."""
    if "minutes" in path:
        return say("lesson.minutes", n=path["minutes"])
    minutes = [content.lesson(step)["minutes"] for step in path["steps"]]
    low, high = (round(2 * sum(each[end] for each in minutes) / HOUR) / 2 for end in (0, 1))
    return say("paths.hours", n=low) if low == high else say("paths.range", low=low, high=high)


def _step(path: Path, step: str) -> str:
    until = path.get("until", {}).get(step)
    lesson, place = link(content.lesson(step)), f"<i>{escape(until or '')}</i>"
    return say("paths.until", lesson=lesson, place=place) if until else lesson
