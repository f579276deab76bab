"""The company game: same seed, same quarters; nothing is lost; every coupling and event counts."""

import json
from dataclasses import replace
from itertools import islice

import numpy as np
import pandas as pd
import pytest

from tpmlib.errors import CourseError
from tpmlib.kit import content
from tpmlib.lessons.allocation.allocation import BUDGETS
from tpmlib.lessons.company.account import ACCOUNT
from tpmlib.lessons.company.company import YEAR, opening, played, quarter
from tpmlib.lessons.company.policies import FIXED, fixed, random
from tpmlib.lessons.company.world import WEEKS, Card, Decision, tally_world
from tpmlib.lessons.staffing.drift import STAFFINGS

WORLD = tally_world()
QUANTITIES = sorted({card.quantity for card in WORLD.cards})
PLAN = Decision("tpm", ("i04", "i05", "i06"), (40, 30, 20), 9, "c03")
PLANS = [
    PLAN,
    PLAN._replace(staffing="pm_tpm", choice="none"),
    PLAN._replace(picks=("i01", "i02", "i07")),
]
SOME = [fixed(WORLD, "pm_tpm", 8), *islice(random(WORLD, 8, 3), 20)]


def total(world, decisions, seed):
    return played(world, decisions, seed)[-1]["total"]


def table(world, decisions, seed):
    return pd.DataFrame(played(world, decisions, seed))


def alone(world=WORLD, decision=PLAN, card=None, delay=0.0):
    """One quarter from the start."""
    return quarter(world, opening(world), decision, card, delay)


@pytest.mark.parametrize("plan", SOME)
def test_same_seed_same_quarters_and_what_is_undone_leaves_no_trace(plan):
    whole = table(WORLD, plan, 5)
    other = [*plan[:3], plan[3]._replace(staffing="pm", shares=(0, 0, 0)), *plan[4:]]
    table(WORLD, other, 5)
    again = table(WORLD, plan[:4], 5)
    assert again.equals(whole.head(4))
    assert list(table(WORLD, other, 5)["event"]) == list(whole["event"])


@pytest.mark.parametrize("plan", SOME)
def test_budgets_and_money_balance(plan):
    frame = table(WORLD, plan, 2)
    for name in BUDGETS:
        np.testing.assert_allclose(
            frame[f"given_{name}"], frame[f"used_{name}"] + frame[f"left_{name}"]
        )
        assert (frame[f"left_{name}"] > -1e-9).all()
    deck = {card.event_id: card for card in WORLD.cards}
    fresh = [
        WORLD.budgets["money"] * (deck[one].amount if deck[one].quantity == "money" else 1)
        for one in frame["event"]
    ]
    carried = frame["left_money"].shift(fill_value=0.0)
    np.testing.assert_allclose(frame["given_money"], fresh + carried)
    np.testing.assert_allclose(frame["net"], frame[list(sum(ACCOUNT.values(), ()))].sum(axis=1))
    np.testing.assert_allclose(frame["total"], frame["net"].cumsum())
    assert frame["done"].is_monotonic_increasing and frame["done"].iloc[-1] <= 1 + 1e-9


@pytest.mark.parametrize("name", BUDGETS)
def test_more_of_a_budget_never_gets_less_done(name):
    rich = replace(WORLD, budgets={**WORLD.budgets, name: 3 * WORLD.budgets[name]})
    poor = replace(WORLD, budgets={**WORLD.budgets, name: 0.2 * WORLD.budgets[name]})
    for first, *_ in SOME:
        few, usual, many = (alone(world, first)["done"] for world in (poor, WORLD, rich))
        assert few <= usual + 1e-9 <= many + 2e-9
    assert alone(poor)["done"] < alone(rich)["done"]


