"""Parts in a row, copies, budgets, costs and where their lines cross."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from tpmlib.errors import CourseError
from tpmlib.kit import content, figures, questions
from tpmlib.kit.ranges import limits
from tpmlib.lessons.architecture import architecture_picture as chart
from tpmlib.lessons.architecture.architecture import (
    MONTH,
    architecture,
    error_budget,
    redundant,
    run_cost,
)

BASE = dict(shops=10, slo=99.9, copies=1, shared=0.1, supplier=100, until=150)
STEPS = {step["id"]: step for step in content.stage("crossover")["steps"]}
TABLE = content.table("architectures")


def four(**changed):
    tables = {name: content.table(name) for name in ("architectures", "components")}
    return architecture(**tables | BASE | changed)


def row(name="managed", **changed):
    return four(**changed).set_index("architecture_id").loc[name]


@pytest.mark.parametrize("copies, shared", [(1, 0), (1, 1), (2, 0), (3, 0.4)])
def test_parts_in_a_row_are_never_better_than_the_worst_part(copies, shared):
    parts = content.table("components")
    count = np.where(parts["copied"] == 1, copies, 1)
    parts = parts.assign(up=redundant(parts["availability"].to_numpy(), count, shared))
    worst = (1 - parts.groupby("architecture_id")["up"].min()) * MONTH
    down = four(copies=copies, shared=shared).set_index("architecture_id")["down"]
    assert (down >= worst[down.index] - 1e-9).all()


@pytest.mark.parametrize("copies", [1, 2, 3])
def test_copies_that_fail_by_themselves_follow_the_formula(copies):
    up = np.array([0.9, 0.99, 0.999])
    np.testing.assert_allclose(redundant(up, copies, 0), 1 - (1 - up) ** copies)


def test_copies_agree_with_a_drawn_system():
    """A second method: three copies drawn a million times."""
    down = np.random.default_rng(3).random((1_000_000, 3)) < 0.2
    assert redundant(np.array([0.8]), 3, 0)[0] == pytest.approx(
        1 - down.all(axis=1).mean(), abs=1e-3
    )


def test_copies_that_always_fall_together_help_nothing_and_one_copy_shares_nothing():
    assert four(copies=3, shared=1)["down"].equals(four()["down"])
    np.testing.assert_allclose(four(shared=0)["down"], four(shared=1)["down"])


def test_the_error_budget_is_linear():
    assert error_budget(99.9) == pytest.approx(43.2)
    for slo in (90, 95, 99.5):
        assert error_budget(slo) == pytest.approx((100 - slo) * error_budget(99))


@pytest.mark.parametrize("copies", [1, 2, 3])
def test_beyond_the_crossover_another_is_cheapest_and_at_it_not(copies):
    at = four(copies=copies)["crossover"].iloc[0]
    first, below, above = (run_cost(TABLE, load, copies).argmin() for load in (1, at, at + 1))
    assert first == below != above


def test_cost_never_falls_with_load_or_copies():
    cost = run_cost(TABLE, np.arange(1, 201)[:, None], 2)
    assert (np.diff(cost, axis=0) >= 0).all() and (cost >= run_cost(TABLE, 1, 1)).all()


def test_the_supplier_s_price_moves_no_line_but_the_supplier_s():
    before, after = (
        four(supplier=price).set_index("architecture_id")["cost"] for price in (100, 150)
    )
    assert list(after[after != before].index) == ["managed"]


@pytest.mark.parametrize(
    "name, other",
    [("shops", 90), ("slo", 99.5), ("copies", 2), ("shared", 0.6), ("supplier", 200), ("until", 9)],
)
def test_every_setting_matters(name, other):
    assert not four(copies=3).equals(four(**{"copies": 3} | {name: other}))


@pytest.mark.parametrize("name", limits(architecture))
@pytest.mark.parametrize("bad", [-1, 1e6])
def test_out_of_range_is_named(name, bad):
    with pytest.raises(CourseError, match=f"^{name}: {bad} is outside"):
        four(**{name: bad})


def test_the_lesson_says_how_the_crossover_hangs_on_the_supplier_s_price():
    at = {price: row(copies=2, supplier=price)["crossover"] for price in (50, 75, 100, 125)}
    assert at[75] - at[100] > 2 * (at[100] - at[125])
    assert "A quarter off moves the ring more than twice as far" in STEPS["move"]["say"]
    assert at[75] > 1.5 * at[100] and at[125] < at[100] and 25 < at[100] < 30
    assert "The ring is where it stops being the cheapest" in STEPS["grown"]["say"]
    own, modular, services, supplier = run_cost(TABLE, 10, 2)
    assert supplier == own / 2 and min(modular, services) > own
    told = "costs half of what two copies of one program do; walls or several programs cost more"
    assert told in STEPS["grown"]["say"]
    cheapest = run_cost(TABLE, np.arange(1, 201)[:, None], 2).argmin(axis=1)
    assert {*cheapest[int(at[100]) : 120]} == {0, 1} and {*cheapest[120:]} == {2}
    assert (
        "from 120 thousand on several programs" in questions.prediction("architecture-crossing").why
    )


def test_the_lesson_says_what_a_second_copy_costs():
    costs = [row("monolith", copies=copies)["cost"] for copies in (1, 2)]
    lesson = (content.root() / content.lesson("architecture")["file"]).read_text()
    told = "as Tally is built today, five thousand dollars a month become nine"
    assert costs == [5, 9] and told in lesson
    assert "dollars" not in questions.reflection("architecture-offer").model_answer  # comes before


def test_the_right_place_of_the_crossing_is_what_the_model_says():
    low, high = chart.BANDS["before_40"]
    item = questions.prediction("architecture-crossing")
    assert [option.id for option in item.options if option.right] == ["before_40"]
    assert low <= row(copies=2)["crossover"] < high
    dearest = [TABLE["architecture_id"][run_cost(TABLE, at, 2).argmax()] for at in (57, 80, 150)]
    assert dearest == ["managed"] * 3  # "before sixty thousand it is the dearest"


def test_the_claim_s_band_is_that_of_the_model():
    assert four(copies=2)["kept"].all() and not four(copies=2, slo=99.99)["kept"].any()
    lesson = (content.root() / content.lesson("architecture")["file"]).read_text()
    down = four(copies=2).set_index("architecture_id")[["down", "budget"]].round()
    assert list(down.loc["monolith"]) == [10, 43] and down["down"]["managed"] == 25
    assert down["down"].idxmax() == "managed" and "the supplier by the least" in lesson
    assert content.settings("architecture", "tally")["shared"] == 0.1  # "a tenth of all down time"


def test_the_table_promises_no_average_month_and_no_move_to_where_tally_is():
    """The monolith is what Tally runs; of an average month, which keeps what months break, none."""
    rows = dict(zip(*chart.numbers(four(copies=2))[:2], strict=True))
    assert rows["Architecture"] == "One program" and not any("average" in name for name in rows)
    assert rows["To move there [engineer-weeks]"] == "none: so Tally is built today"
    assert chart.numbers(four(copies=2))[4][-1] == "24"


@pytest.mark.parametrize("settings", [{}, {"copies": 2, "until": 12}])
def test_a_line_holds_the_costs_and_none_is_broken(settings):
    """Broken lines once meant two things in one picture, so none is broken."""
    frame, figure = four(**settings), Figure(figsize=chart.SIZE)
    chart.draw(figure, frame)(frame)
    lines = [line for line in figure.axes[0].lines if len(line.get_xdata()) > 2]
    for line, cost in zip(lines, frame["cost"], strict=True):
        assert np.interp(10, *line.get_data()) == pytest.approx(cost)
    assert {
        line.get_linestyle() for line in figure.axes[0].lines if line.get_marker() == "None"
    } == {"-"}


def test_the_title_says_the_cheapest_now_then_up_to_where():
    assert chart.finding(four(copies=2, until=12)) == "Supplier: cheapest at 10 thousand shops"
    assert chart.finding(four(copies=2)) == "Supplier: cheapest up to 28 thousand shops"
    half = chart.finding(four(copies=2, supplier=50))
    assert half == "Supplier: cheapest at every size shown"


def test_a_place_of_the_picture_stands_over_its_stretch_of_the_scale():
    left, _, width, _ = chart.BOX
    for spot in chart.places(four()):
        ends = np.array([spot["box"][0], spot["box"][0] + spot["box"][2]])
        assert (ends - left) / width * chart.MOST == pytest.approx(chart.BANDS[spot["id"]])


def test_the_game_and_the_lesson_know_the_same_move():
    assert row("managed")["weeks"] == TABLE.set_index("architecture_id")["weeks"]["managed"]
    (reason,) = (o.why for o in questions.question("architecture-move").options if o.right)
    assert "sixteen months" in reason and "if it does not grow" in reason
    assert figures.frame("architecture", "tally")["kept"].all()


def saved(shops):
    """Thousand dollars a month that two copies cost less at the supplier than as one program."""
    own, supplier = run_cost(TABLE, shops, 2)[[0, 3]]
    return own - supplier


def test_without_growth_the_move_is_paid_after_sixteen_months_and_with_growth_never():
    price = 24 * 3  # a week costs three thousand, as in lesson 07
    assert row()["weeks"] == 24 and saved(10) == 4.5 and price / saved(10) == 16
    grown = np.cumsum([saved(10 + month) for month in range(60)])
    assert grown.max() < price and saved(28) == pytest.approx(0)
    last = STEPS["move"]["say"]
    assert price == 72 and "72 thousand dollars of engineers' time" in last
    assert "4.5 thousand a month today, so these come back after sixteen months" in last
    assert "With a thousand shops more each month the saving is gone, at the ring," in last


def test_the_lesson_says_what_the_supplier_takes_for_a_shop_and_for_a_copy():
    lesson = (content.root() / content.lesson("architecture")["file"]).read_text()
    prices = row("managed")[["per_thousand", "fixed"]]
    assert (
        list(prices) == [0.35, 0.5]
        and "35 cents a month for each shop and five hundred dol" in lesson
    )
