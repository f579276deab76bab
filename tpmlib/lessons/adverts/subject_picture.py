"""Three groups of adverts on one scale, duty by duty."""

import pandas as pd
from matplotlib.figure import Figure

from tpmlib.kit.canvas import BLUE, FONT, GREEN, ORANGE, Update
from tpmlib.kit.parts import Areas, Mark, column, legend, source, table, title, write
from tpmlib.kit.words import choices, number, say

SIZE = (7.6, 3.8)  # inches
LOOKS = {
    "tpm": (BLUE, "o", BLUE),
    "other": (ORANGE, "s", "white"),
    "subject": (GREEN, "D", GREEN),
}


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the rows of `subject.view`; returns update(frame), which adds group and words."""
    labels = choices("subject.group")
    marks: tuple[Mark, ...] = tuple((f"{n}_rate", labels[n], *look) for n, look in LOOKS.items())
    areas = Areas(figure, frame["name"].str.slice(0, 44), marks, (-0.01, 0.62))
    areas.axes.set_position((0.405, 0.15, 0.5, 0.66))
    beside = areas.axes.get_yaxis_transform()
    words = column(areas.axes, 1.02, len(frame), "left", transform=beside, size=9.5)
    areas.axes.set_xticks([0, 0.2, 0.4, 0.6], [number(each / 5, ".0%") for each in range(4)])
    areas.axes.set_xlabel(say("subject.axis"), **FONT)
    legend(areas.axes, areas.still, "lower left", (-0.66, 0.98), ncol=3)
    source(figure, say("adverts.source"), 0.02, 8.5)
    head = title(figure, 0.945)

    def update(frame: pd.DataFrame) -> None:
        areas.put(frame)
        is_drawn = bool(frame["drawn"].iloc[0])
        areas.marks["subject_rate"].set_visible(is_drawn)
        write(words, frame["goes_with"].map(choices("subject.goes_with")) if is_drawn else [])
        head.set_text(finding(frame))

    return update


def finding(frame: pd.DataFrame) -> str:
    """The title: what is compared, and in how many duties green stands where."""
    kinds = frame["goes_with"].value_counts()
    return say("subject.three", **kinds) if frame["drawn"].iloc[0] else say("subject.two")


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture."""
    spoken = frame.assign(goes_with=frame["goes_with"].map(choices("subject.goes_with")))
    whole = table(spoken, choices("subject.columns"))
    return whole if frame["drawn"].iloc[0] else [whole[0][:1]]
