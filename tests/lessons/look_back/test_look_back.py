"""The end of the course shows what is there, says what is missing, and hides what would tell."""

import pandas as pd
import pytest
from front import HOSTILE, is_plain, put, tags

from tpmlib.kit import questions
from tpmlib.kit.panels.quiz import Quiz
from tpmlib.kit.record import record
from tpmlib.kit.scores.brier import brier
from tpmlib.lessons.look_back import gain
from tpmlib.lessons.look_back.look_back import LookBack, calibrated, predictions

PAIRS = {second.parallel: second.id for second in questions.quiz("capstone").questions}


def right_of(name):
    (right,) = questions.question(name).right_options()
    return right


def answer(name, right):
    options = [option.id for option in questions.question(name).options]
    chosen = next(id for id in options if (id == right_of(name)) is right)
    record().add("quiz", name, chosen, lesson=name.split("-")[0], right=right)


def both(before, after):
    """Answer every pair: right as often as told, from the first on."""
    for at, (first, second) in enumerate(PAIRS.items()):
        answer(first, at < before)
        answer(second, at < after)


def test_each_starting_question_has_a_partner():
    assert list(PAIRS) == [first.id for first in questions.quiz("start_here").questions]


def test_the_partners_treat_the_ideas_in_words():
    abouts = [pair.about for pair in gain.pairs(record())]
    assert len(set(abouts)) == 6 and all(about[0].islower() for about in abouts)


def test_an_empty_record_says_what_is_missing():
    panel = LookBack()
    assert "the six questions of lesson 00 are still open" in panel.page.value
    assert "Your predictions: 0, too few" in panel.page.value


def test_half_a_record_says_how_many_pairs_are_open():
    answer("start_here-drift", True)
    assert gain.learnt(gain.pairs(record())) == ["Not answered both times: 6 of 6."]


def test_the_gain_names_what_was_learnt_and_known_by_first_answers():
    both(1, 6)
    answer("start_here-drift", True)  # a second answer, which does not count
    known, *learnt = [pair.about for pair in gain.pairs(record())]
    lines = gain.learnt(gain.pairs(record()))
    assert lines[0] == f"You learnt: {'; '.join(learnt)}."
    assert lines[1:] == [f"You knew before, and know now: {known}."]


def test_what_is_not_known_yet_or_no_longer_is_said():
    both(1, 0)
    lines = gain.learnt(gain.pairs(record()))
    assert [line.split(":")[0] for line in lines] == [
        "Not yet, so look again",
        "Right at the start and not now, so look again",
    ]
    assert "(lesson 01)" in " ".join(lines) and "(lesson 05)" in " ".join(lines)


def test_figures_of_certainty_stand_in_the_fold_alone():
    both(1, 6)
    shown, folded = LookBack().page.value.split("<details>")
    assert "<summary>How sure?</summary>" in folded and "toss of a coin" in folded
    assert "%" not in shown and "5 or more of 5 would become right in 3% of all cases" in folded


def test_no_change_tosses_no_coin():
    both(4, 4)
    assert gain.luck(gain.pairs(record())).startswith("So few questions can show a large gain")


def test_tosses_of_a_coin_by_hand():
    assert gain.chance(5, 0) == 1 / 32 and gain.chance(4, 0) > 0.05
    assert gain.chance(2, 1) == 0.5 and gain.chance(0, 3) == 1


def of(*pairs):
    return calibrated(brier(answers=pd.DataFrame(pairs, columns=["confidence", "right"])))


@pytest.mark.parametrize(
    "hits, words", [(2, "less often than"), (9, "which is what"), (10, "which")]
)
def test_one_sentence_says_what_sure_was_worth(hits, words):
    said = of(*((0.9, at < hits) for at in range(10)), *((0.5, True) for _ in range(9)))
    assert said.startswith(f"When you were 90% sure of a prediction, you were right {hits} times")
    assert words in said and "oftener than" in of(*((0.3, True) for _ in range(10)))


def test_few_predictions_say_nothing_of_being_sure():
    assert "too few" in of((0.9, True), (0.9, True), (0.9, True), (0.9, True))


def test_the_first_commit_of_a_prediction_counts():
    for sure, right in ((40, False), (90, True)):
        record().add(
            "predict",
            "responsibilities-widest",
            {"answer": 1, "confidence": sure},
            lesson="responsibilities",
            right=right,
        )
    frame = predictions(record())
    assert frame["confidence"].tolist() == [0.4] and frame["right"].tolist() == [False]


@pytest.mark.parametrize("answer", ["?", None, {}, {"confidence": "x"}, {"confidence": 1000}])
def test_a_prediction_without_a_confidence_is_left_out(answer):
    record().add(
        "predict", "responsibilities-widest", answer, lesson="responsibilities", right=True
    )
    assert predictions(record()).empty and "too few" in LookBack().page.value


def test_hostile_words_stay_words():
    record().add("quiz", "start_here-drift", HOSTILE, lesson="start_here", right=True)
    record().add("quiz", PAIRS["start_here-drift"], [HOSTILE], lesson="capstone", right=False)
    assert not {"script"} & {tag for tag, _ in tags(LookBack().page.value)}


def test_one_click_answers_explains_and_shows_what_was_learnt():
    panel, quiz = LookBack(), Quiz("capstone")
    answer("start_here-drift", False)
    name = PAIRS["start_here-drift"]
    assert not [field for field in quiz.form.fields if field["kind"] == "button"]
    put(quiz.form, **{name: right_of(name)})
    assert quiz.form.feedback[name]["options"][right_of(name)]["tone"] == "right"
    assert "You learnt: whose weeks are full of tactical work (lesson 05)." in panel.page.value


def test_a_saved_notebook_holds_nothing_of_the_learner():
    before = LookBack().html()
    both(3, 5)
    assert LookBack().html() == before and is_plain(before)
