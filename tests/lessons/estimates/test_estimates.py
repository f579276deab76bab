"""The network adds and takes the latest; the laws of PERT hold; each setting matters."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from tpmlib.errors import CourseError
from tpmlib.kit import content
from tpmlib.kit.ranges import Range, limits
from tpmlib.lessons.estimates.estimates import describe, estimates, network, view
from tpmlib.lessons.estimates.estimates_picture import FIRST, LAST, draw, finding, numbers

COLUMNS = ["task_id", "task", "predecessors", "low", "likely", "high", "specified"]
CHAIN = pd.DataFrame(
    [
        ("t01", "One", None, 1.0, 2.0, 6.0, 1),
        ("t02", "Two", "t01", 3.0, 4.0, 5.0, 0),
        ("t03", "Three", "t02", 2.0, 8.0, 10.0, 1),
    ],
    columns=COLUMNS,
)
FORK = CHAIN.assign(predecessors=[None, None, None])
BASE = dict(
    shape="pert",
    correlation=0.0,
    specify="listed",
    rework=0.0,
    extra=0.5,
    specification=0.0,
    runs=20_000,
    seed=8,
)


def played(backlog=CHAIN, **changed):
    return estimates(backlog=backlog, **BASE | changed)


def first(backlog=CHAIN, **changed):
    return played(backlog, **changed).iloc[0]


def real(**changed):
    return played(content.table("backlog"), **changed)


def means(backlog):
    return (backlog["low"] + 4 * backlog["likely"] + backlog["high"]) / 6


def spread(backlog):
    """Variance of a beta from low to high with these means; F43's square of a sixth is near it."""
    return (means(backlog) - backlog["low"]) * (backlog["high"] - means(backlog)) / 7


def test_a_chain_adds_means_and_variances():
    days = played(runs=100_000)
    curve = days[days["kind"] == "day"]
    assert first(runs=100_000)["mean"] == pytest.approx(means(CHAIN).sum(), rel=0.003)
    step = np.diff(np.concatenate([[0], curve["chance"]]))
    middle = curve["day"] - 0.5
    variance = (step * middle**2).sum() - (step * middle).sum() ** 2 - 1 / 12
    assert variance == pytest.approx(spread(CHAIN).sum(), rel=0.05)


def test_every_task_of_a_chain_is_critical_and_nothing_merges():
    frame = played()
    assert (frame.loc[frame["kind"] == "task", "critical"] == 1).all()
    assert frame["bias"].iloc[0] == pytest.approx(0, abs=1e-9)


def test_tasks_side_by_side_take_the_longest():
    """A second method: draws of numpy's own beta distribution."""
    rng, draws = np.random.default_rng(3), []
    for row in FORK.itertuples():
        one = 1 + 4 * (row.likely - row.low) / (row.high - row.low)
        draws.append(row.low + (row.high - row.low) * rng.beta(one, 6 - one, 100_000))
    wanted = np.percentile(np.max(draws, axis=0), [50, 80, 95])
    assert first(FORK, runs=100_000)[["p50", "p80", "p95"]].tolist() == pytest.approx(
        wanted, rel=0.01
    )


@pytest.mark.parametrize("shape", limits(estimates)["shape"].names)
@pytest.mark.parametrize("correlation", [0, 0.5, 0.95])
def test_merging_never_helps_the_mean(shape, correlation):
    settings = dict(shape=shape, correlation=correlation)
    assert first(FORK, **settings)["bias"] > 0
    assert real(**settings)["bias"].iloc[0] > 0


def test_a_release_lies_between_its_lows_and_its_highs():
    backlog = content.table("backlog")
    ends = [first(backlog.assign(likely=backlog[end]))["plan"] for end in ("low", "high")]
    days = real().query("kind == 'day'")
    assert ends[0] <= days["day"].min() + 1 and days["day"].max() <= np.ceil(ends[1])
    assert days["chance"].is_monotonic_increasing and days["chance"].iloc[-1] == 1


