"""The comparison is hidden until a year is played and guessed at; all play the same cards."""

import re

import pytest
from front import click, put
from test_company_panel import year

from tpmlib.errors import CourseError
from tpmlib.kit.record import record
from tpmlib.lessons.company import company_picture as chart
from tpmlib.lessons.company.account import parted
from tpmlib.lessons.company.company import YEAR, played
from tpmlib.lessons.company.company_panel import Company
from tpmlib.lessons.company.compare_company import RANDOM, CompareCompany, _world
from tpmlib.lessons.company.compare_company import year as beside
from tpmlib.lessons.company.games import Game, current
from tpmlib.lessons.company.policies import FIXED, fixed
from tpmlib.lessons.company.world import tally_world


def policies(panel):
    """Whose lines the picture shows."""
    return set(panel.picture._frame["policy"]) if panel.picture.png else set()


def answer(panel, option="half"):
    put(panel.form, answer=option, confidence=70)
    click(panel.form, "commit")


def test_nothing_is_shown_before_the_year_and_only_you_before_your_guess():
    panel, play = CompareCompany("capstone-first"), Company()
    assert policies(panel) == set() and "First play your year" in panel.told.value
    year(play, YEAR - 1)
    assert policies(panel) == set() and panel.form.fields == []
    year(play, 1)
    assert policies(panel) == {"you"} and panel.form.fields[0]["id"] == "answer"
    assert f"<p><b>{panel.item.text}</b></p>" in panel.told.value  # read above the picture
    answer(panel)
    assert panel.picture.sentence.startswith("Against the pair you ")
    assert policies(panel) == {*FIXED, "you", chart.CLOUD} and panel.form.fields == []
    assert "You predicted" in panel.told.value and "The right answer is" in panel.told.value
    (kept,) = record().history("capstone-first", "predict")
    assert kept["right"] is False


def test_the_second_question_waits_for_the_first_and_then_its_figure_is_turned():
    first, second = CompareCompany("capstone-first"), CompareCompany("capstone-fit")
    year(Company())
    assert policies(second) == set() and "answer the question before" in second.told.value
    assert (first.item.right_options(), second.item.right_options()) == ({"never"}, {"tpm"})
    answer(first, "never")
    assert policies(second) == {*FIXED, "you"} and second.picture.alt.startswith(
        "Of the rivals the pair leads"
    )
    answer(second, "tpm")
    assert second.picture.alt.startswith("Of the rivals the TPM alone leads")
    labels = {field["id"]: field["label"] for field in second.form.fields}
    assert second.form.values["fit"] == 0 and "(game: 70%)" in labels["fit"]
    click(second.form, "reset")
    assert second.picture.alt.startswith("Of the rivals the pair leads")
    assert "(game: 2)" in labels["slowness"]
    put(second.form, engineers=6)
    assert second.form.message == ""
    put(second.form, engineers=9)
    assert second.form.message == "Found: between 8 and 9 the order of the rivals changes."
    put(second.form, engineers=8)
    assert second.form.message == "Found: at 8 the first two rivals are level."
    click(second.form, "reset")
    put(second.form, fit=40)
    assert second.form.message == "Found: between 35 and 40% the order of the rivals changes."
    put(second.form, engineers=6)
    assert second.picture.alt.startswith("Of the rivals the TPM alone leads")
    put(second.form, engineers=16, slowness=1)
    assert second.picture.alt.startswith("Of the rivals the pair leads")


def test_a_guess_is_whole_and_it_can_be_skipped():
    panel = CompareCompany("capstone-first")
    year(Company())
    click(panel.form, "commit")
    assert panel.form.message == "Choose an answer first." and policies(panel) == {"you"}
    click(panel.form, "skip")
    assert policies(panel) > {*FIXED} and not record().history("capstone-first", "predict")


def test_a_new_year_hides_the_others_again():
    panel, play = CompareCompany("capstone-first"), Company()
    year(play)
    answer(panel)
    click(play.form, "new")
    assert policies(panel) == set() and panel.details.layout.display == "none"


