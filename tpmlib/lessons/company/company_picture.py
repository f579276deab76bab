"""Where a company game ended, beside three fixed policies and random ones on the same seed."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from tpmlib.kit.canvas import BLUE, GREEN, INK, ORANGE, RULE, Update
from tpmlib.kit.parts import MOVING, column, panel, source, title, write

SIZE = (8.6, 3.3)  # inches
NAMES = {"random": "At random", "pm": "PM alone", "tpm": "TPM alone", "pm_tpm": "PM + TPM"}
NAMES |= {"you": "You"}
MARKS = {"pm": "s", "tpm": "^", "pm_tpm": "o", "you": "D"}
ENDS = (-200.0, 600.0)  # of the axis; what ends beyond it stands at the edge
SPREAD = 0.32  # of a row, how far the random ones are strewn


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw rows of `policy`, `total` and `quarters`; returns update(frame)."""
    label = "mean of a quarter [thousand dollars]; right: all quarters"
    axes = panel(figure, (0.15, 0.24, 0.66, 0.58), ENDS, (len(NAMES) - 0.5, -0.5), label)
    axes.set_yticks(range(len(NAMES)), list(NAMES.values()))
    axes.grid(axis="x", color=RULE, lw=0.6)
    axes.axvline(0, color=INK, lw=0.8)
    (crowd,) = axes.plot([], [], ".", color=ORANGE, ms=4, alpha=0.5, **MOVING)
    (middle,) = axes.plot([], [], color=INK, lw=2, **MOVING)
    marks = {
        name: axes.plot([], [], mark, color=GREEN if name == "you" else BLUE, ms=9, **MOVING)[0]
        for name, mark in MARKS.items()
    }
    totals = column(axes, 1.03, len(NAMES), "left", transform=axes.get_yaxis_transform())
    head = title(figure, 0.91)
    source(figure, "the company game, synthetic; couplings assumed", 0.03)

    def update(frame: pd.DataFrame) -> None:
        means = (frame["total"] / frame["quarters"]).clip(*ENDS)
        lucky = np.sort(means[frame["policy"] == "random"])
        # spread over nine heights, so that dots beside each other do not cover each other
        crowd.set_data(lucky, np.resize(np.linspace(-SPREAD, SPREAD, 9), len(lucky)))
        middle.set_data([np.median(lucky)] * 2 if len(lucky) else [np.nan] * 2, [-0.42, 0.42])
        for row, name in enumerate(NAMES):
            if name in MARKS:
                mean = means[frame["policy"] == name]
                marks[name].set_data(mean.to_list(), [row] * len(mean))
        write(totals, [_total(frame, name) for name in NAMES])
        head.set_text(finding(frame))

    return update


def _of(frame: pd.DataFrame, name: str) -> pd.Series:
    """The totals of one policy; the random ones are many."""
    return frame.loc[frame["policy"] == name, "total"]


def _total(frame: pd.DataFrame, name: str) -> str:
    total = _of(frame, name)
    if total.empty:
        return "not yet" if name == "you" else ""
    return f"{'middle ' if name == 'random' else ''}{total.median():+,.0f}"


def beaten(frame: pd.DataFrame, name: str) -> str:
    """Share of the random policies that end below this one; empty while there are none."""
    lucky, mine = _of(frame, "random"), _of(frame, name)
    return f"{(lucky < mine.iloc[0]).mean():.0%}" if len(lucky) and len(mine) else ""


def finding(frame: pd.DataFrame) -> str:
    """The title: who is first of the fixed ones, and where the learner stands."""
    rows = frame[frame["policy"].isin(list(MARKS))].set_index("policy")["total"]
    best = rows.drop("you", errors="ignore").idxmax()
    if "you" not in rows:
        return f"{NAMES[best]} ends first of the three fixed policies"
    place = "ahead of" if rows["you"] > rows[best] else "behind"
    share = beaten(frame, "you")
    above = f", and above {share} of those who decide at random" if share else ""
    return f"You end {place} {NAMES[best]}{above}"


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture."""
    rows = [["Policy", "Total [k$]", "Above, of the random ones"]]
    for name in MARKS:
        for total in _of(frame, name):
            rows.append([NAMES[name], f"{total:+,.0f}", beaten(frame, name)])
    lucky = _of(frame, "random")
    if len(lucky):
        low, middle, high = np.percentile(lucky, [5, 50, 95])
        rows.append([f"{len(lucky)} at random, middle", f"{middle:+,.0f}", "50%"])
        rows.append(["nine of ten of them", f"{low:+,.0f} to {high:+,.0f}", ""])
    return rows
