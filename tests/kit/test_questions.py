"""Every answer is graded with the why of each option, and a wrong answer type is named."""

import copy
import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tpmlib.errors import CourseError
from tpmlib.kit.questions import Feedback, brier, fill, grade, order, text_hash

ROOT = Path(__file__).parents[2]
OPTIONS = [
    {"text": "A", "why": "why A", "right": True},
    {"text": "B", "why": "why B"},
    {"text": "C", "why": "why C", "right": False},
]
ONE = {"id": "q1", "kind": "one", "text": "Which?", "options": OPTIONS}
MANY = ONE | {"kind": "many", "options": [*OPTIONS, {"text": "D", "why": "why D", "right": True}]}
NUMBER = {"id": "q1", "kind": "number", "text": "How many?", "why": "so", "answer_value": 0.3}
OPINION = [{"text": "A", "why": "why A"}, {"text": "B", "why": "why B"}]


@pytest.mark.parametrize("answer, right", [(0, True), (1, False), (2, False)])
def test_one_is_right_at_the_right_option(answer, right):
    assert grade(ONE, answer).right is right


@pytest.mark.parametrize(
    "answer, right, same",
    [([0, 3], True, 4), ([3, 0], True, 4), ([0], False, 3), ([0, 1, 3], False, 3), ([], False, 2)],
)
def test_many_is_right_with_all_right_options_and_no_other(answer, right, same):
    result = grade(MANY, answer)
    assert result.right is right
    assert result.summary == "Right" if right else f"{same} of 4" in result.summary


@pytest.mark.parametrize("question, answer, chosen", [(ONE, 1, {1}), (MANY, [1, 3], {1, 3})])
def test_every_option_says_its_own_why_in_the_order_of_the_options(question, answer, chosen):
    feedback = grade(question, answer).feedback
    assert feedback == tuple(
        Feedback(option["text"], at in chosen, option.get("right", False), option["why"])
        for at, option in enumerate(question["options"])
    )


@pytest.mark.parametrize("kind, answer", [("one", 1), ("many", [0, 1]), ("many", [])])
def test_without_a_right_option_nothing_is_right_or_wrong(kind, answer):
    result = grade(ONE | {"kind": kind, "options": OPINION}, answer)
    assert (result.right, {each.right for each in result.feedback}) == (None, {None})


@pytest.mark.parametrize(
    "answer, tolerance, right",
    [(0.3, 0, True), (0.1 + 0.2, 0, True), (0.31, 0, False), (0.4, 0.1, True), (0.2, 0.1, True)]
    + [(0.41, 0.1, False), (0.19, 0.1, False), (-0.3, 0.1, False), (1, 0.7, True)],
)
def test_a_number_is_right_within_the_tolerance(answer, tolerance, right):
    result = grade(NUMBER | {"tolerance": tolerance}, answer)
    assert result.right is right and result.summary.startswith("Right" if right else "Not right")


def test_a_number_shows_both_figures_with_the_unit_and_its_why():
    result = grade(NUMBER | {"answer_value": 43200, "unit": "min"}, 1000.5)
    assert result.feedback == (Feedback("1,000.5 min", True, False, "so"),)
    assert result.summary == "Not right: it is 43,200 min"


@pytest.mark.parametrize("value", [{}, {"answer_value": None}])
def test_a_number_without_the_right_figure_is_named(value):
    question = {key: NUMBER[key] for key in ("id", "kind", "text", "why")} | value
    with pytest.raises(CourseError, match="^q1 answer_value: missing; the figure"):
        grade(question, 1)


@pytest.mark.parametrize("bad", [3, -1, True, False, "0", 0.0, None, [0], [], {}])
def test_an_answer_that_is_no_option_is_named(bad):
    text = f"q1 answer: {bad!r} is not a whole number from 0 to 2"
    with pytest.raises(CourseError, match=f"^{re.escape(text)}$"):
        grade(ONE, bad)


@pytest.mark.parametrize("bad", [0, None, "01", {0: 1}, (0,), {0}])
def test_an_answer_that_is_no_list_is_named(bad):
    text = f"q1 answer: {bad!r} is not a list of whole numbers"
    with pytest.raises(CourseError, match=f"^{re.escape(text)}$"):
        grade(MANY, bad)


@pytest.mark.parametrize("bad", [4, -1, True, "0", None, 1.0, [0]])
def test_a_list_with_something_else_than_options_is_named(bad):
    text = f"q1 answer: {bad!r} is not a whole number from 0 to 3"
    with pytest.raises(CourseError, match=f"^{re.escape(text)}$"):
        grade(MANY, [0, bad])


@pytest.mark.parametrize("bad", ["1", None, True, [1], float("nan"), float("inf"), 10**400])
def test_an_answer_that_is_no_number_is_named(bad):
    with pytest.raises(CourseError, match="^q1 answer: .* is not a finite number$"):
        grade(NUMBER, bad)


