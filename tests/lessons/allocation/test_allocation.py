"""The best split obeys its laws: no better one, prices that clear, none for what is left."""

import numpy as np
import pandas as pd
import pytest

from tpmlib.errors import CourseError
from tpmlib.kit.ranges import Range, limits
from tpmlib.lessons.allocation.allocation import (
    BUDGETS,
    RULES,
    allocation,
    describe,
    over_budget,
    view,
)
from tpmlib.lessons.allocation.resource_prices import in_turn, worth

ORDER = list("abcdef")
INITIATIVES = pd.DataFrame(
    {
        "initiative_id": ORDER,
        "name": ["One", "Two", "Three", "Four", "Five", "Six"],
        "delay_cost": [90.0, 60, 40, 70, 30, 55],
        "effort_likely": [20.0, 12, 6, 18, 4, 10],
    }
)
NEEDS = pd.DataFrame(
    {
        "initiative_id": ORDER,
        "first_half": [0.7, 0.78, 0.65, 0.73, 0.84, 0.67],
        "money": [100.0, 20, 60, 30, 80, 10],
        "platform": [200.0, 0, 300, 120, 40, 500],
    }
)
BASE = dict(people=35.0, money=160.0, platform=600.0, fall=1.0)
CASES = [
    BASE,
    BASE | {"people": 12.0},
    BASE | {"money": 40.0},
    BASE | {"platform": 90.0},
    BASE | {"people": 25.0, "money": 110.0, "platform": 400.0},
    BASE | {"fall": 0.1},
    BASE | {"fall": 3.0},
    BASE | {"people": 0.0},
    BASE | {"people": 1000.0, "money": 1000.0, "platform": 5000.0},
]
EACH = pytest.mark.parametrize("case", range(len(CASES)))


def split(**changed):
    tables = {"initiatives": INITIATIVES, "resource_needs": NEEDS}
    return allocation(**tables | BASE | changed)


def needs_of(frame):
    return frame[[f"need_{name}" for name in BUDGETS]].to_numpy()


def row_of(frame, part):
    return frame[[f"{part}_{name}" for name in BUDGETS]].iloc[0].to_numpy(float)


def best_of(frame):
    return frame["total_best"].iloc[0]


@EACH
@pytest.mark.parametrize("rule", ["even", "largest", "weeks", "best"])
def test_no_rule_exceeds_a_budget_or_beats_the_best(case, rule):
    frame = split(**CASES[case])
    share, budget = frame[f"share_{rule}"], row_of(frame, "budget")
    assert share.between(0, 1).all()
    assert (share @ needs_of(frame) <= budget * (1 + 1e-9) + 1e-12).all()
    assert frame[f"total_{rule}"].iloc[0] <= best_of(frame) + 1e-9


@EACH
def test_the_bound_is_met(case):
    frame = split(**CASES[case])
    assert best_of(frame) <= frame["bound"].iloc[0] + 1e-9
    assert best_of(frame) == pytest.approx(frame["bound"].iloc[0], rel=1e-3, abs=1e-9)


@EACH
def test_no_feasible_split_of_ten_thousand_beats_it(case):
    frame, rng = split(**CASES[case]), np.random.default_rng(4)
    best, need, budget = frame["share_best"].to_numpy(), needs_of(frame), row_of(frame, "budget")
    near = np.clip(best + rng.normal(0, 0.1, (5000, 6)), 0, 1)
    tries = np.vstack([rng.random((5000, 6)), near])
    used = tries @ need
    tries *= np.minimum(1, (budget / np.maximum(used, 1e-12)).min(axis=1))[:, None]
    found = worth(frame["value"].to_numpy(), frame["scale"].to_numpy(), tries).sum(axis=1)
    assert found.max() <= best_of(frame) + 1e-6


