"""Every answer is graded with the why of each option, and a wrong answer type is named."""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import FrozenInstanceError, replace
from pathlib import Path

import pytest
from front import edit, quizzes

from tpmlib.errors import CourseError
from tpmlib.kit import questions
from tpmlib.kit.figures import Figure
from tpmlib.kit.questions import Option, Point, Prediction, Question, text_hash

ROOT = Path(__file__).parents[2]
A, B, C = (
    Option(id="a", text="A", why="why A", right=True),
    Option(id="b", text="B", why="why B"),
    Option(id="c", text="C", why="why C"),
)
D = Option(id="d", text="D", why="why D", right=True)
ASKED = {"id": "q1", "lesson": "x", "text": "Which?", "text_hash": "0" * 12, "outcome": "x-y"}
ONE = Question(**ASKED, kind="one", options=(A, B, C))
MANY = Question(**ASKED, kind="many", options=(A, B, C, D))
OPINION = (B, C)


class Known(Figure):
    """A figure whose model always gives the same."""

    def exact(self):
        return self.settings["is"]


def figure(value, **other):
    return Known(model="m", column="c", row={}, settings={"is": value}, **other)


def number(value, tolerance=0, unit="", **other):
    answer = figure(value, **{"format": "four"} | other)
    asked = {"kind": "number", "answer": answer, "tolerance": tolerance, "unit": unit, "why": "so"}
    return Question(**ASKED, **asked)


@pytest.mark.parametrize("answer, right", [("a", True), ("b", False), ("c", False)])
def test_one_is_right_at_the_right_option(answer, right):
    assert ONE.grade(answer).right is right


@pytest.mark.parametrize(
    "answer, right, same",
    [("ad", True, 4), ("da", True, 4), ("a", False, 3), ("abd", False, 3), ("", False, 2)],
)
def test_many_is_right_with_all_right_options_and_no_other(answer, right, same):
    grade = MANY.grade(list(answer))
    assert grade.right is right
    assert grade.summary == "Right" if right else f"{same} of 4" in grade.summary


@pytest.mark.parametrize(
    "question, answer, marks",
    [
        (ONE, "a", ["Right. ", "", ""]),
        (ONE, "b", ["Right. ", "Not so. ", ""]),
        (MANY, ["b", "d"], ["Right, and not ticked. ", "Not so. ", "", "Right. "]),
    ],
)
def test_every_option_says_its_own_why_in_the_order_of_the_options(question, answer, marks):
    said = question.grade(answer).options
    assert [each.id for each in said] == [option.id for option in question.options]
    assert [each.right for each in said] == [option.right for option in question.options]
    whys = [mark + option.why for mark, option in zip(marks, question.options, strict=True)]
    assert [each.text for each in said] == whys


@pytest.mark.parametrize("kind, answer", [("one", "c"), ("many", ["b", "c"]), ("many", [])])
def test_without_a_right_option_nothing_is_right_or_wrong(kind, answer):
    grade = replace(ONE, kind=kind, options=OPINION).grade(answer)
    assert (grade.right, {each.right for each in grade.options}) == (None, {None})
    assert [each.text for each in grade.options] == ["why B", "why C"]


@pytest.mark.parametrize(
    "answer, tolerance, right",
    [(0.3, 0, True), (0.1 + 0.2, 0, True), (0.31, 0, False), (0.4, 0.1, True), (0.2, 0.1, True)]
    + [(0.41, 0.1, False), (0.19, 0.1, False), (-0.3, 0.1, False), (1, 0.7, True)],
)
def test_a_number_is_right_within_the_tolerance(answer, tolerance, right):
    grade = number(0.3, tolerance).grade(answer)
    assert grade.right is right and grade.summary.startswith("Right" if right else "Not right")


def test_a_number_is_told_with_its_unit_and_its_why():
    assert number(43200, unit="min").grade(1000.5).summary == "Not right: it is 43,200 min so"


