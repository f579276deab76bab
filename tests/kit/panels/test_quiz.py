"""Each question explains every option; all answers are kept."""

from itertools import chain, combinations

import pytest
from front import click, edit, put, quizzes, restart

from tpmlib.kit import questions
from tpmlib.kit.figures import Figure
from tpmlib.kit.panels.quiz import Quiz
from tpmlib.kit.questions import Question
from tpmlib.kit.record import record

QUIZZES = {lesson: questions.quiz(lesson) for lesson in quizzes()}
NOW = [lesson for lesson, quiz in QUIZZES.items() if quiz.reveal == "now"]
LATER = [lesson for lesson, quiz in QUIZZES.items() if quiz.reveal == "later"]
ASKED = {question.id: question for quiz in QUIZZES.values() for question in quiz.questions}


def asked(lessons, *kinds):
    return [id for id, each in ASKED.items() if each.lesson in lessons and each.kind in kinds]


def answer(panel, name, value):
    click(panel.form, f"check {name}", **{name: value})
    return panel.form.feedback.get(name)


def ids(options):
    return [option.id for option in options]


def sets(options):
    """Every set of options but the empty one, by their ids."""
    sizes = range(1, len(options))
    return map(list, chain.from_iterable(combinations(ids(options), n) for n in sizes))


@pytest.mark.parametrize("name", asked(NOW, "one"))
def test_whatever_is_chosen_it_and_the_right_option_say_why_and_the_others_on_a_click(name):
    question = ASKED[name].filled()
    panel = Quiz(question.lesson)
    for chosen in question.options:
        told = answer(panel, name, chosen.id)
        told_at_once = [option for option in question.options if option.right or option is chosen]
        assert {*told["options"]} == {*ids(told_at_once)}
        for option in told_at_once:
            mark, tone = ("Right. ", "right") if option.right else ("Not so. ", "wrong")
            assert told["options"][option.id] == {"text": mark + option.why, "tone": tone}
        others = [option for option in question.options if option not in told_at_once]
        folded = told["more"][1] if others else ""
        assert all(f"“{option.text}” {option.why}" in folded for option in others)
        assert len(folded.split("\n\n")) == max(1, len(others))
        assert record().latest(name)["right"] is chosen.right


@pytest.fixture
def many(data):
    """A question of several options, two of them right: no quiz of the course asks one now."""

    def several(quiz):
        raw = next(raw for raw in quiz["questions"] if raw["id"] == name)
        raw["kind"] = "many"
        raw["options"] = [option | {"right": n < 2} for n, option in enumerate(raw["options"])]

    name, *_ = asked(NOW, "one")
    edit(data / f"quizzes/{ASKED[name].lesson}.yml", several)
    return questions.question(name)


def test_of_several_options_exactly_the_right_ones_are_right(many):
    question, name = many.filled(), many.id
    panel = Quiz(question.lesson)
    for chosen in sets(question.options):
        said = answer(panel, name, chosen)
        right = set(chosen) == question.right_options()
        assert said["tone"] == ("right" if right else "wrong")
        assert all(each.why in said["options"][each.id]["text"] for each in question.options)
        assert record().latest(name)["right"] is right


def test_a_right_option_that_was_missed_is_called_so(many):
    panel, right = Quiz(many.lesson), ids(o for o in many.options if o.right)
    said = answer(panel, many.id, right[1:])["options"]
    missed = [id for id in right if said[id]["text"].startswith("Right, and not ticked. ")]
    assert missed == right[:1]


@pytest.mark.parametrize("name", asked(NOW, "number"))
@pytest.mark.parametrize(
    "off, right", [(-1, True), (0, True), (1, True), (-1.1, False), (9, False)]
)
def test_a_number_is_right_within_its_tolerance_and_explained(name, off, right):
    question = ASKED[name].filled()
    panel, near = Quiz(question.lesson), max(0.1, question.tolerance)
    said = answer(panel, name, question.answer.rounded() + off * near)
    assert said["tone"] == ("right" if right else "wrong")
    assert said["text"].startswith("Right: it is " if right else "Not right: it is ")
    assert said["text"].endswith(question.why)


@pytest.mark.parametrize("name", asked(NOW, "number")[:1])
@pytest.mark.parametrize("format, words", [("integer", "52"), ("one", "52.4"), ("two", "52.42")])
def test_without_a_kernel_a_number_is_rounded_as_in_the_check(monkeypatch, name, format, words):
    panel = Quiz(ASKED[name].lesson)
    monkeypatch.setattr(Figure, "exact", lambda figure: 52.42)
    object.__setattr__(panel.questions[name].answer, "format", format)
    assert f"<p>{words} " in panel.html()
    assert f"it is {words} " in answer(panel, name, 1)["text"]


@pytest.mark.parametrize("name", asked(NOW, "one", "number"))
def test_no_answer_is_not_graded(name):
    panel = Quiz(ASKED[name].lesson)
    click(panel.form, f"check {name}")
    assert panel.form.feedback[name] == {"tone": "", "text": "Choose an answer first."}
    assert record().events() == []


