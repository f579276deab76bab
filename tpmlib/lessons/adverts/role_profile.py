"""How often the adverts of two roles mention each responsibility, and what that lets you say.

The whole comparison rests on one choice: an advert that uses a word of a responsibility's term
list counts as mentioning it, once, however often. Words are not duties.
"""

from typing import Annotated, Literal, TypedDict, Unpack

import numpy as np
import pandas as pd

from tpmlib.errors import CourseError, nearest
from tpmlib.kit import inference
from tpmlib.kit.inference import ALIKE, COMMON, LEVEL, WORDS, as_wide, newcombe, pooled, wilson
from tpmlib.kit.ranges import Range, checked
from tpmlib.kit.words import number, say
from tpmlib.lessons.adverts.mentions import Compare, counted, mentions, of_study

ROLE_NAMES = {"tpm": "TPM", "pm": "PM", "tpgm": "TPgM"}
CANNOT_TELL = WORDS[3]
SLOTS = 16  # rows the chart can hold
FLOOR = 10  # adverts of a role, below which p is not told either
Study = Literal["first", "second", "old_lists", "fresh", "class"]
Pile = Literal["tpm", "other", "alike", "cannot_tell", "none"]
Count = Annotated[int, Range(0, np.inf)]
ORDERS = {"difference": "difference", "tpm": "tpm_rate", "other": "other_rate", "name": "name"}


class Reading(TypedDict):
    """What `role_profile` reads at every level."""

    adverts: pd.DataFrame
    responsibilities: pd.DataFrame
    first_study: pd.DataFrame
    old_lists: pd.DataFrame
    study: Study


@checked
def role_profile(
    *, compare: Compare, level: Literal["responsibilities", "clusters"], **read: Unpack[Reading]
) -> pd.DataFrame:
    """Rate of each responsibility in TPM adverts and in those of another role, and the yardstick.

    adverts: one row an advert: `batch`, `role`, `words` and a 0/1 column a responsibility.
    responsibilities: `responsibility_id`, `name`, `cluster`, `counted_in_cluster`, `precision`.
    first_study: the adverts of the first edition, `mentions` as ids with spaces between.
    old_lists: of the second study, TPM and PM adverts that the old terms find, and how many there
        are, a `row`.
    study: "second" (whole texts, mended terms), "first" (16 TPM adverts, half of them excerpts,
        the old terms), "old_lists" (the texts of the second, read with the old terms)
        "fresh" (the second without the adverts that had been in the first) or "class" (an
        instructor's own adverts, if there are any).
    compare: the other role; only PM with the old lists.
    level: "responsibilities", or "clusters" (an advert counts when it mentions any member that is
        marked `counted_in_cluster`).

    Returns one row per responsibility or cluster: `id`, `name`, `cluster`; `tpm_count`, `tpm_n`,
    `tpm_rate` [0 to 1] with its 90% Wilson interval `tpm_low`, `tpm_high`; the same for `other_`;
    `difference` [-1 to 1] with its 90% Newcombe interval `difference_low`, `difference_high`; `p`
    (inference.as_wide); `word` (inference.word, "" for fewer than 30 texts a side, "local" for a
    row without a count); `reason` why it cannot be told; `pile` (the word and its side in one);
    `side` ("tpm", "other" or "neither": which role mentions it more, if that can be said);
    `family` [rows looked at together]; and the settings.
    Raises CourseError for an unknown choice or a role without adverts.
    """
    responsibilities, study = read["responsibilities"], read["study"]
    duties = counted(responsibilities)
    rows, groups = _rows(duties, level)
    if study == "old_lists":
        frame = _old_counts(rows, read["old_lists"])
        certain = frame
    else:
        texts = of_study(study, read["adverts"], read["first_study"], responsibilities)
        tpm, other = (mentions(texts, responsibilities, role)[0] for role in ("tpm", compare))
        frame = _measured(rows, pooled(tpm, groups), pooled(other, groups))
        sure = duties["precision"].to_numpy() != "low"
        narrow = [group[sure[group]] for group in groups]
        certain = _measured(rows, pooled(tpm, narrow), pooled(other, narrow))
    alone = frame["word"]
    if study in ("second", "class"):
        # a word that rests on terms which are often wrong is no word
        frame["word"] = alone.where(alone == certain["word"], CANNOT_TELL)
    frame["reason"] = _reason(frame, alone)
    frame["pile"] = _piles(frame)
    frame["side"] = frame["pile"].where(frame["pile"].isin(["tpm", "other"]), "neither")
    own = responsibilities[responsibilities["source"] == "local"]
    if level == "responsibilities" and len(own):
        local = _rows(own, level)[0].assign(word="local", pile="none")
        frame = pd.concat([frame, local], ignore_index=True)
    return frame.assign(compare=compare, level=level, study=study, family=len(rows))


