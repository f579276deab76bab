"""How often predictions came true, by how sure their maker was."""

from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from tpmlib.kit.canvas import BLUE, FONT, INK, ORANGE, OVER, RULE, Update

SIZE = (8.6, 4.4)  # inches
TICKS = (0, 0.2, 0.4, 0.6, 0.8, 1)
LEAST = 12  # predictions below which the title claims nothing


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the bands of `brier`; returns update(frame)."""
    small = FONT | {"size": 9}
    axes = figure.add_axes((0.105, 0.225, 0.87, 0.62))
    axes.set_xlim(0, 1)
    axes.set_ylim(-0.03, 1.03)
    for side, set_ticks in ((axes.xaxis, axes.set_xticks), (axes.yaxis, axes.set_yticks)):
        set_ticks(TICKS, [f"{tick:.0%}" for tick in TICKS])
        side.set_tick_params(length=0, labelsize=9, labelcolor=INK)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color(RULE)
    axes.set_axisbelow(True)
    axes.grid(axis="x", color=RULE, lw=0.8)
    axes.set_xlabel("how sure you were [%]", **small)
    axes.set_ylabel("came true [%]", **small)
    axes.plot([0, 1], [0, 1], "--", color=INK, lw=1.2)
    figure.text(0.105, 0.865, "- - -  as often true as you were sure", **small)
    figure.text(
        0.012,
        0.03,
        "Source: your predictions. Circle: mean of a band, with its number; line: 90% interval",
        **small,
    )
    bands = len(frame)
    lines = [
        axes.plot([], [], color=BLUE, lw=2, animated=True, clip_on=False)[0] for _ in range(bands)
    ]
    beside: dict[str, Any] = small | {"animated": True, "gid": OVER, "va": "center"}
    counts = [axes.text(0, 0, "", **beside) for _ in range(bands)]
    (dots,) = axes.plot([], [], "o", color=ORANGE, mfc="white", mew=2, ms=8, animated=True)
    dots.set_clip_on(False)
    title = figure.text(0.012, 0.925, "", **(FONT | {"size": 12.5}), weight="bold", animated=True)

    def update(frame: pd.DataFrame) -> None:
        shown = frame[frame["asked"] > 0]
        dots.set_data(shown["confidence"], shown["rate"])
        for line, count, (_, row) in zip(lines, counts, frame.iterrows(), strict=True):
            some = row["asked"] > 0
            ends = [row["rate_low"], row["rate_high"]] if some else []
            line.set_data([row["confidence"]] * len(ends), ends)
            count.set_text(f"{row['asked']:.0f}" if some else "")
            if some:
                right = row["confidence"] < 0.95  # else there is no room on that side
                count.set_position((row["confidence"] + (0.015 if right else -0.015), row["rate"]))
                count.set_horizontalalignment("left" if right else "right")
        title.set_text(finding(frame))

    return update


def finding(frame: pd.DataFrame) -> str:
    """The title: how many came true, and how sure their maker was on average."""
    n, hits = int(frame["n"].iloc[0]), int(frame["hits"].sum())
    if not n:
        return "No prediction yet"
    sure = (frame["confidence"].fillna(0) * frame["asked"]).sum() / n
    few = "; too few to say more" if n < LEAST else ""
    return f"{hits} of {n} predictions came true; on average you were {sure:.0%} sure{few}"


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture."""
    rows = [
        [
            f"{row['low']:.0%} to {row['high']:.0%}",
            f"{row['asked']:.0f}",
            f"{row['confidence']:.0%}" if row["asked"] else "none",
            f"{row['hits']:.0f}",
            f"{row['rate_low']:.0%} to {row['rate_high']:.0%}" if row["asked"] else "none",
        ]
        for row in frame.to_dict("records")
    ]
    return [["Sure", "Predictions", "Mean confidence", "Came true", "90% interval"], *rows]
