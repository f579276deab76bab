"""A week as forty squares and its questions as people; below, the year as three lines that grow."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from tpmlib.kit.canvas import BLUE, FONT, GREEN, ORANGE, Update
from tpmlib.kit.parts import MOVING, SMALL, gridded, table, title, words
from tpmlib.kit.words import choices, say
from tpmlib.lessons.staffing.drift import WEEK, WEEKS
from tpmlib.lessons.staffing.drift_picture import PALE, PERSON
from tpmlib.lessons.staffing.own_week import WAYS, summary

SIZE = (7.6, 3.75)  # inches
# the week alone, and above its year: its place, that of its key, the size of people [points]
ALONE, ABOVE = ((0.012, 0.3, 0.976, 0.52), 0.3, 28), ((0.012, 0.67, 0.976, 0.235), 0.615, 18)
GREY, RED = "#8b939c", "#c0272d"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
SOURCE = "Source: simulated, assumed; meetings after F15"
MOST = 40  # engineers with a question that have room in the row
KINDS = {"meeting": GREY, "answer": BLUE, "plan": ORANGE, "locked": ORANGE, "open": GREY}
LINES = {"none": (BLUE, "--"), "every": (ORANGE, ":"), "yours": (GREEN, "-")}
LEGENDS = (  # before the week is over, and after
    "grey: meetings      hollow orange: locked      hollow grey: free to be asked",
    "blue: answers     orange: plan     grey: meetings     red: still waits on Friday",
)


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the rows of `own_week.view`; returns update(frame), which fills week and year."""
    strip, year = _axes(figure)
    square: dict[str, Any] = MOVING | {"ls": "", "marker": "s", "ms": 10, "mew": 1.4}
    squares = {kind: strip.plot([], [], color=c, **square)[0] for kind, c in KINDS.items()}
    for kind in ("locked", "open"):  # hollow while nothing has been done in them
        squares[kind].set_markerfacecolor("white")
    (glint,) = strip.plot([], [], "o", color="white", ms=4, **MOVING)  # no colour alone tells
    people = {
        name: strip.plot([], [], ls="", marker=PERSON, mew=0, color=colour, **MOVING)[0]
        for name, colour in (("waits", RED), ("answered", BLUE), ("comes", PALE))
    }
    (cross,) = strip.plot([], [], "x", color="white", ms=5, mew=1.6, **MOVING)
    says = figure.text(0.012, 0, "", animated=True, **SMALL)
    ways = LINES.items()
    lines = {w: year.plot([], [], dash, color=c, lw=2.2, **MOVING)[0] for w, (c, dash) in ways}
    ends = {
        way: year.text(WEEKS + 1, 0, "", va="center", animated=True, **(SMALL | {"color": colour}))
        for way, (colour, _) in LINES.items()
    }
    blank = Rectangle((0, 0), 1, 0.66, color="white", animated=True)  # over a year still to come
    figure.add_artist(blank)
    head = title(figure, 0.94)

    def update(frame: pd.DataFrame) -> None:
        you = summary(frame).loc["yours"]
        box, key, size = ABOVE if you["until"] else ALONE
        strip.set_position(box)
        says.set(y=key, text=LEGENDS[int(you["ran"] >= WEEK)])
        blank.set_visible(not you["until"])
        places = _hours(you)
        for kind, marks in squares.items():
            marks.set_data(places[kind], np.zeros(len(places[kind])))
        glint.set_data(places["answer"], np.zeros(len(places["answer"])))
        waiting = _people(people, you, size)
        cross.set_data(waiting, np.full(len(waiting), 1.42))
        year.set_ylim(0, you["engineers"])
        _year(lines, ends, frame)
        head.set_text(finding(frame))

    return update