@EACH
def test_the_next_part_brings_what_it_costs(case):
    """Karush, Kuhn and Tucker: equal inside, no more at nothing, no less at all of it."""
    frame = split(**CASES[case])
    share = frame["share_best"]
    brings = frame["value"] / frame["scale"] * np.exp(-share / frame["scale"])
    costs = pd.Series(needs_of(frame) @ row_of(frame, "price"))
    inside = (share > 1e-6) & (share < 1 - 1e-6)
    np.testing.assert_allclose(brings[inside], costs[inside], rtol=1e-4)
    assert (brings[share <= 1e-6] <= costs[share <= 1e-6] * (1 + 1e-6)).all()
    assert (brings[share >= 1 - 1e-6] >= costs[share >= 1 - 1e-6] * (1 - 1e-6)).all()


@EACH
def test_prices_are_never_below_nothing_and_nothing_for_what_is_left(case):
    frame = split(**CASES[case])
    price, left = row_of(frame, "price"), row_of(frame, "left")
    assert (price >= 0).all()
    np.testing.assert_allclose(price[left > 1e-3], 0, atol=1e-9)


@pytest.mark.parametrize("name", BUDGETS)
@pytest.mark.parametrize("case", [0, 1, 4])
def test_a_price_is_what_one_more_unit_brings(case, name):
    """A second method: the difference of two best splits."""
    start, step = CASES[case], 0.01
    low, high = (split(**start | {name: start[name] + by}) for by in (-step, step))
    gain = (best_of(high) - best_of(low)) / (2 * step)
    assert gain == pytest.approx(split(**start)[f"price_{name}"].iloc[0], rel=0.01, abs=1e-5)


@pytest.mark.parametrize("name", BUDGETS)
def test_more_of_a_budget_never_brings_less_and_ever_less_more(name):
    totals = [best_of(split(**{name: BASE[name] * by})) for by in (0, 0.5, 1, 1.5, 2)]
    gains = np.diff(totals)
    assert (gains >= -1e-6).all() and (np.diff(gains) <= 1e-6).all()


def test_with_no_budget_nothing_is_done_and_with_plenty_everything():
    nothing = split(people=0, money=0, platform=0)
    assert best_of(nothing) == 0 and (nothing["share_best"] == 0).all()
    plenty = split(people=1000, money=1000, platform=5000)
    assert (plenty["share_best"] == 1).all() and (row_of(plenty, "price") == 0).all()


def test_what_needs_no_budget_is_done_whole():
    free = NEEDS["initiative_id"] == "a"
    frame = split(
        initiatives=INITIATIVES.assign(effort_likely=INITIATIVES["effort_likely"].mask(free, 0)),
        resource_needs=NEEDS.assign(**{n: NEEDS[n].mask(free, 0) for n in ("money", "platform")}),
        people=5.0,
    )
    assert frame["share_best"].iloc[0] == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize(
    "name, other",
    [
        ("people", 20),
        ("money", 90),
        ("platform", 200),
        ("fall", 2),
    ],
)
def test_every_setting_matters(name, other):
    assert not split().equals(split(**{name: other}))


LIMITS = {name: limit for name, limit in limits(allocation).items() if isinstance(limit, Range)}


@pytest.mark.parametrize("name", LIMITS)
@pytest.mark.parametrize("bad", [-1, 1e6])
def test_out_of_range_is_named(name, bad):
    with pytest.raises(CourseError, match=f"^{name}: {bad} is outside"):
        split(**{name: bad})


def test_a_need_below_nothing_is_named():
    with pytest.raises(CourseError, match="^resource_needs: a need is below 0 or missing"):
        split(resource_needs=NEEDS.assign(money=-1.0))


def test_a_whole_initiative_brings_its_delay_cost_and_half_of_it_its_first_half():
    frame = split()
    value, scale = frame["value"].to_numpy(), frame["scale"].to_numpy()
    whole, half = (worth(value, scale, np.full(6, share)) for share in (1.0, 0.5))
    np.testing.assert_allclose(whole, INITIATIVES["delay_cost"])
    np.testing.assert_allclose(half / whole, NEEDS["first_half"])
    np.testing.assert_allclose(frame[["value_half", "value_whole"]], np.column_stack([half, whole]))