@pytest.mark.parametrize(
    "format, value, answer", [("integer", 52.4, 52), ("one", 52.44, 52.4), ("percent", 0.444, 44)]
)
def test_the_right_number_is_the_figure_as_it_is_written(format, value, answer):
    question = number(value, format=format)
    assert question.grade(answer).right is True
    assert question.answer.digits() == str(answer)


@pytest.mark.parametrize("bad", [0, "d", "A", True, None, ["a"], [], {}])
def test_an_answer_that_is_no_option_is_named(bad):
    text = f"q1 answer: {bad!r} is not the id of an option"
    with pytest.raises(CourseError, match=f"^{re.escape(text)}$"):
        ONE.grade(bad)


@pytest.mark.parametrize("bad", ["a", None, 0, {"a": 1}, ("a",), {"a"}])
def test_an_answer_that_is_no_list_is_named(bad):
    text = f"q1 answer: {bad!r} is not a list of ids of options"
    with pytest.raises(CourseError, match=f"^{re.escape(text)}$"):
        MANY.grade(bad)


@pytest.mark.parametrize("bad", [4, True, "e", None, ["a"]])
def test_a_list_with_something_else_than_options_is_named(bad):
    text = f"q1 answer: {bad!r} is not the id of an option"
    with pytest.raises(CourseError, match=f"^{re.escape(text)}$"):
        MANY.grade(["a", bad])


@pytest.mark.parametrize("bad", ["1", None, True, [1], float("nan"), float("inf"), 10**400])
def test_an_answer_that_is_no_number_is_named(bad):
    with pytest.raises(CourseError, match="^q1 answer: .* is not a finite number$"):
        number(0.3).grade(bad)


def test_a_long_wrong_answer_gives_a_short_message():
    with pytest.raises(CourseError) as error:
        ONE.grade("x" * 10**6)
    assert len(str(error.value)) < 120


FIVE = tuple(Option(id=id, text=id, why="so") for id in "abcde")
QUESTIONS = [Question(**ASKED | {"id": f"q{n}"}, kind="one", options=FIVE) for n in range(500)]


def order(question):
    return "".join(option.id for option in question.as_shown())


def test_the_order_holds_every_option_once_and_stays():
    for question in QUESTIONS:
        assert sorted(order(question)) == list("abcde")
        assert order(question) == order(replace(question, text="Changed"))


OTHER = """
from tests.kit.test_questions import QUESTIONS, order
print([order(question) for question in QUESTIONS])
"""


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_order_is_the_same_in_every_process(seed):
    environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT / "tests")}
    command = [sys.executable, "-c", OTHER]
    shown = subprocess.check_output(command, env=environment, cwd=ROOT, text=True)
    assert json.loads(shown.replace("'", '"')) == [order(question) for question in QUESTIONS]


def test_the_right_option_is_shown_in_every_place_about_as_often():
    places = Counter(order(question).index("a") for question in QUESTIONS)
    assert sorted(places) == [0, 1, 2, 3, 4]
    assert all(70 < times < 130 for times in places.values())  # 100 each, and 3 deviations of 9


def test_nearly_all_orders_of_the_options_occur():
    assert len({order(question) for question in QUESTIONS}) > 110  # of 120


def test_words_replace_names_in_every_text_and_leave_the_question():
    raw = replace(ONE, text="{n} of {all}", hint="{n}", options=(replace(A, why="{n}{n}"),))
    filled = raw.with_words({"n": "4", "all": "{n}"})
    assert (filled.text, filled.hint, filled.options[0].why) == ("4 of {n}", "4", "44")
    assert raw.text == "{n} of {all}" and raw.options[0].why == "{n}{n}"
    assert filled.text_hash == raw.text_hash


def test_a_question_is_filled_with_its_figures():
    values = {"n": figure(0.444, format="percent"), "name": figure("tpm")}
    assert replace(ONE, text="{n} of {name}", values=values).filled().text == "44% of tpm"


