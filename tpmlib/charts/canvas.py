"""One kept figure: the still part drawn once, the moving part drawn again on each update.

No pyplot: JupyterLab runs widget callbacks in another thread, and pyplot's current figure is not
safe there. No layout engine and no tight box: they double the time of a redraw.
"""

import io
from collections.abc import Callable

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image

Update = Callable[[pd.DataFrame], None]
Draw = Callable[[Figure, pd.DataFrame], Update]

# Okabe and Ito's palette, made to be told apart by colour-blind readers
BLUE, ORANGE, GREEN, INK, PALE, RULE = (
    "#0072B2",
    "#B84A00",
    "#00735C",
    "#1f2328",
    "#f4ecd0",
    "#d0d4da",
)
DOTS_PER_INCH = 100
FONT = {"family": "DejaVu Sans", "size": 10, "color": INK}


class Canvas:
    """A chart on a figure of its own: `png(frame)` gives the picture of a frame.

    draw: the chart's draw function; it marks each artist that moves as animated. A moving text
        stands on the plain page, not over the axes, so that its pixels can be kept and pasted.
    size: width and height [inches].
    """

    def __init__(self, draw: Draw, size: tuple[float, float], frame: pd.DataFrame) -> None:
        self.figure = Figure(figsize=size, dpi=DOTS_PER_INCH, facecolor="white")
        self._agg = FigureCanvasAgg(self.figure)
        self._update = draw(self.figure, frame)
        self._moving: list[Artist] = []
        self._still: object = None
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
            if isinstance(artist, Text):
                self._write(artist)
            else:
                self.figure.draw_artist(artist)
        target = io.BytesIO()
        Image.fromarray(self._pixels()[..., :3]).save(target, "png", compress_level=1)
        return target.getvalue()

    def _pixels(self) -> np.ndarray:
        return np.asarray(self._agg.buffer_rgba())

    def _write(self, text: Text) -> None:
        """Draw a text, or paste its pixels if it was drawn before: a quarter of the time."""
        words = text.get_text()
        if not words or not text.get_visible():
            return
        pixels = self._pixels()
        x, y = text.get_transform().transform(text.get_position())
        left, top = round(x), pixels.shape[0] - round(y)
        style = (text.get_fontsize(), text.get_fontweight(), text.get_color())
        key = (words, text.get_ha(), text.get_va(), *style)
        if key not in self._words:
            self.figure.draw_artist(text)
            box = text.get_window_extent()
            # a pixel around the box, since glyphs may lean out of it
            row = max(0, pixels.shape[0] - int(np.ceil(box.y1)) - 1)
            column = max(0, int(box.x0) - 1)
            kept = pixels[row : row + int(box.height) + 4, column : column + int(box.width) + 4]
            self._words[key] = (row - top, column - left, kept.copy())
            return
        down, across, kept = self._words[key]
        row, column = top + down, left + across
        height, width = (min(kept.shape[0], pixels.shape[0] - row), min(kept.shape[1], pixels.shape[1] - column))
        pixels[row : row + height, column : column + width] = kept[:height, :width]