def test_a_quarter_by_hand():
    """A second method: the sums of one quarter, written out."""
    row = alone(WORLD, PLAN)
    people = 80 * WORLD.throughput["tpm", 1.0]
    again = 1 + 0.4 * (1 - WORLD.right["tpm"])
    initiatives = WORLD.initiatives
    fresh, used = 0.0, 0.0
    for name, share in zip(PLAN.picks, PLAN.shares, strict=True):
        one = initiatives.loc[name]
        part = min(1.0, share / 100 * people / (one["need_people"] * again))
        used += part * one["need_people"] * again
        fresh += one["value"] * (1 - np.exp(-part / one["scale"]))
    now, path = 0.7, []
    for _ in range(WEEKS):
        path.append(now)
        now = now * (1 - WORLD.decay) + WORLD.gain["tpm", 1.0] * (1 - now)
    assert row["alignment"] == pytest.approx(np.mean(path)) and row["next"] == pytest.approx(now)
    assert row["used_people"] == pytest.approx(used)
    assert row["weekly"] == pytest.approx(fresh * (1 - 0.7 * (1 - np.mean(path))))
    finished = WEEKS * used / people
    assert row["value"] == pytest.approx(row["weekly"] * (WEEKS - finished))
    assert row["late"] == pytest.approx(-8 * max(0, finished - 9))
    assert row["people"] == pytest.approx(-3 * 0.9 * 13)
    left = {"takeover": 30 * 0.7, "leak": 120 * 0.5, "outage": 5}
    assert row["losses"] == pytest.approx(-sum(left.values()) / 4)


@pytest.mark.parametrize("quantity", QUANTITIES)
def test_an_event_of_once_changes_nothing_and_another_does(quantity):
    none = alone()
    assert alone(card=Card("", quantity, 1.0)) == none
    amount = {"requests": 1.5, "down": 6.0}.get(quantity, 0.5)
    outcomes = ("net", "chance", "left_money")
    changed = alone(card=Card("", quantity, amount), delay=0.5)
    assert any(changed[name] != alone(delay=0.5)[name] for name in outcomes)


def test_each_event_of_the_deck_helps_or_harms_as_its_amount_says():
    for card in WORLD.cards:
        if card.quantity == "money":  # it is not what is short at the start
            continue
        change = alone(card=card, delay=0.5)["net"] - alone(delay=0.5)["net"]
        sign = 1 if card.quantity in ("people", "right", "value") else -1
        assert np.sign(change) == sign * np.sign(card.amount - 1), card


def test_the_deck_is_long_enough_and_touches_every_quantity():
    package = json.loads((content.root() / "data/datapackage.json").read_text(encoding="utf-8"))
    (events,) = (one for one in package["resources"] if one["name"] == "events")
    fields = {field["name"]: field for field in events["schema"]["fields"]}
    assert len(WORLD.cards) >= 24 and QUANTITIES == sorted(
        fields["quantity"]["constraints"]["enum"]
    )
    ready = {one["id"] for one in content.course()["lessons"]}
    assert set(content.table("events")["lesson"]) <= ready


@pytest.mark.parametrize("name", WORLD.couplings)
def test_every_coupling_counts_and_at_nothing_its_link_is_gone(name):
    plan = [one._replace(promise=4) for one in PLANS]
    outage = replace(WORLD, cards=(Card("", "down", 20.0),) * 4)
    row = content.table("coupling").set_index("coupling_id").loc[name]
    ends = {total(outage.coupled(**{name: row[end]}), plan, 1) for end in ("min", "value", "max")}
    assert len(ends) == 3
    frame = table(outage.coupled(**{name: 0}), plan, 1)
    gone = {"week_price": "people", "late_price": "late", "early_price": "early"}
    gone["down_price"] = "down"
    if name in gone:
        assert (frame[gone[name]] == 0).all()


def test_without_fit_alignment_is_worth_nothing_and_without_rework_messages_are():
    lost = {key: 0.0 for key in WORLD.gain}
    for world, changed in (
        (WORLD.coupled(fit=0), {"gain": lost}),
        (WORLD.coupled(rework=0), {"right": dict.fromkeys(STAFFINGS, 0.0)}),
    ):
        assert total(replace(world, **changed), PLANS, 1) == total(world, PLANS, 1)
        assert total(replace(WORLD, **changed), PLANS, 1) < total(WORLD, PLANS, 1)


