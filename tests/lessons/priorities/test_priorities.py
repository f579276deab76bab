"""Five rankings of one table: their laws, what error does to them, and what is on show."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from tpmlib.errors import CourseError
from tpmlib.kit import content
from tpmlib.kit.ranges import Choice, Range, limits
from tpmlib.lessons.priorities import priorities_picture as picture
from tpmlib.lessons.priorities.priorities import (
    DRAWS,
    METHODS,
    TOP,
    columns_of,
    describe,
    priorities,
    ranked,
    view,
)

BASE = dict(
    method="delay",
    effort_error=1.0,
    value_error=1.0,
    weight_trust=1.0,
    weight_growth=1.0,
    weight_ease=1.0,
    runs=400,
    seed=4,
)


def kept_of(frame):
    """How many of the three by likely values a draw keeps, on average."""
    return frame.loc[frame["rank"] <= TOP, "chance"].sum()


def drawn(frame):
    """The axes of the lists."""
    figure = Figure(figsize=picture.SIZE)
    picture.draw(figure, frame)(frame)
    return figure.axes[0]


EVERY = pytest.mark.parametrize("method", METHODS)
RANKS = [f"rank_{name}" for name in METHODS]


@pytest.fixture(scope="module")
def table():
    return content.table("initiatives")


@pytest.fixture
def rows(table):
    def compute(initiatives=table, **changed):
        return priorities(initiatives=initiatives, **BASE | changed)

    return compute


def test_scores_are_those_of_their_definitions(rows, table):
    one = table.iloc[0]
    expected = {
        "rice": one["reach"] * one["impact"] * one["confidence"] / one["effort_likely"],
        "delay": one["delay_cost"] / one["effort_likely"],
        "wsjf": (one["business_value"] + one["time_criticality"] + one["risk_reduction"])
        / one["effort_likely"],
        "opportunity": 2 * one["importance"] - one["satisfaction"],
        "pillars": (2 * one["trust"] + one["growth"] + one["ease"]) / 4,
    }
    found = {name: rows(method=name, weight_trust=2.0)["score"].iloc[0] for name in METHODS}
    assert found == pytest.approx(expected)


def test_more_satisfaction_than_importance_takes_nothing_away(rows, table):
    """F59: the common slip is to drop the maximum."""
    content_with_it = table.assign(importance=4.0, satisfaction=9.0)
    assert (rows(content_with_it, method="opportunity")["score"] == 4.0).all()


@EVERY
def test_ranks_are_a_permutation_and_the_chances_make_three(rows, method):
    frame = rows(method=method)
    for name in RANKS:
        assert sorted(frame[name]) == list(range(1, len(frame) + 1))
    assert (
        frame["chance"].sum() == pytest.approx(TOP)
        and (frame["rank"] == frame[f"rank_{method}"]).all()
    )
    assert frame["distinct"].iloc[0] == (frame[RANKS] <= TOP).any(axis=1).sum()


@EVERY
def test_without_error_a_draw_is_the_ranking(rows, method):
    frame = rows(method=method, effort_error=0.0, value_error=0.0)
    assert (frame["chance"] == (frame["rank"] <= TOP)).all()
    assert frame["same"].iloc[0] == 1


@EVERY
def test_a_factor_common_to_all_efforts_moves_no_rank(rows, table, method):
    efforts = ["effort_low", "effort_likely", "effort_high"]
    other = rows(table.assign(**{name: 3 * table[name] for name in efforts}), method=method)
    moved = ["score", "effort_likely"]
    pd.testing.assert_frame_equal(
        rows(method=method).drop(columns=moved), other.drop(columns=moved)
    )


@pytest.mark.parametrize("method", ["opportunity", "pillars"])
def test_two_methods_do_not_ask_for_effort(rows, method):
    assert rows(method=method).equals(rows(method=method, effort_error=2.0))


@pytest.mark.parametrize("method, column", [("delay", "delay_cost"), ("rice", "reach")])
def test_more_value_never_lowers_the_chance(rows, table, method, column):
    for place in range(len(table)):
        more = table.copy()
        more[column] = more[column].astype(float)
        more.loc[place, column] *= 1.5
        before, after = rows(method=method), rows(more, method=method)
        assert after["chance"].iloc[place] >= before["chance"].iloc[place]


@pytest.mark.parametrize("method", ["rice", "delay", "wsjf"])
def test_more_error_keeps_less_of_the_three(rows, method):
    for name in ("effort_error", "value_error"):
        kept = [kept_of(rows(method=method, runs=4000, **{name: size})) for size in (0.0, 1.0, 2.0)]
        assert kept == sorted(kept, reverse=True) and kept[0] - kept[-1] > 0.1


def test_a_lopsided_effort_lowers_the_chance(rows, table):
    steady = table.assign(
        effort_low=0.5 * table["effort_likely"], effort_high=1.5 * table["effort_likely"]
    )
    lopsided = steady.assign(effort_high=steady["effort_high"].where(steady.index > 0, 160.0))
    alone = dict(method="delay", value_error=0.0, runs=4000)
    chances = [rows(made, **alone)["chance"].iloc[0] for made in (lopsided, steady)]
    assert chances[0] < chances[1]


def test_the_efforts_of_two_settings_are_the_same_draws(rows, table):
    """Stretching the high end of one initiative leaves the others' efforts where they were."""
    stretched = table.assign(effort_high=table["effort_high"].where(table.index > 0, 240.0))
    alone = dict(method="delay", value_error=0.0, runs=2000)
    before, after = (rows(made, **alone)["chance"] for made in (table, stretched))
    assert after[0] < before[0] and (after[1:] >= before[1:]).all()


