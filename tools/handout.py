"""A workshop on paper: its lessons without code, room to write, the answers at the end.

Run by `tpm workshop --handout DIR`; what the notebooks say is hostile.
"""

import re
import sys
from html import escape
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from nbconvert.filters import markdown2html
from nbconvert.preprocessors.sanitize import SanitizeHTML

from tpmlib.authoring.cells import Cell, calls, text_of
from tpmlib.authoring.plan import NEXT, taught
from tpmlib.kit import content
from tpmlib.kit.content.workshop import titles
from tpmlib.kit.panels.progress import minutes
from tpmlib.kit.words import say

LONG = {"reflect", "sheet"}  # calls that ask for more than a line or two
ASKING = LONG | {  # calls under which there is something to answer
    *("assign", "calibrate", "compare_company", "decide", "judge", "mark_threats", "pairs"),
    *("profile", "quiz", "sort_cards", "stage"),
}
# calls of which something is not printed: the numbers behind a picture, what is folded
LESS = {"stage": "table", "explore": "table", "profile": "table"}
LESS |= {"compare_titles": "details", "decide": "details"}
SCREEN = {"paths", "portfolio", "verdicts", "look_back", "company"}  # nothing without a kernel
OPEN = ("After the stage before this one", "The text")  # folded on the screen for other reasons
STEP, PREDICT = "The next step", "Predict."  # of a stage; a step is no answer before it asks
FOLDED = ["details", "summary"]
TAGS = """a b blockquote br caption code div em h1 h2 h3 h4 hr i li mark ol p pre span strong
sub sup table tbody td th thead tr u ul""".split()
ATTRIBUTES = {"*": ["class", "dir"], "a": ["href"], "td": ["colspan"], "th": ["scope", "colspan"]}


def write_handout(folder: Path) -> Path:
    """Write handout.html, one page for all ready lessons."""
    course, workshop = content.course(), content.workshop() or {}
    sheets = [_sheet(lesson) for lesson in course["lessons"] if lesson["status"] == "ready"]
    pages = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True)
    words = {"language": workshop.get("language", "en"), "title": course["title"]}
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "handout.html"
    page = pages.get_template("handout.html").render(lessons=sheets, **words)
    path.write_text(page, encoding="utf-8", newline="\n")
    return path


def _sheet(lesson: dict[str, Any]) -> dict[str, Any]:
    """A lesson as it is printed; `answers`: number, part of the lesson, and what was folded."""
    pages: list[BeautifulSoup] = []
    answers: list[tuple[str, str, Markup]] = []
    part = ""
    for cell in taught(lesson)["cells"]:
        if cell["cell_type"] == "markdown":
            text = re.sub(r"^# .*", "", NEXT.sub("", text_of(cell)), flags=re.M)
            pages.append(_clean(markdown2html(re.sub(r"^(?=##)", "#", text, flags=re.M)), TAGS))
            part = [part, *titles([cell])][-1]
        else:
            box = _shown(cell, lesson)
            answers += [(name, part, page) for name, page in _answers(box, lesson, len(answers))]
            pages.append(box)
    return lesson | {"body": Markup("".join(map(str, pages))), "answers": answers}


def _clean(page: str, tags: list[str]) -> BeautifulSoup:
    """A page without scripts, styles, and links that lead nowhere on paper."""
    cleaner: Any = SanitizeHTML(tags=tags, attributes=ATTRIBUTES, strip=True)  # type: ignore[no-untyped-call]
    soup = _soup(cleaner.sanitize_html_tags(page))
    for link in soup.find_all("a"):
        if link.get("class") == ["anchor-link"]:
            link.decompose()
        elif not re.match(r"https?://", str(link.get("href", ""))):
            link.unwrap()
    return soup


def _soup(page: str) -> BeautifulSoup:
    return BeautifulSoup(page, "html.parser")


def _shown(cell: Cell, lesson: dict[str, Any]) -> BeautifulSoup:
    """What a run has left under a code cell: pictures and texts, in a box if they ask something."""
    called = {name for _, name, _ in calls([cell])}
    if "lesson" in called:
        aims = "".join(f"<li>{escape(aim['text'])}</li>" for aim in lesson["outcomes"])
        return _soup(f"<p>{minutes(lesson)}. Afterwards you can:</p><ul>{aims}</ul>")
    kind = "asked long" if called & LONG else "asked" if called & ASKING else "shown"
    soup = _soup(f'<div class="{kind}"></div>')
    for output in cell["outputs"] if not called & SCREEN else ():
        data, page = output.get("data", {}), "".join(output.get("data", {}).get("text/html", ""))
        if "image/png" in data:
            picture = "".join(data["image/png"]).strip()
            alt = str(output.get("metadata", {}).get("image/png", {}).get("alt", ""))
            image = {"src": f"data:image/png;base64,{picture}", "alt": alt}
            soup.contents[0].append(soup.new_tag("img", attrs=image))
        if say("stage.first") not in page:
            soup.contents[0].extend([*_clean(page, TAGS + FOLDED).contents])
    for tag in soup.find_all([LESS[name] for name in called & LESS.keys()] or [""]):
        tag.decompose()
    return soup


def _answers(soup: BeautifulSoup, lesson: dict[str, Any], number: int) -> list[tuple[str, Markup]]:
    """Take out what is folded, one answer with all that follows it; leave its name, and room.

    number: how many answers of the lesson come before these.
    """
    answers: list[tuple[str, Markup]] = []
    box = soup.find("div", attrs={"class": "asked"})
    room = f'<div class="room">{"<hr>" * (5 if "long" in box["class"] else 2)}</div>' if box else ""
    for folded in soup.find_all("details"):
        if folded.find_parent("details") or not folded.find_parent("div"):
            continue  # it goes where the one around it went
        summary = folded.summary.extract().get_text() if folded.summary else ""
        before = folded.find_previous_siblings()
        if summary in OPEN or summary == STEP and PREDICT not in " ".join(map(str, before)):
            folded.unwrap()
            continue
        if not before or before[0].get("class") != ["see"]:
            answers.append((f"{lesson['number']}.{number + len(answers) + 1}", Markup()))
            see = f'<p class="see">At the end: {answers[-1][0]}</p>'
            folded.insert_before(_soup(room + see))
        page = Markup(str(_clean(str(folded.extract()), TAGS)))
        answers[-1] = (answers[-1][0], answers[-1][1] + page)
    if box and room and not box.find("div", attrs={"class": "room"}):
        box.append(_soup(room))
    return answers


if __name__ == "__main__":
    print(f"{write_handout(Path(sys.argv[1]))}: written")
