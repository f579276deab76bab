"""Parts in a row, copies, the error budget, the crossover and the best set obey their laws."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from tpmlib.errors import CourseError
from tpmlib.kit import content
from tpmlib.kit.ranges import limits
from tpmlib.lessons.architecture import architecture_picture as chart
from tpmlib.lessons.architecture.architecture import (
    architecture,
    describe,
    error_budget,
    redundant,
    run_cost,
)
from tpmlib.lessons.architecture.controls import KINDS, apart, controls, exchange, left
from tpmlib.lessons.architecture.interruption import interruption

BASE = dict(shops=10, slo=99.9, copies=1, shared=0.1, hop=10)
LOSSES = dict(takeover=30, leak=40, outage=20)
WEEK = dict(questions=20, answer=10, back=15, saves=40)


def four(**changed):
    tables = {name: content.table(name) for name in ("architectures", "components")}
    return architecture(**tables | BASE | changed)


def spent(budget, **changed):
    table = content.table("controls")
    return controls(controls=table, budget=budget, **LOSSES | changed).set_index("way")


@pytest.mark.parametrize("copies, shared", [(1, 0), (1, 1), (2, 0), (3, 0.4)])
def test_parts_in_a_row_are_never_better_than_the_worst_part(copies, shared):
    parts = content.table("components")
    count = np.where(parts["copied"] == 1, copies, 1)
    parts = parts.assign(up=redundant(parts["availability"].to_numpy(), count, shared))
    worst = parts.groupby("architecture_id")["up"].min()
    found = four(copies=copies, shared=shared).set_index("architecture_id")["availability"]
    assert (found <= worst[found.index]).all()


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


def test_a_response_is_the_sum_of_parts_and_the_ways_between_them():
    parts = content.table("components").groupby("architecture_id")["latency"]
    found = four(hop=7).set_index("architecture_id")["latency"]
    for name, times in parts:
        assert found[name] == times.sum() + 7 * (len(times) - 1)


@pytest.mark.parametrize("copies", [1, 2, 3])
def test_at_the_crossover_another_is_cheapest_and_just_below_not(copies):
    table, at = content.table("architectures"), four(copies=copies)["crossover"].iloc[0]
    first, below, above = (run_cost(table, load, copies).argmin() for load in (1, at - 1, at))
    assert first == below != above


def test_cost_never_falls_with_load_or_copies():
    table = content.table("architectures")
    cost = run_cost(table, np.arange(1, 201)[:, None], 2)
    assert (np.diff(cost, axis=0) >= 0).all() and (cost >= run_cost(table, 1, 1)).all()


@pytest.mark.parametrize(
    "name, other", [("shops", 90), ("slo", 99.5), ("copies", 2), ("hop", 20), ("shared", 0.6)]
)
def test_every_setting_matters(name, other):
    assert not four(copies=3).equals(four(**{"copies": 3} | {name: other}))


@pytest.mark.parametrize("name", limits(architecture))
@pytest.mark.parametrize("bad", [-1, 1e6])
def test_out_of_range_is_named(name, bad):
    with pytest.raises(CourseError, match=f"^{name}: {bad} is outside"):
        four(**{name: bad})


def test_the_sentence_and_the_title_say_when_nobody_keeps_it():
    assert "0 of 4 architectures keep it" in describe(four())
    assert chart.finding(four()) == "No architecture keeps a promise of 99.9%"
    assert chart.finding(four(slo=99)) == "All keep 99%; cheapest is the managed service"


@pytest.mark.parametrize("budget", [0, 3, 7, 10, 15, 33])
def test_no_other_set_of_controls_beats_the_best(budget):
    """A second method: sets by size, and the loss that is left multiplied out one by one."""
    table = content.table("controls")
    found = []
    for size in range(len(table) + 1):
        for one in combinations(table.to_dict("records"), size):
            if sum(row["cost"] for row in one) <= budget:
                left = dict(LOSSES)
                for row in one:
                    left = {kind: left[kind] * (1 - row[kind]) for kind in KINDS}
                found.append(sum(left.values()))
    assert spent(budget).loc["best", "left"] == pytest.approx(min(found))


def test_no_rule_spends_too_much_or_beats_the_best():
    for budget in range(0, 34):
        frame = spent(budget)
        assert (frame["cost"] <= budget).all()
        assert (frame["removed"] <= frame.loc["best", "removed"] + 1e-9).all()


def parts():
    table = content.table("controls")
    effect, loss = table[list(KINDS)].to_numpy(float), np.array([LOSSES[kind] for kind in KINDS])
    return table["cost"].to_numpy(float), effect, loss


def test_what_a_control_adds_to_the_others_is_at_most_what_it_does_alone():
    cost, effect, loss = parts()
    for bits in range(1, 2 ** len(cost)):
        chosen = np.array([bits >> at & 1 for at in range(len(cost))], bool)
        more, alone = apart(chosen, effect, loss), effect @ loss
        assert (more <= alone + 1e-9).all() and (more[~chosen] == 0).all()
        assert more.sum() <= loss.sum() - left(chosen, effect, loss) + 1e-9
        if chosen.sum() == 1:
            assert more.sum() == pytest.approx(alone[chosen].sum())


@pytest.mark.parametrize("budget", [4, 10, 16])
def test_no_single_step_improves_the_best_and_steps_reach_what_they_promise(budget):
    cost, effect, loss = parts()
    best = spent(budget).loc["best"]
    ids = content.table("controls")["control_id"]
    assert exchange(ids.isin(best["chosen"].split()).to_numpy(), cost, budget, effect, loss)[2] == 0
    chosen = np.zeros(len(cost), bool)
    for _ in range(20):
        out, new, gain = exchange(chosen, cost, budget, effect, loss)
        if not gain:
            break
        before = left(chosen, effect, loss)
        chosen[[at for at in (out, new) if at is not None]] ^= True
        assert before - left(chosen, effect, loss) == pytest.approx(gain)
        assert cost[chosen].sum() <= budget
    assert not gain and chosen.any()


def test_the_best_set_follows_what_is_feared():
    assert "c08" in spent(3, outage=200).loc["best", "chosen"]
    assert spent(3, leak=200, outage=0).loc["best", "chosen"] == "c04"


def test_questions_pay_when_each_saves_more_than_it_costs():
    row = interruption(**WEEK).iloc[0]
    assert row["cost"] == pytest.approx(20 * 25 / 60)
    assert interruption(**WEEK | {"saves": row["even"]})["net"].iloc[0] == pytest.approx(0)


@pytest.mark.parametrize("name", WEEK)
def test_a_question_out_of_range_is_named(name):
    with pytest.raises(CourseError, match=f"^{name}: -1 is outside"):
        interruption(**WEEK | {name: -1})


@pytest.mark.parametrize("settings", [{}, {"copies": 2, "slo": 99.99, "shared": 0}])
def test_marks_stand_at_the_frame(settings):
    from matplotlib.figure import Figure

    frame, figure = four(**settings), Figure(figsize=chart.SIZE)
    chart.draw(figure, frame)(frame)
    for axes, column in zip(figure.axes, ("down", "latency", "cost", "weeks"), strict=True):
        lines = [line for line in axes.lines if line.get_marker() in ("o", "D")]
        ends = pd.concat([pd.Series(one.get_xdata(), one.get_ydata()) for one in lines])
        np.testing.assert_allclose(ends.sort_index(), frame[column])
