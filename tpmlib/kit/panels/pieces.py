"""Our own front-end pieces: what can be clicked, a folding table, a card board."""

from collections.abc import Callable
from typing import Any

import anywidget
import traitlets

from tpmlib.kit.panels.base import STYLE, script


class Clickable(anywidget.AnyWidget):
    """A widget with buttons. A click is a trait, so that it cannot overtake what was entered."""

    _css = STYLE
    buttons = traitlets.List(traitlets.Dict()).tag(sync=True)
    clicked = traitlets.Dict().tag(sync=True)
    message = traitlets.Unicode().tag(sync=True)

    def on_event(self, handler: Callable[[dict[str, Any]], None]) -> None:
        """Call handler({"click": id}), or handler({"file": id, "text": ...}), from the page."""
        self.observe(lambda change: self._heard(handler, **change), "clicked")
        self.on_msg(lambda _, content, __: handler(content))

    def _heard(self, handler: Callable[[dict[str, Any]], None], **change: Any) -> None:
        """Handle each click since the last one heard: quick ones arrive in one message."""
        for click in [*change["new"].get("before", []), change["new"]]:
            if click.get("n", 0) > change["old"].get("n", 0):
                handler({"click": click.get("id")})

    def click(self, button: str) -> None:
        """Press a button, as the learner would."""
        self.clicked = {"id": button, "n": self.clicked.get("n", 0) + 1}


class Details(anywidget.AnyWidget):
    """A table that opens on demand; `rows` (the first is the head) is filled while it is open."""

    _esm = script("scroll.js", "details.js")
    _css = STYLE
    title = traitlets.Unicode().tag(sync=True)
    caption = traitlets.Unicode().tag(sync=True)
    opened = traitlets.Bool(False).tag(sync=True)
    rows = traitlets.List(traitlets.List(traitlets.Unicode())).tag(sync=True)

    def __repr__(self) -> str:
        return f"Details({self.title})"


class Board(Clickable):
    """Cards to sort into piles: `places` maps a card's id to a pile's id."""

    _esm = script("clicks.js", "cards.js")
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
