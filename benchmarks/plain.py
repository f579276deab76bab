"""The chart of the responsibilities as a learner would write it, with pyplot and from the start."""

import matplotlib.pyplot as plt
import pandas as pd

import tpmlib as tpm
from tpmlib.kit.content import settings, tables_of, view_settings
from tpmlib.lessons.adverts.role_profile import role_profile, view

VIEW = view_settings("role_profile")


def table() -> pd.DataFrame:
    """The rows that both charts draw."""
    tables = {name: tpm.table(name) for name in tables_of("role_profile")}
    return role_profile(**tables, **settings("role_profile"))


def draw(frame: pd.DataFrame, first: int) -> None:
    """A new figure with the rows from `first` on."""
    rows = view(frame, **VIEW | {"first": first})
    rows = rows[rows["shown"]]
    plt.figure(figsize=(8.6, 6.1))
    for side, colour, mark, shift in (("tpm", "C0", "o", -0.17), ("other", "C1", "s", 0.17)):
        place = [at + shift for at in range(len(rows))]
        plt.hlines(place, rows[f"{side}_low"], rows[f"{side}_high"], color=colour)
        plt.plot(rows[f"{side}_rate"], place, mark, color=colour, label=side)
    plt.yticks(range(len(rows)), rows["name"])
    for at, label in enumerate(rows["pile"]):
        plt.text(1.02, at, label, va="center")
    plt.gca().invert_yaxis()
    plt.xlim(0, 1)
    plt.grid(axis="x")
    plt.xlabel("share of adverts")
    plt.title(f"From row {first}")
    plt.legend(loc="lower right")
    plt.tight_layout()