def test_the_plan_is_the_longest_path_found_by_trying_every_path():
    backlog = content.table("backlog").set_index("task_id")

    def longest(name):
        earlier = [longest(one) for one in str(backlog.loc[name, "predecessors"]).split()]
        return backlog.loc[name, "likely"] + max(earlier, default=0)

    assert real()["plan"].iloc[0] == max(longest(name) for name in backlog.index)


@pytest.mark.parametrize("correlation", [0, 0.5])
def test_the_likely_plan_is_met_in_fewer_than_one_run_in_five(correlation):
    assert real(correlation=correlation)["plan_chance"].iloc[0] < 0.3
    assert real(correlation=correlation, rework=0.35)["plan_chance"].iloc[0] < 0.2


def test_going_wrong_together_moves_the_late_end_and_hardly_the_middle():
    alone, together = (real(correlation=one).iloc[0] for one in (0, 0.6))
    assert together["p95"] - alone["p95"] > 5 > 2 > abs(together["p50"] - alone["p50"])


def test_specifying_for_nothing_never_hurts_and_for_much_does():
    listed = real(rework=0.35).iloc[0]
    free, dear = (real(rework=0.35, specify="all", specification=cost).iloc[0] for cost in (0, 3))
    for level in ("mean", "p50", "p80", "p95"):
        assert free[level] < listed[level]
    assert dear["p50"] > listed["p50"]


def test_without_rework_it_makes_no_difference_what_is_specified():
    one, other = (real(specify=how) for how in ("all", "none"))
    columns = ["day", "chance", "critical", "mean", "p80"]
    pd.testing.assert_frame_equal(one[columns], other[columns])


def test_rework_lengthens_only_what_is_unspecified():
    sure = first(rework=1.0, extra=0.5)["mean"] - first()["mean"]
    # a lognormal with median 0.5 and spread 0.5 has the mean 0.5 exp(0.125)
    assert sure == pytest.approx(means(CHAIN)[1] * 0.5 * np.exp(0.125), rel=0.02)


def test_low_and_high_of_a_lognormal_are_passed_by_one_run_in_ten_each():
    one = CHAIN.head(1)
    days = played(one.assign(low=10.0, likely=20.0, high=40.0), shape="lognormal").query(
        "kind == 'day'"
    )
    below = np.interp([10, 40], days["day"], days["chance"])
    assert below == pytest.approx([0.1, 0.9], abs=0.02)


def test_a_task_that_takes_what_it_takes_has_no_spread():
    fixed = CHAIN.assign(low=3.0, likely=3.0, high=3.0)
    row = first(fixed)
    assert row["p50"] == row["p95"] == row["plan"] == 9 and row["plan_chance"] == 1


def test_a_circle_and_an_unknown_task_are_named():
    with pytest.raises(CourseError, match=r"^predecessors: t01, t02, t03 are in a circle"):
        network(CHAIN.assign(predecessors=["t03", "t01", "t02"]))
    # what waits for a circle is not to blame for it
    with pytest.raises(CourseError, match=r"^predecessors: t01, t02 are in a circle; no circle$"):
        network(CHAIN.assign(predecessors=["t02", "t01", "t02"]))
    with pytest.raises(CourseError, match=r"^t02 predecessors: 't09' is not one of"):
        network(CHAIN.assign(predecessors=[None, "t09", "t02"]))


def test_days_out_of_order_are_named():
    with pytest.raises(CourseError, match=r"^t01: 7, 2, 6; above 0, low, likely, high in this"):
        network(CHAIN.assign(low=[7.0, 3.0, 2.0]))


def test_specifying_the_path_specifies_its_tasks_alone():
    """By hand: the plan of the fork is its longest task, of the course the longest way."""
    fork = played(FORK.assign(specified=0), specify="path").query("kind == 'task'")
    assert fork["specified"].tolist() == [False, False, True]
    gains = [real(rework=0.35, specify=how)["p80"].iloc[0] for how in ("listed", "path", "all")]
    assert gains[0] > gains[1] > gains[2]


