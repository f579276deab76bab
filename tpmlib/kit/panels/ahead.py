"""Pictures ahead of the hand: values are drawn before they are chosen, and the page keeps them.

The page paints a picture that it keeps in the same moment in which a control moves, however far
away Python is; Python's answer only confirms it. Nothing of this happens until a page says where
the focus or the pointer is, so nothing without a front end.
"""

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from typing import Any, ClassVar, NamedTuple, Protocol

import pandas as pd

from tpmlib.kit.canvas import Canvas
from tpmlib.kit.panels.base import Panel
from tpmlib.kit.panels.debounce import Debounce
from tpmlib.kit.panels.form import Field, Form
from tpmlib.kit.panels.picture import Picture

MOST = 18_000_000  # bytes of a notebook's kept pictures, which are 24 MB of text in the page
NEAREST = 60  # values around the present one that are worth drawing
SLOWEST = 0.5  # s of computing a picture; a slower one is not followed by another
# s after a move that was kept, or had to be drawn: drawing beside the next would slow that down
PAUSES = {True: 0.1, False: 0.25}
log = logging.getLogger(__name__)
log.addHandler(logging.NullHandler())  # an error here is no learner's business

Values = dict[str, Any]
Key = tuple[Any, ...]


class Kept(NamedTuple):
    """A picture that the page has: the rows it shows, and what `Picture.show` takes."""

    frame: pd.DataFrame
    sentence: str
    alt: str
    png: bytes


class Drawing(Protocol):
    """A panel with a picture of its form's values."""

    picture: Picture
    form: Form
    formula: Any

    def beyond(self, values: Values) -> pd.DataFrame:
        """The rows of some values; in another thread, so that it changes nothing."""


class Ahead(Debounce):
    """Shows the picture of a form's values, and draws those of the values next to them.

    names: the controls whose values are drawn ahead.
    """

    _kept: ClassVar[OrderedDict[tuple["Ahead", Key], Kept]] = OrderedDict()
    _drawing: ClassVar[threading.Lock] = threading.Lock()  # one picture at a time

    def __init__(self, panel: Drawing, names: list[str]) -> None:
        super().__init__(self._draw)
        self.picture, self.form, self.names = panel.picture, panel.form, names
        self._rows, self._describe = panel.beyond, panel.formula.describe
        self._canvas: Canvas | None = None
        self._era = 0  # of the pictures of one scale and one setting of all that is no control
        self._near = ""  # the control with the focus or the pointer; none before a page tells
        self._shown: tuple[pd.DataFrame, Values, bool] = pd.DataFrame(), {}, False
        self.form.hints, self.picture.form = True, self.form
        for widget in (self.form, self.picture):
            widget.on_msg(self._hear)

    def kept(self, values: Values) -> Kept | None:
        """The picture of these values, if the page has it."""
        return self._kept.get((self, self._key(values)))

    def show(self, frame: pd.DataFrame, values: Values, whole: bool = True) -> None:
        """Show the rows of some values; `whole`: not a draft, which no page keeps."""
        self._shown = frame, values, whole
        key, kept = self._key(values), self.kept(values)
        keep = whole and self._near in self.names
        with self.picture.hold_sync():
            made = {"key": list(key), "era": self._era, "keep": keep, "has": kept is not None}
            self.picture.made = made
            self.picture.show(*kept or (frame, self._describe(frame)))
        if keep:
            self._keep(key, Kept(frame, self.picture.sentence, self.picture.alt, self.picture.png))
        self._begin(PAUSES[bool(kept)])

    def drop(self) -> None:
        """Forget all pictures: the values do not say any more what they show, or the panel ends."""
        super().drop()
        self._era += 1  # with the next picture the page hears of it
        for pair in [pair for pair in self._kept if pair[0] is self]:
            del self._kept[pair]

    def alone(self) -> None:
        """Nothing is drawn ahead."""

    def _key(self, values: Values) -> Key:
        return tuple(values.get(field["id"]) for field in self.form.fields)

    def _hear(self, _: object, content: Values, __: object) -> None:
        """The page tells where the learner is, that it has other pixels, or lacks a picture."""
        with Panel.lock:
            if content.get("near") in self.names:
                is_first, self._near = not self._near, content["near"]
                self.show(*self._shown) if is_first else self._begin(0)
            elif self.picture.png and ("page" in content or "lacks" in content):
                self.drop()
                self.show(*self._shown)

    def _begin(self, pause: float) -> None:
        """Cancel what is drawn ahead, and draw what is near now."""
        if next(self._missing(), None):
            self.later(pause)
        else:
            self._turn += 1

    def _missing(self) -> Iterator[Values]:
        """The values near the present ones whose pictures the page does not have."""
        values = self._shown[1]
        field = self.form.field(self._near) if self._near in self.names else None
        for value in around(field, values[self._near]) if field else []:
            if not self.kept(there := values | {self._near: value}):
                yield there

    def _draw(self, current: Callable[[], bool]) -> None:
        try:
            with Panel.lock:
                missing, era = list(self._missing()) if current() else [], self._era
            for values in missing:
                start = time.thread_time()
                with self._drawing:
                    kept = self._drawn(values, current)
                with Panel.lock:
                    if kept is None or era != self._era:  # a late picture of other settings
                        return
                    key = self._key(values)
                    self._keep(key, kept)
                    words = {"key": list(key), "alt": kept.alt, "sentence": kept.sentence}
                    self.picture.send({"frame": words, "era": era}, [kept.png])
                if time.thread_time() - start > SLOWEST:
                    return
        except Exception:
            if current():  # else the panel has ended meanwhile
                log.exception("drawing ahead")

    def _drawn(self, values: Values, current: Callable[[], bool]) -> Kept | None:
        """The picture of some values; None once a control has moved."""
        frame = self._rows(values)
        if not current():
            return None
        canvas = self._canvas
        if canvas is None or canvas.scale != self.picture.scale:
            canvas = self._canvas = self.picture.new_canvas(frame)
        png = canvas.png(frame)
        return Kept(frame, self._describe(frame), self.picture.chart.finding(frame), png)

    def _keep(self, key: Key, kept: Kept) -> None:
        """The page keeps this picture; the one that was used least recently goes for it."""
        self._kept[self, key] = kept
        self._kept.move_to_end((self, key))
        while sum(len(each.png) for each in self._kept.values()) > MOST:
            (owner, gone), _ = self._kept.popitem(last=False)
            owner.picture.send({"drop": list(gone)})


def around(field: Field, now: Any) -> list[Any]:
    """The other values of a control, the nearest first, each as the page would send it."""
    if field["kind"] == "range":
        low, step = field["min"], field["step"]
        place, last = round((now - low) / step), int((field["max"] - low) / step + 1e-9)
        places = range(max(0, place - NEAREST), min(last, place + NEAREST) + 1)
        exact = [round(low + number * step, 10) for number in places]
        choices = [int(value) if value == int(value) else value for value in exact]
        place -= places.start
    else:
        options = [option["value"] for option in field.get("options", [])]
        choices = [False, True] if field["kind"] == "switch" else options
        place = choices.index(now) if now in choices else 0
    order = sorted(range(len(choices)), key=lambda number: abs(number - place))
    return [choices[number] for number in order if choices[number] != now][:NEAREST]
