"""The names of the duties in three groups: TPM list only, on both, PM list only."""

from textwrap import shorten

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from tpmlib.kit.canvas import BLUE, FONT, INK, ORANGE, OVER, RULE, Update
from tpmlib.kit.parts import source, table, title
from tpmlib.kit.words import choices
from tpmlib.lessons.who_does_what.duty_lists import COLUMNS as PLACES
from tpmlib.lessons.who_does_what.duty_lists import LISTS, ROWS, unseen

SIZE = (7.6, 4.2)  # inches
LEFT = (0, 1.58, 2.85)  # of each column
LONGEST = {"TPM only": 45, "both": 35, "PM only": 31, "neither": 45}  # signs of a name
COLOURS = {"TPM only": BLUE, "both": INK, "PM only": ORANGE, "neither": INK}
HEADS = {"TPM only": "TPM list only", "both": "on both lists", "PM only": "PM list only"}


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the rows of `duty_lists`; returns update(frame), which moves the names."""
    axes = figure.add_axes((0.012, 0.07, 0.98, 0.75))
    axes.set_xlim(0, 4)
    axes.set_ylim(ROWS + 0.6, -0.6)
    axes.axis("off")
    for edge in (LEFT[1] - 0.03, LEFT[2] - 0.03):
        axes.axvline(edge, color=RULE, lw=1)
    source(figure, "course_adverts, our count", 0.018, 8.5)
    look = FONT | {"size": 9, "va": "center", "animated": True}
    # names cross each other and turn pale on their way, so their pixels cannot be kept
    names = {name: axes.text(0, 0, "", gid=OVER, **look) for name in frame["name"]}
    bold = FONT | {"size": 9.5, "weight": "bold", "va": "bottom", "animated": True}
    heads = {
        kind: axes.text(LEFT[PLACES[kind]], -0.9, "", **(bold | {"color": COLOURS[kind]}))
        for kind in HEADS
    }
    rest = {kind: axes.text(LEFT[PLACES[kind]], ROWS + 0.1, "", **look) for kind in HEADS}
    head = title(figure, 0.945)

    def update(frame: pd.DataFrame) -> None:
        for row in frame.itertuples():
            text = names[str(row.name)]
            text.set_position((np.interp(row.x, range(len(LEFT)), LEFT), row.y))
            text.set_text(shorten(str(row.name), LONGEST[str(row.list)], placeholder=" …"))
            text.set_color(COLOURS[str(row.list)])
            text.set_alpha(float(np.clip(row.seen, 0, 1)))
            text.set_visible(row.seen > 0.02)
        for kind, words in HEADS.items():
            more, size = unseen(frame, kind), int((frame["list"] == kind).sum())
            heads[kind].set_text(f"{words}: {size}")
            rest[kind].set_text(f"and {more} more" if more else "")
        head.set_text(finding(frame))

    return update


def finding(frame: pd.DataFrame) -> str:
    """The title: how many duties each list has of its own."""
    tpm, pm = ((frame["list"] == kind).sum() for kind in ("TPM only", "PM only"))
    return f"Cut {frame['cut'].iloc[0]}%: the TPM list has {tpm} of its own, the PM list {pm}"


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture: the duties on a list."""
    listed = frame[frame["list"] != LISTS[-1]]
    order = listed["list"].map(LISTS.index).sort_values(kind="stable").index
    return table(listed.loc[order], choices("duty_lists.columns"))
