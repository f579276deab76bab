"""A row of engineers for each staffing, as many filled as its year is worth, the best on top."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.path import Path
from matplotlib.transforms import Bbox, TransformedBbox

from tpmlib.kit.canvas import BLUE, FONT, GREEN, ORANGE, OVER, Update
from tpmlib.kit.parts import MOVING, SMALL, panel, table, title, words
from tpmlib.kit.words import choices
from tpmlib.lessons.staffing.drift import NAMES, NEAR, STAFFINGS, lapsing, level, ranked

SIZE = (7.6, 3.5)  # inches
COLOURS = {"pm": ORANGE, "tpm": BLUE, "pm_tpm": GREEN, "pm_pm": ORANGE, "tpm_tpm": BLUE}
PALE, SHADOW = "#d9dde2", "#7d858e"
BOX = (0.255, 0.10, 0.605, 0.76)  # of the axes
WIDE = 440  # of the axes [points]
PERSON = Path.make_compound_path(  # head and shoulders
    Path.circle((0, 0.58), 0.3),
    Path([(-0.5, -0.9), (-0.5, -0.05), (-0.3, 0.2), (0.3, 0.2), (0.5, -0.05), (0.5, -0.9)]),
)
CHOICES = NEAR | {  # what a hire, or for two an exchange, makes of today's people
    "pm_tpm": {"pm_tpm": "", "pm_pm": "Two PMs instead", "tpm_tpm": "Two TPMs instead"},
    "pm_pm": {"pm_pm": "", "pm_tpm": "A TPM in one PM's place"},
    "tpm_tpm": {"tpm_tpm": "", "pm_tpm": "A PM in one TPM's place"},
}
SOURCE = "Source: simulated, every figure assumed"
FILLED = "filled: engineers who do the right work, after pay"


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the rows of `drift`; returns update(frame), which fills and orders the rows."""
    axes = panel(figure, BOX, (0, 1), (len(STAFFINGS) - 0.5, -0.5), "", {})
    axes.spines[:].set_visible(False)
    key = figure.text(0.012, 0.055, "", va="top", animated=True, **SMALL)
    turn = figure.text(0.012, 0.105, "", va="top", animated=True, **SMALL)
    words(figure, 0.988, 0.02, SOURCE, ha="right")
    rows = {staffing: _Row(axes, staffing) for staffing in STAFFINGS}
    head = title(figure, 0.93)

    def update(frame: pd.DataFrame) -> None:
        axes.set_xlim(0, frame["engineers"].iloc[0])
        key.set_text(FILLED + "    grey line: before" * ("ghost_value" in frame))
        turn.set_text(turning(frame))
        near = CHOICES.get("".join(frame.loc[frame["today"], "staffing"]), STAFFINGS)
        for values in frame.to_dict("records"):
            rows[values["staffing"]].put(values, 1 if values["staffing"] in near else 0.3)
        head.set_text(finding(frame))

    return update


class _Row:
    """One staffing: its name, a pale and a filled row of engineers, and its worth."""

    def __init__(self, axes: Axes, staffing: str) -> None:
        self.axes = axes
        look: dict[str, Any] = MOVING | {"ls": "", "marker": PERSON, "mew": 0}
        (self.pale,) = axes.plot([], [], color=PALE, **look)
        (self.filled,) = axes.plot([], [], color=COLOURS[staffing], **look | {"clip_on": True})
        (self.ghost,) = axes.plot([], [], color=SHADOW, lw=2, **MOVING)
        # rows pass each other, so their words are drawn each time and never pasted
        beside: dict[str, Any] = {"va": "center", "animated": True, "gid": OVER}
        beside["transform"] = axes.get_yaxis_transform()
        self.name = axes.text(-0.02, 0, "", ha="right", weight="bold", **beside, **FONT)
        self.side = axes.text(-0.02, 0, "", ha="right", **beside, **(FONT | {"size": 8.5}))
        self.worth = axes.text(1.02, 0, "", **beside, **(FONT | {"size": 11}))

    def put(self, row: dict[Any, Any], alpha: float) -> None:
        place, count = row["place"], int(np.ceil(row["engineers"]))
        for artist in (self.pale, self.filled, self.ghost, self.name, self.side, self.worth):
            artist.set(visible=row["shown"], alpha=alpha)
        for line in (self.pale, self.filled):
            line.set_data(np.arange(count) + 0.5, np.full(count, place))
            line.set_markersize(min(26, WIDE / count))
        box = Bbox([[0, place - 0.5], [max(0, row["value"]), place + 0.5]])
        self.filled.set_clip_box(TransformedBbox(box, self.axes.transData))
        before = row.get("ghost_value", np.nan)
        self.ghost.set_data([before, before], [place - 0.42, place + 0.42])
        self.name.set_text(f"today: {row['name']}" if row["today"] else row["name"])
        self.side.set_text(f"plan {row['strategic']:.0f} h, {lapsing(row):.0%} unanswered")
        self.worth.set_text(f"{row['value']:.1f} of {row['engineers']:g}")
        for text, shift in ((self.name, -0.13), (self.side, 0.22), (self.worth, 0)):
            text.set_y(place + shift)


def turning(frame: pd.DataFrame) -> str:
    """Where the rows of one's own team cross, in words."""
    share = frame["turn"].iloc[0]
    where = f"about {100 * share:.0f} in 100 settled" if 0 < share < 1 else "no share"
    own = (frame["today"] | frame["many"]).any()
    return f"where it turns: PM + PM and PM + TPM cross at {where}" if own else ""


def finding(frame: pd.DataFrame) -> str:
    """The title: which staffing on show is worth most, and by how much; today's first."""
    rows, names = ranked(frame), NAMES | {name: f"a {NAMES[name]}" for name in NEAR}
    how = "With {0} {1:.1f} of {4:g} do the right work, with {2} {3:.1f}"
    if frame["many"].any():
        how = "Two people at most: {0} {1:.1f} of {4:g}, {2} {3:.1f}"
    for today in frame["staffing"][frame["today"]]:
        names, hire = CHOICES[today], today in NEAR
        near = rows[rows["staffing"].isin(names)]
        rows = near.sort_values("today", ascending=hire, kind="stable")
        how = "Today {1:.1f} of {4:g} do the right work. {2}: {3:.1f}"
        if hire:
            how = "Add a {0}: {1:.1f} of {4:g} do the right work. Add a {2}: {3:.1f}"
    best, second, *_ = (row for _, row in rows.iterrows())
    told = [value for row in (best, second) for value in (names[row["staffing"]], row["value"])]
    return how.format(*told, best["engineers"]) + " (level)" * level(best, second)


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture."""
    return table(ranked(frame), choices("drift.columns"))
