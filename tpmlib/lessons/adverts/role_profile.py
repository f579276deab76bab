"""How often the adverts of two roles mention each responsibility, with intervals and a test.

The whole comparison rests on one choice: an advert that uses a word of a responsibility's term
list counts as mentioning it, once, however often. Words are not duties.
"""

import numpy as np
import pandas as pd

from tpmlib.errors import CourseError, check_ranges, nearest
from tpmlib.kit.inference import fisher, lean, lean_draws, thinned_rates, wilson

ROLE_NAMES = {"tpm": "TPM", "pm": "PM", "tpgm": "TPgM"}
LEAN_CUT = 0.6  # log2 of the share ratio, about 1.5 times; ADVERTS.md draws its labels here
APART = 0.01  # with 16 TPM adverts a larger p deserves no attention (ADVERTS.md)
SLOTS = 16  # rows the chart can hold
LABELS = ("tpm", "shared", "pm", "unclear", "local")
LABEL_NAMES = {"shared": "shared", "unclear": "cannot tell", "local": "no count"}
CHOICES = {
    "compare": ("pm", "tpgm"),
    "level": ("responsibilities", "clusters"),
    "members": ("distinct", "every"),
    "texts": ("all", "full"),
}
RANGES = {"draws": (1, 20_000), "thinnings": (1, 2_000), "seed": (0, 2**32 - 1)}
ORDERS = {"difference": "difference", "tpm": "tpm_rate", "other": "other_rate", "name": "name"}


def role_profile(
    *,
    adverts: pd.DataFrame,
    responsibilities: pd.DataFrame,
    compare: str,
    level: str,
    members: str,
    equal_length: bool,
    texts: str,
    draws: int,
    thinnings: int,
    seed: int,
) -> pd.DataFrame:
    """Rate of each responsibility in TPM adverts and in those of another role.

    adverts: one row an advert: `role`, `words`, `full_text` and a 0/1 column a responsibility.
    responsibilities: `responsibility_id`, `name`, `cluster`, `counted_in_cluster`, `source`.
    compare: the other role, "pm" or "tpgm".
    level: "responsibilities", or "clusters" (an advert counts when it mentions any member).
    members: of a cluster, "distinct" (those marked `counted_in_cluster`; the others stand in so
        many adverts that they would hide the rest) or "every" one.
    equal_length: thin the other role's mentions as if its adverts had a TPM advert's length.
    texts: "all" adverts, or "full" for those read whole (8 of the 16 TPM adverts are excerpts).
    draws: bootstrap draws for the interval of the lean [1 to 20,000].
    thinnings: random thinnings for equal length [1 to 2,000].
    seed: same seed, same rows [0 to 4,294,967,295].

    Returns one row per responsibility or cluster: `id`, `name`, `cluster`; `tpm_count`, `tpm_n`,
    `tpm_rate` [0 to 1] with its 90% Wilson interval `tpm_low`, `tpm_high`; the same for `other_`
    (counts are averages at equal length); `difference` [-1 to 1]; `lean` [log2] with its 90%
    bootstrap interval `lean_low`, `lean_high`; `label` (one of LABELS; "pm" means the other role);
    `p` by Fisher's exact test on the counts, rounded; `tests` [rows tested at once]; and the
    settings. Local rows have no counts.
    Raises CourseError for an unknown choice, a value out of range or a role without adverts.
    """
    _check_choices(compare=compare, level=level, members=members, texts=texts)
    check_ranges(RANGES, draws=draws, thinnings=thinnings, seed=seed)
    counted = responsibilities[responsibilities["source"] == "counted"]
    ids = list(counted["responsibility_id"])
    read = adverts if texts == "all" else adverts[adverts["full_text"].astype(bool)]
    tpm, other = _of_role(read, "tpm"), _of_role(read, compare)
    groups = _groups(counted, level, members)
    tpm_hits = tpm[ids].to_numpy(dtype=float)
    other_hits = other[ids].to_numpy(dtype=float)
    generator = np.random.default_rng(seed)
    if equal_length:
        lengths = (tpm["words"].to_numpy(float), other["words"].to_numpy(float))
        rates = thinned_rates(other_hits, groups, *lengths, thinnings, generator)
    else:
        rates = _pooled(other_hits, groups)
    frame = _rows(counted, level)
    _fill(frame, _pooled(tpm_hits, groups), rates, draws, generator)
    frame["compare"], frame["level"] = compare, level
    frame["equal_length"], frame["texts"], frame["tests"] = equal_length, texts, len(frame)
    if level == "responsibilities":
        frame = _with_local(frame, responsibilities)
    return frame


