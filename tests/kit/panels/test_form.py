"""A form takes what its fields allow and nothing else."""

import json
import math
import re

import pytest
from front import HOSTILE, front, put
from traitlets import TraitError

from tpmlib.errors import CourseError
from tpmlib.kit.panels.form import MOST_TEXT, Form, allowed, fitting
from tpmlib.kit.panels.pieces import Board

TWO = [{"value": 0, "label": "zero"}, {"value": 1, "label": "one"}]
ROWS = [{"id": "r", "label": "Row"}]
COLUMNS = [
    {"id": "c", "label": "Column", "options": [{"value": "", "label": "-"}, *TWO]},
    {"id": "n", "label": "Number", "kind": "number", "min": 0, "max": 5},
    {"id": "p", "label": "Plain", "kind": "plain"},
]
FIELDS = [
    {"id": "range", "kind": "range", "label": "", "min": -1, "max": 5, "step": 1},
    {"id": "number", "kind": "number", "label": "", "min": -1e9, "max": 1e9},
    {"id": "radio", "kind": "radio", "label": "", "options": TWO},
    {"id": "checks", "kind": "checks", "label": "", "options": TWO},
    {"id": "select", "kind": "select", "label": "", "options": TWO},
    {"id": "switch", "kind": "switch", "label": ""},
    {"id": "text", "kind": "text", "label": ""},
    {"id": "grid", "kind": "grid", "label": "", "rows": ROWS, "columns": COLUMNS},
]
GOOD = [
    ("range", 5),
    ("range", -1),
    ("range", 0.5),
    ("number", -1e9),
    ("number", None),
    ("radio", 1),
    ("radio", None),
    ("checks", []),
    ("checks", [1, 0]),
    ("select", 0),
    ("switch", False),
    ("switch", True),
    ("text", ""),
    ("text", HOSTILE),
    ("text", "|`*_\\ \n\t \x00 {name} {{x}} %s"),
    ("grid", {}),
    ("grid", {"r.c": ""}),
    ("grid", {"r.c": 1}),
    ("grid", {"r.n": 2.5}),
    ("grid", {"r.n": None, "r.c": 0}),
]
BAD = [
    ("range", "3"),
    ("range", None),
    ("range", True),
    ("range", [1]),
    ("range", math.nan),
    ("number", "3"),
    ("number", False),
    ("number", math.nan),
    ("radio", 2),
    ("radio", "0"),
    ("radio", [0]),
    ("radio", {}),
    ("checks", 0),
    ("checks", "01"),
    ("checks", [0, 2]),
    ("checks", [[0]]),
    ("select", None),
    ("select", 2),
    ("select", {"a": 1}),
    ("switch", "false"),
    ("switch", 1),
    ("switch", None),
    ("text", None),
    ("text", 3),
    ("text", ["a"]),
    ("grid", []),
    ("grid", "r.c"),
    ("grid", {"r.c": 2}),
    ("grid", {"r.c": ["a"]}),
    ("grid", {"r.p": 0}),
    ("grid", {"r.d": 0}),
    ("grid", {"s.c": 0}),
    ("grid", {"r.n": "2"}),
    ("grid", {"r.n": math.nan}),
    ("grid", {"s.n": 2}),
    ("other", 1),
    ("", 1),
]


@pytest.fixture
def form():
    return Form(fields=FIELDS)


@pytest.mark.parametrize("name, value", GOOD)
def test_what_a_field_allows_arrives_unchanged(form, name, value):
    put(form, **{name: value})
    assert form.values == {name: value}


@pytest.mark.parametrize("name, value", BAD)
def test_what_a_field_does_not_allow_is_refused_by_name(form, name, value):
    with pytest.raises(TraitError, match=f"^'?{name}'?( is not a field of this form|: .* )"):
        form.put(**{name: value})


@pytest.mark.allow_logged
@pytest.mark.parametrize("name, value", BAD[:-2])  # the last two are no fields
def test_a_refused_value_leaves_all_that_was_there(form, name, value):
    put(form, text="kept", range=3)
    put(form, **({"text": "lost"} | {name: value}))
    assert form.values == {"text": "kept", "range": 3}


@pytest.mark.parametrize(
    "value, kept", [(6, 5), (-2, -1), (math.inf, 5), (-math.inf, -1), (10**400, 5), (1e308, 5)]
)
def test_a_number_out_of_range_is_clamped(form, value, kept):
    put(form, range=value)
    assert form.values == {"range": kept}


def test_a_long_text_is_cut(form):
    put(form, text="é" * (MOST_TEXT + 1))
    assert form.values["text"] == "é" * MOST_TEXT


def test_a_field_may_take_another_length_of_text():
    form = Form(fields=[{"id": "text", "kind": "text", "most": 3}])
    put(form, text="abcd")
    assert form.values["text"] == "abc"


def test_new_options_replace_those_of_the_field(form):
    form.options = {"select": [{"value": "new", "label": "New"}]}
    put(form, select="new")
    with pytest.raises(TraitError, match="^select: 0 is not one of"):
        form.put(select=0)