def test_an_emptied_answer_is_not_graded(many):
    assert "Choose" in answer(Quiz(many.lesson), many.id, [])["text"]


def choose(panel, name, value):
    put(panel.form, **{name: value})


def kept(name):
    return [event["answer"] for event in record().history(name, "quiz")]


@pytest.mark.parametrize("lesson", LATER)
def test_a_quiz_for_later_has_no_buttons_and_tells_neither_right_nor_wrong(lesson):
    panel = Quiz(lesson)
    assert {field["kind"] for field in panel.form.fields} == {"radio"}
    for name in asked([lesson], "one"):
        for chosen in ids(ASKED[name].options):
            choose(panel, name, chosen)
    assert panel.form.feedback == {} and "right" not in panel.form.message
    whys = [option.why for name in asked([lesson], "one") for option in ASKED[name].options]
    assert not any(why in panel.html() for why in whys)


@pytest.mark.parametrize("lesson", LATER)
def test_a_quiz_for_later_then_counts_what_was_right_and_opens_what_was_wrong(lesson):
    panel, names = Quiz(lesson), asked([lesson], "one")
    for name in names:
        right = ASKED[name].right_options()
        choose(panel, name, next(id for id in ids(ASKED[name].options) if id not in right))
    choose(panel, names[0], *ASKED[names[0]].right_options())
    click(panel.form, "tell")
    assert panel.form.message.startswith(f"{len(names)} of {len(names)} answered, 0 right at the")
    assert panel.form.buttons == []
    for name in names[1:]:
        told = panel.form.feedback[name]["options"]
        chosen = panel.form.base[name]
        assert {*told} == {chosen, *ASKED[name].right_options()} and told[chosen]["tone"] == "wrong"
    (heading, reasons), *others = panel.form.feedback[names[0]].values()
    assert heading == "Right. Why?" and not others
    for each in panel.questions[names[0]].options:
        assert (each.why in reasons) == each.right
    choose(panel, names[1], *ASKED[names[1]].right_options())
    assert panel.form.feedback[names[1]]["more"][0] == "Right. Why?"


@pytest.mark.parametrize("lesson", LATER)
def test_what_is_chosen_for_later_is_kept_at_once_and_once(lesson):
    panel, (first, second, *_) = Quiz(lesson), asked([lesson], "one")
    choose(panel, first, ASKED[first].options[1].id)
    choose(panel, second, ASKED[second].options[0].id)
    assert kept(first) == [ASKED[first].options[1].id]
    assert kept(second) == [ASKED[second].options[0].id]
    assert panel.form.message.startswith(f"2 of {len(panel.questions)} answered. Kept. ")


@pytest.mark.parametrize("lesson", LATER)
def test_another_choice_is_kept_beside_the_first_after_a_restart_too(lesson):
    (name, *_) = asked([lesson], "one")
    first, second, *_ = ids(ASKED[name].options)
    choose(Quiz(lesson), name, first)
    restart()
    panel = Quiz(lesson)
    assert panel.form.values == {name: first} and kept(name) == [first]
    choose(panel, name, second), choose(panel, name, first)
    assert kept(name) == [first, second, first]


@pytest.mark.parametrize("lesson", LATER)
def test_an_answer_for_later_to_an_older_wording_is_asked_for_anew(data, lesson):
    first, second, *_ = asked([lesson], "one")
    choose(Quiz(lesson), first, ASKED[first].options[0].id)
    change_first_question(data, lesson, lambda raw: raw.update(text="What do you think now?"))
    panel = Quiz(lesson)
    choose(panel, second, ASKED[second].options[0].id)
    assert first not in panel.form.values and len(kept(first)) == 1


@pytest.mark.parametrize("name", asked(NOW, "one"))
def test_a_second_try_is_kept_beside_the_first(name):
    panel, (first, second, *_) = Quiz(ASKED[name].lesson), ids(ASKED[name].options)
    for chosen in (first, second, first):
        answer(panel, name, chosen)
    kept = [event["answer"] for event in record().history(name, "quiz")]
    assert kept == [first, second, first]


def first_option(name):
    if ASKED[name].kind == "number":
        return 1.5
    first = ASKED[name].options[0].id
    return [first] if ASKED[name].kind == "many" else first


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
        (right,) = ASKED[name].right_options()
        wrong = next(id for id in ids(ASKED[name].options) if id != right)
        answer(panel, name, right), answer(panel, name, wrong)
    total = len(QUIZZES[lesson].questions)
    words = f"{len(ones)} of {total} answered, {len(ones)} right at the first try."
    assert panel.form.message == words
    restart()
    answer(panel, ones[0], first_option(ones[0]))
    assert panel.form.message.startswith(f"{len(ones)} of {total} answered, {len(ones)} right")


@pytest.mark.parametrize("lesson", QUIZZES)
def test_an_untouched_quiz_counts_nothing(lesson):
    assert Quiz(lesson).form.message.startswith("0 of ")


