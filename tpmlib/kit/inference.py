"""The statistics behind the counted adverts: intervals, Fisher's test, lean and thinning."""

import math

import numpy as np

NINETY = 1.6448536269514722  # normal quantile of a two-sided 90% interval


def wilson(count: np.ndarray, n: int) -> tuple[np.ndarray, np.ndarray]:
    """90% score interval of a share (Wilson 1927): stays inside 0 to 1 and is wide at 0 of n.

    count: adverts that mention it [0 to n, may be fractional].   n: adverts, 0 or more.
    Returns the lower and upper ends [0 to 1]; 0 and 1 when n is 0.
    """
    if n == 0:
        return np.zeros_like(count, dtype=float), np.ones_like(count, dtype=float)
    rate, square = np.asarray(count) / n, NINETY**2
    centre = (rate + square / (2 * n)) / (1 + square / n)
    half = NINETY / (1 + square / n) * np.sqrt(rate * (1 - rate) / n + square / (4 * n * n))
    return np.clip(centre - half, 0, 1), np.clip(centre + half, 0, 1)


def fisher(count: np.ndarray, n: int, other: np.ndarray, m: int) -> np.ndarray:
    """Two-sided Fisher exact p of each pair of counts (tables no likelier than the one seen).

    count of n adverts against other of m; averages are rounded to whole adverts.
    Returns one p per row [0 to 1].
    """
    logs = np.array([math.lgamma(k + 1) for k in range(n + m + 1)])
    a, b = np.rint(count).astype(int), np.rint(other).astype(int)
    k = (a + b)[:, None]
    x = np.arange(n + 1)[None, :]
    possible = (x <= k) & (k - x <= m)
    y = np.where(possible, k - x, 0)
    chance = logs[n] - logs[x] - logs[n - x] + logs[m] - logs[y] - logs[m - y]
    chance = chance - (logs[n + m] - logs[k] - logs[n + m - k])
    density = np.where(possible, np.exp(chance), 0)
    seen = density[np.arange(len(a)), a][:, None]
    same = 1 + 1e-9  # so that a table exactly as likely is not lost to rounding
    return np.asarray(np.minimum(1, (density * (density <= seen * same)).sum(axis=1)))


def lean(count: np.ndarray, other: np.ndarray) -> np.ndarray:
    """log2 of the two profile shares, each with add-one smoothing.

    count, other: mentions per row, rows last. A share is (mentions + 1) / (all mentions + rows),
    so the length of adverts cancels. Positive leans to the first role.
    """
    rows = count.shape[-1]
    first = (count + 1) / (count.sum(axis=-1, keepdims=True) + rows)
    second = (other + 1) / (other.sum(axis=-1, keepdims=True) + rows)
    return np.asarray(np.log2(first / second))


def lean_draws(
    hits: np.ndarray, other: np.ndarray, draws: int, generator: np.random.Generator
) -> np.ndarray:
    """Bootstrap draws of the lean: adverts of each role drawn again with replacement.

    hits, other: adverts x rows.   Returns draws x rows.
    """
    first, second = (redrawn(sample, draws, generator) for sample in (hits, other))
    return lean(first, second)


def redrawn(
    hits: np.ndarray, draws: int, generator: np.random.Generator, number: int | None = None
) -> np.ndarray:
    """Bootstrap draws of the mentions: adverts drawn again with replacement.

    hits: adverts x rows.   number: adverts in a draw; as many as there are if left out.
    Returns draws x rows [mentions].
    """
    n = len(hits)
    weights = generator.multinomial(n if number is None else number, np.full(n, 1 / n), draws)
    return np.asarray(weights @ hits)


def keep_chance(
    words: np.ndarray, lengths: np.ndarray, generator: np.random.Generator
) -> np.ndarray:
    """Chance that a mention survives when each advert is shortened to a random one of `lengths`.

    words: length of each advert [words].   lengths: the lengths to draw from [words].
    Returns min(1, length drawn / words) per advert: a shorter advert is kept whole.
    """
    return np.asarray(np.minimum(1, generator.choice(lengths, len(words)) / words))


def thinned(
    hits: np.ndarray, words: np.ndarray, lengths: np.ndarray, generator: np.random.Generator
) -> np.ndarray:
    """The mentions that survive once, with `keep_chance`: adverts x responsibilities, 0 or 1."""
    chance = keep_chance(words, lengths, generator)
    return np.asarray(hits * (generator.random(hits.shape) < chance[:, None]))


def pooled(hits: np.ndarray, groups: list[np.ndarray]) -> np.ndarray:
    """Adverts x rows: 1 where the advert mentions any responsibility of the row's group."""
    return np.column_stack([hits[:, group].max(axis=1, initial=0) for group in groups])


def thinned_rates(
    hits: np.ndarray,
    groups: list[np.ndarray],
    lengths: np.ndarray,
    words: np.ndarray,
    thinnings: int,
    generator: np.random.Generator,
) -> np.ndarray:
    """Adverts x rows: the share of thinnings in which the advert still mentions the row.

    hits: adverts x responsibilities, 0 or 1.   groups: the columns behind each row.
    lengths: words of the shorter adverts.   words: words of these adverts.
    """
    still = np.zeros((len(hits), len(groups)))
    for _ in range(thinnings):
        still += pooled(thinned(hits, words, lengths, generator), groups)
    return still / thinnings
