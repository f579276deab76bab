"""Where a company game ended, beside three fixed policies and random ones on the same seed."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from tpmlib.kit.canvas import BLUE, FONT, GREEN, INK, ORANGE, RULE, Update, plain

SIZE = (8.6, 3.3)  # inches
SMALL: dict[str, Any] = FONT | {"size": 9}
NAMES = {"random": "At random", "pm": "PM alone", "tpm": "TPM alone", "pm_tpm": "PM + TPM"}
NAMES |= {"you": "You"}
MARKS = {"pm": "s", "tpm": "^", "pm_tpm": "o", "you": "D"}
ENDS = (-200.0, 600.0)  # of the axis; what ends beyond it stands at the edge
SPREAD = 0.32  # of a row, how far the random ones are strewn


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw rows of `policy`, `total` and `quarters`; returns update(frame)."""
    axes = figure.add_axes((0.15, 0.24, 0.66, 0.58))
    axes.set_xlim(*ENDS)
    axes.set_ylim(len(NAMES) - 0.5, -0.5)
    axes.set_yticks(range(len(NAMES)), list(NAMES.values()))
    axes.set_xlabel("mean of a quarter [thousand dollars]; right: all quarters", **SMALL)
    plain(axes)
    axes.grid(axis="x", color=RULE, lw=0.6)
    axes.axvline(0, color=INK, lw=0.8)
    still: dict[str, Any] = {"animated": True, "ls": "", "clip_on": False}
    (crowd,) = axes.plot([], [], ".", color=ORANGE, ms=4, alpha=0.5, **still)
    (middle,) = axes.plot([], [], color=INK, lw=2, animated=True, clip_on=False)
    marks = {
        name: axes.plot([], [], mark, color=GREEN if name == "you" else BLUE, ms=9, **still)[0]
        for name, mark in MARKS.items()
    }
    write: dict[str, Any] = {"animated": True, "va": "center", **SMALL}
    transform = axes.get_yaxis_transform()
    texts = {
        name: axes.text(1.03, row, "", transform=transform, **write)
        for row, name in enumerate(NAMES)
    }
    bold: dict[str, Any] = FONT | {"size": 12.5, "weight": "bold"}
    title = figure.text(0.012, 0.91, "", animated=True, **bold)
    figure.text(0.012, 0.03, "Source: the company game, synthetic; couplings assumed", **SMALL)

    def update(frame: pd.DataFrame) -> None:
        means = frame.assign(mean=(frame["total"] / frame["quarters"]).clip(*ENDS))
        totals = means.groupby("policy")["mean"]
        chance = np.sort(totals.get_group("random")) if "random" in totals.groups else np.array([])
        strewn = np.tile(np.linspace(-SPREAD, SPREAD, 9), len(chance) // 9 + 1)[: len(chance)]
        crowd.set_data(chance, strewn)
        half = [np.median(chance)] * 2 if len(chance) else []
        middle.set_data(half, [-0.42, 0.42] if half else [])
        for row, name in enumerate(NAMES):
            if name in MARKS:
                found = name in totals.groups
                at = [float(totals.get_group(name).iloc[0])] if found else []
                marks[name].set_data(at, [row] * len(at))
            texts[name].set_text(_said(frame, name))
        title.set_text(finding(frame))

    return update


def _said(frame: pd.DataFrame, name: str) -> str:
    total = frame.loc[frame["policy"] == name, "total"]
    if total.empty:
        return "not yet" if name == "you" else ""
    middle = f"middle {total.median():+,.0f}"
    return middle if name == "random" else f"{total.iloc[0]:+,.0f}"


def beaten(frame: pd.DataFrame, name: str) -> float:
    """Share of the random policies that end below one."""
    lucky = frame.loc[frame["policy"] == "random", "total"]
    mine = frame.loc[frame["policy"] == name, "total"]
    return float((lucky < mine.iloc[0]).mean()) if len(lucky) and len(mine) else 0.0


def finding(frame: pd.DataFrame) -> str:
    """The title: who is first of the fixed ones, and where the learner stands."""
    rows = frame[frame["policy"].isin(list(MARKS))].set_index("policy")["total"]
    best = rows.drop("you", errors="ignore").idxmax()
    if "you" not in rows:
        return f"{NAMES[best]} ends first of the three fixed policies"
    place = "ahead of" if rows["you"] > rows[best] else "behind"
    return (
        f"You end {place} {NAMES[best]}, and above {beaten(frame, 'you'):.0%} of those who decide "
        "at random"
    )


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture."""
    rows = [["Policy", "Total [k$]", "Above, of the random ones"]]
    for name in MARKS:
        total = frame.loc[frame["policy"] == name, "total"]
        if len(total):
            rows.append([NAMES[name], f"{total.iloc[0]:+,.0f}", f"{beaten(frame, name):.0%}"])
    lucky = frame.loc[frame["policy"] == "random", "total"]
    if len(lucky):
        low, middle, high = np.percentile(lucky, [5, 50, 95])
        rows.append([f"{len(lucky)} at random, middle", f"{middle:+,.0f}", "50%"])
        rows.append(["nine of ten of them", f"{low:+,.0f} to {high:+,.0f}", ""])
    return rows