def _axes(figure: Figure) -> tuple[Axes, Axes]:
    strip = figure.add_axes(ABOVE[0], zorder=2)  # over what blanks the year
    strip.set_axis_off()
    strip.set_xlim(-0.6, WEEK + len(DAYS) - 1.4)
    strip.set_ylim(-0.6, 2.1)
    for day, name in enumerate(DAYS):
        strip.text(9 * day - 0.45, 0.62, name, animated=True, **(FONT | {"size": 8.5}))
    year = gridded(figure, (0.075, 0.135, 0.655, 0.42), (1, WEEKS), (0, 16), "y")
    year.set_xticks([1, 13, 26, 39, 52])
    year.set_xlabel("the year [weeks]", labelpad=1, **SMALL)
    year.set_ylabel("right work [engineers]", **SMALL)
    words(figure, 0.988, 0.015, SOURCE, ha="right", animated=True)
    return strip, year


def _hours(you: pd.Series) -> dict[str, np.ndarray]:
    """The places of the squares of each kind, as far as the week has run."""
    # the meetings of a day stand first, so that the free hours of each day do not fall apart
    first = [len(part) for part in np.array_split(np.arange(int(you["meetings"])), len(DAYS))]
    week = np.arange(int(WEEK))
    busy = week % 8 < np.array(first)[week // 8]
    free, places = week[~busy], week + week // 8  # a gap between days
    over, spent = free < you["ran"], np.arange(len(free)) < round(you["spent"])
    kept = np.arange(len(free)) >= len(free) - round(you["locked"])
    return {
        "meeting": places[busy],
        "answer": places[free[over & spent]],
        "plan": places[free[over & ~spent]],
        "locked": places[free[~over & kept]],
        "open": places[free[~over & ~kept]],
    }


def _people(people: dict[str, Any], you: pd.Series, size: float) -> np.ndarray:
    """Put those who ask into their states; returns where those stand who wait in vain."""
    count = min(MOST, int(you["questions"]))
    answered = round(you["answered"] * you["ran"] / WEEK)
    over = you["ran"] >= WEEK
    places = np.arange(count) * min(2.6, 43.5 / max(1, count))
    chosen = {
        "answered": places[:answered],
        "waits": places[answered:] if over else places[:0],
        "comes": places[:0] if over else places[answered:],
    }
    for name, spots in chosen.items():
        people[name].set_data(spots, np.full(len(spots), 1.55))
        people[name].set_markersize(min(size, 440 / max(1, count)))
    return chosen["waits"]


def _year(lines: dict[str, Any], ends: dict[str, Any], frame: pd.DataFrame) -> None:
    until, ways = frame["until"].iloc[0], summary(frame)
    heights: list[float] = []
    for way, line in lines.items():
        rows = frame[(frame["way"] == way) & (frame["week"] <= until)]
        line.set_data(rows["week"], rows["worth"])
    same = ways["locked"] == ways.loc["yours", "locked"]  # one label where two lines are one
    shown = [way for way in lines if way == "yours" or not same[way]]
    last = frame[frame["week"] == WEEKS].set_index("way")["worth"]
    for way in sorted(shown, key=lambda name: last[name]):
        heights.append(max(last[way], heights[-1] + 1.9 if heights else 0))
        ends[way].set_y(heights[-1])
    for way, text in ends.items():
        row = ways.loc[way]
        name = f"you, {row['locked']:g} h" if way == "yours" else WAYS[way]
        told = until >= WEEKS and way in shown
        text.set_text(f"{name}: mean {row['value']:.1f}" if told else "")


def finding(frame: pd.DataFrame) -> str:
    """The title: what came of the learner's own week, then of the year."""
    you = summary(frame).loc["yours"]
    locked = f"{say('picture.hours', n=round(you['locked']))} locked"
    if you["until"] >= WEEKS:
        return (
            f"{locked}: worth {you['value']:.1f} of {you['engineers']:g} engineers, pay taken off"
        )
    if you["ran"] < WEEK:
        return f"{you['questions']} questions are coming, {locked}"
    rest = f"{(waits := you['questions'] - you['answered'])} still wait{'s' if waits == 1 else ''}"
    return f"{locked}: {you['answered']} of {you['questions']} answered, {rest}"


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture; none before the year is over."""
    if frame["until"].iloc[0] < WEEKS:
        return table(frame[:0], choices("own_week.columns"))
    return table(summary(frame), choices("own_week.columns"))