def _check_choices(**chosen: str) -> None:
    for where, value in chosen.items():
        if value not in CHOICES[where]:
            raise CourseError(f"{where}: {nearest(value, CHOICES[where])}")


def _of_role(read: pd.DataFrame, role: str) -> pd.DataFrame:
    rows = read[read["role"] == role]
    if rows.empty:
        raise CourseError(f"adverts: none of role {role!r} among those to be read; 1 or more")
    return rows


def _groups(counted: pd.DataFrame, level: str, members: str) -> list[np.ndarray]:
    """The columns behind each row: one each, or the members of each cluster."""
    if level == "responsibilities":
        return [np.array([place]) for place in range(len(counted))]
    member = counted["counted_in_cluster"].to_numpy(bool) | (members == "every")
    clusters = counted["cluster"].to_numpy()
    return [np.flatnonzero((clusters == name) & member) for name in _clusters(counted)]


def _clusters(counted: pd.DataFrame) -> list[str]:
    return sorted(counted["cluster"].unique())


def _pooled(hits: np.ndarray, groups: list[np.ndarray]) -> np.ndarray:
    """Adverts x rows: 1 where the advert mentions any column of the group."""
    return np.column_stack([hits[:, group].max(axis=1, initial=0) for group in groups])


def _rows(counted: pd.DataFrame, level: str) -> pd.DataFrame:
    if level == "clusters":
        names = _clusters(counted)
        return pd.DataFrame({"id": names, "name": names, "cluster": names})
    columns = ["responsibility_id", "name", "cluster"]
    return counted[columns].rename(columns={"responsibility_id": "id"}).reset_index(drop=True)


def _fill(
    frame: pd.DataFrame,
    tpm: np.ndarray,
    other: np.ndarray,
    draws: int,
    generator: np.random.Generator,
) -> None:
    for side, hits in (("tpm", tpm), ("other", other)):
        count, n = hits.sum(axis=0), len(hits)
        low, high = wilson(count, n)
        frame[f"{side}_count"], frame[f"{side}_n"] = count, n
        frame[f"{side}_rate"] = count / n
        frame[f"{side}_low"], frame[f"{side}_high"] = low, high
    frame["difference"] = frame["tpm_rate"] - frame["other_rate"]
    frame["lean"] = lean(tpm.sum(axis=0), other.sum(axis=0))
    low, high = np.percentile(lean_draws(tpm, other, draws, generator), [5, 95], axis=0)
    frame["lean_low"], frame["lean_high"] = low, high
    # the smoothing alone leans a row that nobody mentions to the role with fewer mentions
    never = tpm.sum(axis=0) + other.sum(axis=0) == 0
    frame["label"] = np.select(
        [never, low > LEAN_CUT, high < -LEAN_CUT, (low > -LEAN_CUT) & (high < LEAN_CUT)],
        ["unclear", "tpm", "pm", "shared"],
        "unclear",
    )
    frame["p"] = fisher(tpm.sum(axis=0), len(tpm), other.sum(axis=0), len(other))


def _with_local(frame: pd.DataFrame, responsibilities: pd.DataFrame) -> pd.DataFrame:
    local = responsibilities[responsibilities["source"] == "local"]
    if local.empty:
        return frame
    rows = _rows(local, "responsibilities").reindex(columns=frame.columns)
    for column in ("compare", "level", "equal_length", "texts", "tests"):
        rows[column] = frame[column].iloc[0]
    rows["label"] = "local"
    return pd.concat(
        [frame, rows.astype(frame.dtypes.to_dict() | _numbers(frame))], ignore_index=True
    )


def _numbers(frame: pd.DataFrame) -> dict[str, str]:
    """Number columns as floats, since a row without a count holds NaN."""
    return {name: "float64" for name in frame.select_dtypes("number").columns}