@pytest.mark.parametrize("text", ["", "{}", "{ n }", "{1}", "{n", "n}", "{a.b}", "{n!r}"])
def test_other_braces_stay(text):
    assert replace(ONE, text=text).with_words({"n": "4"}).text == text


@pytest.mark.parametrize("part", [{"text": "{m}"}, {"options": (replace(A, why="a {n} and {m}"),)}])
def test_an_unknown_name_is_named(part):
    with pytest.raises(CourseError, match="^q1 {m}: 'm' is not one of 'n'"):
        replace(ONE, **part).with_words({"n": "4"})


def test_a_prediction_says_its_outcome_as_its_format_asks():
    asked = {name: ASKED[name] for name in ("id", "lesson", "text", "text_hash")}
    prediction = Prediction(
        **asked, kind="number", unit="hours", tolerance=1, outcome=figure(5.04, format="one")
    )
    assert prediction.outcome_words() == "5.0 hours"
    assert replace(prediction, unit="%").outcome_words() == "5.0%"
    assert [prediction.is_right(guess) for guess in (4.1, 6.04, 6.1, "5", None)] == [
        *(True, True, False, False, False)
    ]


RAW = {"text": "Which?", "options": [{"id": id, "text": id} for id in "abc"]}
CHANGED = [
    {"text": "Which one?"},
    {"options": RAW["options"][:2]},
    {"options": [*RAW["options"][:2], {"id": "c", "text": "C"}]},
    {"options": [*RAW["options"][:2], {"id": "d", "text": "c"}]},
]


@pytest.mark.parametrize("change", CHANGED)
def test_the_hash_changes_with_the_text_and_the_options(change):
    assert text_hash(RAW | change) != text_hash(RAW)


@pytest.mark.parametrize("change", [{"id": "q2", "why": "so"}, {"options": RAW["options"][::-1]}])
def test_the_hash_stays_when_a_why_changes_or_options_change_places(change):
    assert text_hash(RAW | change) == text_hash(RAW)


@pytest.mark.parametrize("item", [RAW, {}, {"text": "\ud800"}])
def test_a_hash_is_12_hex_digits(item):
    assert re.fullmatch("[0-9a-f]{12}", text_hash(item))


def test_points_of_other_words_are_other_points():
    assert Point(text="A").id == Point(text="A", words=("x",)).id != Point(text="B").id


def test_a_question_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        ONE.text = "Changed"


def test_a_quiz_is_made_once_and_anew_when_its_file_changes(data):
    before = questions.quiz("staffing")
    assert questions.quiz("staffing") is before
    edit(
        data / "quizzes/staffing.yml",
        lambda quiz: quiz["questions"][0].update(text="Why ever not?"),
    )
    assert questions.quiz("staffing").questions[0].text == "Why ever not?"


def test_a_question_in_a_broken_file_gets_the_problem_of_the_file(data):
    id = questions.quiz("staffing").questions[0].id
    (data / "quizzes/staffing.yml").write_text("lesson: [")
    for asked in (id, "staffing-nothing"):
        with pytest.raises(CourseError, match="^data/quizzes/staffing.yml:"):
            questions.question(asked)
    with pytest.raises(CourseError, match="^data/quizzes/staffing.yml:"):
        questions.quiz("staffing")


def test_an_unknown_name_gets_the_nearest():
    with pytest.raises(CourseError, match="^quiz: 'stafing' is not one of 'staffing'"):
        questions.quiz("stafing")
    first = next(iter(questions.predictions()))
    with pytest.raises(CourseError, match=f"^prediction: '{first}x' is not one of '{first}'"):
        questions.prediction(f"{first}x")


@pytest.mark.parametrize("lesson", quizzes())
def test_every_item_knows_its_lesson(lesson):
    quiz = questions.quiz(lesson)
    items = [*quiz.questions, *quiz.predictions, *quiz.reflections]
    assert {item.lesson for item in items} == {quiz.lesson}
