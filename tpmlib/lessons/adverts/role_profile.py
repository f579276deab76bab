"""How often the adverts of two roles mention each responsibility, with intervals and a test.

The whole comparison rests on one choice: an advert that uses a word of a responsibility's term
list counts as mentioning it, once, however often. Words are not duties.
"""

from typing import Annotated, Literal

import numpy as np
import pandas as pd

from tpmlib.errors import CourseError, nearest
from tpmlib.kit.inference import fisher, lean, lean_draws, pooled, thinned_rates, wilson
from tpmlib.kit.ranges import Range, Seed, checked
from tpmlib.lessons.adverts.mentions import Compare, Texts, counted, mentions

ROLE_NAMES = {"tpm": "TPM", "pm": "PM", "tpgm": "TPgM"}
LEAN_CUT = 0.6  # log2 of the share ratio, about 1.5 times; ADVERTS.md draws its labels here
P_CUT = 0.01  # with 16 TPM adverts a larger p deserves no attention (ADVERTS.md)
SLOTS = 16  # rows the chart can hold
Label = Literal["tpm", "shared", "pm", "unclear", "local"]  # "pm" stands for the other role
LABEL_NAMES = {"tpm": "TPM", "shared": "shared", "unclear": "cannot tell", "local": "no count"}
Count = Annotated[int, Range(0, np.inf)]
ORDERS = {"difference": "difference", "tpm": "tpm_rate", "other": "other_rate", "name": "name"}


@checked
def role_profile(
    *,
    adverts: pd.DataFrame,
    responsibilities: pd.DataFrame,
    compare: Compare,
    level: Literal["responsibilities", "clusters"],
    members: Literal["distinct", "every"],
    equal_length: bool,
    texts: Texts,
    draws: Annotated[int, Range(1, 20_000)],
    thinnings: Annotated[int, Range(1, 2_000)],
    seed: Seed,
) -> pd.DataFrame:
    """Rate of each responsibility in TPM adverts and in those of another role.

    adverts: one row an advert: `role`, `words`, `full_text` and a 0/1 column a responsibility.
    responsibilities: `responsibility_id`, `name`, `cluster`, `counted_in_cluster`, `source`.
    compare: the other role.
    level: "responsibilities", or "clusters" (an advert counts when it mentions any member).
    members: of a cluster, "distinct" (those marked `counted_in_cluster`; the others stand in so
        many adverts that they would hide the rest) or "every" one.
    equal_length: thin the other role's mentions as if its adverts had a TPM advert's length.
    texts: "all" adverts, or "full" for those read whole (8 of the 16 TPM adverts are excerpts).
    draws: bootstrap draws for the interval of the lean.
    thinnings: random thinnings for equal length.
    seed: same seed, same rows.

    Returns one row per responsibility or cluster: `id`, `name`, `cluster`; `tpm_count`, `tpm_n`,
    `tpm_rate` [0 to 1] with its 90% Wilson interval `tpm_low`, `tpm_high`; the same for `other_`
    (counts are averages at equal length); `difference` [-1 to 1]; `lean` [log2] with its 90%
    bootstrap interval `lean_low`, `lean_high`; `label` (a Label);
    `p` by Fisher's exact test on the counts, rounded; `tests` [rows tested at once]; and the
    settings. Local rows have no counts.
    Raises CourseError for an unknown choice, a value out of range or a role without adverts.
    """
    hits, lengths = mentions(adverts, responsibilities, "tpm", texts=texts)
    other_hits, words = mentions(adverts, responsibilities, compare, texts=texts)
    generator = np.random.default_rng(seed)
    frame, groups = _rows(counted(responsibilities), level, members)
    if equal_length:
        other = thinned_rates(other_hits, groups, lengths, words, thinnings, generator)
    else:
        other = pooled(other_hits, groups)
    _fill(frame, pooled(hits, groups), other, draws, generator)
    tests = len(frame)
    own = responsibilities[responsibilities["source"] == "local"]
    if level == "responsibilities" and len(own):
        local, _ = _rows(own, level, members)
        frame = pd.concat([frame, local.assign(label="local")], ignore_index=True)
    frame["compare"], frame["level"] = compare, level
    frame["equal_length"], frame["texts"], frame["tests"] = equal_length, texts, tests
    return frame


def _rows(
    responsibilities: pd.DataFrame, level: str, members: str
) -> tuple[pd.DataFrame, list[np.ndarray]]:
    """The names of each row, and the places of the responsibilities behind it."""
    clusters = responsibilities["cluster"].to_numpy()
    if level == "clusters":
        names = sorted(set(clusters))
        member = responsibilities["counted_in_cluster"].to_numpy(bool) | (members == "every")
        groups = [np.flatnonzero((clusters == name) & member) for name in names]
        return pd.DataFrame({"id": names, "name": names, "cluster": names}), groups
    rows = responsibilities[["responsibility_id", "name", "cluster"]].reset_index(drop=True)
    return rows.rename(columns={"responsibility_id": "id"}), list(np.arange(len(rows))[:, None])


