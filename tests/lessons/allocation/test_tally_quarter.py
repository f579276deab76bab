"""What lesson 07 says of Tally's quarter: which rule leads, what runs out, where it turns."""

from itertools import product

import numpy as np
import pytest

from tpmlib.authoring.cells import prose, read
from tpmlib.kit import content, figures
from tpmlib.lessons.allocation.allocation import BUDGETS, RULES, allocation

PLAIN = ("even", "largest", "weeks")


def quarter(**changed):
    return figures.frame("allocation", **changed).iloc[0]


def order(**changed):
    row = quarter(**changed)
    return sorted(PLAIN, key=lambda rule: -row[f"total_{rule}"])


def runs_out(row):
    return [name for name in BUDGETS if row[f"price_{name}"] > 1e-9]


def test_people_alone_run_out_and_what_brings_most_a_week_comes_nearest():
    row = quarter()
    assert runs_out(row) == ["people"] and order() == ["weeks", "largest", "even"]
    assert 0.93 < row["total_weeks"] / row["total_best"] < 0.95


def test_with_twice_the_weeks_all_run_out_a_week_is_worth_a_fifth_and_the_rules_turn_round():
    row = quarter(people=160)
    assert runs_out(row) == list(BUDGETS) and order(people=160) == ["even", "largest", "weeks"]
    assert row["price_people"] / quarter()["price_people"] == pytest.approx(0.2, abs=0.02)
    assert row["total_best"] / quarter()["total_best"] == pytest.approx(4 / 3, abs=0.01)


def test_what_the_steps_and_reasons_say_of_single_initiatives():
    half = content.table("resource_needs").set_index("initiative_id")["first_half"]
    assert (half["i02"], half["i07"], half["i01"]) == (0.85, 0.55, 0.75)
    frame = figures.frame("allocation").set_index("initiative_id")
    assert frame["value_whole"].idxmax() == "i01" and frame.loc["i01", "share_largest"] == 1
    assert (frame["share_best"] < 1e-9).sum() == 3


def told():
    cells = read(content.root() / content.lesson("allocation")["file"])["cells"]
    return " ".join(text for _, text in prose(cells))


def test_budgets_alone_part_tpm_adverts_clearly_from_those_for_program_managers():
    rows = figures.frame("role_profile", "delivery").set_index("id")
    row = rows.loc["manage_budgets_and_resources"]
    shares = f"in {row['tpm_rate']:.0%} of TPM adverts, and in {row['other_rate']:.0%} of those"
    alone = f"Budgets and resources without the people stand {shares} for program managers"
    assert row["word"] == "clear" and alone in told()


def test_a_step_names_the_weeks_from_which_money_and_test_hours_bring_nothing():
    step, before = content.stage("prices")["steps"][2], content.model("allocation")["parameters"]
    (weeks,) = [
        people
        for people in range(80, 161, before["people"]["step"])
        if runs_out(quarter(people=people)) == ["people"]
        and runs_out(quarter(people=people + before["people"]["step"])) != ["people"]
    ]
    assert f"down to {weeks} weeks: from there down, only the weeks run out" in step["say"]


def test_four_weeks_bring_far_less_mostly_as_other_things_run_out_and_each_less_than_the_last():
    before, now = (
        quarter(people=n + 4)["total_best"] - quarter(people=n)["total_best"] for n in (80, 160)
    )
    enough = {"money": 240, "platform": 800}  # so that weeks alone run out, at 160 too
    alone = (
        quarter(people=164, **enough)["total_best"] - quarter(people=160, **enough)["total_best"]
    )
    assert runs_out(quarter(people=164, **enough)) == ["people"]
    assert now < alone < before and alone - now > before - alone
    assert now < 4 * quarter(people=160)["price_people"]


def test_with_twice_the_weeks_the_list_spends_the_test_hours_on_the_dashboard():
    frame = figures.frame("allocation", people=160).set_index("name")
    a_week = frame["value_whole"] / frame["need_people"]
    behind = a_week < a_week["Make the dashboard fast"]
    assert behind.sum() == 3 and (frame.loc[behind, "share_weeks"] == 0).all()
    assert frame["share_weeks"] @ frame["need_platform"] == pytest.approx(400)


@pytest.mark.parametrize("name, at, before, after", [
    ("fall", 1.3, ["weeks", "largest", "even"], ["weeks", "even", "largest"]),
    ("fall", 1.9, ["weeks", "even", "largest"], ["even", "weeks", "largest"]),
])  # fmt: skip
def test_the_rules_change_places_where_the_lesson_says(name, at, before, after):
    step = {"fall": 0.1, "people": 4}[name]
    assert order(**{name: at - step}) == before and order(**{name: at}) == after


def test_with_a_slow_fall_the_list_is_as_good_as_the_best_and_at_twice_the_fall_the_founder_leads():
    assert quarter(fall=0.1)["total_weeks"] == pytest.approx(quarter(fall=0.1)["total_best"], 1e-3)
    assert order(fall=2)[0] == order(fall=3)[0] == "even"