def test_of_kept_values_only_those_that_still_fit_come_back():
    kept = {"range": 9, "radio": 2, "checks": [1], "grid": {"r.c": 1}, "gone": 1, "text": None}
    assert fitting(FIELDS, kept) == {"range": 5, "checks": [1], "grid": {"r.c": 1}}


@pytest.mark.parametrize(
    "name, value, text",
    [
        ("range", 6, "range: 6 is outside -1 to 5"),
        ("range", "3", "range: '3' is not a number"),
        ("switch", 1, "switch: 1 is not True or False"),
        ("select", 2, "select: 2 is not one of '0', '1'"),
    ],
)
def test_a_call_with_a_value_nobody_could_choose_is_refused(name, value, text):
    field = next(field for field in FIELDS if field["id"] == name)
    with pytest.raises(CourseError) as caught:
        allowed(field, value, strict=True)
    assert str(caught.value) == text


@pytest.mark.allow_logged
@pytest.mark.parametrize("places", [{"x": "p"}, {"a": "q"}, {"a": ""}, {"a": None}, ["a"]])
def test_a_board_refuses_unknown_cards_and_piles(places):
    board = Board(cards=[{"id": "a"}], piles=[{"id": "p"}], places={"a": "p"})
    front(board, places=places)
    assert board.places == {"a": "p"}


def test_a_click_is_told_after_what_was_typed_with_it(form):
    seen = []
    form.on_event(lambda event: seen.append((event, dict(form.values))))
    front(form, clicked={"id": "go", "n": 1}, values={"range": 2})
    assert seen == [({"click": "go"}, {"range": 2})]


def test_the_same_button_can_be_clicked_twice(form):
    seen = []
    form.on_event(seen.append)
    form.click("go"), form.click("go")
    assert seen == [{"click": "go"}] * 2


def test_a_click_tried_again_acts_once_and_each_new_one_acts(form):
    acts = []
    form.on_event(lambda event: acts.append(event["click"]))
    for click in [("a", 1, 0), ("a", 1, 7), ("b", 2, 8), ("a", 1, 9)]:
        front(form, clicked=dict(zip(("id", "n", "time"), click, strict=True)))
    assert (acts, form.heard) == (["a", "b"], 2)


@pytest.mark.allow_logged
def test_a_click_that_went_wrong_is_answered_too(form):
    form.on_event(lambda event: 1 / 0)
    front(form, clicked={"id": "a", "n": 1})
    assert form.heard == 1


def test_one_message_tells_what_came_of_a_click(messages):
    form = Form(fields=FIELDS)
    form.on_event(lambda event: form.set_trait("message", "Kept.") or form.put(range=2))
    messages.clear()
    front(form, clicked={"id": "a", "n": 1})
    echo, told = messages
    assert echo["method"] == "echo_update" and told["state"].keys() == {
        "message",
        "values",
        "heard",
        "turn",
    }


def test_a_number_in_a_grid_is_cut_to_its_column():
    form = Form(fields=FIELDS[-1:], values={})
    form.put(grid={"r.n": 9, "r.c": 1})
    assert form.values["grid"] == {"r.n": 5, "r.c": 1}


@pytest.mark.parametrize("typed", ["cut in an emoji \ud83d", "\udfff", "whole \U0001f600"])
def test_a_text_that_ends_in_half_an_emoji_arrives_and_can_be_sent_back(messages, typed):
    form = Form(fields=FIELDS, values={"text": ""})
    put(form, text=typed)
    assert form.values["text"] == re.sub("[\ud800-\udfff]", "\ufffd", typed)
    assert json.dumps(messages, ensure_ascii=False).encode()


def test_what_was_entered_for_an_item_that_is_over_is_dropped(form):
    form.name_item("first")
    over = form.item
    form.on_event(lambda event: form.name_item("second"))
    front(form, values={"range": 1}, entered_for=over, clicked={"id": "go", "n": 1})
    front(form, values={"range": 2})
    assert form.values == {"range": 1}
    front(form, values={"range": 3}, entered_for=form.item)
    assert form.values == {"range": 3}


def test_what_was_entered_in_a_field_that_is_gone_holds_up_nothing(form):
    front(form, values={"range": 1, "text": "put there meanwhile"})
    front(form, values={"range": 2, "of_the_card_before": ["ticked"]})
    assert form.values == {"range": 2, "text": "put there meanwhile"}


def late(form, **values):
    """The page sends all its values before it has heard of what Python put among them."""
    form.set_state({"values": {"how": None, "sure": None} | values})
    return form.values


def test_what_python_put_stays_when_the_page_sends_something_else_before_it_hears():
    options = [{"value": name, "label": name} for name in ("slow", "fast")]
    radio = {"kind": "radio", "label": "?", "options": options}
    fields = [radio | {"id": id} for id in ("how", "sure")]
    form = Form(fields=fields, values={"how": None, "sure": None})
    form.put(how="fast")
    assert late(form, sure="slow") == {"how": "fast", "sure": "slow"}
    assert late(form, how="slow") == {"how": "slow", "sure": None}  # chosen by the learner since
    form.put(how="fast")
    form.set_state({"values": {"how": "slow", "sure": None}, "known": form.turn})
    assert form.values["how"] == "slow"  # the page had heard