def view(
    frame: pd.DataFrame,
    *,
    area: str,
    lean: str,
    minimum: int,
    order: str,
    first: int,
    select: str,
) -> pd.DataFrame:
    """The rows of `frame` that the chart shows, best first, and the selected one.

    area: a cluster's name, or "all".   lean: one of LABELS, or "all".
    minimum: adverts of either role that mention the row, at least this many [0 to 40].
    order: "difference" (TPM more, first), "tpm", "other" (most mentioned first) or "name".
    first: the first row shown [from 1]; held back so that the window stays full.
    select: an `id`; one that is not among the matching rows gives the first of them on show.

    Returns the rows with `position` [from 1], `matching` [rows], `shown` and `selected` [bool].
    Raises CourseError for an unknown choice.
    """
    for where, value, known in (
        ("area", area, ["all", *frame["cluster"].unique()]),
        ("lean", lean, ["all", *LABELS]),
        ("order", order, list(ORDERS)),
    ):
        if value not in known:
            raise CourseError(f"{where}: {nearest(value, known)}")
    keep = (frame[["tpm_count", "other_count"]].fillna(0).sum(axis=1) >= minimum).to_numpy()
    if area != "all":
        keep = keep & (frame["cluster"] == area).to_numpy()
    if lean != "all":
        keep = keep & (frame["label"] == lean).to_numpy()
    rows = frame[keep].sort_values(
        [ORDERS[order], "id"], ascending=[order == "name", True], na_position="last"
    )
    rows = rows.reset_index(drop=True)
    start = max(0, min(first - 1, len(rows) - SLOTS))
    rows["position"], rows["matching"] = np.arange(1, len(rows) + 1), len(rows)
    rows["shown"] = (rows.index >= start) & (rows.index < start + SLOTS)
    chosen = rows["id"] == select
    if not chosen.any() and len(rows):
        chosen = rows.index == start
    rows["selected"] = np.asarray(chosen, dtype=bool)
    return rows


def describe(frame: pd.DataFrame) -> str:
    """One sentence with the selected row's counts, and one that says which rows are on show."""
    if frame.empty:
        return "No responsibility passes these filters: lower the minimum or widen the area."
    shown = frame[frame["shown"]]
    row = frame[frame["selected"]].iloc[0]
    total, tests = int(row["matching"]), int(row["tests"])
    first, last = int(shown["position"].iloc[0]), int(shown["position"].iloc[-1])
    noun = "areas" if row["level"] == "clusters" else "responsibilities"
    span = f"all {total}" if len(shown) == total else f"{first} to {last} of the {total}"
    apart, strict = (int((frame["p"] < cut).sum()) for cut in (APART, 0.05 / tests))
    return (
        f"{describe_row(row)} On show: {span} {noun} that pass the filters; of these {total}, "
        f"{apart or 'none'} {'differs' if apart < 2 else 'differ'} at p < {APART}, and "
        f"{strict or 'none'} at the stricter cut for {tests} tests (p < {0.05 / tests:.4f})."
    )


def describe_row(row: pd.Series) -> str:
    """The counts, intervals, lean and p of one row, in words."""
    if row["label"] == "local":
        return f"{row['name']}: a row of your own, with no count."
    other = ROLE_NAMES[row["compare"]]
    about = "about " if row["equal_length"] else ""
    thinned = " once thinned to TPM length" if row["equal_length"] else ""
    full = " read whole" if row["texts"] == "full" else ""
    lean_word = (
        LABEL_NAMES.get(row["label"])
        or {"tpm": "leans to TPM", "pm": f"leans to {other}"}[row["label"]]
    )
    return (
        f"{row['name']}: {row['tpm_count']:.0f} of {row['tpm_n']:.0f} TPM adverts{full} "
        f"({row['tpm_rate']:.0%}, 90% interval {row['tpm_low']:.0%} to {row['tpm_high']:.0%}) and "
        f"{about}{row['other_count']:.0f} of {row['other_n']:.0f} {other} adverts{thinned} "
        f"({row['other_rate']:.0%}, {row['other_low']:.0%} to {row['other_high']:.0%}); "
        f"Fisher p = {p_text(row['p'])}; label: {lean_word}."
    )


def p_text(p: float) -> str:
    """A p-value as readers expect it: three decimals, four below 0.01, never a bare zero."""
    if p < 0.0001:
        return "under 0.0001"
    return f"{p:.4f}" if p < 0.01 else f"{p:.3f}"
