"""Each question explains every option; all answers are kept."""

from itertools import chain, combinations

import pytest
from front import click, edit, put, quizzes, restart

from tpmlib.kit import content
from tpmlib.kit.panels.quiz import Quiz, ready
from tpmlib.kit.record import record

QUIZZES = {lesson: content.quiz(lesson) for lesson in quizzes()}
NOW = [lesson for lesson, quiz in QUIZZES.items() if quiz["reveal"] == "now"]
LATER = [lesson for lesson, quiz in QUIZZES.items() if quiz["reveal"] == "later"]
RAW = {raw["id"]: (lesson, raw) for lesson, quiz in QUIZZES.items() for raw in quiz["questions"]}


def asked(lessons, *kinds):
    return [
        name for name, (lesson, raw) in RAW.items() if lesson in lessons and raw["kind"] in kinds
    ]


def answer(panel, name, value):
    click(panel.form, f"check {name}", **{name: value})
    return panel.form.feedback[name]


def sets(options):
    """Every set of options but the empty one."""
    places = range(len(options))
    return map(list, chain.from_iterable(combinations(places, n) for n in places[1:]))


def right_set(options):
    return [place for place, option in enumerate(options) if option.get("right")]


@pytest.mark.parametrize("name", asked(NOW, "one"))
def test_whatever_is_chosen_every_option_says_why(name):
    lesson, raw = RAW[name]
    panel, options = Quiz(lesson), ready(raw)["options"]
    for chosen, option in enumerate(options):
        said = answer(panel, name, chosen)
        right = option.get("right", False)
        assert (said["text"], said["tone"]) == (
            ("Right", "right") if right else ("Not right", "wrong")
        )
        for place, other in enumerate(options):
            mark = "Right. " if other.get("right") else "Not so. " if place == chosen else ""
            tone = "right" if other.get("right") else "wrong"
            assert said["options"][str(place)] == {"text": mark + other["why"], "tone": tone}
        assert record().latest(name)["right"] is right


@pytest.mark.parametrize("name", asked(NOW, "many"))
def test_of_several_options_exactly_the_right_ones_are_right(name):
    lesson, raw = RAW[name]
    panel, options = Quiz(lesson), ready(raw)["options"]
    for chosen in sets(options):
        said = answer(panel, name, chosen)
        right = chosen == right_set(options)
        assert said["tone"] == ("right" if right else "wrong")
        assert all(
            option["why"] in said["options"][str(at)]["text"] for at, option in enumerate(options)
        )
        assert record().latest(name)["right"] is right


@pytest.mark.parametrize("name", asked(NOW, "many"))
def test_a_right_option_that_was_missed_is_called_so(name):
    lesson, raw = RAW[name]
    panel, right = Quiz(lesson), right_set(raw["options"])
    said = answer(panel, name, right[1:])["options"]
    assert [said[str(at)]["text"].startswith("Right, and not ticked. ") for at in right] == [
        True,
        *[False] * len(right[1:]),
    ]


@pytest.mark.parametrize("name", asked(NOW, "number"))
@pytest.mark.parametrize(
    "off, right", [(-1, True), (0, True), (1, True), (-1.1, False), (9, False)]
)
def test_a_number_is_right_within_its_tolerance_and_explained(name, off, right):
    lesson, raw = RAW[name]
    question, panel = ready(raw), Quiz(lesson)
    said = answer(panel, name, question["answer_value"] + off * max(0.1, question["tolerance"]))
    assert said["tone"] == ("right" if right else "wrong")
    assert said["text"].startswith("Right: it is " if right else "Not right: it is ")
    assert said["text"].endswith(question["why"])


@pytest.mark.parametrize("name", RAW)
def test_no_answer_is_not_graded(name):
    panel = Quiz(RAW[name][0])
    click(panel.form, f"check {name}")
    assert panel.form.feedback[name] == {"tone": "", "text": "Choose an answer first."}
    assert record().events() == []


def test_an_emptied_answer_is_not_graded():
    (name, *_) = asked(NOW, "many")
    assert "Choose" in answer(Quiz(RAW[name][0]), name, [])["text"]


@pytest.mark.parametrize("lesson", LATER)
def test_a_quiz_for_later_tells_neither_right_nor_wrong(lesson):
    panel = Quiz(lesson)
    for name in asked([lesson], "one"):
        for chosen in range(len(RAW[name][1]["options"])):
            said = answer(panel, name, chosen)
            assert said.keys() == {"tone", "text"} and said["tone"] == ""
            assert said["text"].startswith("Kept. ")
    assert "right" not in panel.form.message
    whys = [o["why"] for name in asked([lesson], "one") for o in RAW[name][1]["options"]]
    assert not any(why in panel.html() for why in whys)


@pytest.mark.parametrize("lesson", LATER)
def test_a_quiz_for_later_tells_nothing_after_a_restart_either(lesson):
    panel = Quiz(lesson)
    said = [answer(panel, name, 0) for name in asked([lesson], "one")]
    restart()
    assert list(Quiz(lesson).form.feedback.values()) == said


