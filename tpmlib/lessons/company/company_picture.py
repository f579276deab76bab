"""The money of a year: you, three fixed policies, and random play as a cloud."""

import pandas as pd
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from tpmlib.kit.canvas import BLUE, GREEN, INK, ORANGE, Update
from tpmlib.kit.parts import MOVING, SMALL, gridded, source, title
from tpmlib.lessons.company.company import YEAR

SIZE = (8.6, 4.1)  # inches
NAMES = {"pm": "The PM alone", "tpm": "The TPM alone", "pm_tpm": "The pair", "you": "You"}
LOOKS = {"pm": (ORANGE, "s", 1.8), "tpm": (GREEN, "^", 1.8), "pm_tpm": (BLUE, "o", 1.8)}
LOOKS |= {"you": (INK, "D", 3.4)}
ENDS = (-500.0, 1700.0)  # of the scale [thousand dollars]; what goes beyond stands at the edge
APART = 150.0  # of two names at the ends of their lines [thousand dollars]
CLOUD = "random"


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw rows of `policy`, `game` [from 0], `quarter` [0 to 4] and `total`; returns update."""
    axes = gridded(figure, (0.07, 0.21, 0.68, 0.67), (0, YEAR + 0.05), ENDS, "y")
    axes.set_xticks(range(YEAR + 1), ["start", *(f"Q{n}" for n in range(1, YEAR + 1))])
    axes.set_xlabel("money after each quarter [thousand dollars]", **SMALL)
    axes.axhline(0, color=INK, lw=0.8)
    cloud = LineCollection([], colors="#6a737d", lw=0.9, alpha=0.13, animated=True)
    axes.add_collection(cloud, autolim=False)
    lines, names = {}, {}
    for name, (colour, mark, width) in LOOKS.items():
        (lines[name],) = axes.plot([], [], color=colour, marker=mark, ms=6, lw=width, **MOVING)
        weight = "bold" if name == "you" else "normal"
        look = SMALL | {"color": colour, "size": 10, "va": "center", "weight": weight}
        names[name] = axes.text(YEAR + 0.14, 0, "", animated=True, **look)
    head = title(figure)
    source(figure, "the company game, synthetic or assumed")

    def update(frame: pd.DataFrame) -> None:
        rows = dict(list(frame.groupby("policy")))
        lucky = rows.get(CLOUD, frame[:0])[["quarter", "total"]].to_numpy(float).clip(*ENDS)
        cloud.set_segments(lucky.reshape(-1, YEAR + 1, 2))
        for name, line in lines.items():
            mine = rows.get(name, frame[:0])
            line.set_data(mine["quarter"], mine["total"].clip(*ENDS))
            names[name].set_text("")
        last = ends(frame)
        for name, height in _spread(dict(last)).items():
            names[name].set_text(f"{NAMES[name]} {last[name]:+,.0f}")
            names[name].set_y(height)
        head.set_text(finding(frame))

    return update


def _spread(ends: dict[str, float]) -> dict[str, float]:
    """Where the names stand: beside their ends, but apart from each other."""
    heights, last = {}, ENDS[0] - APART
    for name, end in sorted(ends.items(), key=lambda each: each[1]):
        last = heights[name] = max(min(max(end, ENDS[0]), ENDS[1]), last + APART)
    return heights


def ends(frame: pd.DataFrame) -> pd.Series:
    """Where each policy and the learner end, by name."""
    last = frame[(frame["quarter"] == YEAR) & (frame["policy"] != CLOUD)]
    return last.set_index("policy")["total"]


def finding(frame: pd.DataFrame) -> str:
    """The title: who is first of the fixed ones, and where you stand."""
    rows = ends(frame)
    rivals = rows.drop("you", errors="ignore")
    if rivals.empty:
        return f"Your year comes to {rows['you']:+,.0f}"
    best, then = (NAMES[name] for name in rivals.nlargest(2).index)
    first = f"{best} ends first, then {then[0].lower()}{then[1:]}"
    if "you" not in rows:
        return first
    place = ("first", "second", "third", "last")[int((rivals > rows["you"]).sum())]
    return f"{first}; you come {place} of four"


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture."""
    rows = [["Thousand dollars, so far", *(f"Q{n}" for n in range(1, YEAR + 1))]]
    for name, label in NAMES.items():
        mine = frame[(frame["policy"] == name) & (frame["quarter"] > 0)]
        if len(mine):
            rows.append([label, *(f"{total:+,.0f}" for total in mine["total"])])
    return rows
