"""What the header of a lesson adds to its page: cards behind numbers and words, and ways on."""

import json
from typing import Any

import anywidget
import traitlets

from tpmlib.kit import content, registry
from tpmlib.kit.content.workshop import asks, titles
from tpmlib.kit.panels.base import STYLE, script
from tpmlib.kit.panels.cite import mark
from tpmlib.kit.record import Record
from tpmlib.kit.words import group, say


class Page(anywidget.AnyWidget):
    """Cards for the numbers and words of a lesson, wherever its page shows them.

    cards: by F or C number, or by the word of the glossary; each {text, source, url, trust}.
    forms: what stands for a word of the glossary in a text, by the word; its plural does too.
    back: the heading above the last cell with an answer, empty without one.
    following: {file, words} of the next lesson on the path, empty at its end; {end: true} where
        the notebook's own last line leads to a lesson that is left out.
    skipped: the headings of the parts that a workshop leaves out, which are folded.
    """

    _esm = script("page.js")
    _css = STYLE
    cards = traitlets.Dict().tag(sync=True)
    forms = traitlets.Dict().tag(sync=True)
    back = traitlets.Unicode().tag(sync=True)
    following = traitlets.Dict().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)  # of page.js
    skipped: Any = traitlets.List().tag(sync=True)

    def __init__(self) -> None:
        terms = content.glossary()
        cards = {term: {"text": entry["meaning"]} for term, entry in terms.items()}
        forms = {term: entry.get("forms", [term]) for term, entry in terms.items()}
        super().__init__(cards=cards | claims() | facts(), forms=forms, words=group("script"))

    def __repr__(self) -> str:
        return f"Page({len(self.cards)} cards)"


def facts() -> dict[str, dict[str, Any]]:
    """The card of each fact: its statement, its source and how far to trust it."""
    sources = content.table("sources").set_index("source_id")
    frame = content.table("facts")
    cards = {}
    for fact in frame.astype(object).where(frame.notna(), None).to_dict("records"):
        source, url = sources["title"][fact["source_id"]], str(sources["url"][fact["source_id"]])
        text = " ".join(filter(None, [fact["statement"], fact["note"]]))
        link = url if url.startswith(("https://", "http://")) else ""
        card = {"text": text, "source": source, "url": link, "trust": mark(fact)}
        cards[str(fact["fact_id"])] = card
    return cards


def claims() -> dict[str, dict[str, Any]]:
    """The card of each claim: its sentence and where it is judged, never the verdict."""
    return {
        id: {"text": claim, "source": say("page.article", lesson=content.lesson(lesson)["number"])}
        for id, claim, lesson in content.claims()[["claim_id", "claim", "lesson"]].to_numpy()
    }


def last_heading(lesson: dict[str, Any], record: Record, asked: set[tuple[str, str]]) -> str:
    """The heading above the last answer; empty without one, and once nothing is left to do."""
    events = [event for event in record.events() if event["lesson"] == lesson["id"]]
    is_over = not events or asked <= record.answered()
    return "" if is_over else heading(lesson["file"], events[-1]["kind"], events[-1]["item"])


def heading(file: str, kind: str, item: str) -> str:
    """The heading above the cell that asks for an item, empty where the file does not tell."""
    path = content.root() / file
    if not path.is_file():
        return ""
    best, title, above, like = 0, "", "", registry.acts_as()
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            above = [above, *titles([cell])][-1]
            continue
        rank = asks(source, kind, item, content.staged(source), like)
        if rank > best:
            best, title = rank, above
    return title