def test_done_whole_or_not_at_all_four_weeks_are_left_and_eight_more_let_another_set_in():
    frame = figures.frame("allocation")
    need = frame[[f"need_{name}" for name in BUDGETS]].to_numpy()
    sets = np.array(list(product((0, 1), repeat=len(frame))))

    def best(people):
        fits = (sets @ need <= [people, 60, 400]).all(axis=1)
        return sets[np.where(fits, sets @ frame["value_whole"], -1).argmax()]

    assert list(frame["initiative_id"][best(80) == 1]) == ["i01", "i04", "i06"]  # as a step says
    assert best(80) @ need[:, 0] == 76 and (best(87) == best(80)).all()
    assert (best(88) != best(80)).any()
    gains = [(best(n) - best(80)) @ frame["value_whole"] for n in (88, 96)]
    assert gains == [4, 10] and "eight bring four thousand dollars a week," in told()
    assert "and sixteen bring ten thousand." in told()
    said = content.stage("prices")["steps"][-1]["say"]
    assert "Four weeks more add nothing, but eight let in a better set." in said
    assert "At Tally that takes eight weeks more." in told()


def test_four_weeks_bring_a_thousand_dollars_a_week_and_pay_for_themselves_in_twelve():
    gain = quarter(people=84)["total_best"] - quarter()["total_best"]
    assert gain == pytest.approx(1, abs=0.05)
    assert (
        11
        < 4 * content.table("coupling").set_index("coupling_id")["value"]["week_price"] / gain
        < 12
    )
    assert quarter()["left_money"] > 30


def test_a_must_of_28_weeks_leaves_56_of_84_and_a_week_worth_half_as_much_again():
    (must,) = content.table("initiatives").query("initiative_id == 'i11'")["effort_likely"]
    row, needs = quarter(people=84 - must), content.table("resource_needs")
    assert f"takes {must:g} weeks (guessed). That leaves {84 - must:g} of your weeks" in told()
    assert runs_out(row) == ["people"]
    assert row["price_people"] / quarter()["price_people"] == pytest.approx(1.5, abs=0.05)
    # whatever the must takes of money and test hours, as no other takes more of them
    assert all(row[f"left_{name}"] > needs[name].max() for name in ("money", "platform"))


def drawn(generator, **budgets):
    """Tally's quarter with every guess anew: off by 40% or more in one draw of three."""
    tables = [content.table(name) for name in ("initiatives", "resource_needs")]
    for table, name in [(0, "delay_cost"), (0, "effort_likely"), (1, "money"), (1, "platform")]:
        tables[table][name] = tables[table][name] * np.exp(
            generator.normal(0, 0.35, len(tables[table]))
        )
    half = tables[1]["first_half"] - 0.5
    tables[1]["first_half"] = (0.5 + half * np.exp(generator.normal(0, 0.35, len(half)))).clip(
        0.51, 0.97
    )
    return allocation(
        initiatives=tables[0], resource_needs=tables[1], **content.settings("allocation") | budgets
    )


def test_the_three_of_lesson_06_take_64_weeks_and_the_list_goes_on_with_refunds():
    whole = content.stage("split")["steps"][0]["values"]
    three = [name for name, share in whole.items() if share == 100]
    frame = figures.frame("allocation").set_index("initiative_id")
    assert three == ["i04", "i05", "i06"] and frame.loc[three, "need_people"].sum() == 64
    said = content.stage("split")["steps"][0]["say"]
    brings = frame.loc[three, "value_whole"].sum()
    assert f"picked in the lesson on priorities, bring {brings:.1f} thousand" in said
    refunds = frame.loc["i01"]
    assert (frame.loc[three, "share_weeks"] == 1).all() and refunds["share_weeks"] == 0.5
    assert frame["total_weeks"].iloc[0] == brings + refunds["value_half"] == 32 + 9
    halves = [refunds["value_half"], refunds["value_whole"] - refunds["value_half"]]
    assert halves == [9, 3] and refunds["need_people"] / 2 == 16
    told = "takes sixteen weeks and brings nine thousand dollars a week, the second half only"
    assert told in content.stage("split")["steps"][2]["say"]


def test_the_whole_three_bring_what_the_last_step_says():
    best = figures.frame("allocation").set_index("initiative_id")
    three = best.loc[["i01", "i04", "i06"], "value_whole"].sum()
    whole = content.stage("prices")["steps"][-1]["say"]
    assert f"It brings {three:.1f}, against {quarter()['total_best']:.1f} in parts" in whole


def test_people_run_out_whatever_the_guesses_and_mostly_alone():
    generator = np.random.default_rng(1)
    short = [runs_out(drawn(generator).iloc[0]) for _ in range(200)]
    assert all("people" in names for names in short)
    assert 0.85 < np.mean([names == ["people"] for names in short]) < 0.9


def test_the_rules_have_controls_and_the_initiatives_are_those_of_the_tables():
    view = content.model("allocation")["view"]
    names = content.table("initiatives").set_index("initiative_id")["name"]
    own = {id: entry["label"] for id, entry in view.items() if id in names}
    assert list(own) == list(content.table("resource_needs")["initiative_id"])
    assert all(names[id].startswith(label) for id, label in own.items())  # in a line each
    assert [option["value"] for option in view["split"]["options"]] == list(RULES)
    assert content.stage("split")["own"] == list(own)
