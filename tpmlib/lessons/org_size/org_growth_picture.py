"""Two panels over the engineers: the load of product work, and the kinds of work a person."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.text import Text

from tpmlib.kit.canvas import BLUE, FONT, INK, ORANGE, Update
from tpmlib.kit.parts import MOVING, gridded, source, table, title, words
from tpmlib.lessons.org_size.org_growth import KINDS, appears, product_people, short, size

SIZE = (8.6, 6.1)  # inches
MOST_LOAD, MOST_KINDS = 12, KINDS + 0.7  # what the two panels hold [people, kinds]
ROWS = (5, 10, 15, 20, 30, 40, 60, 80, 100, 120)  # engineers: rows of the table
# role, column of its load, colour, line, marker, words of the key
ROLES = (
    ("pm", "product_load", BLUE, "-", "o", "all product work"),
    ("tpm", "technical_load", ORANGE, "--", "s", "technical part"),
)


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw `org_growth`; returns update(frame), which moves curves, marks and the own size."""
    scale = (0, float(frame["engineers"].max()))
    below = gridded(figure, (0.075, 0.115, 0.895, 0.2), scale, (0, MOST_KINDS), "both")
    above = gridded(figure, (0.075, 0.405, 0.895, 0.43), scale, (0, MOST_LOAD), "both")
    below.set_yticks([1, 3, 5, 7, 9])
    below.set_xlabel("size of the company [engineers]", **FONT)
    above.set_ylabel("load [people]", **FONT)
    below.set_ylabel("kinds a person", **FONT)
    (share,) = below.plot([], [], color=INK, lw=2, drawstyle="steps-post", **MOVING)
    (limit,) = above.plot([], [], color=INK, lw=1, ls=":", **MOVING)
    own_size = [
        axes.plot([0, 0], [0, top], color=INK, lw=1, alpha=0.6, **MOVING)[0]
        for axes, top in ((above, MOST_LOAD), (below, MOST_KINDS))
    ]
    curves, starts, edges = [], [], []
    for _, _, colour, line, marker, _ in ROLES:
        curves += above.plot([], [], color=colour, lw=2.2, ls=line, **MOVING)
        starts += above.plot([], [], marker, color=colour, ms=9, mec="white", **MOVING)
        edges += above.plot([], [], "^", color=colour, ms=8, **MOVING)
    head, key = title(figure, 0.955), _key(figure)

    def update(frame: pd.DataFrame) -> None:
        sizes = frame["engineers"].to_numpy(float)
        roles = zip(ROLES, curves, starts, edges, key, strict=True)
        for (role, column, *_, label), curve, start, edge, text in roles:
            load = frame[column].to_numpy(float)
            inside, begun = load <= MOST_LOAD, sizes == frame[f"first_{role}"].iloc[0]
            curve.set_data(sizes[inside], load[inside])
            start.set_data(sizes[begun], np.minimum(load[begun], MOST_LOAD))
            last = sizes[inside][-1:] if not inside.all() else []
            edge.set_data(last, [MOST_LOAD] * len(last))
            text.set_text(f"{label}: {appears(role.upper(), frame, f'first_{role}')}")
        limit.set_data(scale, [frame["threshold"].iloc[0] / frame["week"].iloc[0]] * 2)
        share.set_data(sizes, frame["kinds"])
        for line in own_size:
            line.set_xdata(np.repeat(sizes[frame["own"].to_numpy(bool)], 2))
        head.set_text(finding(frame))

    return update


def _key(figure: Figure) -> list[Text]:
    """The key above the axes: marks that never move, and a text that may behind each."""
    texts = []
    for x, (_, _, colour, line, marker, _) in zip((0.075, 0.52), ROLES, strict=True):
        axes = figure.add_axes((x, 0.885, 0.045, 0.03))
        axes.axis("off")
        axes.plot([0, 1, 2], [0, 0, 0], color=colour, lw=2.2, ls=line)
        axes.plot([1], [0], marker, color=colour, ms=8, mec="white")
        texts.append(figure.text(x + 0.052, 0.892, "", **(FONT | {"size": 9.5}), animated=True))
    still = "dotted: load that makes a role    upright line: the size asked about"
    words(figure, 0.075, 0.85, still, size=8.5)
    source(figure, "assumed hours, table workload", size=8.5)
    return texts


def finding(frame: pd.DataFrame) -> str:
    """The title: product people, TPMs and kinds of work at the size asked about."""
    row = frame[frame["own"]].iloc[0]
    if not row["people"]:
        return f"{size(row['engineers'])}: not enough work for a PM, still less for a TPM"
    rest = f"{short(row['kinds'])} of nine kinds of work each"
    return f"{size(row['engineers'])}: {_people(row['people'], row['tpms'])}, {rest}"


def _people(people: int, tpms: int) -> str:
    among = "no TPM" if not tpms else f"{tpms:.0f} of them {'a TPM' if tpms == 1 else 'TPMs'}"
    if tpms == people:
        among = "a TPM" if tpms == 1 else "all TPMs"
    return f"{people:.0f} {product_people(people)}, {among}"


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and some rows of the table behind the picture, the size asked about among them."""
    rows = frame[frame["engineers"].isin(ROWS) | frame["own"]]
    nobody = rows["people"] == 0
    asked = rows["own"].map({True: " (asked about)", False: ""})
    each = rows["per_person"].map("{:.1f}".format).mask(nobody, "none")
    columns = {
        "Engineers": "{engineers:.0f}{asked}",
        "Hours a week": "{product_hours:.0f}",
        "Technical hours": "{technical_hours:.0f}",
        f"Product people ({frame['threshold'].iloc[0]:.0f} hours a role)": "{people:.0f}",
        "TPMs": "{tpms:.0f}",
        "Engineers a product person": "{each}",
        "Kinds of work a person": "{kinds:.1f}",
    }
    return table(rows.assign(asked=asked, each=each), columns)
