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
LEVEL = 1.0  # two ends that are less apart count as level [thousand dollars]
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


def order(frame: pd.DataFrame) -> str:
    """Who of the fixed ones leads, and who follows or is level."""
    last = ends(frame).drop("you", errors="ignore").nlargest(2)
    best, then = (NAMES[name].replace("The", "the") for name in last.index)
    follows = f"and {then} are level" if -last.diff().iloc[1] < LEVEL else f"leads, then {then}"
    return f"Of the rivals {best} {follows}"


def finding(frame: pd.DataFrame) -> str:
    """The title: who leads of the fixed ones, and where you stand."""
    rows = ends(frame)
    apart = rows.drop("you", errors="ignore") - rows.get("you", 0.0)
    if apart.empty or "you" not in rows:
        return f"Your year comes to {rows['you']:+,.0f}" if apart.empty else order(frame)
    level = [NAMES[name].replace("The", "the") for name in apart.index[apart.abs() < LEVEL]]
    places = ("ahead of all three", "second of four", "third of four", "last of four")
    place = f"level with {' and '.join(level)}" if level else places[int((apart > 0).sum())]
    return f"{order(frame)}; you are {place}"


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture."""
    rows = [["Thousand dollars, so far", *(f"Q{n}" for n in range(1, YEAR + 1))]]
    for name, label in NAMES.items():
        mine = frame[(frame["policy"] == name) & (frame["quarter"] > 0)]
        if len(mine):
            rows.append([label, *(f"{total:+,.0f}" for total in mine["total"])])
    return rows
