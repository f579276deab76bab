"""PERT-beta values from three-point estimates, by the quantile of a standard normal value.

Drawn so, the same normal values give comparable draws whatever the ends, and can be correlated.
"""

from statistics import NormalDist

import numpy as np

LAMBDA = 4  # weight of the likely value (F43)
REACH = 5.0  # standard normal values beyond it are cut; 6 in 10 million are


def pert(parts: np.ndarray, z: np.ndarray) -> np.ndarray:
    """A value of each estimate for each standard normal value.

    parts: low, likely and high of each estimate (estimates x 3), in this order of size.
    z: standard normal values (estimates x draws).   Returns estimates x draws.
    """
    grid = np.linspace(-REACH, REACH, 801)
    chance = np.array([NormalDist().cdf(value) for value in grid])
    tables = [_quantiles(low, likely, high, chance) for low, likely, high in parts]
    return np.array([np.interp(row, grid, table) for row, table in zip(z, tables, strict=True)])


def _quantiles(low: float, likely: float, high: float, chance: np.ndarray) -> np.ndarray:
    """The value at each probability in `chance`, by summing the density."""
    if high <= low:
        return np.full_like(chance, low)
    rise = LAMBDA * (likely - low) / (high - low)  # the exponents of the beta's density
    fall = LAMBDA - rise
    x = np.linspace(0, 1, 2001)
    density = x**rise * (1 - x) ** fall
    area = np.concatenate([[0], np.cumsum((density[1:] + density[:-1]) / 2)])
    return np.asarray(low + (high - low) * np.interp(chance, area / area[-1], x))
