"""Which of these two is the TPM's? Real adverts as lists of duties, their titles hidden."""

from html import escape
from typing import Any

import ipywidgets

from tpmlib.kit import content, figures
from tpmlib.kit.html import LEFT
from tpmlib.kit.panels.base import Panel
from tpmlib.kit.panels.form import Form

KIND = "pair"
SIDES = ("A", "B")


class Pairs(Panel):
    """`pairs()`: guess three times, and read after each what the advert's title was."""

    def __init__(self) -> None:
        super().__init__()
        self.frame = figures.frame("pairs")
        self.text_of = {row["pair"]: row for row in self.frame.to_dict("records")}
        self.page = ipywidgets.HTML()
        self.form = Form(fields=[])
        self.form.on_event(lambda event: self.run(self._event, event))
        self.widget = ipywidgets.VBox([self.page, self.form])
        self.place = min(len(self.guesses()) + 1, len(self.frame))
        self._show()

    def guesses(self) -> dict[int, bool]:
        """Whether the first guess of each pair was right, by the pair's number."""
        past = {n: self.record.history(f"pair-{n}", KIND) for n in self.text_of}
        return {number: bool(events[0]["right"]) for number, events in past.items() if events}

    def refresh(self) -> None:
        self._show()

    def _event(self, event: dict[str, Any]) -> None:
        click = event.get("click")
        if click == "next" and self.place < len(self.frame):
            self.place += 1
            self._show()
        elif click in SIDES and self.place not in self.guesses():
            right = self._role(str(click)) == "tpm"
            self.keep(KIND, f"pair-{self.place}", click, lesson="start_here", right=right)

    def _role(self, side: str, pair: int | None = None) -> str:
        """Whose advert stands on a side of a pair, the one on show if left out."""
        first = str(self.text_of[pair or self.place]["first"])
        return first if side == "A" else {"tpm": "pm", "pm": "tpm"}[first]

    def _show(self) -> None:
        guesses = self.guesses()
        self.page.value = f'<div class="tpm">{self._table(self.place)}</div>'
        if self.place not in guesses:
            self.form.buttons = [{"id": side, "label": f"{side} is the TPM's"} for side in SIDES]
            self.form.message = ""
            return
        last = self.place == len(self.frame)
        self.form.buttons = [] if last else [{"id": "next", "label": "Next pair"}]
        self.form.message = self._verdict(guesses) + (f"\n{self.sentence()}" if last else "")

    def _verdict(self, guesses: dict[int, bool]) -> str:
        """Whose advert it was, and whether the obvious guess was right."""
        row, right = self.text_of[self.place], guesses[self.place]
        side = next(side for side in SIDES if self._role(side) == "tpm")
        start = "Yes" if right else "No"
        if row["obvious"]:
            return f"{start}: {side} is the TPM's. It names more engineering duties."
        return f"{start}: {side} is the TPM's, although the other names more engineering duties."

    def sentence(self) -> str:
        """How often the obvious guess is right, over all such pairs."""
        right, share = sum(self.guesses().values()), self.frame["share"].iloc[0]
        return (
            f"You were right in {right} of {len(self.frame)}. In all pairs of counted adverts like "
            f"these, the one with more engineering duties is the TPM's in {share:.0%}. So duties "
            "tell something about a title, and not everything."
        )

    def _table(self, pair: int) -> str:
        row = self.text_of[pair]
        first, second = (row[self._role(side, pair)].split(" · ") for side in SIDES)
        lists = "".join(
            f"<td{LEFT}><ul>{''.join(f'<li>{escape(duty)}</li>' for duty in duties)}</ul></td>"
            for duties in (first, second)
        )
        heads = "".join(f"<th scope='col'{LEFT}>Advert {side}</th>" for side in SIDES)
        caption = f"<caption>Pair {pair} of {len(self.frame)}: which is the TPM's?</caption>"
        head = f"<thead><tr>{heads}</tr></thead>"
        return f"<table>{caption}{head}<tbody><tr>{lists}</tr></tbody></table>"

    def text(self) -> str:
        return f"{len(self.frame)} pairs of adverts, titles hidden"

    def html(self) -> str:
        return "".join(map(self._table, self.text_of))


def asked(lesson: str) -> list[str]:
    """The pairs that a lesson asks for."""
    number = content.settings("pairs")
    return [f"pair-{n + 1}" for n in range(number["obvious"] + number["caught"])] * (
        lesson == "start_here"
    )
