"""What a form and a board share: clicks that act once, and what was entered and is not yet kept."""

import os
from collections.abc import Callable
from hashlib import sha256
from typing import Any, ClassVar

import anywidget
import traitlets

from tpmlib.kit.events import well_formed
from tpmlib.kit.panels.base import STYLE, Panel
from tpmlib.kit.record import record
from tpmlib.kit.words import group

Values = dict[str, Any]  # by the id of a field or a card


def filled(value: Any) -> Any:
    """A grid without its empty cells; any other value as it is."""
    if not isinstance(value, dict):
        return value
    return {key: entry for key, entry in value.items() if entry not in ("", None)}


class Answering(anywidget.AnyWidget):
    """A widget with buttons, in which something is entered. answering.js is its half in the page.

    clicked: a trait and no message, so that a click cannot overtake what was entered.
    heard: number of the last click that was acted on; each number acts once.
    base: what stands there unless the learner changes it: what was kept last, else the start.
    item: names what is answered; without one, nothing entered outlives its cell.
    entered_for: the item on show when the page last entered something.
    entries, taken: how often the page has entered something, and how many of these Python has seen.
    drafted: what the page brings back of an earlier run.   looked: counts the learner's returns.
    """

    _css = STYLE
    entered: ClassVar[str] = "values"  # the trait that holds what was entered
    buttons = traitlets.List(traitlets.Dict()).tag(sync=True)
    clicked = traitlets.Dict().tag(sync=True)
    heard = traitlets.Int().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)  # of the page, in the course's language
    message = traitlets.Unicode().tag(sync=True)
    item = traitlets.Unicode().tag(sync=True)
    entered_for = traitlets.Unicode().tag(sync=True)
    entries = traitlets.Int().tag(sync=True)
    taken = traitlets.Int().tag(sync=True)
    base = traitlets.Dict().tag(sync=True)
    drafted = traitlets.Dict().tag(sync=True)
    looked = traitlets.Int().tag(sync=True)

    @traitlets.default("words")
    def _words(self) -> dict[str, str]:
        return group("script")

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """What the page sets; half an emoji, as a cut text ends in, could never be sent back.

        What was entered before the page had heard of another item says nothing about this one.
        """
        if sync_data.get("entered_for", self.entered_for) not in ("", self.item):
            sync_data = {name: part for name, part in sync_data.items() if name != self.entered}
        with self.hold_sync():
            super().set_state(well_formed(sync_data))
            self.taken = self.entries

    def on_event(self, handler: Callable[[dict[str, Any]], None]) -> None:
        """Call handler({"click": id}), or handler({"file": id, "text": ...}), from the page."""
        self.observe(lambda change: self._heard(handler, change["new"]), "clicked")
        self.on_msg(lambda _, content, __: handler(content))

    def _heard(self, handler: Callable[[dict[str, Any]], None], click: dict[str, Any]) -> None:
        if click.get("n", 0) <= self.heard:
            return  # it was acted on: the page tried again, or a second page pressed as well
        with self.hold_sync():  # one message tells what came of it
            try:
                handler({"click": click.get("id")})
            finally:
                self.heard = click["n"]

    def click(self, button: str) -> None:
        """Press a button, as the learner would."""
        self.clicked = {"id": button, "n": self.heard + 1}

    def name_item(self, *names: str) -> None:
        """Name what is answered here, for this learner's record alone."""
        whose = [str(record().home), os.environ.get("JUPYTERHUB_USER", "")]
        words = "\n".join([*names, *whose]).encode("utf-8", "surrogatepass")
        self.item = sha256(words).hexdigest()[:16]

    def recall(self, base: Values) -> set[str]:
        """Show what is kept now, wherever the learner changed nothing since; the ids that are new.

        What the learner has changed and not kept stays, on show and as a draft of the page.
        """
        old, now = self.base, dict(getattr(self, self.entered))
        if base == old == now:
            return set()
        for name in old.keys() | base.keys():
            if filled(now.get(name)) in (filled(old.get(name)), filled(base.get(name))):
                now.pop(name, None)
                now |= {name: base[name]} if name in base else {}
        with self.hold_sync():
            self.base = base
            setattr(self, self.entered, now)
        return {n for n in old.keys() | base.keys() if filled(old.get(n)) != filled(base.get(n))}

    def bring_back(self, drafted: Values) -> None:
        """Enter what the learner had entered in an earlier run, as far as it fits."""
        raise NotImplementedError

    @traitlets.observe("drafted")
    def _bring_back(self, change: dict[str, Any]) -> None:
        self.bring_back(change["new"])

    @traitlets.observe("looked")
    def _look(self, _: object) -> None:
        Panel.tell()
