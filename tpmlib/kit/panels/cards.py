"""Cards to sort into piles, with the counts behind each answer."""

from typing import Any

import ipywidgets

from tpmlib.kit import content, registry
from tpmlib.kit.html import folded, table_html
from tpmlib.kit.panels.base import Panel, parts
from tpmlib.kit.panels.form import Form
from tpmlib.kit.panels.pieces import Board
from tpmlib.kit.questions import text_hash


class SortCards(Panel):
    """`sort_cards(deck)`: sort by pointer or keys, check, and read why."""

    def __init__(self, deck: str) -> None:
        super().__init__()
        self.deck = content.deck(deck)
        self.lesson = self.deck["lesson"]
        self.answers = answers(self.deck)
        self.hash = text_hash({"text": self.deck["title"]})
        last = self.record.latest(self.deck["id"], "cards")
        piles = [pile["id"] for pile in self.deck["piles"]]
        self.board = Board(
            cards=[
                {"id": card["id"], "text": one["text"], "help": one["help"]}
                for card, one in zip(self.deck["cards"], self.answers.values(), strict=True)
            ],
            piles=self.deck["piles"],
            places={
                card: pile
                for card, pile in parts(last).items()
                if card in self.answers and pile in piles
            },
            buttons=[
                {"id": "check", "label": "Check my piles"},
                {"id": "again", "label": "Start again", "plain": True},
            ],
        )
        keys = (
            "Drag a card to a pile, or click the card and then the pile. With the keyboard: Tab to "
            f"a card and press 1 to {len(self.deck['piles'])}; 0 takes it back."
        )
        self.form = Form(
            fields=[{"id": "how", "kind": "note", "label": f"{self.deck['text']}\n{keys}"}],
        )
        self._checked: dict[str, str] = dict(self.board.places)
        self.board.on_event(lambda event: self.run(self._event, event))
        self.on(self.board, "places", self._moved)
        self.widget = ipywidgets.VBox([self.form, self.board])
        if last:
            self._explain()

    def _event(self, event: dict[str, Any]) -> None:
        if event.get("click") == "again":
            self.board.notes, self.board.places, self.board.message = {}, {}, ""
        elif event.get("click") == "check":
            self._check()

    def _moved(self) -> None:
        if self.board.places == self._checked:
            return  # the click that checks may be told before the move that came with it
        left = len(self.deck["cards"]) - len(self.board.places)
        self.board.notes, self._checked = {}, {}
        self.board.message = f"{left} cards left to place." if left else "All cards are placed."

    def _check(self) -> None:
        places = dict(self.board.places)
        if not places:
            self.board.message = "Place a card first."
            return
        right, scored = self._score(places)
        self.keep(
            "cards",
            self.deck["id"],
            places,
            lesson=self.lesson,
            text=self.hash,
            right=right == scored and scored == self._scored(),
        )
        self._explain()

    def _scored(self) -> int:
        return sum(bool(one["piles"]) for one in self.answers.values())

    def _score(self, places: dict[str, str]) -> tuple[int, int]:
        scored = [card for card in places if self.answers[card]["piles"]]
        return sum(places[card] in self.answers[card]["piles"] for card in scored), len(scored)

    def _explain(self) -> None:
        self._checked = dict(self.board.places)
        labels = {pile["id"]: pile["label"] for pile in self.deck["piles"]}
        unscored = self.deck.get("unscored", [])
        notes = {}
        for card, pile in self.board.places.items():
            one = self.answers[card]
            if not one["piles"]:
                said = "Yes, not decided" if pile in unscored else "Not decided, not scored"
                notes[card] = {"tone": "open", "text": f"{said}. {one['why']}"}
                continue
            good = pile in one["piles"]
            wanted = " or ".join(labels[name] for name in one["piles"])
            notes[card] = {
                "tone": "right" if good else "wrong",
                "text": f"{'Yes' if good else f'Rather {wanted}'}. {one['why']}",
            }
        self.board.notes = notes
        right, scored = self._score(dict(self.board.places))
        open_n = len(notes) - scored
        left = (
            f"; {open_n} cards are not scored, because the counts do not decide" if open_n else ""
        )
        self.board.message = (
            f"{right} of {scored} scored cards in the right pile{left}. {self.kept()}"
        )

    def fail(self, sentence: str) -> None:
        self.board.message = sentence

    def text(self) -> str:
        cards = len(self.deck["cards"])
        return f"Cards: {self.deck['title']}, {cards} cards, {self._scored()} scored"

    def html(self) -> str:
        labels = {pile["id"]: pile["label"] for pile in self.deck["piles"]}
        rows = [
            [
                one["text"],
                " or ".join(labels[name] for name in one["piles"]) or "not scored",
                one["why"],
            ]
            for one in self.answers.values()
        ]
        cards = table_html(["Card"], [[row[0]] for row in rows], self.deck["title"])
        return cards + folded("The piles, and why", table_html(["Card", "Pile", "Why"], rows))


def answers(deck: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Text, right piles (none: not scored) and reason of each card; computed if the deck asks."""
    rule = deck.get("answers")
    rows = registry.reasons(rule["model"]).rows(rule) if rule else {}
    unscored = deck.get("unscored", [])
    known = [pile["id"] for pile in deck["piles"]]
    found = {}
    for card in deck["cards"]:
        row = rows.get(card["id"], {})
        pile = card.get("pile", row.get("pile"))
        piles = [one for one in ([pile] if isinstance(pile, str) else pile or []) if one in known]
        found[card["id"]] = {
            "text": card.get("text") or row.get("name", card["id"]),
            "help": row.get("help", ""),
            # a deck may name an unscored pile as a second home of a scored card
            "piles": piles if set(piles) - set(unscored) else [],
            "why": _why(card) or row.get("why", "No count: a card of your own."),
        }
    return found


def _why(card: dict[str, Any]) -> str:
    """A card's own reason, with the sources of the fact it rests on."""
    why = str(card.get("why", ""))
    if "fact" not in card:
        return why
    fact = content.fact(card["fact"])
    sources = [content.source(name) for name in (fact["source_id"], *fact["also"].split())]
    named = "; ".join(dict.fromkeys(one["author"] or one["title"] for one in sources))
    return f"{why} Source: {named} ({fact['fact_id']}, trust {fact['trust']}).".strip()
