"""Intervals are scored by their width and by what they miss, whatever the size of the figure."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from tpmlib.errors import CourseError
from tpmlib.kit.canvas import BLUE, ORANGE
from tpmlib.kit.scores.calibration import calibration
from tpmlib.kit.scores.calibration_picture import REACH, draw, finding, numbers

ROWS = pd.DataFrame(
    {"low": [5, 1, 30, 12.0], "high": [20, 2, 40, 12.0], "figure": [10, 10, 10, 12.0]}
)
NAMED = ROWS.assign(label=list("abcd"), unit="days", fact="F41")


def scored(rows=ROWS, level=0.8):
    return calibration(answers=rows, level=level)


def test_an_end_on_the_figure_holds_it():
    assert scored()["inside"].tolist() == [1, 0, 0, 1]
    assert scored()[["hits", "rate"]].iloc[0].tolist() == [2, 0.5]


def test_the_score_is_width_and_miss_on_logarithms():
    miss = [0, np.log(10 / 2), np.log(30 / 10), 0]
    wanted = np.log(ROWS["high"] / ROWS["low"]) + 2 / 0.2 * np.array(miss)
    np.testing.assert_allclose(scored()["score"], wanted)


def test_the_unit_of_a_figure_makes_no_difference():
    minutes = scored(ROWS * 60)
    columns = ["inside", "from", "to", "score", "rate"]
    pd.testing.assert_frame_equal(minutes[columns], scored()[columns])


def test_true_quantiles_score_best_of_all_intervals():
    """The score is proper: nobody gains by other ends than those believed."""
    figures = np.exp(np.random.default_rng(5).standard_normal(4000))
    grid = [(low, high) for low in (-2, -1.28, -0.5) for high in (0.5, 1.28, 2)]
    means = {}
    for low, high in grid:
        rows = pd.DataFrame({"low": np.exp(low), "high": np.exp(high), "figure": figures})
        means[low, high] = scored(rows)["score"].mean()
    assert min(means, key=means.get) == (-1.28, 1.28)


def test_the_range_of_ten_is_wide_and_that_of_many_is_not():
    ten, many = (scored(pd.concat([ROWS.head(1)] * n)).iloc[0] for n in (10, 400))
    assert ten["rate_low"] < 0.8 < many["rate_low"]
    assert many["rate_high"] == pytest.approx(1) == ten["rate_high"]


def test_a_higher_level_makes_a_miss_dearer():
    assert scored(level=0.95)["score"][1] > scored()["score"][1]
    assert scored(level=0.95)["score"][0] == scored()["score"][0]


@pytest.mark.parametrize("change", [{"low": 0}, {"low": 50}, {"figure": 0}, {"low": -1}])
def test_a_number_that_has_no_logarithm_is_named(change):
    with pytest.raises(CourseError, match="^low and high: .*; above 0, low not above high"):
        scored(ROWS.assign(**change))


@pytest.mark.parametrize("bad", [0, 1])
def test_a_level_out_of_range_is_named(bad):
    with pytest.raises(CourseError, match=f"^level: {bad} is outside"):
        scored(level=bad)


def test_the_factor_is_the_least_by_which_the_wanted_share_holds():
    """By hand: two hold, one is missed by 5 times, one by 3; three of four want 3, four want 5."""
    wanted = {0.5: 1, 0.75: 3, 0.8: 5, 0.95: 5}
    assert {at: scored(level=at)["widen"][0] for at in wanted} == pytest.approx(wanted)
    wider = ROWS.assign(low=ROWS["low"] / 3, high=ROWS["high"] * 3)
    assert scored(wider)["hits"][0] == 3


def test_the_picture_shows_ends_and_hits():
    figure, frame = Figure(), scored(NAMED)
    draw(figure, frame)(frame)
    (axes,) = figure.axes
    bars = [line for line in axes.lines if line.get_animated()][: len(frame)]
    for bar, row in zip(bars, frame.to_dict("records"), strict=True):
        np.testing.assert_allclose(bar.get_xdata(), np.clip([row["from"], row["to"]], *REACH))
        assert to_hex(bar.get_color()) == (BLUE if row["inside"] else ORANGE).lower()
        assert bar.get_marker() == ("o" if row["inside"] else "s")
    assert finding(frame) == "2 of your 4 held; at 80% you want 3.2" and len(numbers(frame)) == 5