def test_an_answer_is_graded_once_and_summed_up_once(monkeypatch):
    calls, (name, *_) = [], asked(NOW, "one")
    grade, sum_up = Question.grade, Quiz._sum_up
    panel = Quiz(ASKED[name].lesson)
    monkeypatch.setattr(Question, "grade", lambda *a: calls.append("grade") or grade(*a))
    monkeypatch.setattr(Quiz, "_sum_up", lambda *a: calls.append("sum up") or sum_up(*a))
    answer(panel, name, first_option(name))
    assert sorted(calls) == ["grade", "sum up"]


def change_first_question(data, lesson, change):
    path = data / f"quizzes/{lesson}.yml"
    edit(path, lambda quiz: change(quiz["questions"][0]))
    return QUIZZES[lesson].questions[0].id


@pytest.mark.parametrize("lesson", NOW)
def test_an_answer_to_an_older_text_is_not_explained(data, lesson):
    name = QUIZZES[lesson].questions[0].id
    answer(Quiz(lesson), name, first_option(name))
    change_first_question(data, lesson, lambda raw: raw.update(text="What do you think now?"))
    assert name not in Quiz(lesson).form.feedback
    answer(Quiz(lesson), name, first_option(name))
    old, new = record().history(name)
    assert old["text_hash"] != new["text_hash"]


@pytest.mark.parametrize("lesson", QUIZZES)
def test_an_option_that_is_gone_is_not_chosen(data, lesson):
    first = QUIZZES[lesson].questions[0]
    answer(Quiz(lesson), first.id, first.options[-1].id)
    change_first_question(data, lesson, lambda raw: raw["options"].pop())
    panel = Quiz(lesson)
    assert first.id not in panel.form.values and first.id not in panel.form.feedback


def told(panel):
    """What is said at once, and of the other options on a click, in any order."""
    replies = panel.form.feedback.values()
    folds = [sorted(reply.get("more", ["", ""])[1].split("\n\n")) for reply in replies]
    return [reply.get("options") for reply in replies], folds


@pytest.mark.parametrize("lesson", QUIZZES)
def test_options_that_change_places_leave_the_answer_and_its_reasons(data, lesson):
    first = QUIZZES[lesson].questions[0]
    before = Quiz(lesson)
    answer(before, first.id, first.options[0].id)
    change_first_question(data, lesson, lambda raw: raw["options"].reverse())
    after = Quiz(lesson)
    assert after.form.values == {first.id: first.options[0].id}
    assert told(after) == told(before)


def test_of_several_ticks_only_that_of_a_gone_option_goes(data, many):
    name, lesson, options = many.id, many.lesson, ids(many.options)
    answer(Quiz(lesson), name, options)

    def shorten(quiz):
        next(raw for raw in quiz["questions"] if raw["id"] == name)["options"].pop()

    edit(data / f"quizzes/{lesson}.yml", shorten)
    panel = Quiz(lesson)
    assert panel.form.values == {name: options[:-1]} and panel.form.feedback == {}


@pytest.mark.parametrize("lesson", NOW)
def test_a_question_without_a_right_option_is_noted(data, lesson):
    def open_up(raw):
        for option in raw["options"]:
            option.pop("right", None)

    name = change_first_question(data, lesson, open_up)
    said = answer(Quiz(lesson), name, first_option(name))
    assert said["text"] == "Noted" and {why["tone"] for why in said["options"].values()} == {""}
    assert record().latest(name)["right"] is None


@pytest.mark.parametrize("wrong", ["?", None, {"a": 1}, [["a"]], 0, [0], -1])
def test_a_record_changed_by_hand_breaks_nothing(wrong):
    for name, question in ASKED.items():
        details = {"lesson": question.lesson, "text": question.text_hash}
        record().add("quiz", name, wrong, **details)
    assert all(repr(Quiz(lesson)).startswith("Quiz of lesson") for lesson in QUIZZES)


@pytest.mark.parametrize("lesson", QUIZZES)
def test_without_a_disk_the_answer_stays_in_memory_and_it_says_so(no_disk, lesson):
    name = QUIZZES[lesson].questions[0].id
    panel = Quiz(lesson)
    answer(panel, name, first_option(name))
    assert "Your answers are in memory only" in panel.form.message
    assert Quiz(lesson).form.values == {name: first_option(name)}


def test_a_button_of_no_question_does_nothing():
    panel = Quiz(NOW[0])
    click(panel.form, "check gone-none"), click(panel.form, ""), put(panel.form)
    assert panel.form.feedback == {} and record().events() == []


@pytest.mark.parametrize("lesson", QUIZZES)
def test_hints_are_marked(lesson):
    fields = {field["id"]: field for field in Quiz(lesson).form.fields}
    for question in QUIZZES[lesson].questions:
        field = fields[question.id]
        assert field.get("help", "") == (f"Hint: {question.hint}" if question.hint else "")
