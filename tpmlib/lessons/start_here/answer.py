"""The answer of the course in a few lines: its figures computed, each with the way to see why."""

from html import escape
from typing import Any

from tpmlib.kit import content
from tpmlib.kit.figures import Figure
from tpmlib.kit.html import revealed
from tpmlib.kit.panels.base import Shown
from tpmlib.kit.panels.header import link
from tpmlib.kit.questions.items import Item
from tpmlib.kit.words import say

NAME = "answer"  # of the file in data/scenarios


def short_answer() -> Shown:
    """The lines of data/scenarios/answer.yml, behind a line that opens them."""
    answer = content.scenario(NAME)["answer"]
    page, text = "", [say("answer.title")]
    for line in answer["lines"]:
        words = item(line).filled().text
        facts = f" ({', '.join(line['facts'])})" if "facts" in line else ""
        text.append(f"{line['label']}: {words}{facts}")
        lesson = link(content.lesson(line["lesson"]))
        told = escape(words + facts).replace("\n", "<br>")
        page += f"<p><b>{escape(line['label'])}</b> · {lesson}<br>{told}</p>"
    return Shown("\n".join(text), revealed(say("answer.show"), say("answer.hide"), page))


def item(line: dict[str, Any]) -> Item:
    """A line of the answer as an item, whose figures are computed when it is filled."""
    values = {name: Figure(**spec) for name, spec in line.get("values", {}).items()}
    return Item(
        id=line["id"], lesson=line["lesson"], text=line["text"], text_hash="", values=values
    )
