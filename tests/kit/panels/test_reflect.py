"""Free text first, then a model answer and points: kept, escaped, never lost."""

import pytest
from front import HOSTILE, click, edit, is_plain, put, quizzes, restart

from tpmlib.errors import CourseError
from tpmlib.kit import questions
from tpmlib.kit.panels.form import MOST_TEXT
from tpmlib.kit.panels.reflect import Reflect
from tpmlib.kit.record import record

ITEMS = [each.id for name in quizzes() for each in questions.quiz(name).reflections]
EACH = pytest.mark.parametrize("item", ITEMS)


def kinds(panel):
    return [field["kind"] for field in panel.form.fields]


def shown(panel):
    return [field["label"] for field in panel.form.fields if field["kind"] == "note"]


def test_there_is_one_to_test():
    assert ITEMS


@EACH
def test_nothing_of_the_answer_shows_before_a_text_is_kept(item):
    panel = Reflect(item)
    assert kinds(panel) == ["text"]
    assert panel.task.model_answer not in str(panel.form.get_state())
    click(panel.form, "keep", text=" \n ")
    assert kinds(panel) == ["text"] and record().events() == []
    assert panel.form.message.startswith("Write a sentence first")


@EACH
def test_a_text_brings_the_model_answer_and_the_points(item):
    panel = Reflect(item)
    click(panel.form, "keep", text="My answer.")
    assert kinds(panel) == ["text", "note", "checks"]
    assert panel.task.model_answer in shown(panel)[0]
    assert [each["label"] for each in panel.form.fields[2]["options"]] == [
        point.text for point in panel.task.points
    ]
    (event,) = record().events()
    assert (event["kind"], event["item"], event["lesson"]) == ("reflect", item, item.split("-")[0])
    assert event["answer"] == {"text": "My answer.", "points": []}


@EACH
def test_every_version_is_kept_and_the_last_is_there_after_a_restart(item):
    panel = Reflect(item)
    click(panel.form, "keep", text=HOSTILE)
    put(panel.form, points=[point.id for point in panel.task.points[:2]])
    click(panel.form, "keep", text=HOSTILE + " more")
    assert "You have kept 2 versions; none is lost. 2 of " in panel.form.message
    restart()
    again = Reflect(item)
    assert again.form.values == panel.form.values
    assert (kinds(again), again.form.message) == (kinds(panel), panel.form.message)
    texts = [event["answer"]["text"] for event in record().history(item, "reflect")]
    assert texts == [HOSTILE, HOSTILE + " more"]


@EACH
def test_a_reader_without_a_kernel_sees_the_task_and_the_folded_answer(item):
    panel = Reflect(item)
    assert is_plain(panel.html()) and "<details>" in panel.html()
    click(panel.form, "keep", text=HOSTILE)
    assert "alert" not in panel.html() + repr(panel)


POINTS = [
    "Plain.",
    {"text": "A number.", "any": [r"\d+"], "found": "Good.", "missing": "Add one."},
    {
        "text": "No haste.",
        "any": ["quick", "fast"],
        "avoid": True,
        "found": "Say how quick.",
        "missing": "Good.",
    },
]


@pytest.fixture
def sought(data):
    path = data / f"quizzes/{ITEMS[0].split('-')[0]}.yml"
    edit(path, lambda quiz: quiz["reflections"][0].update(points=POINTS))
    return Reflect(ITEMS[0])


@pytest.mark.parametrize(
    "text, number, haste, passed",
    [
        ("Nothing.", "wrong Add one.", "right Good.", 1),
        ("In 14 days.", "right Seen: \u201c14\u201d. Good.", "right Good.", 2),
        (
            "QUICK, in 5.",
            "right Seen: \u201c5\u201d. Good.",
            "wrong Seen: \u201cQUICK\u201d. Say how quick.",
            1,
        ),
    ],
)
def test_a_point_with_words_says_whether_they_were_seen(sought, text, number, haste, passed):
    click(sought.form, "keep", text=text)
    said = sought.form.feedback["points"]["options"]
    ids = [point.id for point in sought.task.points]
    assert {id: f"{each['tone']} {each['text']}" for id, each in said.items()} == {
        ids[1]: number,
        ids[2]: haste,
    }
    assert f"A search for words finds {passed} of 2" in sought.form.message
    restart()
    assert Reflect(ITEMS[0]).form.feedback == sought.form.feedback


def test_points_that_change_places_keep_their_ticks_and_one_that_is_gone_loses_its_own(data):
    path, panel = data / f"quizzes/{questions.reflection(ITEMS[0]).lesson}.yml", Reflect(ITEMS[0])
    first, *others = [point.id for point in panel.task.points]
    click(panel.form, "keep", text="My answer.")
    put(panel.form, points=[first, others[-1]])
    click(panel.form, "keep")
    edit(path, lambda quiz: quiz["reflections"][0]["points"].reverse())
    assert Reflect(ITEMS[0]).form.values["points"] == [first, others[-1]]
    edit(path, lambda quiz: quiz["reflections"][0]["points"].pop())
    assert Reflect(ITEMS[0]).form.values["points"] == [others[-1]]


def test_hostile_words_of_a_file_are_escaped(data):
    path = data / f"quizzes/{ITEMS[0].split('-')[0]}.yml"
    hostile = {"text": HOSTILE, "model_answer": HOSTILE, "points": [HOSTILE]}
    edit(path, lambda quiz: quiz["reflections"][0].update(hostile))
    assert is_plain(Reflect(ITEMS[0]).html())


@pytest.mark.parametrize("answer", ["?", None, {}, {"text": 5, "points": ["a"]}, {"points": [0]}])
def test_a_record_changed_by_hand_breaks_nothing(answer):
    record().add("reflect", ITEMS[0], answer, lesson="priorities")
    assert Reflect(ITEMS[0]).form.values["text"] == ""


def test_a_very_long_text_is_cut_and_kept():
    panel = Reflect(ITEMS[0])
    click(panel.form, "keep", text="x" * (MOST_TEXT + 5))
    assert len(record().events()[0]["answer"]["text"]) == MOST_TEXT


def test_without_a_disk_it_stays_in_memory_and_says_so(no_disk):
    panel = Reflect(ITEMS[0])
    click(panel.form, "keep", text="My answer.")
    assert "Your answers are in memory only" in panel.form.message
    assert Reflect(ITEMS[0]).form.values["text"] == "My answer."


def test_an_unknown_one_is_named():
    with pytest.raises(
        CourseError, match="^reflection: 'priorities-objectve' is not one of 'priorities-objective'"
    ):
        Reflect("priorities-objectve")
