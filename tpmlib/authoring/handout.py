"""A workshop on paper: its lessons without code, room to write, the answers at the end."""

import os
import re
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, Tag
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from nbconvert.filters import markdown2html
from nbconvert.preprocessors.sanitize import SanitizeHTML

from tpmlib.authoring.cells import Cell, calls, read, text_of
from tpmlib.authoring.new import TEMPLATES
from tpmlib.kit import content
from tpmlib.kit.content.workshop import kept
from tpmlib.kit.panels.progress import minutes, next_step, skipped
from tpmlib.kit.panels.stage import FIRST

NEXT = re.compile(r"^\*\*Next:\*\* .*$", re.M)  # the last line of a lesson
LONG = ("reflect", "sheet")  # calls that ask for more than a line or two
ASKING = (  # calls under which there is something to answer
    *("assign", "calibrate", "decide", "judge", "mark_threats", "pairs", "predict", "profile"),
    *("quiz", "reflect", "sheet", "sort_cards", "stage", "compare_company"),
)
# calls of which something is not printed: the numbers behind a picture, what is folded
LESS = {"stage": "table", "explore": "table", "profile": "table"}
LESS |= {"compare_titles": "details", "decide": "details"}
SCREEN = ("paths", "portfolio", "verdicts", "look_back", "company")  # nothing without a kernel
OPEN = ("After the stage before this one", "The text")  # folded on the screen for other reasons
PREDICT = "Predict."  # how a stage asks
STEP = "The next step"  # of a stage; no answer as long as nothing was asked
TAGS = (
    *("a", "b", "blockquote", "br", "caption", "code", "details", "div", "em", "h1", "h2", "h3"),
    *("h4", "hr", "i", "li", "mark", "ol", "p", "pre", "span", "strong", "sub", "summary", "sup"),
    *("table", "tbody", "td", "th", "thead", "tr", "u", "ul"),
)


@dataclass
class Sheet:
    """A lesson as it is printed. answers: name, part of the lesson, and what was folded there."""

    number: str
    title: str
    body: Markup = Markup()
    answers: list[tuple[str, str, Markup]] = field(default_factory=list)


def taught(lesson: dict[str, Any]) -> dict[str, Any]:
    """The saved notebook of a lesson without what the workshop leaves out: parts, and links."""
    notebook = read(content.root() / lesson["file"])
    cells = kept(notebook["cells"], skipped(lesson["id"]))
    course = content.course()
    paths = [path for path in course.get("paths", []) if content.workshop()]
    following, onward = next_step(lesson["id"], paths[0] if paths else None), ""
    if following:
        place = os.path.relpath(following["file"], Path(lesson["file"]).parent)
        onward = f"**Next:** [{following['number']}, {following['title']}]({place})"
    gone = "|".join(re.escape(Path(each["file"]).name) for each in course["out"].values())
    for cell in cells if gone else ():
        if cell["cell_type"] == "markdown":
            text = NEXT.sub(lambda _: onward, text_of(cell))
            text = re.sub(rf"\[([^\]]*)\]\((?:{gone})[^)]*\)", r"\1", text)
            cell["source"] = text.splitlines(True)
    return notebook | {"cells": cells}


def write_handout(folder: Path) -> Path:
    """Write handout.html, one page for all ready lessons; what the notebooks say is hostile."""
    course, workshop = content.course(), content.workshop() or {}
    sheets = [_sheet(lesson) for lesson in course["lessons"] if lesson["status"] == "ready"]
    pages = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
    words = {"language": workshop.get("language", "en"), "title": course["title"]}
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "handout.html"
    page = pages.get_template("handout.html").render(lessons=sheets, **words)
    path.write_text(page, encoding="utf-8", newline="\n")
    return path


def _sheet(lesson: dict[str, Any]) -> Sheet:
    sheet, part = Sheet(lesson["number"], lesson["title"]), ""
    for cell in taught(lesson)["cells"]:
        if cell["cell_type"] == "markdown":
            soup = _clean(markdown2html(text_of(cell)))
            onward = [tag for tag in soup.find_all("p") if tag.get_text().startswith("Next:")]
            for tag in [*onward, *soup.find_all("h1")]:
                tag.decompose()
            for tag in soup.find_all(["details", "summary"]):
                tag.name = "p" if tag.name == "summary" else "div"
            for tag in soup.select("h2, h3"):
                part, tag.name = tag.get_text().strip(), f"h{int(tag.name[1]) + 1}"
        else:
            soup = _shown(cell, lesson)
            _move_answers(soup, sheet, part)
        sheet.body += Markup(str(soup))
    return sheet