def test_each_line_is_the_money_of_its_game_quarter_by_quarter():
    year(Company())
    game = current(record())
    frame = beside(tally_world(), game, True, RANDOM)
    for name in FIXED:
        rows = played(tally_world(), fixed(tally_world(), name, YEAR), game.number)
        line = frame.loc[frame["policy"] == name, "total"]
        assert list(line) == pytest.approx([0, *(row["total"] for row in rows)])
    mine = frame.loc[frame["policy"] == "you", "total"]
    assert mine.iloc[-1] == pytest.approx(game.rows[-1]["total"])
    assert (frame["policy"] == chart.CLOUD).sum() == RANDOM * (YEAR + 1)


def test_the_saved_form_gives_nothing_away_before_the_question():
    page, text = CompareCompany("capstone-first").html(), CompareCompany("capstone-first").text()
    shown = page[: page.index("<details>")]
    assert " leads" not in shown and "+1,0" not in shown + text and "Predict." in shown


def test_an_unknown_question_is_named():
    with pytest.raises(CourseError, match="^ask: 'capstone-fitt' is not one of"):
        CompareCompany("capstone-fitt")


def test_names_stand_apart_beside_their_lines():
    heights = chart._spread({"pm": 700.0, "tpm": 705.0, "pm_tpm": 9000.0, "you": -9000.0})
    apart = sorted(heights.values())
    assert min(b - a for a, b in zip(apart, apart[1:], strict=False)) >= chart.APART
    assert heights["pm_tpm"] == chart.ENDS[1] and heights["you"] == chart.ENDS[0]


@pytest.mark.parametrize(
    ("staffing", "place"),
    [("pm_tpm", "level with the pair"), ("pm_pm", "third of four"), ("tpm_tpm", "second of four")],
)
def test_the_title_says_who_is_first_and_second_and_which_place_is_yours(staffing, place):
    mine = Game(decisions=tuple(fixed(tally_world(), staffing, YEAR)))
    title = chart.finding(beside(tally_world(), mine, True, 0))
    assert title == f"Of the rivals the pair leads, then the TPM alone; you are {place}"


@pytest.mark.parametrize(
    ("team", "order"),
    [
        ({"fit": 35}, "the TPM alone leads, then the pair"),
        ({"fit": 40}, "the pair leads, then the TPM alone"),
        ({"slowness": 1.4}, "the pair leads, then the PM alone"),
        ({"slowness": 1.5}, "the pair leads, then the TPM alone"),
        ({"engineers": 7}, "the TPM alone leads, then the pair"),
        ({"engineers": 8}, "the TPM alone and the pair are level"),
        ({"engineers": 9}, "the pair leads, then the TPM alone"),
    ],
)
def test_with_the_cards_of_a_first_year_the_places_turn_where_the_brackets_say(team, order):
    assert chart.finding(beside(_world(team), Game(), True, 0)) == f"Of the rivals {order}"


def test_where_a_year_parts_from_the_pairs_is_said_in_money_that_adds_up():
    mine = Game(decisions=tuple(fixed(tally_world(), "tpm", YEAR)))
    said = parted(mine)
    assert re.search(r"paid \d+ less for product people", said)
    signs = {"earned": 1, "gained": 1, "paid": -1, "lost": -1}
    parts = re.findall(r"(earned|gained|paid|lost) (\d+) (more|less)", said)
    sums = sum(signs[verb] * int(n) * (1 if way == "more" else -1) for verb, n, way in parts)
    rest = re.findall(r"the rest is ([+-]\d+)", said)
    (in_all,) = re.findall(r"In all ([+-]\d+)", said)
    assert sums + sum(map(int, rest)) == int(in_all)
    pair = played(tally_world(), fixed(tally_world(), "pm_tpm", YEAR), mine.number)
    assert int(in_all) == round(mine.rows[-1]["total"] - pair[-1]["total"])