def test_the_date_is_read_off_the_curve():
    frame = view(real(), date=40)
    curve = frame[frame["kind"] == "day"].set_index("day")["chance"]
    assert frame["date_chance"].iloc[0] == pytest.approx(curve[40])
    assert view(real(), date=200)["date_chance"].iloc[0] == 1
    with pytest.raises(CourseError, match="^date: 0 is outside 1 to 200"):
        view(real(), date=0)


def test_the_same_seed_gives_the_same_rows():
    pd.testing.assert_frame_equal(real(rework=0.3), real(rework=0.3))


OTHER = dict(
    shape="lognormal",
    correlation=0.3,
    specify="none",
    rework=0.9,
    extra=1.0,
    specification=1.0,
    runs=500,
    seed=9,
)


@pytest.mark.parametrize("name", OTHER)
def test_every_argument_matters(name):
    start = dict(rework=0.35, specify="all" if name == "specification" else "listed")
    assert not real(**start).equals(real(**start | {name: OTHER[name]}))


LIMITS = {name: limit for name, limit in limits(estimates).items() if isinstance(limit, Range)}


@pytest.mark.parametrize("name", LIMITS)
@pytest.mark.parametrize("end, beyond", [("low", -1), ("high", 1)])
def test_out_of_range_is_named(name, end, beyond):
    bad = getattr(LIMITS[name], end) + beyond
    with pytest.raises(CourseError, match=f"^{name}: {bad} is outside"):
        played(**{name: bad})


@pytest.mark.parametrize("name", ["shape", "specify"])
def test_an_unknown_choice_is_named(name):
    with pytest.raises(CourseError, match=f"^{name}: 'x' is not one of"):
        played(**{name: "x"})


def test_the_picture_shows_the_rows_of_the_frame():
    figure, frame = Figure(), view(real(rework=0.35), date=45)
    draw(figure, frame)(frame)
    left, right = figure.axes
    curve, dots, plan, date, beyond = [one for one in left.lines if one.get_animated()]
    days = frame[frame["kind"] == "day"]
    seen = days[days["day"].between(FIRST, LAST)].set_index("day")["chance"]
    drawn = dict(zip(curve.get_xdata(), curve.get_ydata(), strict=True))
    assert len(seen) > 20 and all(drawn[day] == chance for day, chance in seen.items())
    assert list(dots.get_xdata()) == frame[["p50", "p80", "p95"]].iloc[0].tolist()
    assert plan.get_xdata() == [frame["plan"].iloc[0]] * 2 and date.get_xdata() == [45, 45]
    assert not len(beyond.get_xdata())
    tasks = frame[frame["kind"] == "task"]
    clear, unclear = [one for one in right.lines if one.get_animated()]
    for line, part in (
        (clear, tasks[tasks["specified"] == 1]),
        (unclear, tasks[tasks["specified"] == 0]),
    ):
        np.testing.assert_array_equal(line.get_xdata(), part["critical"])
    assert [text.get_text() for text in right.texts] == list(tasks["name"])


def test_a_curve_that_leaves_the_frame_is_marked_at_its_edge():
    frame = view(real(shape="lognormal", correlation=0.9, rework=1.0), date=45)
    figure = Figure()
    draw(figure, frame)(frame)
    beyond = [one for one in figure.axes[0].lines if one.get_animated()][-1]
    assert list(beyond.get_xdata()) == [LAST]


def test_words_and_table_hold_the_numbers():
    frame = view(real(rework=0.35), date=40)
    row = frame.iloc[0]
    assert f"met in {row['plan_chance']:.0%}" in finding(frame)
    assert f"kept in {row['date_chance']:.0%}" in describe(frame)
    assert ["80% done in", f"{row['p80']:.1f} days"] in numbers(frame)
    assert len([one for one in numbers(frame) if "specified)" in one[0]]) == 20
    assert "All 20 tasks are specified" in describe(view(real(specify="all"), date=40))
