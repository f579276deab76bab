"""Our own front-end pieces: what can be clicked, a folding table, a card board."""

from typing import Any, ClassVar

import anywidget
import traitlets

from tpmlib.kit.panels.answering import Answering, Values
from tpmlib.kit.panels.base import STYLE, script


class Details(anywidget.AnyWidget):
    """What a picture says, and its table (the first of the `rows` is the head), once opened."""

    _esm = script("scroll.js", "details.js")
    _css = STYLE
    title = traitlets.Unicode().tag(sync=True)
    sentence = traitlets.Unicode().tag(sync=True)
    caption = traitlets.Unicode().tag(sync=True)
    opened = traitlets.Bool(False).tag(sync=True)
    rows = traitlets.List(traitlets.List(traitlets.Unicode())).tag(sync=True)

    def __repr__(self) -> str:
        return f"Details({self.title})"

    def tell(self, sentence: str, caption: str, rows: list[list[str]]) -> None:
        """What is on show now; nothing is sent that nobody has opened."""
        self.caption = caption
        self.sentence, self.rows = (sentence, rows) if self.opened else ("", [])


class Board(Answering):
    """Cards to sort into piles: `places` maps a card's id to a pile's id."""

    _esm = script("answering.js", "cards.js")
    entered: ClassVar[str] = "places"
    cards = traitlets.List(traitlets.Dict()).tag(sync=True)
    piles = traitlets.List(traitlets.Dict()).tag(sync=True)
    places = traitlets.Dict().tag(sync=True)
    notes = traitlets.Dict().tag(sync=True)

    def __repr__(self) -> str:
        return f"Board({len(self.cards)} cards, {len(self.piles)} piles)"

    @traitlets.validate("places")
    def _known(self, proposal: dict[str, Any]) -> dict[str, str]:
        cards = {card["id"] for card in self.cards}
        piles = {pile["id"] for pile in self.piles}
        for card, pile in proposal["value"].items():
            if card not in cards or pile not in piles:
                raise traitlets.TraitError(f"{card!r} in {pile!r}: unknown card or pile")
        places: dict[str, str] = proposal["value"]
        return places

    def bring_back(self, drafted: Values) -> None:
        piles = [pile["id"] for pile in self.piles]
        places = {**self.places, **drafted}
        cards = [card["id"] for card in self.cards]
        self.places = {id: pile for id, pile in places.items() if id in cards and pile in piles}
