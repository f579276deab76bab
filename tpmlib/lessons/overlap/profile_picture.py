"""Your week by area, beside the share of their wording that two roles' adverts give to each."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from tpmlib.kit.canvas import BLUE, FONT, GREEN, ORANGE, Update
from tpmlib.kit.parts import Areas, Mark, legend, source, table, title
from tpmlib.lessons.overlap.profile import nearest_role

SIZE = (8.6, 4.4)  # inches
WIDEST = 0.5  # share; a larger one is marked at the edge
MARKS: tuple[Mark, ...] = (
    ("yours", "your hours", GREEN, "D", GREEN),
    ("tpm", "wording of TPM adverts", BLUE, "o", BLUE),
    ("pm", "wording of PM adverts", ORANGE, "s", "white"),
)
COLUMNS = {
    "Area": "{area}",
    "Your hours": "{hours:g}",
    "Your share": "{yours:.1%}",
    "TPM wording": "{tpm:.1%}",
    "PM wording": "{pm:.1%}",
}


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the areas of `profile`; returns update(frame), which moves the marks."""
    areas = Areas(figure, frame["area"], MARKS, (-0.01, WIDEST))
    areas.axes.set_xticks(np.arange(0, 0.51, 0.1), ["0%", "10%", "20%", "30%", "40%", "50%+"])
    areas.axes.set_xlabel("share of your hours, or of the adverts' mentions [%]", **FONT)
    legend(areas.axes, areas.still, "lower right", (1.02, 1.0), ncol=3)
    source(figure, "course_adverts; hours: yours", 0.025, 8.5)
    head = title(figure)

    def update(frame: pd.DataFrame) -> None:
        areas.put(frame)
        areas.marks["yours"].set_visible(bool(frame["total"].iloc[0]))
        head.set_text(finding(frame))

    return update


def finding(frame: pd.DataFrame) -> str:
    """The title: which role's wording your week is nearer to, if the adverts can tell."""
    row = frame.iloc[0]
    words = {
        "none": "Where each role's adverts put their words",
        "tpm": f"{row['total']:g} hours, shared out more like the words of TPM adverts",
        "pm": f"{row['total']:g} hours, shared out more like the words of PM adverts",
        "open": f"{row['total']:g} hours: these adverts cannot tell which role is nearer",
    }
    return words[nearest_role(row)]


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture."""
    return table(frame, COLUMNS)