def _rows(responsibilities: pd.DataFrame, level: str) -> tuple[pd.DataFrame, list[np.ndarray]]:
    """The names of each row, and the places of the responsibilities behind it."""
    clusters = responsibilities["cluster"].to_numpy()
    if level == "clusters":
        names = sorted(set(clusters))
        named = [say("areas.name", area=name) for name in names]
        member = responsibilities["counted_in_cluster"].to_numpy(bool)
        groups = [np.flatnonzero((clusters == name) & member) for name in names]
        return pd.DataFrame({"id": names, "name": named, "cluster": names}), groups
    rows = responsibilities[["responsibility_id", "name", "cluster"]].reset_index(drop=True)
    return rows.rename(columns={"responsibility_id": "id"}), list(np.arange(len(rows))[:, None])


def _old_counts(rows: pd.DataFrame, old_lists: pd.DataFrame) -> pd.DataFrame:
    """The rows with the old terms' counts of TPM and PM adverts."""
    counts = old_lists.set_index("row").loc[rows["id"]]
    tpm, pm, tpm_n, pm_n = (counts[name].to_numpy() for name in ("tpm", "pm", "tpm_n", "pm_n"))
    return _compared(rows, tpm, int(tpm_n[0]), pm, int(pm_n[0]))


def _measured(rows: pd.DataFrame, tpm: np.ndarray, other: np.ndarray) -> pd.DataFrame:
    """The rows with their counts. tpm, other: adverts x rows."""
    return _compared(rows, tpm.sum(axis=0), len(tpm), other.sum(axis=0), len(other))


def _compared(
    rows: pd.DataFrame, count: np.ndarray, n: int, other: np.ndarray, m: int
) -> pd.DataFrame:
    """The rows with counts, rates, intervals, p and word."""
    frame = rows.copy()
    for side, hits, size in (("tpm", count, n), ("other", other, m)):
        frame[f"{side}_count"], frame[f"{side}_n"], frame[f"{side}_rate"] = hits, size, hits / size
        frame[f"{side}_low"], frame[f"{side}_high"] = wilson(hits, size)
    frame["difference"] = frame["tpm_rate"] - frame["other_rate"]
    frame["difference_low"], frame["difference_high"] = newcombe(count, n, other, m)
    frame["p"] = as_wide(count, n, other, m)
    frame["word"] = inference.word(count, n, other, m, frame["p"].to_numpy(), len(rows))
    return frame


def _reason(frame: pd.DataFrame, alone: pd.Series) -> np.ndarray:
    """Why a row cannot be told; empty for a row that can. alone: its word by all its lists."""
    seldom = frame[["tpm_rate", "other_rate"]].max(axis=1) < COMMON
    narrow = (frame["difference_low"] > -ALIKE) & (frame["difference_high"] < ALIKE)
    told = frame["word"] != CANNOT_TELL
    reasons = ["", "word lists that are often wrong", "named too seldom"]
    return np.select([told, alone != CANNOT_TELL, seldom & narrow], reasons, "too few adverts")


def _piles(frame: pd.DataFrame) -> np.ndarray:
    """Which role mentions a row more, if that is clear or a hint; else alike, or cannot tell."""
    differs = frame["word"].isin(WORDS[:2])
    more = frame["difference"] > 0
    names = ["tpm", "other", "alike"]
    return np.select([differs & more, differs, frame["word"] == "alike"], names, "cannot_tell")


