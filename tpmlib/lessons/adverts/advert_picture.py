"""An advert's profile by area, beside the mean TPM and PM advert."""

import pandas as pd
from matplotlib.figure import Figure

from tpmlib.kit.canvas import BLUE, FONT, GREEN, ORANGE, Update
from tpmlib.kit.parts import Areas, Mark, legend, source, table, title

SIZE = (8.6, 3.8)  # inches
DENSEST = 4.0  # mentions per 100 words; a denser text is marked at the edge
MARKS: tuple[Mark, ...] = (
    ("text_rate", "this text", GREEN, "D", GREEN),
    ("tpm_rate", "mean TPM advert", BLUE, "o", BLUE),
    ("pm_rate", "mean PM advert", ORANGE, "s", "white"),
)
COLUMNS = {
    "Area": "{cluster}",
    "Found": "{found}",
    "This text": "{text_rate:.2f}",
    "TPM mean": "{tpm_rate:.2f}",
    "PM mean": "{pm_rate:.2f}",
}


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the areas of `read_advert`; returns update(frame), which moves the marks."""
    areas = Areas(figure, frame["cluster"], MARKS, (-0.06, DENSEST))
    areas.axes.set_xlabel("distinct responsibilities mentioned [per 100 words]", **FONT)
    legend(areas.axes, areas.still, "lower left", (-0.02, 1.0), ncol=3)
    source(figure, "course_adverts", 0.025, 8.5)
    head = title(figure)

    def update(frame: pd.DataFrame) -> None:
        areas.put(frame)
        head.set_text(finding(frame))

    return update


def finding(frame: pd.DataFrame) -> str:
    """The title: the area in which the text is densest."""
    if not frame["found"].any():
        return "This text names no responsibility that counts for an area"
    row = frame.loc[frame["text_rate"].idxmax()]
    beyond = f" ({row['text_rate']:.1f}: beyond the frame)" if row["text_rate"] > DENSEST else ""
    return f"This text says most about {row['cluster'].lower()}{beyond}"


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture."""
    return table(frame, COLUMNS)
