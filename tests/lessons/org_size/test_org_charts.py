"""The two pictures of lesson 06 show their frames: curves, marks, ranges, words."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from tpmlib.kit import figures
from tpmlib.kit.canvas import BLUE, INK, ORANGE
from tpmlib.lessons.org_size import org_growth_picture as org_growth
from tpmlib.lessons.org_size import org_spread_picture as org_spread
from tpmlib.lessons.org_size.org_spread import FAR

SIDES = pytest.mark.parametrize(
    "name, column, colour", [("product", "first_pm", BLUE), ("technical", "first_tpm", ORANGE)]
)


def drawn(chart, frame):
    figure = Figure(figsize=chart.SIZE, dpi=100)
    FigureCanvasAgg(figure)
    chart.draw(figure, frame)(frame)
    return figure


def lines(figure, axes, colour, marker):
    return [
        line
        for line in figure.axes[axes].lines
        if line.get_animated() and (line.get_color(), line.get_marker()) == (colour, marker)
    ]


def words(figure):
    return [text.get_text() for text in figure.findobj(Text) if text.get_text()]


@SIDES
@pytest.mark.parametrize("preset", ["default", "tally_grown", "platform"])
def test_a_curve_is_the_load_as_far_as_the_frame_holds_it(name, column, colour, preset):
    frame = figures.frame("org_growth", preset)
    (curve,) = lines(drawn(org_growth, frame), 1, colour, "None")
    inside = frame[frame[f"{name}_load"] <= org_growth.MOST_LOAD]
    np.testing.assert_array_equal(curve.get_xdata(), inside["engineers"])
    np.testing.assert_array_equal(curve.get_ydata(), inside[f"{name}_load"])


@SIDES
def test_a_mark_stands_where_the_role_first_appears(name, column, colour):
    frame = figures.frame("org_growth")
    (mark,) = lines(drawn(org_growth, frame), 1, colour, "o" if name == "product" else "s")
    row = frame[frame["engineers"] == frame[column]].iloc[0]
    assert [*mark.get_xdata(), *mark.get_ydata()] == [row["engineers"], row[f"{name}_load"]]


def test_a_role_that_never_appears_has_no_mark_and_is_said():
    figure = drawn(org_growth, figures.frame("org_growth", "shared"))
    (mark,) = lines(figure, 1, ORANGE, "s")
    assert len(mark.get_xdata()) == 0
    assert "technical part: no TPM up to 120 engineers" in words(figure)


@pytest.mark.parametrize("preset, cut", [("platform", 1), ("tally", 1), ("simple", 0)])
def test_a_load_beyond_the_frame_is_marked_at_its_edge(preset, cut):
    frame = figures.frame("org_growth", preset)
    (edge,) = lines(drawn(org_growth, frame), 1, BLUE, "^")
    assert len(edge.get_xdata()) == cut == (frame["product_load"].max() > org_growth.MOST_LOAD)
    assert set(edge.get_ydata()) <= {org_growth.MOST_LOAD}


def test_the_lower_panel_shows_kinds_and_both_panels_the_own_size():
    frame = figures.frame("org_growth", "tally_grown")
    figure = drawn(org_growth, frame)
    below = [line for line in figure.axes[0].lines if line.get_color() == INK]
    np.testing.assert_array_equal(below[0].get_ydata(), frame["kinds"])
    assert list(below[1].get_xdata()) == [80, 80]
    above = [line for line in figure.axes[1].lines if line.get_color() == INK]
    assert [80, 80] in [list(line.get_xdata()) for line in above]
    assert [30 / 40] * 2 in [list(line.get_ydata()) for line in above]


@pytest.mark.parametrize(
    "changed, title",
    [
        ({"engineers": 1}, "1 engineer: not enough work for a PM, still less for a TPM"),
        ({"engineers": 12}, "12 engineers: 1 product person, no TPM, 9 of nine kinds of work"),
        ({"engineers": 10, "complexity": 3.0}, "10 engineers: 1 product person, a TPM, 9 of"),
        ({"engineers": 40}, "40 engineers: 5 product people, 1 of them a TPM, 2.6 of nine"),
        ({"engineers": 80}, "80 engineers: 9 product people, 2 of them TPMs, 1.9 of nine"),
    ],
)
def test_the_title_counts_people(changed, title):
    assert org_growth.finding(figures.frame("org_growth", **changed)).startswith(title)


def test_the_table_holds_the_size_asked_about_and_says_when_there_is_nobody():
    head, *rows = org_growth.numbers(figures.frame("org_growth", "tally"))
    assert head[3] == "Product people (30 hours a role)"
    (own,) = [row for row in rows if row[0] == "7 (asked about)"]
    assert own[1:] == ["27", "6", "0", "0", "none", "9.0"]


@pytest.mark.parametrize("kind, colour, mark", [("advice", ORANGE, "s"), ("model", BLUE, "o")])
@pytest.mark.parametrize("preset", ["default", "first_pm"])
def test_ranges_run_from_the_lowest_to_the_highest(kind, colour, mark, preset):
    frame = figures.frame("org_spread", preset)
    figure = drawn(org_spread, frame)
    rows = frame[frame["kind"] == kind]
    (ends,) = lines(figure, 0, colour, mark)
    assert list(ends.get_xdata()) == [*rows["low"], *rows["high"]]
    bars = figure.axes[0].collections[kind == "model"].get_segments()
    assert [[bar[0, 0], bar[1, 0]] for bar in bars] == rows[["low", "high"]].to_numpy().tolist()
    assert set(rows["name"]) <= set(words(figure))


def test_a_role_beyond_the_frame_gets_an_arrow_and_is_said():
    frame = figures.frame("org_spread", times=3.0)
    figure = drawn(org_spread, frame)
    (arrow,) = lines(figure, 0, BLUE, ">")
    assert list(arrow.get_xdata()) == [FAR]
    assert "1 to over 1,000 engineers, each assumption out by a factor of 3" in org_spread.finding(
        frame
    )


def test_each_published_figure_names_its_fact_and_each_range_is_marked_assumed():
    frame = figures.frame("org_spread")
    _, *rows = org_spread.numbers(frame)
    assert [row[-1] for row in rows] == [fact or "assumed" for fact in frame["fact"]]
    assert "nan" not in str(rows)
