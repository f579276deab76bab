"""The Brier score rewards saying what one believes, and its parts add up."""

import numpy as np
import pandas as pd
import pytest

from tpmlib.errors import CourseError
from tpmlib.kit.scores.brier import brier, describe

MIXED = [(0.9, True), (0.9, True), (0.9, False), (0.5, True), (0.5, False), (0.2, False)]


def scored(pairs):
    return brier(answers=pd.DataFrame(pairs, columns=["confidence", "right"]))


def score(pairs):
    return scored(pairs)["score"].iloc[0]


def test_knowing_all_scores_nought_and_the_opposite_one():
    assert score([(1, True), (0, False)]) == 0
    assert score([(0, True), (1, False)]) == 1


@pytest.mark.parametrize("hits", [0, 3, 10])
def test_always_half_sure_scores_a_quarter(hits):
    assert score([(0.5, at < hits) for at in range(10)]) == 0.25


def test_the_score_is_the_mean_square_by_hand():
    assert score([(0.9, True), (0.6, False)]) == pytest.approx((0.01 + 0.36) / 2)


def test_the_parts_add_up_to_the_score():
    drawn = np.random.default_rng(11)
    sure = drawn.integers(0, 21, 400) / 20
    for pairs in (MIXED, list(zip(sure, drawn.random(400) < 0.3 + sure / 3, strict=True))):
        row = scored(pairs).iloc[0]
        assert row["score"] == pytest.approx(row["unreliable"] - row["resolved"] + row["base"])


def test_always_saying_the_base_rate_scores_the_base():
    share = sum(right for _, right in MIXED) / len(MIXED)
    assert score([(share, right) for _, right in MIXED]) == pytest.approx(scored(MIXED)["base"][0])


def test_nobody_gains_by_saying_other_than_they_believe():
    """Of 100 predictions that come true 70 times, 70% is the best thing to say."""
    came = [at < 70 for at in range(100)]
    scores = {sure: score([(sure / 20, right) for right in came]) for sure in range(21)}
    assert min(scores, key=scores.get) == 14


def test_the_bands_hold_every_prediction_once():
    frame = scored([(sure / 20, True) for sure in range(21)])
    assert frame["asked"].tolist() == [5, 4, 4, 4, 4] and frame["n"].eq(21).all()


def test_without_a_prediction_there_is_no_score():
    frame = scored([])
    assert frame["score"].isna().all() and frame["asked"].sum() == 0
    assert describe(frame) == "No prediction is kept yet."


@pytest.mark.parametrize("bad", [-0.1, 1.1, float("nan")])
def test_a_confidence_out_of_range_is_named(bad):
    with pytest.raises(CourseError, match="^confidence: .* is outside 0 to 1"):
        scored([(bad, True)])


def test_an_outcome_that_is_neither_is_named():
    with pytest.raises(CourseError, match="^right: 3 is not True or False"):
        scored([(0.5, 3)])


@pytest.mark.parametrize(
    "pairs, said",
    [
        ([(0.9, at < 2) for at in range(10)], "more sure than right"),
        ([(0.1, at < 8) for at in range(10)], "less sure than right"),
        ([(0.5, at < 5) for at in range(10)], "too few to tell the two apart"),
    ],
)
def test_the_sentence_says_which_way_the_confidence_is_off(pairs, said):
    assert said in describe(scored(pairs))
