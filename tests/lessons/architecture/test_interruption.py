"""What small questions cost, at once or once a day, and where the two are level."""

import pytest

from tpmlib.errors import CourseError
from tpmlib.kit import content, questions
from tpmlib.lessons.architecture.interruption import MOVES, describe, interruption

WEEK = dict(questions=20, answer=10, back=15, saves=40, waits=0, when="at once")
DAILY = WEEK | {"when": "once a day"}


def cost(**changed):
    return interruption(**WEEK | changed)["cost"].iloc[0]


def test_a_question_costs_its_answer_and_the_way_back():
    assert cost() == pytest.approx(20 * 25 / 60)


def test_once_a_day_one_gets_back_once_a_day():
    assert cost() - cost(when="once a day") == pytest.approx(15 * 15 / 60)
    assert cost(questions=3, when="once a day") == cost(questions=3)


def test_the_parts_add_up():
    row = interruption(**DAILY | {"waits": 7}).iloc[0]
    assert row["cost"] == pytest.approx(sum(row[name] for name in MOVES))


@pytest.mark.parametrize("answer", [0, 10, 40])
def test_the_two_ways_are_level_at_even_however_long_an_answer_takes(answer):
    # so the figure that one can do without is the length of an answer
    even = interruption(**DAILY | {"answer": answer})["even"].iloc[0]
    level = cost(answer=answer, waits=even, when="once a day")
    assert even == pytest.approx(11.25) and level == pytest.approx(cost(answer=answer))
    right = [o.id for o in questions.question("architecture-rounds").options if o.right]
    assert right == ["answer"]


def test_even_moves_with_the_questions_and_the_way_back():
    row = interruption(**DAILY)["even"].iloc[0]
    for name, other in (("questions", 40), ("back", 30)):
        assert interruption(**DAILY | {name: other})["even"].iloc[0] > row


def test_the_lesson_says_where_the_ways_are_level():
    text = (content.root() / content.lesson("architecture")["file"]).read_text(encoding="utf-8")
    assert "level where a question that waits costs whoever asks eleven minutes" in text
    assert "loses less than 11 minutes" in describe(interruption(**DAILY))
    assert "loses" not in describe(interruption(**WEEK))


def test_the_right_option_is_what_comes_back():
    gained = cost() - cost(when="once a day")
    (right,) = [o for o in questions.prediction("architecture-daily").options if o.right]
    assert right.text.startswith("Four") and 3.5 < gained < 4.5 and gained < cost() / 2


@pytest.mark.parametrize("name", ["questions", "answer", "back", "saves", "waits"])
def test_a_number_out_of_range_is_named(name):
    with pytest.raises(CourseError, match=f"^{name}: -1 is outside"):
        interruption(**WEEK | {name: -1})


def test_an_unknown_way_is_named():
    with pytest.raises(CourseError, match="^when: 'never' is not one of"):
        interruption(**WEEK | {"when": "never"})