def _clean(page: str) -> BeautifulSoup:
    """A page without scripts, styles, and links that lead nowhere on paper."""
    allowed = {"*": ["class", "dir"], "a": ["href"], "td": ["colspan"], "th": ["scope", "colspan"]}
    cleaner: Any = SanitizeHTML(tags=[*TAGS], attributes=allowed, strip=True)  # type: ignore[no-untyped-call]
    soup = _tag(cleaner.sanitize_html_tags(page))
    for link in soup.find_all("a"):
        if link.get("class") == ["anchor-link"]:
            link.decompose()
        elif not re.match(r"https?://", str(link.get("href", ""))):
            link.unwrap()
    return soup


def _shown(cell: Cell, lesson: dict[str, Any]) -> BeautifulSoup:
    """What a run has left under a code cell: pictures and texts, in a box if they ask something."""
    called = [name for _, name, _ in calls([cell])]
    if "lesson" in called:
        aims = "".join(f"<li>{escape(aim['text'])}</li>" for aim in lesson["outcomes"])
        return _clean(f"<p>{minutes(lesson)}. Afterwards you can:</p><ul>{aims}</ul>")
    if set(called) & {*SCREEN}:
        return _clean("")
    soup = BeautifulSoup(features="html.parser")
    kind = "asked long" if {*called} & {*LONG} else "asked" if {*called} & {*ASKING} else "shown"
    box = soup.new_tag("div", attrs={"class": kind})
    soup.append(box)
    for output in cell["outputs"]:
        data = output.get("data", {})
        if "image/png" in data:
            picture = re.sub(r"[^A-Za-z0-9+/=]", "", "".join(data["image/png"]))
            alt = output.get("metadata", {}).get("image/png", {}).get("alt", "")
            address = f"data:image/png;base64,{picture}"
            box.append(soup.new_tag("img", attrs={"src": address, "alt": str(alt)}))
        if "text/html" in data and FIRST not in "".join(data["text/html"]):
            box.extend([*_clean("".join(data["text/html"])).contents])
    for tag in (tag for name in called if name in LESS for tag in soup.find_all(LESS[name])):
        tag.decompose()
    return soup


def _move_answers(soup: BeautifulSoup, sheet: Sheet, part: str) -> None:
    """Put what is folded among the answers, and in its place room to write and a number."""
    box = soup.find("div", attrs={"class": "asked"})
    for folded in soup.find_all("details"):
        if folded.find_parent("details") or not folded.find_parent("div"):
            continue  # it goes where the one around it went
        summary = folded.summary.extract().get_text() if folded.summary else ""
        before = " ".join(each.get_text() for each in folded.find_previous_siblings())
        if summary in OPEN or summary == STEP and PREDICT not in before:
            folded.unwrap()
        elif not folded.get_text().strip():
            folded.decompose()
        else:
            _move(folded, sheet, part)
    if box and not box.find("div", attrs={"class": "room"}):
        box.append(_tag(_room(box)))


def _move(folded: Tag, sheet: Sheet, part: str) -> None:
    """Make one answer of what is folded; what follows another goes to its answer."""
    last = folded.find_previous_sibling()
    if not last or last.get("class") != ["see"]:
        name = f"{sheet.number}.{len(sheet.answers) + 1}"
        sheet.answers.append((name, part, Markup()))
        box = folded.find_parent("div")
        room = _room(box) if box and "asked" in box["class"] else ""
        folded.insert_before(_tag(f'{room}<p class="see">At the end: {name}</p>'))
    for tag in folded.find_all(["details", "summary"]):
        tag.unwrap()
    folded.name = "div"
    name, part, answer = sheet.answers.pop()
    sheet.answers.append((name, part, answer + Markup(str(folded.extract()))))


def _room(box: Tag) -> str:
    lines = 5 if "long" in box["class"] else 2
    return f'<div class="room">{"<hr>" * lines}</div>'


def _tag(page: str) -> BeautifulSoup:
    return BeautifulSoup(page, "html.parser")
