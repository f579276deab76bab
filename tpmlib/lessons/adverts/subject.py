"""Title or subject: PMs whose title names a technical subject, beside TPMs and all other PMs.

A hypothesis made after the adverts were first looked at, and read as such.
"""

from typing import Annotated

import numpy as np
import pandas as pd

from tpmlib.kit.inference import LEVEL, as_wide
from tpmlib.kit.ranges import Range, checked
from tpmlib.kit.words import say
from tpmlib.lessons.adverts.mentions import counted, second_study

KEY = "id"
MOVES: tuple[str, ...] = ()
GROUPS = ("tpm", "subject", "other")
KINDS = ("subject", "open", "title")  # what a duty goes with, as the picture has them


@checked
def subject(
    *,
    adverts: pd.DataFrame,
    responsibilities: pd.DataFrame,
    cut: Annotated[float, Range(0.001, 0.2)],
) -> pd.DataFrame:
    """Duties in which TPMs, or PMs of a technical subject, stand apart from the other PMs.

    adverts: one row an advert, `domain` true if its title names a technical subject.
    responsibilities: the table of that name; rows whose terms are of low precision are left out.

    cut: a duty is listed if either group mentions it more than the other PMs, with p under it.

    Returns one row a listed duty: `id`, `name`; `tpm`, `subject`, `other`, `pm` (all PMs)
    [adverts], `_n` [adverts of the group], `_rate` [0 to 1]; `p` (of TPMs beside all PMs),
    `p_subject` and `p_title` (of that group beside the other PMs), `p_between` (of TPMs beside PMs
    with a subject), and `goes_with`: "subject" if PMs with one differ from the others and not from
    TPMs at p < 0.05, and stand nearer the TPMs; "title" if TPMs alone differ; else "open".
    """
    duties = counted(responsibilities)
    duties = duties[duties["precision"] != "low"]
    texts, ids = second_study(adverts), list(duties["responsibility_id"])
    is_pm, has_subject = texts["role"] == "pm", texts["domain"].fillna(0).astype(bool)
    groups = {
        "tpm": texts[texts["role"] == "tpm"],
        "subject": texts[is_pm & has_subject],
        "other": texts[is_pm & ~has_subject],
        "pm": texts[is_pm],
    }
    frame = pd.DataFrame({"id": ids, "name": duties["name"].to_numpy()})
    for name, rows in groups.items():
        frame[name], frame[f"{name}_n"] = rows[ids].sum().to_numpy(int), len(rows)
        frame[f"{name}_rate"] = frame[name] / max(len(rows), 1)
    for column, first, rest in (
        ("p", "tpm", "pm"),
        ("p_title", "tpm", "other"),
        ("p_subject", "subject", "other"),
        ("p_between", "tpm", "subject"),
    ):
        n, m = len(groups[first]), len(groups[rest])
        frame[column] = as_wide(frame[first].to_numpy(), n, frame[rest].to_numpy(), m)
    to_tpm = (frame["subject_rate"] - frame["tpm_rate"]).abs()
    nearer = to_tpm < (frame["subject_rate"] - frame["other_rate"]).abs()
    subject = nearer & (frame["p_subject"] < LEVEL) & (frame["p_between"] >= LEVEL)
    title = (frame["p_title"] < LEVEL) & (frame["p_subject"] >= LEVEL)
    frame["goes_with"] = np.select([subject, title], ["subject", "title"], "open")
    titled = (frame["p_title"] < cut) & (frame["tpm_rate"] > frame["other_rate"])
    themed = (frame["p_subject"] < cut) & (frame["subject_rate"] > frame["other_rate"])
    return frame[titled | themed].sort_values("tpm_rate", ascending=False, ignore_index=True)


@checked
def view(frame: pd.DataFrame, *, subject: bool) -> pd.DataFrame:
    """The duties that TPMs are asked for more, by what they go with; subject: draw those PMs."""
    more = (frame["p"] < LEVEL) & (frame["tpm_rate"] > frame["pm_rate"])
    order = frame["goes_with"][more].map(KINDS.index).sort_values(kind="stable").index
    return frame.loc[order].reset_index(drop=True).assign(drawn=subject)


def describe(frame: pd.DataFrame) -> str:
    """How many adverts each group has, and which duties come with what."""
    row = frame.iloc[0]
    if not row["drawn"]:
        return say("subject.groups", **row)
    lists = {key: "; ".join(frame.loc[frame["goes_with"] == key, "name"]) for key in KINDS}
    return say("subject.lists", **lists)
