"""The short answer: its figures are computed and its words are those of the yardstick."""

import pytest
from front import edit, is_plain

from tpmlib.errors import CourseError
from tpmlib.kit import content, figures
from tpmlib.lessons.start_here.answer import item, short_answer

LINES = {line["id"]: line for line in content.scenario("answer")["answer"]["lines"]}


def words(name):
    return item(LINES[name]).filled().text


def test_it_has_six_lines_each_with_a_lesson():
    page = short_answer().page
    assert len(LINES) == 6 and page.count("<p><b>") == 6 and page.count("<a href=") == 6


def test_the_steps_to_a_title_stand_on_lines_of_their_own():
    assert [line[:3] for line in words("boss").split("\n")[1:4]] == ["1. ", "2. ", "3. "]
    assert "<br>2. Look at the first two." in short_answer().page


def test_it_is_folded_so_that_the_questions_come_first():
    page = short_answer().page
    # the style stays where JupyterLab takes `hidden` away, as it does before a notebook is run
    shut, hidden = "<span>Show the answer</span>", '<span hidden style="display:none">'
    assert page.startswith(f'<details class="tpm-reveal"><summary>{shut}{hidden}Hide the answer<')
    assert is_plain(page)


@pytest.mark.parametrize("name", LINES)
def test_no_share_is_typed(name):
    assert "%" not in LINES[name]["text"] and "{" not in words(name)


@pytest.mark.parametrize(
    "name, area, word",
    [
        ("differs", "Engineering depth", "clear"),
        ("differs", "Specifications and feasibility", "clear"),
        ("alike", "Strategy", "alike"),
    ],
)
def test_an_area_stands_in_the_line_of_its_word(name, area, word):
    row = figures.frame("areas").set_index("id").loc[area]
    shares = f"{row['tpm_rate']:.0%}", f"{row['other_rate']:.0%}"
    assert row["word"] == word and f" {word}: " in words(name)
    assert all(share in words(name) for share in shares)


def test_all_clear_and_alike_areas_are_named():
    frame = figures.frame("areas")
    for name, word in (("differs", "clear"), ("alike", "alike")):
        named = {spec["row"]["id"] for spec in LINES[name]["values"].values()}
        assert set(frame[frame["word"] == word]["id"]) == named & set(frame["id"])


def test_the_hire_comes_after_the_question_whether_there_is_a_need():
    assert list(LINES)[:2] == ["what", "when"] and "hire nobody" in words("boss")


def test_most_duties_cannot_be_told():
    row = figures.frame("piles").set_index("word").loc["cannot tell"]
    assert f"We compared {row['total']}. For {row['number']} of them the" in words("unknown")
    assert row["number"] > row["total"] / 2  # "that is most of them"


def test_a_name_without_a_figure_is_refused(data):
    def break_it(scenario):
        scenario["answer"]["lines"][0]["text"] = "A TPM is {none}, we think."

    edit(data / "scenarios/answer.yml", break_it)
    with pytest.raises(CourseError, match="what {none}"):
        short_answer()
