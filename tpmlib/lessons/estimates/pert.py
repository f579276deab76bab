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
    grid, x, values = np.linspace(-REACH, REACH, 801), np.linspace(0, 1, 2001), []
    chance = np.array([NormalDist().cdf(value) for value in grid])
    for (low, likely, high), row in zip(parts, z, strict=True):
        rise = LAMBDA * (likely - low) / max(high - low, 1e-12)
        density = x**rise * (1 - x) ** (LAMBDA - rise)  # of the beta, summed for its quantiles
        area = np.concatenate([[0], np.cumsum((density[1:] + density[:-1]) / 2)])
        quantiles = low + (high - low) * np.interp(chance, area / area[-1], x)
        values.append(np.interp(row, grid, quantiles))
    return np.array(values)
