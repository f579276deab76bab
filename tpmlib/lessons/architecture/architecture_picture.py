"""Four architectures side by side: down time against the error budget, response, cost and weeks."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tpmlib.kit.canvas import BLUE, INK, ORANGE, RULE, Update
from tpmlib.kit.parts import MOVING, SMALL, Ends, Stems, panel, source, table, title, words

SIZE = (8.6, 3.9)  # inches
BOTTOM, HEIGHT = 0.21, 0.58  # of the panels [share of the figure]
# measure, its label, ends and ticks of its axis, left and width of its panel [share of the figure]
Measure = tuple[str, str, Ends, tuple[float, ...], float, float]
MEASURES: tuple[Measure, ...] = (
    ("down", "down in 30 days [minutes]", (0.05, 600), (0.1, 1, 10, 100), 0.185, 0.29),
    ("latency", "response [ms]", (0, 410), (0, 200, 400), 0.515, 0.125),
    ("cost", "cost [k$ a month]", (0, 90), (0, 40, 80), 0.68, 0.125),
    ("weeks", "weeks of engineers", (0, 100), (0, 40, 80), 0.845, 0.125),
)
COLUMNS = {
    "Architecture": "{name}",
    "Down [minutes]": "{down:.1f}",
    "Kept": "{kept}",
    "Response [ms]": "{latency:.0f}",
    "Cost [k$]": "{cost:.1f}",
    "Weeks": "{weeks:.0f}",
}


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the rows of `architecture`; returns update(frame), which moves all but the axes."""
    panels = [_panel(figure, len(frame), measure) for measure in MEASURES]
    stems = [Stems(axes, hollow="D", edge=2) for axes in panels]
    for row, name in enumerate(frame["name"]):
        middle = BOTTOM + HEIGHT * (1 - (row + 0.5) / len(frame))
        words(figure, 0.165, middle, name, ha="right", va="center")
    (budget,) = panels[0].plot([], [], color=INK, lw=1.4, **MOVING)
    head = title(figure, 0.935)
    key = figure.text(0.185, 0.835, "", animated=True, **SMALL)
    words(figure, 0.515, 0.835, "● keeps the budget", BLUE)
    words(figure, 0.70, 0.835, "◇ does not", ORANGE)
    source(figure, "tables architectures, components; synthetic", 0.03)

    def update(frame: pd.DataFrame) -> None:
        kept, minutes = frame["kept"].to_numpy(bool), float(frame["budget"].iloc[0])
        for stem, (measure, _, ends, *_) in zip(stems, MEASURES, strict=True):
            stem.put(frame[measure].clip(*ends).to_numpy(float), kept, ends[0])
        line = np.clip(minutes, *MEASURES[0][2])
        budget.set_data([line, line], [-0.5, len(frame) - 0.5])
        key.set_text(f"│ error budget: {minutes:.1f} minutes")
        head.set_text(finding(frame))

    return update


def _panel(figure: Figure, rows: int, measure: Measure) -> Axes:
    """The axes of one measure; down time is on a scale of powers of ten."""
    name, label, ends, ticks, left, width = measure
    axes = panel(figure, (left, BOTTOM, width, HEIGHT), ends, (rows - 0.5, -0.5), label)
    axes.set_xscale("log" if name == "down" else "linear")
    axes.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
    axes.minorticks_off()
    axes.grid(axis="x", color=RULE, lw=0.6)
    return axes


def finding(frame: pd.DataFrame) -> str:
    """The title: how many keep the promise, and the cheapest of them."""
    row, kept = frame.iloc[0], frame[frame["kept"]]
    if kept.empty:
        return f"No architecture keeps a promise of {row['slo']:g}%"
    many = "All" if len(kept) == len(frame) else f"{len(kept)} of {len(frame)}"
    verb = "keeps" if len(kept) == 1 else "keep"
    return f"{many} {verb} {row['slo']:g}%; cheapest is the {row['cheapest'].lower()}"


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture."""
    return table(frame.assign(kept=np.where(frame["kept"], "yes", "no")), COLUMNS)