def _fill(
    frame: pd.DataFrame,
    tpm: np.ndarray,
    other: np.ndarray,
    draws: int,
    generator: np.random.Generator,
) -> None:
    """Add the columns that have numbers, and the label. tpm, other: adverts x rows."""
    count, other_count = tpm.sum(axis=0), other.sum(axis=0)
    for side, hits in (("tpm", tpm), ("other", other)):
        frame[f"{side}_count"], frame[f"{side}_n"] = hits.sum(axis=0), len(hits)
        frame[f"{side}_rate"] = frame[f"{side}_count"] / len(hits)
        ends = wilson(frame[f"{side}_count"].to_numpy(), len(hits))
        frame[f"{side}_low"], frame[f"{side}_high"] = ends
    frame["difference"] = frame["tpm_rate"] - frame["other_rate"]
    frame["lean"] = lean(count, other_count)
    low, high = np.percentile(lean_draws(tpm, other, draws, generator), [5, 95], axis=0)
    frame["lean_low"], frame["lean_high"] = low, high
    # the smoothing alone leans a row that nobody mentions to the role with fewer mentions
    never = count + other_count == 0
    frame["label"] = np.select(
        [never, low > LEAN_CUT, high < -LEAN_CUT, (low > -LEAN_CUT) & (high < LEAN_CUT)],
        ["unclear", "tpm", "pm", "shared"],
        "unclear",
    )
    frame["p"] = fisher(count, len(tpm), other_count, len(other))


@checked
def view(
    frame: pd.DataFrame,
    *,
    area: str,
    lean: Literal["all", Label],
    minimum: Count,
    order: Literal["difference", "tpm", "other", "name"],
    first: Count,
    select: str,
) -> pd.DataFrame:
    """The rows of `frame` that the chart shows, best first, and the selected one.

    area: a cluster's name, or "all".   lean: a label, or "all".
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
    rows = frame[keep & ((frame["label"] == lean) | (lean == "all"))]
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
        return "No responsibility passes these filters: lower the minimum or widen the area."
    shown = frame[frame["shown"]]
    row = frame[frame["selected"]].iloc[0]
    total, tests = int(row["matching"]), int(row["tests"])
    first, last = shown["position"].iloc[[0, -1]]
    noun = "areas" if row["level"] == "clusters" else "responsibilities"
    span = f"all {total}" if len(shown) == total else f"{first} to {last} of the {total}"
    differ, strictly = (int((frame["p"] < cut).sum()) for cut in (P_CUT, 0.05 / tests))
    return (
        f"{describe_row(row)} On show: {span} {noun} that pass the filters; of these {total}, "
        f"{differ or 'none'} {'differs' if differ < 2 else 'differ'} at p < {P_CUT}, and "
        f"{strictly or 'none'} at the stricter cut for {tests} tests (p < {0.05 / tests:.4f})."
    )


def describe_row(row: pd.Series) -> str:
    """The counts, intervals, lean and p of one row, in words."""
    if row["label"] == "local":
        return f"{row['name']}: a row of your own, with no count."
    other = ROLE_NAMES[row["compare"]]
    about = "about " if row["equal_length"] else ""
    thinned = " once thinned to TPM length" if row["equal_length"] else ""
    full = " read whole" if row["texts"] == "full" else ""
    leans = "leans to " if row["label"] in ("tpm", "pm") else ""
    return (
        f"{row['name']}: {row['tpm_count']:.0f} of {row['tpm_n']:.0f} TPM adverts{full} "
        f"({row['tpm_rate']:.0%}, 90% interval {row['tpm_low']:.0%} to {row['tpm_high']:.0%}) and "
        f"{about}{row['other_count']:.0f} of {row['other_n']:.0f} {other} adverts{thinned} "
        f"({row['other_rate']:.0%}, {row['other_low']:.0%} to {row['other_high']:.0%}); "
        f"Fisher p = {p_text(row['p'])}; label: {leans}{label_text(row['label'], row['compare'])}."
    )


def label_text(label: str, compare: str) -> str:
    """The role that a row leans to, or why it leans to none."""
    return ROLE_NAMES[compare] if label == "pm" else LABEL_NAMES[label]


def p_text(p: float) -> str:
    """A p-value as readers expect it: three decimals, four below 0.01, never a bare zero."""
    if p < 0.0001:
        return "under 0.0001"
    return f"{p:.4f}" if p < 0.01 else f"{p:.3f}"
