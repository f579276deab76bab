"""A chart's picture on the page: drawn for the pixels that show it, said for who cannot see it."""

import time
from collections.abc import Iterable
from types import ModuleType
from typing import Any

import anywidget
import ipywidgets
import pandas as pd
import traitlets

from tpmlib.kit.canvas import DOTS_PER_INCH, Canvas
from tpmlib.kit.panels.base import STYLE, Bundle, Panel, picture_bundle, script
from tpmlib.kit.words import group

SLOWEST = 1 / 12  # s a picture; a slower chart does not move but jumps
COARSEST, FINEST = 0.5, 2.0  # pixels drawn for one of a saved picture; finer ones cost time


class Picture(anywidget.AnyWidget):
    """A chart: PNG bytes, their alternative text, and the sentence that says what they show.

    The page sends {"page": {"width": 585, "ratio": 2}} when the picture stands less wide than
    `width` [CSS pixels] or on a finer screen [its pixels for a CSS pixel], and at each change.
    """

    _esm = script("scroll.js", "picture.js")
    _css = STYLE
    png = traitlets.Bytes().tag(sync=True)
    alt = traitlets.Unicode().tag(sync=True)
    sentence = traitlets.Unicode().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)  # of picture.js
    width = traitlets.Int().tag(sync=True)
    # places that can be clicked: id, label and box (left, top, width, height) as shares of the
    # picture; `pin` is the id of the one that is chosen, or empty
    places = traitlets.List(traitlets.Dict()).tag(sync=True)
    pin = traitlets.Unicode().tag(sync=True)
    # The form whose values make this picture, and which of them made it. The page keeps a picture
    # by that key, for as long as the era is the same; `has` says that it has it, so that the bytes
    # are not sent again.
    form = traitlets.Any(None).tag(sync=True, **ipywidgets.widget_serialization)
    made = traitlets.Dict().tag(sync=True)
    _is_behind = False  # whether the page was not sent the last bytes

    def __init__(self, chart: ModuleType) -> None:
        super().__init__(width=round(chart.SIZE[0] * DOTS_PER_INCH), words=group("script"))
        self.chart, self.scale = chart, 1.0
        self.canvas: Canvas | None = None
        self._frame = pd.DataFrame()
        self.on_msg(self._fit)

    def __repr__(self) -> str:
        return f"Picture({self.alt})"

    def show(self, frame: pd.DataFrame, sentence: str, alt: str = "", png: bytes = b"") -> None:
        """Draw a frame, unless its picture is given; its title is its `alt`, unless given."""
        with self.hold_sync():
            if png or frame is not self._frame or not self.png:
                self._frame = frame
                self.png = png or self._drawn()
            self.alt = alt or self.chart.finding(frame)
            self.sentence = sentence

    def send_state(self, key: Any = None) -> None:
        """Send traits, but no bytes that the page has."""
        if key is not None:
            names = {key} if isinstance(key, str) else set(key)
            if self.made.get("has"):
                self._is_behind |= "png" in names
                names -= {"png"}
            elif self._is_behind:
                self._is_behind = False
                names |= {"png"}
            key = names
        super().send_state(key)

    def move(self, frames: Iterable[pd.DataFrame], number: int) -> None:
        """Show frames on the way to the next one, unless a frame takes too long to draw."""
        for frame in frames:
            start = time.perf_counter()
            self._frame = frame
            self.send({"motion": number}, [self._drawn()])
            if time.perf_counter() - start > SLOWEST:
                return

    def _drawn(self) -> bytes:
        if self.canvas is None:
            self.canvas = self.new_canvas(self._frame)
        return self.canvas.png(self._frame)

    def new_canvas(self, frame: pd.DataFrame) -> Canvas:
        """A canvas of this chart for the pixels of the page."""
        return Canvas(self.chart.draw, self.chart.SIZE, frame, self.scale)

    def clear(self) -> None:
        """Show nothing."""
        with self.hold_sync():
            self.png, self.alt, self.sentence = b"", "", ""

    def bundle(self) -> Bundle:
        """The picture as it stands in a notebook."""
        return picture_bundle(self.png, self.alt)

    def _fit(self, _: object, content: dict[str, Any], __: object) -> None:
        """Draw anew for the pixels that the page has."""
        if "page" not in content:
            return
        scale = content["page"]["width"] * content["page"]["ratio"] / self.width
        with Panel.lock:
            self.scale, self.canvas = min(max(scale, COARSEST), FINEST), None
            if self.png:
                self.png = self._drawn()
