"""Three bars of one height: a week's hours by area, and the words of both roles' adverts."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from tpmlib.kit.canvas import FONT, Update
from tpmlib.kit.parts import MOVING, panel, source, table, title
from tpmlib.kit.words import choices
from tpmlib.lessons.who_does_what.profile import nearest_role

SIZE = (8.6, 4.4)  # inches
BARS = {"yours": "This week's hours", "tpm": "Words of TPM adverts", "pm": "Words of PM adverts"}
WIDTH, STEP = 0.84, 1.0  # of a bar, and from one to the next
LEAST = 0.037  # share of a bar that has room for a name
TINTS = (  # of the nine areas, light enough for dark words; neighbours differ
    *("#cfe3f3", "#f7e3c4", "#e6d8ee", "#d3ecd9", "#9fc8e6"),
    *("#f3c9c4", "#f3e79b", "#dcdcdc", "#bfe3df"),
)


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the areas of `profile`; returns update(frame), which moves the parts of the bars."""
    ticks = {place * STEP + WIDTH / 2: words for place, words in enumerate(BARS.values())}
    ends = (0, 3 * STEP - (STEP - WIDTH))
    axes = panel(
        figure,
        (0.012, 0.165, 0.976, 0.735),
        ends,
        (1, 0),
        "each bar, from top to bottom, is 100 [%]",
        ticks,
    )
    axes.spines[:].set_visible(False)
    bars = {name: Bar(axes, place * STEP) for place, name in enumerate(BARS)}
    links = PolyCollection([], facecolors=TINTS, alpha=0.45, linewidths=0, animated=True)
    axes.add_collection(links)
    source(figure, "course_adverts, our count; hours: yours, or made up", 0.02, 8.5)
    head = title(figure)

    def update(frame: pd.DataFrame) -> None:
        edges = {name: bar.put(frame["area"], frame[name]) for name, bar in bars.items()}
        links.set_verts(
            [
                [(left + WIDTH, a), (left + STEP, c), (left + STEP, d), (left + WIDTH, b)]
                for left, (first, second) in enumerate([("yours", "tpm"), ("tpm", "pm")])
                if edges[first][-1] > 0
                for (a, b), (c, d) in zip(_ends(edges[first]), _ends(edges[second]), strict=True)
            ]
        )
        head.set_text(finding(frame))

    return update


class Bar:
    """One bar of nine parts, each with its area's name and share where there is room."""

    def __init__(self, axes: Axes, left: float) -> None:
        look: dict[str, Any] = {"ec": "white", "lw": 1, **MOVING}
        self.parts = [Rectangle((left, 0), WIDTH, 0, fc=tint, **look) for tint in TINTS]
        for part in self.parts:
            axes.add_patch(part)
        style: dict[str, Any] = FONT | {"size": 8.2, "va": "center", "animated": True}
        self.names: list[Text] = [axes.text(left + 0.02, 0, "", **style) for _ in TINTS]

    def put(self, areas: pd.Series, shares: pd.Series) -> list[float]:
        """Move the parts to these shares; returns their edges from the top, one more than parts."""
        edges = [0.0, *shares.cumsum()]
        for place, (area, share) in enumerate(zip(areas, shares, strict=True)):
            self.parts[place].set_y(edges[place])
            self.parts[place].set_height(share)
            self.names[place].set_y(edges[place] + share / 2)
            self.names[place].set_text(f"{area} {share:.0%}" if share >= LEAST else "")
        return edges


def _ends(edges: list[float]) -> list[tuple[float, float]]:
    return list(zip(edges[:-1], edges[1:], strict=True))


def finding(frame: pd.DataFrame) -> str:
    """The title: which role's wording the week is nearer to, if the adverts can tell."""
    row = frame.iloc[0]
    words = {
        "none": "Give some hours: the bar on the left is empty",
        "tpm": f"{row['total']:g} hours, shared out more like the words of TPM adverts",
        "pm": f"{row['total']:g} hours, shared out more like the words of PM adverts",
        "open": f"{row['total']:g} hours: these adverts cannot tell which role is nearer",
        "neither": f"{row['total']:g} hours, shared out like the words of neither title's adverts",
    }
    return words[nearest_role(row)]


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture."""
    return table(frame, choices("profile.columns"))