def test_a_tie_goes_to_the_earlier_row():
    assert list(ranked(np.array([[2.0, 3.0, 2.0, 3.0]]))[0]) == [3, 1, 4, 2]


def test_the_order_of_the_table_does_not_matter_without_ties(rows, table):
    mixed = table.sample(frac=1, random_state=2)
    one = rows(method="delay").set_index("initiative_id")["rank"]
    other = rows(mixed, method="delay").set_index("initiative_id")["rank"]
    scores = table["delay_cost"] / table["effort_likely"]
    alone = table["initiative_id"][~scores.duplicated(keep=False)]
    assert one[alone].equals(other[alone])


def test_the_draws_on_show_are_rankings_of_the_same_errors(rows):
    frame = rows()
    shown = [f"draw_{number}" for number in range(DRAWS)]
    assert all(sorted(frame[name]) == list(range(1, len(frame) + 1)) for name in shown)
    assert len({tuple(frame[name]) for name in shown}) == DRAWS
    exact = rows(effort_error=0.0, value_error=0.0)
    assert all((exact[name] == exact["rank"]).all() for name in shown)


@pytest.mark.parametrize(
    "lists, number", [("first", 1), ("methods", len(METHODS)), ("draws", DRAWS)]
)
def test_the_share_is_that_of_the_lists_on_show(rows, lists, number):
    frame = view(rows(method="rice"), lists=lists, mine="none")
    shown = (frame[columns_of(frame)] <= TOP).mean(axis=1)
    assert len(columns_of(frame)) == number
    assert frame["share"].equals(frame["chance"] if lists == "draws" else shown)


def test_the_table_shows_what_was_given_and_none_of_its_lists(rows, table):
    frame = view(rows(method="rice"), lists="table", mine="none")
    assert frame["name"].tolist() == table["name"].tolist()  # and not by any rank
    pd.testing.assert_frame_equal(frame[columns_of(frame)], table[columns_of(frame)])
    axes = drawn(frame)
    discs = next(line for line in axes.lines if line.get_marker() == "o")
    assert list(discs.get_xdata()) == [] and picture.numbers(frame)[1][1:] == ["900", "12", "32"]


@pytest.mark.parametrize("lists", ["table", "first", "methods", "draws"])
def test_the_row_that_the_learner_follows_is_marked_wherever_it_stands(rows, lists):
    frame = view(rows(), lists=lists, mine="i11")
    band = next(c for c in drawn(frame).collections if c.get_linewidth()[0] == 14)
    (segment,) = band.get_segments()
    assert frame["name"].iloc[int(segment[0][1])] == "Show when payouts arrive"


def test_a_learner_who_follows_nothing_has_no_row_marked(rows):
    assert not view(rows(), lists="methods", mine="none")["mine"].any()


def test_no_weight_moves_a_row_of_the_five_lists(rows):
    before, after = (
        view(rows(method="pillars", weight_ease=weight), lists="methods", mine="none")
        for weight in (1.0, 4.0)
    )
    assert list(before["name"]) == list(after["name"])


@pytest.mark.parametrize(
    "name, other, method",
    [
        ("effort_error", 2.0, "delay"),
        ("value_error", 2.0, "delay"),
        ("weight_trust", 2.0, "pillars"),
        ("weight_growth", 0.0, "pillars"),
        ("weight_ease", 3.0, "pillars"),
        ("seed", 5, "delay"),
        ("runs", 500, "delay"),
        ("method", "rice", "delay"),
    ],
)
def test_every_setting_matters(rows, name, other, method):
    assert not rows(method=method).equals(rows(**{"method": method, name: other}))


def test_every_method_has_its_words():
    assert limits(priorities)["method"] == Choice(tuple(METHODS))


LIMITS = {name: limit for name, limit in limits(priorities).items() if isinstance(limit, Range)}


@pytest.mark.parametrize("name", LIMITS)
@pytest.mark.parametrize("bad", [-1, 1e12])
def test_out_of_range_is_named(rows, name, bad):
    with pytest.raises(CourseError, match=f"^{name}: .* is outside"):
        rows(**{name: bad})


def test_other_bad_input_is_named(rows):
    with pytest.raises(CourseError, match="^method: 'ice' is not one of"):
        rows(method="ice")
    with pytest.raises(CourseError, match="all are 0"):
        rows(weight_trust=0.0, weight_growth=0.0, weight_ease=0.0)


def test_the_sentence_tells_no_more_than_the_lists_on_show(rows):
    told = {
        name: describe(view(rows(), lists=name, mine="none"))
        for name in ("table", "first", "methods", "draws")
    }
    three = rows().sort_values("rank").head(TOP)["name"]
    assert all(name in told["first"] and name in told["draws"] for name in three)
    assert not any(name in told["table"] for name in three)
    assert "different" in told["methods"] and "different" not in told["first"]
    assert "%" in told["draws"] and "%" not in told["first"] + told["methods"]
    assert "your choice" not in "".join(told.values())


def test_the_sentence_says_on_how_many_lists_the_chosen_initiative_is(rows):
    frame = view(rows(), lists="methods", mine="i07")
    on = round(len(METHODS) * frame.loc[frame["mine"], "share"].item())
    assert f"Connect three more banks, your choice, is on {on} of the five lists." in describe(
        frame
    )
