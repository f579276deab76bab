"""How often predictions came true, by how sure their maker was."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from tpmlib.kit.canvas import BLUE, INK, ORANGE, OVER, RULE, Update
from tpmlib.kit.parts import MOVING, SMALL, panel, source, table, title, words
from tpmlib.kit.scores.brier import mean_confidence

SIZE = (8.6, 4.4)  # inches
TICKS = {tick: f"{tick:.0%}" for tick in (0, 0.2, 0.4, 0.6, 0.8, 1)}
LEAST = 12  # predictions below which the title claims nothing
COLUMNS = {
    "Sure": "{low:.0%} to {high:.0%}",
    "Predictions": "{asked:.0f}",
    "Mean confidence": "{sure}",
    "Came true": "{hits:.0f}",
    "90% interval": "{interval}",
}


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the bands of `brier`; returns update(frame)."""
    box = (0.105, 0.225, 0.87, 0.62)
    axes = panel(figure, box, (0, 1), (-0.03, 1.03), "how sure you were [%]", TICKS)
    axes.set_yticks(list(TICKS), list(TICKS.values()))
    axes.set_ylabel("came true [%]", **SMALL)
    axes.grid(axis="x", color=RULE, lw=0.8)
    axes.plot([0, 1], [0, 1], "--", color=INK, lw=1.2)
    words(figure, 0.105, 0.865, "- - -  as often true as you were sure")
    about = "Circle: mean of a band, with its number; line: 90% interval"
    source(figure, f"your predictions. {about}", 0.03)
    lines = [axes.plot([], [], color=BLUE, lw=2, **MOVING)[0] for _ in range(len(frame))]
    beside: dict[str, Any] = SMALL | {"animated": True, "gid": OVER, "va": "center"}
    counts = [axes.text(0, 0, "", **beside) for _ in range(len(frame))]
    (dots,) = axes.plot([], [], "o", color=ORANGE, mfc="white", mew=2, ms=8, **MOVING)
    head = title(figure, 0.925)

    def update(frame: pd.DataFrame) -> None:
        filled = frame[frame["asked"] > 0]
        dots.set_data(filled["confidence"], filled["rate"])
        for line, count, row in zip(lines, counts, frame.to_dict("records"), strict=True):
            sure, is_left = row["confidence"], row["confidence"] < 0.95
            line.set_data([sure, sure], [row["rate_low"], row["rate_high"]])
            count.set_text(f"{row['asked']:.0f}" if row["asked"] else "")
            # at the right edge there is no room to the right of a circle
            count.set_position((sure + (0.015 if is_left else -0.015), row["rate"]))
            count.set_horizontalalignment("left" if is_left else "right")
        head.set_text(finding(frame))

    return update


def finding(frame: pd.DataFrame) -> str:
    """The title: how many came true, and how sure their maker was on average."""
    n, hits = int(frame["n"].iloc[0]), int(frame["hits"].sum())
    if not n:
        return "No prediction yet"
    sure, few = mean_confidence(frame), "; too few to say more" if n < LEAST else ""
    return f"{hits} of {n} predictions came true; on average you were {sure:.0%} sure{few}"


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture."""
    sure = frame["confidence"].map("{:.0%}".format)
    interval = frame["rate_low"].map("{:.0%} to ".format) + frame["rate_high"].map("{:.0%}".format)
    asked = frame["asked"] > 0
    written = {"sure": np.where(asked, sure, "none"), "interval": np.where(asked, interval, "none")}
    return table(frame.assign(**written), COLUMNS)