@checked
def view(
    frame: pd.DataFrame,
    *,
    area: str,
    pile: Literal["all", Pile],
    minimum: Count,
    order: Literal["difference", "tpm", "other", "name"],
    first: Count,
    select: str,
) -> pd.DataFrame:
    """The rows of `frame` that the chart shows, best first, and the selected one.

    area: a cluster's name, or "all".   pile: a pile, or "all".
    minimum: adverts of either role that mention the row, at least this many.
    order: "difference" (TPM more, first), "tpm", "other" (most mentioned first) or "name".
    first: the first row shown [from 1]; held back so that the window stays full.
    select: an `id`; one that is not among the matching rows gives the first of them on show.

    Returns the rows with `position` [from 1], `matching` [rows], `shown` and `selected` [bool].
    Raises CourseError for an unknown choice.
    """
    areas = ["all", *frame["cluster"].unique()]
    if area not in areas:
        raise CourseError(f"area: {nearest(area, areas)}")
    mentioned = frame[["tpm_count", "other_count"]].fillna(0).sum(axis=1)
    keep = (mentioned >= minimum) & ((frame["cluster"] == area) | (area == "all"))
    rows = frame[keep & ((frame["pile"] == pile) | (pile == "all"))]
    rows = rows.sort_values([ORDERS[order], "id"], ascending=[order == "name", True])
    rows = rows.reset_index(drop=True)
    start = max(0, min(first - 1, len(rows) - SLOTS))
    rows["position"], rows["matching"] = np.arange(1, len(rows) + 1), len(rows)
    rows["shown"] = (rows.index >= start) & (rows.index < start + SLOTS)
    selected = rows["id"] == select
    rows["selected"] = selected if selected.any() else rows.index == start
    return rows


def describe(frame: pd.DataFrame) -> str:
    """One sentence with the selected row's counts, and one that says which rows are on show."""
    if frame.empty:
        return say("role_profile.nothing")
    shown = frame[frame["shown"]]
    row = frame[frame["selected"]].iloc[0]
    total, family = int(row["matching"]), int(row["family"])
    counted = int(frame["p"].notna().sum())  # a row of one's own has no count
    these = say("role_profile.these", of="all" if counted == total else "some", n=counted)
    first, last = shown["position"].iloc[[0, -1]]
    ends = {"first": first, "last": last, "n": total}
    span = "all" if len(shown) == total else "some"
    rows = say("role_profile.rows", level=row["level"], span=span, **ends)
    if few(row):
        return f"{describe_row(row)} {say('role_profile.on_show', rows=rows)}"
    differ, clear = (int((frame["p"] < cut).sum()) for cut in (LEVEL, LEVEL / family))
    told = {"differ": differ, "clear": clear, "level": LEVEL, "cut": LEVEL / family}
    compared = say("role_profile.compared", rows=rows, these=these, family=family, **told)
    return f"{describe_row(row)} {compared}"


def few(row: pd.Series) -> bool:
    """Whether a role has too few adverts for any comparison."""
    return bool(min(row["tpm_n"], row["other_n"]) < FLOOR)


def describe_row(row: pd.Series) -> str:
    """The counts, intervals, p and word of one row."""
    if row["word"] == "local":
        return say("role_profile.own", **row)
    other = {"other": ROLE_NAMES[row["compare"]]}
    if few(row):
        return say("role_profile.few", floor=FLOOR, **row, **other)
    id = "role_profile.row" if row["word"] else "role_profile.no_word"
    return say(id, **{**row, **other, "p": p_text(row["p"]), "word": spoken(row["word"])})


def spoken(word: str) -> str:
    """The word of a row as it is read; of a local row that it has no count."""
    return say("adverts.word", word=word) if word else ""


def p_text(p: float) -> str:
    """A p-value as readers expect it: three decimals, four below 0.01, never a bare zero."""
    if p < 0.0001:
        return say("adverts.tiny")
    return number(p, ".4f" if p < 0.01 else ".3f")