def test_an_unknown_kind_is_named():
    with pytest.raises(CourseError, match="^q1 kind: 'ones' is not .*; did you mean 'one'"):
        grade(ONE | {"kind": "ones"}, 0)


def test_a_long_wrong_answer_gives_a_short_message():
    with pytest.raises(CourseError) as error:
        grade(ONE, "x" * 10**6)
    assert len(str(error.value)) < 120


QUESTIONS = [ONE | {"id": f"q{number}", "options": OPTIONS + OPINION} for number in range(500)]


def test_the_order_holds_every_option_once_and_stays():
    for question in QUESTIONS:
        assert sorted(order(question)) == [0, 1, 2, 3, 4]
        assert order(question) == order(copy.deepcopy(question) | {"text": "Changed"})


OTHER = """
import sys, types
sys.modules["tpmlib"] = types.ModuleType("tpmlib")  # without pandas: seconds
sys.modules["tpmlib"].__path__ = ["tpmlib"]
from tpmlib.kit.questions import order
print([order({"id": f"q{number}", "options": [{}] * 5}) for number in range(500)])
"""


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_order_is_the_same_in_every_process(seed):
    environment = os.environ | {"PYTHONHASHSEED": seed}
    command = [sys.executable, "-c", OTHER]
    shown = subprocess.check_output(command, env=environment, cwd=ROOT, text=True)
    assert json.loads(shown) == [order(question) for question in QUESTIONS]


def test_the_right_option_is_shown_in_every_place_about_as_often():
    places = Counter(order(question).index(0) for question in QUESTIONS)
    assert sorted(places) == [0, 1, 2, 3, 4]
    assert all(70 < times < 130 for times in places.values())  # 100 each, and 3 deviations of 9


def test_nearly_all_orders_of_the_options_occur():
    assert len({tuple(order(question)) for question in QUESTIONS}) > 110  # of 120


def test_a_question_without_options_has_no_order():
    assert order(NUMBER) == []


def test_fill_replaces_names_in_every_text_and_leaves_the_question():
    raw = ONE | {"text": "{n} of {all}", "options": [{"text": "{n}", "why": "{n}{n}", "right": 1}]}
    before = copy.deepcopy(raw)
    filled = fill(raw, {"n": "4", "all": "{n}"})
    assert filled["text"] == "4 of {n}"
    assert filled["options"] == [{"text": "4", "why": "44", "right": 1}]
    filled["options"][0]["text"] = "changed"
    assert raw == before


@pytest.mark.parametrize("text", ["", "{}", "{ n }", "{1}", "{n", "n}", "{a.b}", "{n!r}"])
def test_fill_leaves_other_braces(text):
    assert fill({"id": "q1", "text": text}, {"n": "4"})["text"] == text


@pytest.mark.parametrize("part", [{"text": "{m}"}, {"options": [{"why": "a {n} and {m}"}]}])
def test_fill_names_an_unknown_name(part):
    with pytest.raises(CourseError, match="^q1 {m}: 'm' is not one of 'n'"):
        fill({"id": "q1"} | part, {"n": "4"})


@pytest.mark.parametrize(
    "p, happened, score",
    [(1, True, 0), (0, False, 0), (0, True, 1), (1, False, 1), (0.5, True, 0.25)],
)
def test_brier_is_the_squared_distance(p, happened, score):
    assert brier(p, happened) == score


def test_brier_rewards_the_honest_probability():
    def expected(said):
        return 0.7 * brier(said, True) + 0.3 * brier(said, False)

    assert min((said / 100 for said in range(101)), key=expected) == 0.7


@pytest.mark.parametrize("p", [-0.1, 1.1, float("nan"), "1", None])
def test_brier_out_of_range_is_named(p):
    with pytest.raises(CourseError, match=f"^p: {p} is outside 0 to 1$"):
        brier(p, True)


CHANGED = [
    {"text": "Which one?"},
    {"options": OPTIONS[::-1]},
    {"options": OPTIONS[:2]},
    {"options": [*OPTIONS[:2], {"text": "c", "why": "why C"}]},
]


@pytest.mark.parametrize("change", CHANGED)
def test_the_hash_changes_with_the_text_and_the_options(change):
    assert text_hash(ONE | change) != text_hash(ONE)


def test_the_hash_stays_when_only_a_why_changes():
    options = [option | {"why": "better"} for option in OPTIONS]
    assert text_hash(ONE | {"options": options, "id": "q2"}) == text_hash(ONE)


@pytest.mark.parametrize("item", [ONE, NUMBER, {}, {"text": "\ud800"}])
def test_a_hash_is_12_hex_digits(item):
    assert re.fullmatch("[0-9a-f]{12}", text_hash(item))
