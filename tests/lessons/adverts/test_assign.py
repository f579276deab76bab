"""The responsibility map grows over the lessons; no answer in it is wrong."""

import re

import pytest
from front import add_local, click, edit, put, quizzes, restart

from tpmlib.kit import content
from tpmlib.kit.record import record
from tpmlib.kit.words import say
from tpmlib.lessons.adverts.assign import PEOPLE, Assign, duties, people, responsibility_map

LESSONS = [lesson for lesson in quizzes() if duties(lesson)]


def give(panel, **cells):
    """Give duties to people: a duty__column for each."""
    named = {name.replace("__", "."): person for name, person in cells.items()}
    click(panel.form, "keep", map={**(panel.form.values["map"] or {}), **named})


def name_of(duty):
    table = content.table("responsibilities").set_index("responsibility_id")
    return table["name"][duty]


@pytest.mark.parametrize("lesson", LESSONS)
def test_each_duty_can_be_given_to_each_person(lesson):
    panel = Assign(lesson)
    for person in [*PEOPLE][::-1]:
        cells = {f"{duty}__{c}": person for duty in duties(lesson) for c in ("does", "answers")}
        give(panel, **cells)
        kept = {duty: event["answer"] for duty, event in record().items("assign").items()}
        assert kept == {duty: {"does": person, "answers": person} for duty in duties(lesson)}


@pytest.mark.parametrize("lesson", LESSONS)
def test_only_changed_rows_are_kept_again(lesson):
    panel, (first, second, *_) = Assign(lesson), duties(lesson)
    give(panel, **{f"{first}__does": "pm"})
    give(panel, **{f"{second}__answers": "em"})
    assert [event["item"] for event in record().events()] == [first, second]


@pytest.mark.parametrize("lesson", LESSONS)
def test_what_is_open_is_counted_and_the_counts_of_adverts_are_told(lesson):
    panel, (first, *_) = Assign(lesson), duties(lesson)
    give(panel, **{f"{first}__does": "pm"})
    assert f" {2 * len(duties(lesson)) - 1} choices are still open." in panel.form.message
    _, counted = panel.form.feedback["map"]["text"].splitlines()
    assert counted.startswith(f"{name_of(first)}: ") and "of TPM and" in counted
    assert ("so we cannot tell" in counted) == (panel.counts["word"][first] == "cannot tell")


@pytest.mark.parametrize("lesson", LESSONS)
def test_of_a_whole_map_each_that_the_count_cannot_tell_says_so(lesson):
    panel = Assign(lesson)
    give(panel, **{f"{duty}__does": "nobody" for duty in duties(lesson)})
    text = panel.form.feedback["map"]["text"]
    words = panel.counts["word"][duties(lesson)]
    assert text.count("so we cannot tell") == (words == "cannot tell").sum()
    assert text.count("Nobody does it") == len(duties(lesson))


def test_a_map_that_changes_no_longer_counts_what_was_open_when_it_was_kept():
    panel, (first, *_) = Assign(LESSONS[0]), duties(LESSONS[0])
    give(panel, **{f"{first}__does": "pm"})
    put(panel.form, map={**panel.form.values["map"], f"{first}.answers": "em"})
    assert panel.form.message == ""


def test_a_preset_counts_beside_the_map_the_adverts_of_the_two_titles_that_it_compares():
    panel = Assign("org_size", "delivery")
    give(panel, manage_dependencies_across_teams__does="program")
    (line,) = panel.form.feedback["map"]["text"].splitlines()[1:]
    assert re.search(r"in 9% of TPM and 38% of TPgM adverts, a hint of a difference", line)


def test_that_nobody_answers_is_noticed_and_that_nobody_does_it():
    panel, (first, second, *_) = Assign(LESSONS[0]), duties(LESSONS[0])
    give(panel, **{f"{first}__does": "nobody", f"{second}__answers": "nobody"})
    told = panel.form.feedback["map"]["text"].splitlines()[1:]
    assert told[0].endswith(say("assign.undone")) and told[1].endswith(say("assign.unanswered"))


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_map_is_there_again_after_a_restart(lesson):
    before, (first, *_) = Assign(lesson), duties(lesson)
    give(before, **{f"{first}__does": "tpm", f"{first}__answers": "pm"})
    restart()
    after = Assign(lesson)
    assert after.form.values["map"] == {f"{first}.does": "tpm", f"{first}.answers": "pm"}
    assert after.form.feedback == before.form.feedback


def test_the_map_is_built_over_the_lessons(data):
    path = data / "quizzes/start_here.yml"
    edit(path, lambda quiz: quiz.update(assign=["set_product_vision"]))
    give(Assign("start_here"), set_product_vision__does="pm")
    give(Assign("responsibilities"), define_product_strategy__answers="nobody")
    assert responsibility_map(record()) == [
        {"duty": "Set product vision", "does": "PM", "answers": "not chosen"},
        {"duty": "Define product strategy", "does": "not chosen", "answers": "nobody"},
    ]


def test_a_duty_of_two_lessons_has_one_answer(data):
    path = data / "quizzes/start_here.yml"
    edit(path, lambda quiz: quiz.update(assign=["define_product_strategy"]))
    give(Assign("responsibilities"), define_product_strategy__does="pm")
    assert Assign("start_here").form.values["map"]["define_product_strategy.does"] == "pm"
    give(Assign("start_here"), define_product_strategy__does="em")
    assert [row["does"] for row in responsibility_map(record())] == [people()["em"]]


def test_a_local_duty_has_no_count(data):
    add_local(data, responsibility_id="own_row", name="Feed the cat")
    path = data / "quizzes/responsibilities.yml"
    edit(path, lambda quiz: quiz["assign"].append("own_row"))
    panel = Assign("responsibilities")
    give(panel, own_row__does="nobody")
    assert "Feed the cat: no count." in panel.form.feedback["map"]["text"]


def test_a_duty_that_left_the_data_stays_in_the_map_under_its_id():
    record().add("assign", "gone_duty", {"does": "pm", "answers": "tpm"}, lesson="responsibilities")
    assert responsibility_map(record()) == [{"duty": "gone_duty", "does": "PM", "answers": "TPM"}]


@pytest.mark.allow_logged
@pytest.mark.parametrize("cells", [{"x.does": "pm"}, {"define_product_strategy.does": "ceo"}])
def test_an_unknown_duty_or_person_is_refused(cells):
    panel = Assign("responsibilities")
    put(panel.form, map=cells)
    assert panel.form.values["map"] == {}


@pytest.mark.parametrize("answer", ["?", None, ["a"], {"does": "ceo", "answers": ["pm"]}])
def test_a_record_changed_by_hand_breaks_nothing(answer):
    duty = duties(LESSONS[0])[0]
    record().add("assign", duty, answer, lesson="responsibilities")
    assert Assign(LESSONS[0]).form.values["map"][f"{duty}.does"] == ""
    assert len(responsibility_map(record())) == 1


def test_without_a_disk_the_map_stays_in_memory_and_it_says_so(no_disk):
    panel = Assign("responsibilities")
    give(panel, define_product_strategy__does="pm")
    assert "Your answers are in memory only" in panel.form.message
    assert Assign("responsibilities").form.values["map"]["define_product_strategy.does"] == "pm"
