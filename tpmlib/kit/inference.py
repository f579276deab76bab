"""The statistics behind counts of two groups: intervals, deals of the titles, and a word."""

import math

import numpy as np

NINETY = 1.6448536269514722  # normal quantile of a two-sided 90% interval
LEVEL = 0.05  # of p, for a hint; divided by the number of rows for a clear difference
ALIKE = 0.15  # a gap whose whole interval is smaller than this on both sides counts as alike
COMMON = 0.20  # alike is said of rows that one side mentions at least this often
FEWEST = 30  # texts a side, below which no word is given
WORDS = ("clear", "hint", "alike", "cannot tell")


def wilson(count: np.ndarray, n: int) -> tuple[np.ndarray, np.ndarray]:
    """90% score interval of a share (Wilson 1927): stays inside 0 to 1 and is wide at 0 of n.

    count: texts that mention it [0 to n].   n: texts, 0 or more.
    Returns the lower and upper ends [0 to 1]; 0 and 1 when n is 0.
    """
    if n == 0:
        return np.zeros_like(count, dtype=float), np.ones_like(count, dtype=float)
    rate, square = np.asarray(count) / n, NINETY**2
    centre = (rate + square / (2 * n)) / (1 + square / n)
    half = NINETY / (1 + square / n) * np.sqrt(rate * (1 - rate) / n + square / (4 * n * n))
    return np.clip(centre - half, 0, 1), np.clip(centre + half, 0, 1)


def newcombe(count: np.ndarray, n: int, other: np.ndarray, m: int) -> tuple[np.ndarray, np.ndarray]:
    """90% interval of the difference of two shares (Newcombe 1998, from two Wilson intervals).

    count of n texts against other of m.   Returns the lower and upper ends [-1 to 1].
    """
    rate, rival = np.asarray(count) / n, np.asarray(other) / m
    (low, high), (rival_low, rival_high) = wilson(count, n), wilson(other, m)
    gap = rate - rival
    below = np.sqrt((rate - low) ** 2 + (rival_high - rival) ** 2)
    above = np.sqrt((high - rate) ** 2 + (rival - rival_low) ** 2)
    return np.asarray(gap - below), np.asarray(gap + above)


def as_wide(count: np.ndarray, n: int, other: np.ndarray, m: int) -> np.ndarray:
    """Share of all ways to deal the mentions over the texts whose gap is at least as wide.

    Tear the titles off the n + m texts and deal n of them anew: every deal is equally likely, so
    the count of the first pile is hypergeometric. This is what shuffling finds, without its noise.

    count of n texts against other of m, whole numbers.   Returns one p a row [0 to 1]; 1 where a
    pile is empty, since nothing can differ from it.
    """
    if not n or not m:
        return np.ones(len(count))
    chance, gaps = _deals(np.asarray(count) + other, n, m)
    wide = np.abs(gaps) >= np.abs(count / n - other / m)[:, None] - 1e-9
    return np.asarray(np.minimum(1, (chance * wide).sum(axis=1)))


def by_luck(total: np.ndarray, n: int, m: int, level: float = LEVEL) -> float:
    """In how many rows luck alone would give a p under `level`, on average over all deals.

    total: texts that mention each row, of all n + m.   It is less than level x rows, since whole
    texts give few different gaps.
    """
    chance, gaps = _deals(np.asarray(total), n, m)
    wide = np.abs(gaps)[:, None, :] >= np.abs(gaps)[:, :, None] - 1e-9
    p = (chance[:, None, :] * wide).sum(axis=2)
    return float((chance * (p < level)).sum())


def _deals(total: np.ndarray, n: int, m: int) -> tuple[np.ndarray, np.ndarray]:
    """Rows x texts dealt [0 to n]: the chance of each deal, and its gap [-1 to 1]."""
    logs = np.array([math.lgamma(k + 1) for k in range(n + m + 1)])
    total = total.astype(int)[:, None]
    dealt = np.arange(n + 1)[None, :]
    possible = (dealt <= total) & (total - dealt <= m)
    rest = np.where(possible, total - dealt, 0)
    ways = logs[n] - logs[dealt] - logs[n - dealt] + logs[m] - logs[rest] - logs[m - rest]
    ways = ways - (logs[n + m] - logs[total] - logs[n + m - total])
    return np.where(possible, np.exp(ways), 0), dealt / n - rest / m


def word(
    count: np.ndarray, n: int, other: np.ndarray, m: int, p: np.ndarray, family: int
) -> np.ndarray:
    """What two counts let you say of each row: one of WORDS, or "" with fewer than 30 texts a side.

    clear: p under 0.05 / family, where `family` is the number of rows looked at together.
    hint: p under 0.05.   alike: neither, the 90% interval of the gap within 15 points of none, and
    at least a fifth of one side mentions it.   cannot tell: the rest.
    """
    if min(n, m) < FEWEST:
        return np.full(len(p), "", dtype=object)
    low, high = newcombe(count, n, other, m)
    common = np.maximum(count / n, other / m) >= COMMON
    alike = (low > -ALIKE) & (high < ALIKE) & common
    return np.select([p < LEVEL / family, p < LEVEL, alike], WORDS[:3], WORDS[3])


def pooled(hits: np.ndarray, groups: list[np.ndarray]) -> np.ndarray:
    """Texts x rows: 1 where the text mentions anything of the row's group."""
    return np.column_stack([hits[:, group].max(axis=1, initial=0) for group in groups])


def redrawn(
    hits: np.ndarray, draws: int, generator: np.random.Generator, number: int | None = None
) -> np.ndarray:
    """Bootstrap draws of the mentions: texts drawn again with replacement.

    hits: texts x rows.   number: texts in a draw; as many as there are if left out.
    Returns draws x rows [mentions].
    """
    n = len(hits)
    weights = generator.multinomial(n if number is None else number, np.full(n, 1 / n), draws)
    return np.asarray(weights @ hits)
