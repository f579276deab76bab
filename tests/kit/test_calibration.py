"""How many intervals hold, and how much wider they had to be, whatever the size of the figure."""

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


def test_the_unit_of_a_figure_makes_no_difference():
    minutes = scored(ROWS * 60)
    columns = ["inside", "from", "to", "widen", "rate"]
    pd.testing.assert_frame_equal(minutes[columns], scored()[columns])


def test_the_range_of_ten_is_wide_and_that_of_many_is_not():
    ten, many = (scored(pd.concat([ROWS.head(1)] * n)).iloc[0] for n in (10, 400))
    assert ten["rate_low"] < 0.8 < many["rate_low"]
    assert many["rate_high"] == pytest.approx(1) == ten["rate_high"]


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