def test_the_chance_of_a_date_is_how_often_it_is_kept():
    delays = np.random.default_rng(0).standard_normal(4000)
    rows = [alone(decision=PLAN._replace(promise=12), delay=delay) for delay in delays]
    kept = np.mean([row["finished"] <= 12 for row in rows])
    assert kept == pytest.approx(rows[0]["chance"], abs=0.025)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"staffing": "pn"}, "staffing: 'pn' is not one of"),
        ({"picks": ("i04", "i05", "i99")}, "picks: 'i99' is not one of"),
        ({"picks": ("i04", "i04", "i05")}, "picks: i04, i04, i05; 3 different initiatives"),
        ({"shares": (50, 40, 20)}, r"shares: \[50, 40, 20\]; 3 in tens, together at most 100"),
        ({"shares": (50, 45, 0)}, "shares: "),
        ({"shares": (50, -10, 0)}, "shares: "),
        ({"promise": 14}, "promise: 14; a week from 4 to 13"),
        ({"promise": True}, "promise: True; a week"),
        ({"choice": "c99"}, "choice: 'c99' is not one of"),
    ],
)
def test_what_cannot_be_decided_is_named(changed, told):
    with pytest.raises(CourseError, match=told):
        alone(decision=PLAN._replace(**changed))


def test_other_faults_are_named():
    with pytest.raises(CourseError, match="quarters: 99 is more than the"):
        played(WORLD, [PLAN] * 99, 1)
    with pytest.raises(CourseError, match="^seed: -1 is outside"):
        played(WORLD, [PLAN], -1)
    with pytest.raises(CourseError, match="coupling: 'fitt' is not one of"):
        WORLD.coupled(fitt=1)
    with pytest.raises(CourseError, match="^fit: 2 is outside"):
        WORLD.coupled(fit=2)


def best_of(world, seeds=200):
    plans = {name: fixed(world, name, YEAR) for name in FIXED}
    won = [max(FIXED, key=lambda name: total(world, plans[name], seed)) for seed in range(seeds)]
    return {name: won.count(name) for name in FIXED}


def test_tally_has_one_size():
    """The engineers who ask have 208 weeks a quarter; about 60% of them keep Tally running."""
    engineers = content.settings("drift", "tally")["engineers"]
    assert engineers * WEEKS == 208 and WORLD.budgets["people"] == 80 == round(0.385 * 208)
    assert WORLD.budgets == {name: content.settings("allocation")[name] for name in BUDGETS}
    costs = [content.settings(name)["cost"] for name in ("drift", "own_week", "staffing_map")]
    assert costs == [WORLD.person] * 3 == [0.9] * 3


def test_if_every_initiative_took_a_quarter_of_the_weeks_the_two_alone_would_change_places():
    """Both roles lead at either size; the lesson says so."""
    few = WORLD.initiatives.assign(need_people=WORLD.initiatives["need_people"] / 4)
    for world, order in (
        (WORLD, ["pm", "tpm", "pm_tpm"]),
        (replace(WORLD, initiatives=few), ["tpm", "pm", "pm_tpm"]),
    ):
        assert best_of(world, 60)["pm_tpm"] == 60
        plans = {name: fixed(world, name, YEAR) for name in FIXED}
        sums = {name: sum(total(world, plan, n) for n in range(60)) for name, plan in plans.items()}
        assert sorted(sums, key=sums.__getitem__) == order


def test_who_is_dominated_hangs_on_what_alignment_is_worth():
    """As set, both roles win at every seed; the lesson says so, and that one coupling decides."""
    assert best_of(WORLD) == {"pm": 0, "tpm": 0, "pm_tpm": 200}
    assert best_of(WORLD.coupled(fit=0), 20)["tpm"] == 20
    dear = best_of(WORLD.coupled(week_price=8), 20)
    assert dear["tpm"] > dear["pm_tpm"]


