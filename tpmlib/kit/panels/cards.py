"""Cards to sort into piles, with the counts behind each answer."""

from dataclasses import dataclass
from typing import Any

import ipywidgets

from tpmlib.kit import content, registry
from tpmlib.kit.html import folded, table_html
from tpmlib.kit.panels.base import Panel, parts
from tpmlib.kit.panels.form import Form
from tpmlib.kit.panels.pieces import Board
from tpmlib.kit.questions import text_hash
from tpmlib.kit.words import joined, say


@dataclass(frozen=True)
class Card:
    """A card with its right piles; one without any is not scored."""

    text: str
    help: str
    piles: list[str]
    why: str


class SortCards(Panel):
    """`sort_cards(deck)`: sort by pointer or keys, check, and read why."""

    def __init__(self, deck: str) -> None:
        super().__init__()
        self.deck = content.deck(deck)
        self.cards = cards(self.deck)
        self.labels = {pile["id"]: pile["label"] for pile in self.deck["piles"]}
        self.board = Board(
            cards=[
                {"id": id, "text": card.text, "help": card.help} for id, card in self.cards.items()
            ],
            piles=self.deck["piles"],
            buttons=[
                {"id": "check", "label": say("cards.check")},
                {"id": "again", "label": say("cards.again"), "plain": True},
            ],
        )
        keys = say("cards.keys", piles=len(self.labels))
        text = self.deck["text"].replace("{cards}", str(len(self.cards)))
        self.form = Form(fields=[{"id": "how", "kind": "note", "label": text, "help": keys}])
        self._checked: dict[str, str] = {}
        self.board.name_item("cards", self.deck["id"])
        self.board.on_event(lambda event: self.run(self._event, event))
        self.on(self.board, "places", self._moved)
        self.widget = ipywidgets.VBox([self.form, self.board])
        self.refresh()

    def refresh(self) -> None:
        kept = parts(self.record.latest(self.deck["id"], "cards"))
        piles = list(self.labels)
        kept = {id: pile for id, pile in kept.items() if id in self.cards and pile in piles}
        if self.board.recall(kept) and self.board.places:
            self._explain()

    def _event(self, event: dict[str, Any]) -> None:
        if event.get("click") == "again":
            self.board.notes, self.board.places, self.board.message = {}, {}, ""
        elif event.get("click") == "check":
            self._check()

    def _moved(self) -> None:
        if self.board.places == self._checked:
            return  # the click that checks may be told before the move that came with it
        left = len(self.cards) - len(self.board.places)
        self.board.notes, self._checked = {}, {}
        self.board.message = say("cards.left", n=left)

    def _check(self) -> None:
        if not (places := dict(self.board.places)):
            self.board.message = say("cards.first")
            return
        right, _ = self._score(places)
        details = {"lesson": self.deck["lesson"], "text": text_hash({"text": self.deck["title"]})}
        self.keep("cards", self.deck["id"], places, right=right == self._scored(), **details)
        self._explain()

    def _scored(self) -> int:
        return sum(bool(card.piles) for card in self.cards.values())

    def _score(self, places: dict[str, str]) -> tuple[int, int]:
        """Of the placed cards: how many are right, and how many can be."""
        scored = [(pile, self.cards[id].piles) for id, pile in places.items()]
        scored = [(pile, piles) for pile, piles in scored if piles]
        return sum(pile in piles for pile, piles in scored), len(scored)

    def _explain(self) -> None:
        places = self._checked = dict(self.board.places)
        self.board.notes = {id: self._note(self.cards[id], pile) for id, pile in places.items()}
        right, scored = self._score(places)
        result = say("cards.result", n=len(places) - scored, right=right, scored=scored)
        left = len(self.cards) - len(places)
        rest = f" {say('cards.left', n=left)}" * bool(left)
        self.board.message = f"{result}{rest} {self.kept()}"

    def _note(self, card: Card, pile: str) -> dict[str, str]:
        """What is said beside a placed card."""
        if not card.piles:
            verdict, tone = "open" if pile in unscored(self.deck) else "unscored", "open"
        else:
            verdict = tone = "right" if pile in card.piles else "wrong"
        words = say("cards.verdict", verdict=verdict, pile=self._named(card))
        return {"tone": tone, "text": f"{words} {card.why[:1].upper()}{card.why[1:]}"}

    def _named(self, card: Card) -> str:
        return joined("panel.either", (self.labels[pile] for pile in card.piles))

    def fail(self, sentence: str) -> None:
        self.board.message = sentence

    def text(self) -> str:
        title, scored = self.deck["title"], self._scored()
        return say("cards.text", title=title, n=len(self.cards), scored=scored)

    def html(self) -> str:
        rows = [
            [card.text, self._named(card) or say("cards.not_scored"), card.why]
            for card in self.cards.values()
        ]
        head = [say("cards.card"), say("cards.pile"), say("cards.why")]
        texts = table_html(head[:1], [row[:1] for row in rows], self.deck["title"])
        return texts + folded(say("cards.piles"), table_html(head, rows))


def cards(deck: dict[str, Any]) -> dict[str, Card]:
    """The cards of a deck by their ids; piles and reasons are computed if the deck asks for it."""
    rule = deck.get("answers")
    rows = registry.reasons(rule["model"]).rows(rule) if rule else {}
    every_pile = [pile["id"] for pile in deck["piles"]]
    made = {}
    for card in deck["cards"]:
        row = rows.get(card["id"], {})
        piles = [pile for pile in listed(card.get("pile", row.get("pile"))) if pile in every_pile]
        made[card["id"]] = Card(
            text=card.get("text") or row.get("name", card["id"]),
            help=row.get("help", ""),
            # a deck may name an unscored pile as a second home of a scored card
            piles=piles if set(piles) - set(unscored(deck)) else [],
            why=". ".join(filter(None, (row.get("why"), _why(card)))) or say("cards.no_count"),
        )
    return made


def unscored(deck: dict[str, Any]) -> list[str]:
    """The piles whose cards are not scored."""
    return listed(deck.get("unscored"))


def listed(names: str | list[str] | None) -> list[str]:
    """Names as the YAML may write them: none, a single one or a list."""
    return [names] if isinstance(names, str) else names or []


def _why(card: dict[str, Any]) -> str:
    """A card's own reason, and the number of the fact it rests on, behind which its sources are."""
    why, fact = str(card.get("why", "")), card.get("fact")
    if not fact:
        return why
    told = why.removesuffix(".")
    return f"{told[:-1]}, {fact})." if told.endswith(")") else f"{told} ({fact}).".strip()
