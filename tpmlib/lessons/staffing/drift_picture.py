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
from tpmlib.lessons.staffing.drift import NAMES, STAFFINGS, level, ranked

SIZE = (7.6, 3.5)  # inches
COLOURS = {"pm": ORANGE, "tpm": BLUE, "pm_tpm": GREEN, "pm_pm": ORANGE, "tpm_tpm": BLUE}
PALE = "#d9dde2"
BOX = (0.255, 0.10, 0.605, 0.76)  # of the axes
WIDE = 440  # of the axes [points]
PERSON = Path.make_compound_path(  # head and shoulders
    Path.circle((0, 0.58), 0.3),
    Path([(-0.5, -0.9), (-0.5, -0.05), (-0.3, 0.2), (0.3, 0.2), (0.5, -0.05), (0.5, -0.9)]),
)
CHOICES = {  # what a hire, or for two an exchange, makes of today's people; "": nobody is given
    "": NAMES | {"pm": "A PM alone", "tpm": "A TPM alone"},
    "pm": {"pm": "Hire nobody", "pm_tpm": "Add a TPM", "pm_pm": "Add a PM"},
    "tpm": {"tpm": "Hire nobody", "pm_tpm": "Add a PM", "tpm_tpm": "Add a TPM"},
    "pm_tpm": {"pm_tpm": "Today", "pm_pm": "Two PMs instead", "tpm_tpm": "Two TPMs instead"},
    "pm_pm": {"pm_pm": "Today", "pm_tpm": "A TPM in one PM's place"},
    "tpm_tpm": {"tpm_tpm": "Today", "pm_tpm": "A PM in one TPM's place"},
}
SOURCE = "Source: simulated, every figure assumed"
FILLED = "filled: right work, less about one for each person's pay"


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the rows of `drift`; returns update(frame), which fills and orders the rows."""
    axes = panel(figure, BOX, (0, 1), (len(STAFFINGS) - 0.5, -0.5), "", {})
    axes.spines[:].set_visible(False)
    below: dict[str, Any] = SMALL | {"va": "top", "animated": True, "gid": OVER}
    turn = figure.text(0.012, 0, "", **below | {"size": 11.5, "weight": "bold"})
    words(figure, 0.012, 0.02, FILLED)
    words(figure, 0.988, 0.02, SOURCE, ha="right")
    rows = {staffing: _Row(axes, staffing) for staffing in STAFFINGS}
    head = title(figure, 0.93)

    def update(frame: pd.DataFrame) -> None:
        axes.set_xlim(0, frame["engineers"].iloc[0])
        turn.set_text(turning(frame))
        count = frame["shown"].sum()
        places = max(4.0, count + 1) if frame["today"].any() else len(STAFFINGS)
        axes.set_ylim(places - 0.5, -0.5)
        turn.set_y(BOX[1] + BOX[3] * (1 - count / places) - 0.01)
        for values in frame.to_dict("records"):
            rows[values["staffing"]].put(values)
        head.set_text(finding(frame))

    return update


class _Row:
    """One staffing: its name, a pale and a filled row of engineers, and its worth."""

    def __init__(self, axes: Axes, staffing: str) -> None:
        self.axes = axes
        look: dict[str, Any] = MOVING | {"ls": "", "marker": PERSON, "mew": 0}
        (self.pale,) = axes.plot([], [], color=PALE, **look)
        (self.filled,) = axes.plot([], [], color=COLOURS[staffing], **look | {"clip_on": True})
        # rows pass each other, so their words are drawn each time and never pasted
        beside: dict[str, Any] = {"va": "center", "animated": True, "gid": OVER}
        beside["transform"] = axes.get_yaxis_transform()
        self.name = axes.text(-0.02, 0, "", ha="right", weight="bold", **beside, **FONT)
        self.side = axes.text(-0.02, 0, "", ha="right", **beside, **(FONT | {"size": 8.5}))
        self.worth = axes.text(1.02, 0, "", **beside, **(FONT | {"size": 11}))

    def put(self, row: dict[Any, Any]) -> None:
        place, count = row["place"], int(np.ceil(row["engineers"]))
        for artist in (self.pale, self.filled, self.name, self.side, self.worth):
            artist.set_visible(row["shown"])
        for line in (self.pale, self.filled):
            line.set_data(np.arange(count) + 0.5, np.full(count, place))
            line.set_markersize(min(26, WIDE / count))
        box = Bbox([[0, place - 0.5], [max(0, row["value"]), place + 0.5]])
        self.filled.set_clip_box(TransformedBbox(box, self.axes.transData))
        today = ("read as " if row["many"] else "today: ") * row["today"]
        self.name.set_text(f"{today}{row['name']}")
        lapsing = row["lapsed"] / max(row["requests"], 1e-9)
        self.side.set_text(f"plan {row['strategic']:.0f} h, {lapsing:.0%} unanswered")
        self.worth.set_text(f"{row['value']:.1f} of {row['engineers']:g}")
        for text, shift in ((self.name, -0.13), (self.side, 0.22), (self.worth, 0)):
            text.set_y(place + shift)


def turning(frame: pd.DataFrame) -> str:
    """Where the rows of one's own team cross, in whole sentences."""
    row, today = frame.iloc[0], "".join(frame.loc[frame["today"], "staffing"])
    if "pm_pm" not in CHOICES[today]:
        return "No share settled turns it: each choice has a TPM, for whom engineers wait."
    lone, share = today == "pm", f"From about {100 * max(0, row['turn']):.0f} in 100 settled,"
    as_good = "a second PM is as good as a TPM" if lone else "two PMs do as well as PM + TPM"
    told = [f"{share} {as_good}." if row["turn"] < 1 else "At no share settled do two PMs lead."]
    nobody = f"From about {100 * max(0, row['enough']):.0f}, to hire nobody does as well."
    return "\n".join(told + [nobody] * int(lone and row["enough"] <= 1)) * bool(today)


def finding(frame: pd.DataFrame) -> str:
    """The title: what today's people can become, or which two staffings on show are worth most."""
    rows, today = ranked(frame), "".join(frame.loc[frame["today"], "staffing"])
    names = CHOICES[today] | ({today: f"Read as {NAMES[today]}"} if frame["many"].any() else {})
    if "_" in today or not today:
        rows = rows.sort_values("today", ascending=False, kind="stable").head(2)
    best, *others = (row for _, row in rows.iterrows())
    told = [f"{names[best['staffing']]}: {best['value']:.1f} of {best['engineers']:g}"]
    for row in others:
        told += [f"{names[row['staffing']]}: {row['value']:.1f}" + " (level)" * level(best, row)]
    return ". ".join(told)


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture."""
    return table(ranked(frame), choices("drift.columns"))