def test_the_steeper_returns_fall_the_more_is_begun_and_left_unfinished():
    """Without falling returns it is a linear programme: at most three shares between 0 and 1."""
    shares = [split(fall=fall)["share_best"] for fall in (0.01, 1.0, 3.0)]
    parted = [int(((share > 0.06) & (share < 0.98)).sum()) for share in shares]
    assert parted[0] <= len(BUDGETS) < parted[2] and parted == sorted(parted)


@EACH
def test_the_largest_first_keeps_to_the_budgets_and_never_beats_the_best(case):
    frame = split(**CASES[case])
    order = frame["value_whole"].to_numpy()
    share = in_turn(order, needs_of(frame), row_of(frame, "budget"))
    assert (share @ needs_of(frame) <= row_of(frame, "budget") + 1e-9).all()
    np.testing.assert_allclose(share, frame["share_largest"])
    # what comes later in turn is not begun while an earlier one could still be done further
    for at in np.flatnonzero(share < 1 - 1e-9):
        left = row_of(frame, "budget") - share @ needs_of(frame)
        assert ((left < 1e-6) & (needs_of(frame)[at] > 0)).any()


def test_an_unknown_initiative_and_an_impossible_half_are_named():
    with pytest.raises(CourseError, match="^resource_needs: 'zz' is not one of"):
        split(resource_needs=NEEDS.replace("f", "zz"))
    with pytest.raises(CourseError, match="^resource_needs: first_half is not above 0.5"):
        split(resource_needs=NEEDS.assign(first_half=0.5))


@pytest.mark.parametrize("name", BUDGETS)
def test_the_price_of_an_empty_budget_is_what_its_first_unit_brings(name):
    """By hand: the most that any initiative which needs it brings for the first of it."""
    plenty = {other: (1000.0 if other == "people" else 5000.0) for other in BUDGETS}
    frame = split(**plenty | {name: 0.0})
    need = frame[f"need_{name}"]
    first = (frame["value"] / frame["scale"] / need)[need > 0]
    assert frame[f"price_{name}"].iloc[0] == pytest.approx(first.max())


def shown(**changed):
    settings = {"split": "yours", "shown": "own"} | changed
    return view(split(), **settings)


def test_a_split_of_one_s_own_is_counted_as_it_was_entered():
    row = shown(a=100, b=100, c=100, d=100).iloc[0]
    assert row["used_people"] == 56 and over_budget(row) == ["people", "money", "platform"]
    assert row["total_yours"] == pytest.approx(90 + 60 + 40 + 70)
    frame = split()
    same = view(frame, split="best", shown="own").iloc[0]
    assert over_budget(same) == []


def test_beside_others_one_s_own_split_is_cut_back_until_it_fits():
    entered = dict.fromkeys("abcd", 100)
    row = shown(shown="rules", **entered).iloc[0]
    assert over_budget(row) == [] and row["used_people"] == pytest.approx(35)
    assert row["total_yours"] <= row["total_best"]


@pytest.mark.parametrize("rule", RULES)
def test_the_rule_on_show_is_the_one_that_is_drawn(rule):
    frame = view(split(), split=rule, shown="rules", a=20)
    assert frame["worth"].sum() == pytest.approx(frame[f"total_{rule}"].iloc[0])


def test_an_unknown_initiative_or_share_of_one_s_own_is_named():
    with pytest.raises(CourseError, match="^own: 'zz' is not one of"):
        shown(zz=10)
    with pytest.raises(CourseError, match="^a: 101 is outside 0 to 100"):
        shown(a=101)


def test_nothing_is_told_of_others_or_prices_before_its_step():
    own, rules, prices = (describe(shown(shown=step, a=10)) for step in ("own", "rules", "prices"))
    assert "nearest" not in own + prices and "One more" not in own + rules
    assert "nearest" in rules and "One more is worth" in prices
