"""One kept figure: the still part drawn once, the moving part drawn again on each update.

No pyplot: JupyterLab runs widget callbacks in another thread, and pyplot's current figure is not
safe there. No layout engine and no tight box: they double the time of a redraw.
"""

import struct
import zlib
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import IdentityTransform

Update = Callable[[pd.DataFrame], None]
Draw = Callable[[Figure, pd.DataFrame], Update]

# Okabe and Ito's palette, made to be told apart by colour-blind readers
BLUE, ORANGE, GREEN = "#0072B2", "#B84A00", "#00735C"
INK, PALE, RULE = "#1f2328", "#f4ecd0", "#d0d4da"
OVER = "over"  # gid of a text that stands on other artists, so its pixels cannot be kept
DOTS_PER_INCH = 100
FONT: dict[str, Any] = {"family": "DejaVu Sans", "size": 10, "color": INK}


def plain(axes: Axes) -> None:
    """Axes without a frame or ticks, the labels small, the grid behind the marks."""
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color(RULE)
    axes.tick_params(length=0, labelsize=9, labelcolor=INK)
    axes.set_axisbelow(True)


class Canvas:
    """A chart on a figure of its own: `png(frame)` gives the picture of a frame.

    draw: the chart's draw function; it marks each artist that moves as animated. A moving text
        stands on the plain page, not over the axes, so that its pixels can be kept and pasted.
    size: width and height [inches].
    scale: pixels drawn for one of a saved picture, so that they fit the page that shows them.
    """

    def __init__(
        self, draw: Draw, size: tuple[float, float], frame: pd.DataFrame, scale: float = 1
    ) -> None:
        self.scale = scale
        self.figure = Figure(figsize=size, dpi=DOTS_PER_INCH * scale, facecolor="white")
        self._agg = FigureCanvasAgg(self.figure)
        self._update = draw(self.figure, frame)
        for text in self.figure.findobj(Text):
            text.set_parse_math(False)  # a dollar is a dollar, and not the begin of a formula
        self._moving: list[Artist] = []
        self._still: object = None
        # Drawing text takes most of the time of a redraw, since each letter is laid out and filled
        # anew. But its pixels depend only on its words, its font and how it is aligned, not on its
        # place. So they are kept by these, and a later frame pastes them at the nearest pixel.
        self._words: dict[tuple[object, ...], tuple[int, int, np.ndarray]] = {}

    def png(self, frame: pd.DataFrame) -> bytes:
        """The picture of `frame` as PNG bytes."""
        if self._still is None:
            self._agg.draw()
            self._moving = self.figure.findobj(lambda artist: artist.get_animated())
            self._moving.sort(key=lambda artist: artist.get_zorder())
            self._still = self._agg.copy_from_bbox(self.figure.bbox)
        self._update(frame)
        self._agg.restore_region(self._still)
        for artist in self._moving:
            if isinstance(artist, Text) and artist.get_gid() != OVER:
                self._write(artist)
            else:
                self.figure.draw_artist(artist)
        return encoded(self._pixels())

    def _pixels(self) -> np.ndarray:
        return np.asarray(self._agg.buffer_rgba())

    def _write(self, text: Text) -> None:
        """Draw a text, or paste its pixels if it was drawn before: a quarter of the time."""
        words = text.get_text()
        if not words or not text.get_visible():
            return
        pixels = self._pixels()
        x, y = (round(place) for place in text.get_transform().transform(text.get_position()))
        sides = (text.get_horizontalalignment(), text.get_verticalalignment())
        key = (words, *sides, text.get_fontsize(), text.get_fontweight(), text.get_color())
        if key not in self._words:
            self._words[key] = self._drawn(text, x, y)
        up, across, kept = self._words[key]
        row, column = max(0, pixels.shape[0] - y - up), max(0, x + across)
        room = pixels[row : row + kept.shape[0], column : column + kept.shape[1]]
        room[:] = kept[: room.shape[0], : room.shape[1]]

    def _drawn(self, text: Text, x: int, y: int) -> tuple[int, int, np.ndarray]:
        """Draw a text at a whole pixel, as each copy will stand; its box from there, its pixels."""
        pixels, place, transform = self._pixels(), text.get_position(), text.get_transform()
        text.set_transform(IdentityTransform())
        text.set_position((x, y))
        self.figure.draw_artist(text)
        box = text.get_window_extent()
        text.set_transform(transform)
        text.set_position(place)
        # a pixel around the box, since glyphs may lean out of it
        row = max(0, pixels.shape[0] - int(np.ceil(box.y1)) - 1)
        column = max(0, int(box.x0) - 1)
        kept = pixels[row : row + int(box.height) + 4, column : column + int(box.width) + 4]
        return pixels.shape[0] - y - row, column - x, kept.copy()


def encoded(pixels: np.ndarray) -> bytes:
    """Pixels as PNG, exact, in half the time of Pillow, which tries filters on each row."""
    height, width, _ = pixels.shape
    rows = np.zeros((height, 1 + 3 * width), np.uint8)  # a row starts with its filter: none
    rows[:, 1:] = pixels[..., :3].reshape(height, -1)
    colour = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)  # 8 bits each of RGB
    chunks = ((b"IHDR", colour), (b"IDAT", zlib.compress(rows.data, level=1)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def _chunk(name: bytes, content: bytes) -> bytes:
    check = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)