def test_looking_pays():
    """The sensible rule beats nearly all who decide at random, and no single trick beats it."""
    lucky = [total(WORLD, plan, 1) for plan in islice(random(WORLD, YEAR, 0), 200)]
    rule = fixed(WORLD, "pm_tpm", YEAR)
    assert total(WORLD, rule, 1) > np.percentile(lucky, 99)
    seeds = range(30)

    def mean(plan):
        return np.mean([total(WORLD, plan, seed) for seed in seeds])

    for trick in ({"promise": 4}, {"shares": (100, 0, 0)}, {"picks": rule[0].picks}):
        assert mean([one._replace(**trick) for one in rule]) < mean(rule)


def test_random_policies_are_possible_and_the_same_again():
    first, second = (list(islice(random(WORLD, 4, 9), 50)) for _ in "12")
    assert first == second and len({one[0].staffing for one in first}) == len(STAFFINGS)
    assert len({one[0].choice for one in first}) > 5


SAID = {"pm": 722, "tpm": 843, "pm_tpm": 1046, "pm_pm": 801, "tpm_tpm": 1003}  # in the lesson


def test_the_means_that_the_lesson_names_are_those_of_200_games():
    seeds = range(1, 201)
    mean = {
        name: np.mean([total(WORLD, fixed(WORLD, name, YEAR), seed) for seed in seeds])
        for name in SAID
    }
    assert mean == pytest.approx(SAID, abs=0.5)
    gain = {name: mean["pm_tpm"] - mean[name] for name in SAID}
    assert gain["tpm"] - gain["tpm_tpm"] > 0.7 * gain["tpm"]  # of a PM's worth to a lone TPM
    assert gain["pm"] - gain["pm_pm"] < 0.3 * gain["pm"]  # of a TPM's worth to a lone PM


@pytest.mark.parametrize("staffing", SAID)
def test_the_rule_buys_each_quarter_the_best_control_that_it_does_not_own(staffing):
    assert [play.choice for play in fixed(WORLD, staffing, YEAR)] == ["c07", "c03", "c04", "c01"]


def test_the_rule_buys_nothing_once_no_control_is_worth_its_cost():
    choices = [play.choice for play in fixed(WORLD, "pm", 12)]
    bought = [name for name in choices if name != "none"]
    assert len(bought) == len(set(bought)) < 12 and choices[-1] == "none"


def test_no_cards_put_one_who_is_alone_before_the_pair():
    """The first question says so of 200 years."""
    plans = {name: fixed(WORLD, name, YEAR) for name in FIXED}
    for seed in range(1, 201):
        assert max(FIXED, key=lambda name, seed=seed: total(WORLD, plans[name], seed)) == "pm_tpm"


def lead(world, seeds=range(1, 201)):
    """By how much the pair leads the TPM alone, over all games."""
    plans = [fixed(world, name, YEAR) for name in ("pm_tpm", "tpm")]
    sums = [sum(total(world, plan, seed) for seed in seeds) for plan in plans]
    return sums[0] - sums[1]


@pytest.mark.parametrize(
    ("tpm_leads", "pair_leads"),
    [
        (WORLD.coupled(fit=0.33), WORLD.coupled(fit=0.37)),
        (WORLD.coupled(week_price=7.5), WORLD.coupled(week_price=7)),
        (tally_world(engineers=7), tally_world(engineers=8)),
    ],
)
def test_each_slider_turns_the_first_place_at_the_figure_that_the_lesson_names(
    tpm_leads, pair_leads
):
    assert lead(tpm_leads) < 0 < lead(pair_leads)


