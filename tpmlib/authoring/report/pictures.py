"""The pictures of a class report: questions, verdicts, start and end. Each has its sentence."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
from matplotlib.figure import Figure

from tpmlib.kit.canvas import BLUE, FONT, GREEN, INK, ORANGE, RULE, plain
from tpmlib.kit.panels.judge import VERDICTS

WIDTH, ROW = 8.6, 0.26  # inches
COLOURS = dict(zip(VERDICTS, (BLUE, "#8fc1de", ORANGE, RULE), strict=True))


@dataclass(frozen=True)
class Picture:
    """How to draw a frame, and what to say of it."""

    draw: Callable[[Figure, pd.DataFrame], None]
    says: Callable[[pd.DataFrame], str]
    kept: Callable[[pd.DataFrame], pd.DataFrame]


def _questions(frame: pd.DataFrame) -> pd.DataFrame:
    """Questions as worded now, with both figures, the hardest first."""
    now = frame[(frame["wording"] == "now") & frame["discrimination"].notna()]
    return now.sort_values(["difficulty", "item"], ignore_index=True)


def draw_questions(figure: Figure, frame: pd.DataFrame) -> None:
    """Share right against item-rest correlation; of the three that tell least, those with room."""
    axes = figure.add_axes((0.1, 0.16, 0.86, 0.72))
    plain(axes)
    axes.set_xlim(-0.02, 1.02)
    axes.set_ylim(-1, 1)
    axes.axhline(0, color=INK, lw=1)
    axes.grid(color=RULE, lw=0.6)
    axes.plot(frame["difficulty"], frame["discrimination"], "o", color=BLUE, mfc="white", mew=1.8)
    named: list[tuple[float, float]] = []  # a name is up to 0.4 wide and 0.12 high on these axes
    for row in frame.nsmallest(3, "discrimination").itertuples():
        place = (row.difficulty, row.discrimination)
        if any(abs(place[0] - x) < 0.4 and abs(place[1] - y) < 0.12 for x, y in named):
            continue  # it would lie on another name
        named.append(place)
        left = row.difficulty > 0.75
        axes.annotate(
            row.item,
            place,
            (-8 if left else 8, -3),
            textcoords="offset points",
            ha="right" if left else "left",
            bbox={"fc": "white", "ec": "none", "pad": 0.5},
            **FONT,
        )
    axes.set_xlabel("share right at the first try", **FONT)
    axes.set_ylabel("item-rest correlation", **FONT)
    figure.text(
        0.012, 0.93, "Questions low in the picture tell little apart", weight="bold", **FONT
    )


def say_questions(frame: pd.DataFrame) -> str:
    """Which question was hardest, and which told learners apart least."""
    hard, least = frame.iloc[0], frame.loc[frame["discrimination"].idxmin()]
    return (
        f"{len(frame)} questions. Hardest: {hard['item']}, {hard['difficulty']:.0%} right at the "
        f"first try. It tells learners apart least: {least['item']}, correlation with the rest "
        f"{least['discrimination']:.2f}."
    )


def _known(frame: pd.DataFrame) -> pd.DataFrame:
    column = "disagree" if "disagree" in frame else "before"
    return frame[frame[column].notna()].reset_index(drop=True)


def draw_verdicts(figure: Figure, frame: pd.DataFrame) -> None:
    """The shares of the four verdicts, a bar a claim, the most disputed on top."""
    axes = _rows(figure, frame["claim"])
    left = pd.Series(0.0, index=frame.index)
    for name, colour in COLOURS.items():
        label = name.replace("_", " ")
        axes.barh(frame.index, frame[name], left=left, color=colour, label=label, height=0.7)
        left += frame[name]
    axes.legend(ncols=4, loc="lower left", bbox_to_anchor=(0, 1), frameon=False, fontsize=9)
    axes.set_xlabel("share of the class", **FONT)


def say_verdicts(frame: pd.DataFrame) -> str:
    """The most and the least disputed claim."""
    most, least = frame.iloc[0], frame.iloc[-1]
    return (
        f"Most disputed of {len(frame)} claims: {most['claim']}, on which two learners differ with "
        f"a chance of {most['disagree']:.0%}. Least: {least['claim']}, {least['disagree']:.0%}."
    )


def draw_gain(figure: Figure, frame: pd.DataFrame) -> None:
    """Share right at the start (ring) and at the end (dot), a row a question."""
    axes = _rows(figure, frame["item"])
    axes.hlines(frame.index, frame["before"], frame["after"], color=INK, lw=1.5)
    axes.plot(
        frame["before"],
        frame.index,
        "o",
        color=ORANGE,
        mfc="white",
        mew=2,
        label="start",
        clip_on=False,
    )
    axes.plot(frame["after"], frame.index, "o", color=GREEN, label="end", clip_on=False)
    axes.legend(ncols=2, loc="lower left", bbox_to_anchor=(0, 1), frameon=False, fontsize=9)
    axes.set_xlabel("share right at the first try", **FONT)


def say_gain(frame: pd.DataFrame) -> str:
    """The mean share right before and after, over the pairs."""
    return (
        f"Of {len(frame)} ideas asked twice the class had {frame['before'].mean():.0%} right at "
        f"the start and {frame['after'].mean():.0%} at the end."
    )


def _rows(figure: Figure, names: pd.Series):  # type: ignore[no-untyped-def]  # matplotlib's Axes
    height = figure.get_size_inches()[1]
    axes = figure.add_axes((0.24, 0.5 / height, 0.72, 1 - 0.85 / height))
    plain(axes)
    axes.set_xlim(0, 1)
    axes.set_yticks(range(len(names)), list(names))
    axes.invert_yaxis()
    return axes


PICTURES = {
    "items": Picture(draw_questions, say_questions, _questions),
    "verdicts": Picture(draw_verdicts, say_verdicts, _known),
    "gain": Picture(draw_gain, say_gain, _known),
}
