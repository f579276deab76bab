"""Three groups of adverts on one scale, duty by duty."""

import pandas as pd
from matplotlib.figure import Figure

from tpmlib.kit.canvas import BLUE, FONT, GREEN, ORANGE, Update
from tpmlib.kit.parts import Areas, Mark, legend, source, table, title
from tpmlib.lessons.adverts.subject import GROUPS

SIZE = (7.6, 3.8)  # inches
MARKS: tuple[Mark, ...] = (
    ("tpm_rate", GROUPS["tpm"], BLUE, "o", BLUE),
    ("other_rate", GROUPS["other"], ORANGE, "s", "white"),
    ("subject_rate", GROUPS["subject"], GREEN, "D", GREEN),
)
COLUMNS = {
    "Duty": "{name}",
    "TPM": "{tpm} of {tpm_n}",
    "PM, technical subject": "{subject} of {subject_n}",
    "Other PM": "{other} of {other_n}",
    "Seems to go with": "{goes_with}",
}


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the rows of `subject.view`; returns update(frame), which adds the third group."""
    areas = Areas(figure, frame["name"].str.slice(0, 44), MARKS, (-0.01, 0.62))
    areas.axes.set_position((0.405, 0.15, 0.575, 0.66))
    areas.axes.set_xticks([0, 0.2, 0.4, 0.6], ["0%", "20%", "40%", "60%"])
    areas.axes.set_xlabel("of the group's adverts mention it", **FONT)
    legend(areas.axes, areas.still, "lower left", (-0.66, 0.98), ncol=3)
    source(figure, "course_adverts, our count", 0.02, 8.5)
    head = title(figure, 0.945)

    def update(frame: pd.DataFrame) -> None:
        areas.put(frame)
        areas.marks["subject_rate"].set_visible(bool(frame["drawn"].iloc[0]))
        head.set_text(finding(frame))

    return update


def finding(frame: pd.DataFrame) -> str:
    """The title: what is compared."""
    if not frame["drawn"].iloc[0]:
        return "Duties of technical work, in the adverts of two groups"
    return "Where PMs with a technical subject stand, duty by duty"


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture."""
    return table(frame, COLUMNS) if frame["drawn"].iloc[0] else [["Duty"]]
