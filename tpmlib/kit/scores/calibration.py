"""How good interval estimates are: how often they hold the figure, and at what width."""

import math
from typing import Annotated

import numpy as np
import pandas as pd

from tpmlib.errors import CourseError
from tpmlib.kit.inference import wilson
from tpmlib.kit.ranges import Range, checked

CLOSE = 1e-9  # by which a product of decimals may be off


@checked
def calibration(
    *, answers: pd.DataFrame, level: Annotated[float, Range(0.05, 0.99)]
) -> pd.DataFrame:
    """Each interval beside its figure, and the share that hold.

    answers: one row an interval: `low`, `high` and `figure`, all above 0, in one unit a row.
    level: share of the intervals that should hold their figure.

    Returns the rows with `inside` [0 or 1]; `from` and `to` [times the figure]. On every row
    `hits` [intervals], `rate`, `rate_low` and `rate_high` [90% interval, 0 to 1], and `widen`
    [times, 1 or more], the least factor that puts both ends of each interval far enough apart for
    a share of `level` to hold.
    Raises CourseError for a level out of range, a low above its high, or a number not above 0.
    """
    for row in answers.itertuples():
        if not 0 < row.low <= row.high or not 0 < row.figure:
            raise CourseError(
                f"low and high: {row.low} and {row.high}; above 0, low not above high"
            )
    frame = answers.reset_index(drop=True).copy()
    low, high, figure = (np.log(frame[name].to_numpy(float)) for name in ("low", "high", "figure"))
    missed = np.maximum(low - figure, 0) + np.maximum(figure - high, 0)
    frame["inside"] = (missed == 0).astype(int)
    frame["from"], frame["to"] = np.exp(low - figure), np.exp(high - figure)
    apart = np.sort(np.exp(missed))
    frame["widen"] = apart[math.ceil(level * len(apart) - CLOSE) - 1] if len(apart) else np.nan
    hits = int(frame["inside"].sum())
    (rate_low,), (rate_high,) = wilson(np.array([hits]), len(frame))
    frame["hits"], frame["rate"] = hits, hits / len(frame) if len(frame) else np.nan
    return frame.assign(rate_low=rate_low, rate_high=rate_high)