@pytest.mark.parametrize("name", asked(NOW, "one"))
def test_a_second_try_is_kept_beside_the_first(name):
    panel = Quiz(RAW[name][0])
    answer(panel, name, 0), answer(panel, name, 1), answer(panel, name, 0)
    assert [event["answer"] for event in record().history(name, "quiz")] == [0, 1, 0]


def first_option(name):
    kind = RAW[name][1]["kind"]
    return {"one": 0, "many": [0], "number": 1.5}[kind]


@pytest.mark.parametrize("lesson", QUIZZES)
def test_answers_and_their_explanations_are_there_again_after_a_restart(lesson):
    before = Quiz(lesson)
    for name in asked([lesson], "one", "many", "number"):
        answer(before, name, first_option(name))
    restart()
    after = Quiz(lesson)
    assert after.form.values == before.form.values
    assert after.form.feedback == before.form.feedback
    assert after.form.message == before.form.message


@pytest.mark.parametrize("lesson", NOW)
def test_the_summary_counts_questions_and_first_tries(lesson):
    panel, ones = Quiz(lesson), asked([lesson], "one")
    for name in ones:
        (right,) = right_set(RAW[name][1]["options"])
        answer(panel, name, right), answer(panel, name, right - 1 if right else 1)
    first, total = ones[0], len(QUIZZES[lesson]["questions"])
    assert (
        panel.form.message
        == f"{len(ones)} of {total} answered, {len(ones)} right at the first try."
    )
    restart()
    answer(panel, first, 0)
    assert panel.form.message.startswith(f"{len(ones)} of {total} answered, {len(ones)} right")


@pytest.mark.parametrize("lesson", QUIZZES)
def test_an_untouched_quiz_counts_nothing(lesson):
    assert Quiz(lesson).form.message.startswith("0 of ")


def change_first_question(data, lesson, change):
    (path,) = (data / "quizzes").glob(f"{lesson}_*.yml")
    edit(path, lambda quiz: change(quiz["questions"][0]))
    return QUIZZES[lesson]["questions"][0]["id"]


@pytest.mark.parametrize("lesson", QUIZZES)
def test_an_answer_to_an_older_text_is_not_explained(data, lesson):
    name = QUIZZES[lesson]["questions"][0]["id"]
    answer(Quiz(lesson), name, 1)
    change_first_question(data, lesson, lambda raw: raw.update(text="What do you think now?"))
    assert name not in Quiz(lesson).form.feedback
    answer(Quiz(lesson), name, 1)
    old, new = record().history(name)
    assert old["text_hash"] != new["text_hash"]


@pytest.mark.parametrize("lesson", QUIZZES)
def test_an_option_that_is_gone_is_not_chosen(data, lesson):
    first = QUIZZES[lesson]["questions"][0]
    answer(Quiz(lesson), first["id"], len(first["options"]) - 1)
    change_first_question(data, lesson, lambda raw: raw["options"].pop())
    panel = Quiz(lesson)
    assert first["id"] not in panel.form.values and first["id"] not in panel.form.feedback


@pytest.mark.parametrize("lesson", NOW)
def test_a_question_without_a_right_option_is_noted(data, lesson):
    def open_up(raw):
        for option in raw["options"]:
            option.pop("right", None)

    name = change_first_question(data, lesson, open_up)
    said = answer(Quiz(lesson), name, 0)
    assert (said["text"], said["tone"]) == ("Noted", "")
    assert record().latest(name)["right"] is None


@pytest.mark.parametrize("wrong", ["?", None, {"a": 1}, [["a"]], 99, -1])
def test_a_record_changed_by_hand_breaks_nothing(wrong):
    for name, (lesson, _) in RAW.items():
        record().add("quiz", name, wrong, lesson=lesson)
    assert all(repr(Quiz(lesson)).startswith("Quiz of lesson") for lesson in QUIZZES)


@pytest.mark.parametrize("lesson", QUIZZES)
def test_without_a_disk_the_answer_stays_in_memory_and_it_says_so(no_disk, lesson):
    name = QUIZZES[lesson]["questions"][0]["id"]
    panel = Quiz(lesson)
    answer(panel, name, 0)
    assert "Your answers are in memory only" in panel.form.message
    assert Quiz(lesson).form.values == {name: 0}


def test_a_button_of_no_question_does_nothing():
    panel = Quiz(NOW[0])
    click(panel.form, "check gone-none"), click(panel.form, ""), put(panel.form)
    assert panel.form.feedback == {} and record().events() == []


@pytest.mark.parametrize("lesson", QUIZZES)
def test_hints_and_returning_questions_are_marked(lesson):
    fields = {field["id"]: field for field in Quiz(lesson).form.fields}
    for raw in QUIZZES[lesson]["questions"]:
        field = fields[raw["id"]]
        assert field.get("help", "") == (f"Hint: {raw['hint']}" if "hint" in raw else "")
        back = f"(back from lesson {raw['returns']})" if "returns" in raw else ""
        assert field["label"].endswith(back)