@pytest.mark.parametrize(
    ("team", "order"),
    [
        ({"slowness": 1.3}, ["tpm", "pm", "pm_tpm"]),
        ({"slowness": 1.4}, ["pm", "tpm", "pm_tpm"]),
        ({"settled": 0.5}, ["tpm", "pm", "pm_tpm"]),
        ({"settled": 0.3}, ["pm", "tpm", "pm_tpm"]),
        ({"slowness": 1, "settled": 0.5}, ["tpm", "pm_tpm", "pm"]),
        ({"complexity": 0.4}, ["tpm", "pm_tpm", "pm"]),
        ({"gain_tpm": 0.8}, ["pm", "tpm", "pm_tpm", "tpm_tpm"]),
        ({"gain_tpm": 0.75}, ["pm", "tpm", "tpm_tpm", "pm_tpm"]),
        ({"share": 1}, ["pm", "tpm", "pm_tpm"]),
    ],
)
def test_what_a_lone_pm_must_be_or_have_to_overtake_is_as_the_lesson_says(team, order):
    world = tally_world(**team)
    plans = {name: fixed(world, name, YEAR) for name in order}
    sums = {n: sum(total(world, plan, s) for s in range(1, 201)) for n, plan in plans.items()}
    assert sorted(sums, key=sums.__getitem__) == order
    if "share" in team:  # to hear more does not help her
        assert sums["pm"] < sum(total(WORLD, fixed(WORLD, "pm", YEAR), s) for s in range(1, 201))


@pytest.mark.parametrize("seed", range(1, 6))
def test_what_a_lone_pm_builds_brings_two_thirds_to_four_fifths_of_a_tpm_beside_her(seed):
    """Only the work is drawn; people, shares, date and controls are those of the rule."""
    rule = fixed(WORLD, "pm", YEAR)
    plans = [
        [play._replace(picks=other.picks) for play, other in zip(rule, plan, strict=True)]
        for plan in islice(random(WORLD, YEAR, seed), 500)
    ]
    pm, pair = (total(WORLD, fixed(WORLD, name, YEAR), seed) for name in ("pm", "pm_tpm"))
    gained = pm - np.median([total(WORLD, plan, seed) for plan in plans])
    assert 0.65 < gained / (pair - pm) < 0.81


def test_another_number_of_engineers_asks_and_builds_in_proportion():
    few = tally_world(engineers=8)
    assert (
        few.budgets == {**WORLD.budgets, "people": 40}
        and tally_world(engineers=16).budgets == WORLD.budgets
    )
    assert few.throughput["pm", 1.0] > WORLD.throughput["pm", 1.0]
    with pytest.raises(CourseError, match="^engineers: 500 is outside"):
        tally_world(engineers=500)


def test_four_couplings_change_no_order_from_end_to_end():
    def order(world):
        names = ("pm", "tpm", "pm_tpm")
        plans = {name: fixed(world, name, YEAR) for name in names}
        return sorted(
            names, key=lambda name: sum(total(world, plans[name], n) for n in range(1, 41))
        )

    rows = content.table("coupling").set_index("coupling_id").drop(["fit", "week_price"])
    assert len(rows) == 4
    for name, row in rows.iterrows():
        for value in (row["min"], row["max"]):
            assert order(WORLD.coupled(**{name: value})) == ["pm", "tpm", "pm_tpm"]


CARDS = {card.event_id: card for card in WORLD.cards}


@pytest.mark.parametrize("event", ["flu", "resignation", "bad_estimates"])
def test_weeks_that_are_kept_free_soften_no_card(event):
    """With a third kept free as large a share is lost as with none."""

    def lost(shares):
        decision = Decision("pm", ("i01", "i04", "i05"), shares, 12)
        rows = [quarter(WORLD, opening(WORLD), decision, card) for card in (None, CARDS[event])]
        usual, then = (row["net"] + 39 * row["weekly"] for row in rows)
        return (usual - then) / usual

    assert lost((30, 20, 20)) > 0.98 * lost((40, 30, 30))


def test_a_tpm_makes_a_message_hardly_surer():
    """Of moving_office the card says so."""
    assert 0 <= WORLD.right["tpm"] - WORLD.right["pm"] < 0.01
