"""The picture of a split: bars are the shares, red is used up, nothing is told too early."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from tpmlib.kit import figures
from tpmlib.lessons.allocation import allocation_picture as chart
from tpmlib.lessons.allocation.allocation import BUDGETS, describe, place_ids, view

NAMES = ("i01", "i02", "i04", "i05", "i06", "i07", "i10", "i15")


def drawn(frame):
    figure = Figure(figsize=chart.SIZE, dpi=100)
    FigureCanvasAgg(figure)
    chart.draw(figure, frame)(frame)
    return figure


def shown(split="yours", shown="own", **own):
    return view(figures.frame("allocation"), split=split, shown=shown, **own)


def bars(axes, colour):
    """Row and end of each bar of a colour that moves."""
    lines = [each for each in axes.collections if each.get_animated()]
    (of_colour,) = [each for each in lines if to_hex(each.get_color()[0]) == colour.lower()]
    return {round(y): x for (_, _), (x, y) in (line for line in of_colour.get_segments())}


def texts(figure):
    return " ".join(text.get_text() for axes in figure.axes for text in axes.texts)


def test_a_bar_ends_where_the_share_does():
    axes = drawn(shown(i01=50, i05=100)).axes[0]
    assert bars(axes, chart.BLUE) == {0: 0.5, 3: 1.0}


def test_what_half_and_all_of_each_bring_stands_beside_its_bar_from_the_start():
    frame, beside = shown(), drawn(shown()).axes[0].texts
    for name in ("half", "whole"):
        x = chart.COLUMNS[f"{name} brings"][0]
        cells = [text.get_text() for text in beside if text.get_position()[0] == x]
        assert cells == [f"${value:.1f}k" for value in frame[f"value_{name}"]]


@pytest.mark.parametrize("share, weeks", [(50, 144), (20, 58)])
def test_a_budget_is_red_and_named_once_it_is_exceeded(share, weeks):
    figure = drawn(shown(**dict.fromkeys(NAMES, share)))
    red = bars(figure.axes[1], chart.RED)
    assert (0 in red) == (weeks > 80) and f"Engineer-weeks: {weeks} of 80 " in f"{texts(figure)} "
    below = [text.get_text() for text in figure.texts]
    assert (chart.TOO_MUCH in below) == (weeks > 80)


def test_a_budget_that_is_used_up_is_dark_and_not_red():
    axes = drawn(shown("best", "rules")).axes[1]
    assert [*bars(axes, chart.INK)] == [0] and bars(axes, chart.RED) == {}


def test_the_rules_and_prices_stand_there_only_once_they_are_told():
    own, rules, prices = (drawn(shown("best", step)) for step in ("own", "rules", "prices"))
    assert "the biggest" not in texts(own) and "the biggest" in texts(rules)
    assert " more: " not in texts(own) + texts(rules)
    assert "+1 engineer-week: \n$264 every week" in texts(prices)


@pytest.mark.parametrize("most, cut", [(0.2, False), (1.0, True)])
def test_the_marks_of_one_s_own_split_stand_as_it_is_compared_and_so_cut_until_it_fits(most, cut):
    own = np.linspace(0, most, len(NAMES))
    frame = shown("best", "rules").assign(ghost_share=own)
    (mark,) = drawn(frame).axes[0].lines
    same = shown(shown="rules", **dict(zip(NAMES, 100 * own, strict=True)))
    np.testing.assert_allclose(mark.get_xdata(), same["share"])
    assert same["cut"].all() == cut


def test_the_rows_stand_as_far_apart_as_the_sliders_beside_them():
    """55 pixels in a lesson's window, where a picture of 7.6 inches is 599 pixels wide."""
    _, _, _, height = chart.DONE
    assert height * chart.SIZE[1] * 100 / len(NAMES) * 599 / 760 == pytest.approx(55, abs=0.3)


def test_the_budgets_can_be_clicked_under_their_names():
    frame = shown()
    assert [place["id"] for place in chart.places(frame)] == place_ids(frame) == list(BUDGETS)
    assert all(0 <= edge <= 1 for place in chart.places(frame) for edge in place["box"])


@pytest.mark.parametrize(
    "share, told",
    [
        (20, "brings 25.7. All rules bring more"),
        (50, "cut to fit, brings 33.4. Two rules bring more"),
    ],
)
def test_a_split_of_one_s_own_gets_a_verdict_beside_the_best(share, told):
    frame = shown("best", "rules", **dict.fromkeys(NAMES, share))
    mine, best = (round(frame.iloc[0][f"total_{rule}"], 1) for rule in ("yours", "best"))
    assert chart.finding(frame).endswith(f", yours ${mine}k")
    assert f"{told}, and the best split {best - mine:.1f} more." in describe(frame)


def test_the_title_does_not_count_while_the_bars_move():
    frame = shown("best", "rules", i01=50)
    assert chart.finding(frame.assign(worth=0.0, used_people=99.0)) == chart.finding(frame)


def test_money_that_is_left_over_does_not_look_used_up():
    frame = view(figures.frame("allocation", people=140), split="best", shown="prices")
    told = texts(drawn(frame))
    assert "Money: 59.9 of $60k" in told and "+$1k: nothing" in told
