"""The end of the course shows what is there, says what is missing, and hides what would tell."""

import pytest
from front import HOSTILE, click, edit, is_plain, put, tags

from tpmlib.kit import content, questions
from tpmlib.kit.panels.quiz import Quiz
from tpmlib.kit.record import record
from tpmlib.lessons.look_back import gain, verdicts
from tpmlib.lessons.look_back.look_back import LookBack, missing, predictions

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


def judged(claim="C03", **other):
    said = {"verdict": "holds", "confidence": 70, "reason": "since"} | other
    record().add("judge", claim, said, lesson="responsibilities")


def test_each_starting_question_has_a_partner():
    assert list(PAIRS) == [first.id for first in questions.quiz("start_here").questions]


def test_an_empty_record_says_where_to_begin():
    panel = LookBack()
    assert "No gain yet: the starting questions are in lesson 00" in panel.before.value
    assert panel.picture.sentence.startswith("No prediction is kept yet. Predictions never comm")
    assert "None of the 25 claims is judged yet" in panel.after.value


def test_half_a_record_says_what_is_missing():
    answer("start_here-drift", True)
    assert "1 of 6 starting questions are answered in lesson 00" in LookBack().before.value


def test_the_gain_counts_pairs_with_both_answers():
    both(1, 6)
    answer("start_here-drift", True)  # a second answer, which does not count
    said = gain.sentence(gain.pairs(record()))
    assert said.startswith("Of 6 ideas asked twice you had 1 right at the start and 6 now: 5 bec")
    assert "5 or more of 5 would become right in 3% of all cases" in said


def test_no_change_is_no_gain():
    both(4, 4)
    said = gain.sentence(gain.pairs(record()))
    assert "0 became right, 0 became wrong. 6 questions can" in said


def test_tosses_of_a_coin_by_hand():
    assert gain.chance(5, 0) == 1 / 32 and gain.chance(4, 0) > 0.05
    assert gain.chance(2, 1) == 0.5 and gain.chance(0, 3) == 1


def test_a_starting_question_is_answered_only_after_its_partner():
    answer("start_here-drift", False)
    assert not gain.answers(gain.pairs(record()))
    answer(PAIRS["start_here-drift"], True)
    ((text, lines),) = gain.answers(gain.pairs(record()))
    asked = questions.question("start_here-drift")
    chosen = next(option for option in asked.options if not option.right)
    assert text == asked.text
    assert [line for line in lines if "(your answer)" in line] == [
        f"Not so (your answer): {chosen.text} {chosen.why}"
    ]


def test_a_starting_question_whose_options_changed_places_shows_the_option_that_was_chosen(data):
    answer("start_here-drift", False), answer(PAIRS["start_here-drift"], True)
    before = gain.answers(gain.pairs(record()))[0][1]

    def turn(quiz):
        next(raw for raw in quiz["questions"] if raw["id"] == "start_here-drift")[
            "options"
        ].reverse()

    edit(data / "quizzes/start_here.yml", turn)
    assert gain.answers(gain.pairs(record()))[0][1] == before[::-1]


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
    assert predictions(record()).empty and LookBack().picture.png


def test_missing_predictions_are_named_by_lesson():
    before = missing(record())
    for name in questions.predictions():
        record().add(
            "predict", name, {"answer": 1, "confidence": 50}, lesson="responsibilities", right=True
        )
    assert "3 in 01" in before and missing(record()) == ""


def test_the_course_keeps_its_verdict_until_the_learner_has_one():
    judged()
    rows = {row[0][:3]: row for row in verdicts.rows(record())}
    assert len(rows) == 25 and rows["C03"][1:3] == ["It holds", "70%"]
    assert all(row[3] == verdicts.HIDDEN for name, row in rows.items() if name != "C03")
    assert rows["C04"][1] == "not judged yet: lesson 04"
    (only,) = verdicts.readings(record())
    assert only[1] == "since" and only[2] == content.claim("C03")["reading"]


@pytest.mark.parametrize("verdict", ["?", None, ["holds"], {}])
def test_a_verdict_changed_by_hand_is_none(verdict):
    judged(verdict=verdict)
    assert all(row[3] == verdicts.HIDDEN for row in verdicts.rows(record()))


def test_hostile_words_stay_words():
    judged(reason=HOSTILE, confidence=HOSTILE)
    record().add("quiz", "start_here-drift", HOSTILE, lesson="start_here", right=True)
    record().add("quiz", PAIRS["start_here-drift"], [HOSTILE], lesson="capstone", right=False)
    panel = LookBack()
    page = panel.before.value + panel.after.value
    assert "&lt;script&gt;alert(1)" in page and not {"script"} & {tag for tag, _ in tags(page)}
    assert all("onclick" not in found for _, found in tags(page))


def test_an_answer_elsewhere_shows_at_once():
    panel, quiz = LookBack(), Quiz("capstone")
    answer("start_here-drift", False)
    name = PAIRS["start_here-drift"]
    put(quiz.form, **{name: right_of(name)})
    click(quiz.form, f"check {name}")
    assert "0 right at the start and 1 now" in panel.before.value


def test_a_saved_notebook_holds_nothing_of_the_learner():
    before = LookBack().html()
    judged(reason="secret")
    both(3, 5)
    assert LookBack().html() == before and is_plain(before)
