"""The comparison plays the same seed for all, shows how far it is, and stops when asked."""

import numpy as np
import pytest
from front import click
from matplotlib.figure import Figure
from test_company_panel import year

from tpmlib.errors import CourseError
from tpmlib.lessons.company import company_picture as chart
from tpmlib.lessons.company.company import played
from tpmlib.lessons.company.company_panel import Company
from tpmlib.lessons.company.compare_company import RANDOM, STEP, CompareCompany, pd
from tpmlib.lessons.company.policies import FIXED, fixed
from tpmlib.lessons.company.world import tally_world


def totals(panel):
    return pd.DataFrame(panel.rows)


def test_the_fixed_policies_are_there_at_once_and_you_once_a_year_is_played():
    panel, play = CompareCompany(), Company()
    assert list(totals(panel)["policy"]) == list(FIXED)
    before = panel.picture.png
    year(play)
    assert list(totals(panel)["policy"]) == [*FIXED, "you"] and panel.picture.png != before
    mine = totals(panel).set_index("policy").loc["you", "total"]
    assert mine == pytest.approx(sum(row["net"] for row in play.game.rows))
    assert panel.picture.alt == "You end behind PM + TPM"  # and above nobody, while nobody plays
    click(play.form, "more")
    year(play)
    assert totals(panel).set_index("policy").loc["you", "total"] > mine


def test_under_other_couplings_another_policy_leads_and_the_learner_stays_out():
    panel = CompareCompany(fit=0)
    assert panel.picture.alt == "TPM alone ends first of the three fixed policies"
    year(Company())
    assert list(totals(panel)["policy"]) == list(FIXED)
    assert "TPM alone ends first" in panel.text()
    with pytest.raises(CourseError, match="coupling: 'fitt' is not one of"):
        CompareCompany(fitt=0)


def test_a_fixed_policy_ends_where_the_game_ends_it():
    rows = totals(CompareCompany()).set_index("policy")["total"]
    for name in FIXED:
        quarters = played(tally_world(), fixed(tally_world(), name, 4), 1)
        assert rows[name] == pytest.approx(sum(row["net"] for row in quarters))


def test_random_ones_are_played_and_counted_once():
    panel = CompareCompany()
    for _ in "12":
        panel.rows = [one for one in panel.rows if one["policy"] != "random"]
        panel.rest.now()
        assert (totals(panel)["policy"] == "random").sum() == RANDOM
    assert panel.form.values["done"] == RANDOM
    assert f"{RANDOM} at random" in panel.picture.sentence


def test_it_stops_between_two_steps():
    panel, looks = CompareCompany(), []

    def going():
        looks.append(panel.form.values["done"])
        return len(looks) < 3

    panel._play(going)
    assert looks == [0, STEP, 2 * STEP] and panel.form.values["done"] == 2 * STEP
    assert "at random" not in panel.picture.sentence


def test_stop_drops_what_waits_and_a_new_game_starts_from_nothing():
    panel, play = CompareCompany(), Company()
    click(panel.form, "compare")
    turn = panel.rest._turn
    click(panel.form, "stop")
    assert panel.rest._turn > turn
    year(play)
    click(play.form, "new")
    assert list(totals(panel)["policy"]) == list(FIXED) and panel.form.values["done"] == 0


def test_marks_stand_at_the_frame_and_the_crowd_is_whole():
    rows = [("pm", 100), ("tpm", 400), ("pm_tpm", 900), ("you", 650)]
    rows += [("random", at) for at in range(-100, 700, 10)]
    frame, figure = pd.DataFrame(rows, columns=["policy", "total"]), Figure(figsize=chart.SIZE)
    frame = frame.assign(quarters=2)
    chart.draw(figure, frame)(frame)
    (axes,) = figure.axes
    drawn = [line for line in axes.lines if line.get_marker() in "s^oD"]
    assert [line.get_xdata()[0] for line in drawn] == [50, 200, 450, 325]
    (crowd,) = (line for line in axes.lines if line.get_marker() == ".")
    np.testing.assert_array_equal(np.sort(crowd.get_xdata()), np.arange(-50, 350, 5))
    assert chart.finding(frame) == (
        "You end behind PM + TPM, and above 94% of those who decide at random"
    )
