"""Which of these two is the TPM's? Real adverts as lists of duties, their titles hidden."""

from html import escape
from typing import Any

import ipywidgets

from tpmlib.kit import content, figures
from tpmlib.kit.html import LEFT, folded
from tpmlib.kit.panels.base import Panel
from tpmlib.kit.panels.form import Form
from tpmlib.kit.words import say
from tpmlib.lessons.adverts.pairs import APART, JOINT

KIND, LESSON = "pair", "start_here"
SIDES = ("A", "B")


class Pairs(Panel):
    """`pairs()`: guess, and see after each pair whose advert it was. The first guess counts."""

    def __init__(self) -> None:
        super().__init__()
        self.frame = figures.frame("pairs")
        self.rows: dict[int, dict[str, Any]] = {
            row["pair"]: row for row in self.frame.to_dict("records")
        }
        self.page = ipywidgets.HTML()
        self.form = Form(fields=[])
        self.form.on_event(lambda event: self.run(self._event, event))
        # above the lists, so that the verdict is in sight
        self.widget = ipywidgets.VBox([self.form, self.page])
        self.place = min(len(self.guesses()) + 1, len(self.rows))
        self._show()

    def guesses(self) -> dict[int, bool]:
        """Whether the first guess of each pair was right, by the pair's number."""
        past = {number: self.record.history(f"pair-{number}", KIND) for number in self.rows}
        return {number: bool(events[0]["right"]) for number, events in past.items() if events}

    def refresh(self) -> None:
        self._show()

    def _event(self, event: dict[str, Any]) -> None:
        click = event.get("click")
        if click == "next" and self.place in self.guesses() and self.place < len(self.rows):
            self.place += 1
            self._show()
        elif click in SIDES and self.place not in self.guesses():
            right = self._role(click, self.place) == "tpm"
            self.keep(KIND, f"pair-{self.place}", click, lesson=LESSON, right=right)

    def _role(self, side: str, pair: int) -> str:
        """Whose advert stands on a side of a pair."""
        first = str(self.rows[pair]["first"])
        return first if side == "A" else {"tpm": "pm", "pm": "tpm"}[first]

    def _show(self) -> None:
        guesses = self.guesses()
        is_told, is_last = self.place in guesses, self.place == len(self.rows)
        rule = f"<p>{escape(say('pairs.rule', apart=APART))}</p>"
        rule = folded(say("pairs.how"), rule) if is_told and is_last else ""
        self.page.value = f'<div class="tpm">{self._table(self.place, is_told)}{rule}</div>'
        if not is_told:
            self.form.buttons = [
                {"id": side, "label": say("pairs.guess", side=side)} for side in SIDES
            ]
            self.form.message = ""
            return
        onward = {"id": "onward", "label": say("stage.below"), "onward": True}
        self.form.buttons = [onward if is_last else {"id": "next", "label": say("pairs.next")}]
        words = [self._verdict(guesses[self.place]), self.sentence() if is_last else ""]
        self.form.message = "\n".join([*filter(None, words), self.record.problem]).strip()

    def _verdict(self, right: bool) -> str:
        """Whose advert it was, and whether the obvious guess was right."""
        row = self.rows[self.place]
        side = next(side for side in SIDES if self._role(side, self.place) == "tpm")
        depths = (row["tpm_depth"], row["pm_depth"])
        start = say("pairs.right" if right else "pairs.wrong", side=side)
        id = "pairs.obvious" if row["obvious"] else "pairs.trap"
        return f"{start} {say(id, more=max(depths), fewer=min(depths))}"

    def sentence(self) -> str:
        """How often the obvious guess is right, over all such pairs."""
        row, guesses = self.rows[1], self.guesses()
        told = {"right": sum(guesses.values()), "of": len(guesses), "share": 100 * row["share"]}
        return say("pairs.sum", **told)

    def _table(self, pair: int, told: bool) -> str:
        row = self.rows[pair]
        technical = str(row["technical"]).split(JOINT) if told else []
        cells, heads = "", ""
        for side in SIDES:
            role = self._role(side, pair)
            head = say("pairs.advert", role=role if told else "hidden", side=side)
            heads += f"<th scope='col'{LEFT}>{head}</th>"
            duties = (
                f"<li>{f'<b>{escape(duty)}</b>' if duty in technical else escape(duty)}</li>"
                for duty in str(row[role]).split(JOINT)
            )
            cells += f"<td{LEFT}><ul>{''.join(duties)}</ul></td>"
        caption = f"<caption>{say('pairs.pair', pair=pair, of=len(self.rows))}</caption>"
        head = f"<thead><tr>{heads}</tr></thead>"
        return f"<table>{caption}{head}<tbody><tr>{cells}</tr></tbody></table>"

    def text(self) -> str:
        return say("pairs.text", n=len(self.rows))

    def html(self) -> str:
        return "".join(self._table(pair, told=False) for pair in self.rows)


def asked(lesson: str) -> list[str]:
    """The pairs that a lesson asks for."""
    settings = content.settings("pairs")
    numbers = range(1, 1 + settings["obvious"] + settings["caught"])
    return [f"pair-{number}" for number in numbers] if lesson == LESSON else []
