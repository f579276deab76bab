"""How much of two roles' adverts is the same, beside what luck would give.

The overlap is the sum over responsibilities of the smaller of two shares of mentions: 1 for two
equal profiles, 0 for two that share nothing. Few adverts make it too small, even for one role
cut in two at random, so it is read against shuffled titles and never against 1.
"""

from typing import Annotated

import numpy as np
import pandas as pd

from tpmlib.kit.ranges import Range, Seed, checked
from tpmlib.kit.words import joined, say
from tpmlib.lessons.adverts.mentions import Compare, counted, mentions, second_study
from tpmlib.lessons.adverts.role_profile import ROLE_NAMES

Shuffles = Annotated[int, Range(20, 20_000)]
BIN = 0.01  # width of a bar of the histogram [overlap]
FIRST, LAST = 0.5, 1.0  # ends of the histogram [overlap]; what lies outside goes to the end bars


@checked
def overlap(
    *,
    adverts: pd.DataFrame,
    responsibilities: pd.DataFrame,
    compare: Compare,
    shuffles: Shuffles,
    seed: Seed,
) -> pd.DataFrame:
    """Overlap of the TPM adverts' profile with another role's, and of shuffled titles.

    adverts, responsibilities: the tables of those names.
    compare: the other role.
    shuffles: times the titles are dealt out anew.
    seed: same seed, same rows.

    Returns rows of several kinds (column `kind`): "observed" with the `overlap` [0 to 1] of the
    titles as printed; "two TPM", "two other" and "one of each", the mean overlap of two single
    adverts; and one "bar" per bin of the histogram, `overlap` its lower end, `shuffles` how many
    fell in it. On every row: `low` and `high` [0 to 1], between which 90% of the shuffles lie,
    `below` [share of shuffles with no more overlap than observed], `tpm_n`, `other_n` [adverts],
    `tpm_more` and `other_more` (what each role mentions more), and the settings.
    Raises CourseError for an unknown choice, a value out of range or a role without adverts.
    """
    tpm, other = (
        mentions(second_study(adverts), responsibilities, role)[0] for role in ("tpm", compare)
    )
    observed = float(shared(profile_of(tpm), profile_of(other)))
    generator = np.random.default_rng(seed)
    luck = shared(*map(shares, _dealt(np.vstack([tpm, other]), len(tpm), shuffles, generator)))
    edges = np.arange(FIRST, LAST, BIN).round(2)
    bins = np.clip(((luck - FIRST) / BIN).astype(int), 0, len(edges) - 1)
    pairs = _pairs(tpm, other)
    frame = pd.DataFrame(
        {
            "kind": ["observed", *pairs, *["bar"] * len(edges)],
            "overlap": [observed, *pairs.values(), *edges],
            "shuffles": [shuffles, *[0] * len(pairs), *np.bincount(bins, None, len(edges))],
        }
    )
    frame["low"], frame["high"] = np.percentile(luck, [5, 95])
    frame["below"] = (luck <= observed).mean()
    frame["tpm_n"], frame["other_n"] = len(tpm), len(other)
    names = counted(responsibilities)["name"].to_numpy()
    gap = profile_of(tpm) - profile_of(other)
    frame["tpm_more"], frame["other_more"] = _largest(names, gap), _largest(names, -gap)
    return frame.assign(compare=compare)


def shares(totals: np.ndarray) -> np.ndarray:
    """Each row as shares of its sum; of a row without a mention all are 0."""
    return np.asarray(totals / np.maximum(totals.sum(axis=-1, keepdims=True), 1))


def profile_of(hits: np.ndarray) -> np.ndarray:
    """The share of all mentions that falls on each column [sums to 1]; rows are adverts."""
    return shares(hits.sum(axis=-2))


def shared(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Sum of the smaller of two shares, column by column [0 to 1]."""
    return np.asarray(np.minimum(first, second).sum(axis=-1))


def _dealt(
    hits: np.ndarray, n: int, shuffles: int, generator: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Mentions of each responsibility in `n` adverts drawn at random, and in the rest."""
    chosen = np.zeros((shuffles, len(hits)))
    chosen[:, :n] = 1
    totals = generator.permuted(chosen, axis=1) @ hits
    return totals, hits.sum(axis=0) - totals


def _pairs(tpm: np.ndarray, other: np.ndarray) -> dict[str, float]:
    """Mean overlap of two single adverts: both TPM, both of the other role, one of each."""
    rows, n = shares(np.vstack([tpm, other])), len(tpm)
    # column by column, since all pairs of rows at once take 70 MB
    each = sum(np.minimum.outer(column, column) for column in rows.T)
    means = {}
    for kind, block in {"two TPM": each[:n, :n], "two other": each[n:, n:]}.items():
        pairs = block[np.triu_indices(len(block), 1)]
        means[kind] = pairs.mean() if len(pairs) else np.nan  # of one advert there are no two
    return means | {"one of each": each[:n, n:].mean()}


def _largest(names: np.ndarray, gap: np.ndarray) -> str:
    first, second = np.argsort(-gap, kind="stable")[:2]
    return joined("panel.both", [names[first].lower(), names[second].lower()])


def describe(frame: pd.DataFrame) -> str:
    """Two sentences: the overlap beside luck, and where the difference sits."""
    row, other = frame.iloc[0], ROLE_NAMES[frame["compare"].iloc[0]]
    place = "inside" if row["overlap"] <= row["high"] else "above"
    place = "under" if row["overlap"] < row["low"] else place
    return say("overlap.sentence", place=place, other=other, **row)
