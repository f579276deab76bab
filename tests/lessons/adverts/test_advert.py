"""A text is read word for word, and a second program finds the classifier's accuracy."""

import math
import time

import numpy as np
import pandas as pd
import pytest

from tpmlib.errors import CourseError
from tpmlib.kit import content
from tpmlib.kit.words import say
from tpmlib.lessons.adverts.advert import (
    BIN,
    FEWEST_WORDS,
    MOST_CHARACTERS,
    NEIGHBOURS,
    balanced_accuracy,
    count_words,
    describe,
    find_terms,
    leave_one_out,
    of_both_roles,
    read_advert,
    score,
)
from tpmlib.lessons.adverts.classifier import classifier

FILLER = "word " * FEWEST_WORDS
TECHNICAL = (
    "You own the technical roadmap, APIs and architecture, join design reviews and write code. "
)
GENERAL = "You own revenue targets, run user research, work with designers and study usage data. "


@pytest.fixture
def tables(adverts, responsibilities):
    return {"adverts": adverts, "responsibilities": responsibilities}


@pytest.fixture
def ids(responsibilities):
    return list(responsibilities["responsibility_id"])


@pytest.fixture
def both(adverts, responsibilities):
    """What the adverts of both roles mention, and which of them are TPM adverts."""
    return of_both_roles(adverts, responsibilities)


def found(text: str, responsibilities: pd.DataFrame) -> list[tuple[str, str]]:
    """Responsibility and matched words, as they stand in the text."""
    rows = find_terms(text, responsibilities)
    return [(row.responsibility_id, text[row.start : row.end]) for row in rows.itertuples()]


# --- find_terms


def test_a_term_is_found_where_it_stands(responsibilities):
    assert found("We own the product roadmap.", responsibilities) == [
        ("own_the_product_roadmap", "roadmap")
    ]


@pytest.mark.parametrize(
    "text", ["PRODUCT VISION", "Product\n\t vision", "product\u00a0\u2003vision"]
)
def test_case_and_kind_of_white_space_do_not_count(responsibilities, text):
    assert found(f"The {text}!", responsibilities) == [("set_product_vision", text)]


@pytest.mark.parametrize("before", ["İ", "ẞßſ", "İİİ  \n İ", "👩🏽‍💻", "﷽", "a\u0301"])
def test_places_are_those_of_the_original_text(responsibilities, before):
    """The lower case of İ has two characters."""
    assert found(f"{before} Backlog {before}", responsibilities) == [
        ("manage_the_backlog", "Backlog")
    ]


def test_each_mention_is_found(responsibilities):
    rows = find_terms("Backlog, backlog and scrum", responsibilities)
    assert list(rows["responsibility_id"]).count("manage_the_backlog") == 2
    assert list(rows["cluster"]) == ["Tactical delivery"] * 3


def test_a_negated_duty_is_found_too(responsibilities):
    """A limit, not a wish: words are not duties."""
    assert found("You will never manage budgets.", responsibilities)


@pytest.mark.parametrize("text", ["", " \n ", "Nothing to see", "<b>"])
def test_a_text_without_terms_gives_an_empty_table(responsibilities, text):
    rows = find_terms(text, responsibilities)
    assert rows.empty and list(rows) == ["responsibility_id", "name", "cluster", "start", "end"]


def test_a_capital_in_a_term_list_does_not_matter(responsibilities):
    capital = responsibilities.head(1).assign(terms=r"\bOKRs?\B|\bWSJF\b")
    assert found("We like wsjf and Wsjf", capital) == [
        ("set_product_vision", "wsjf"),
        ("set_product_vision", "Wsjf"),
    ]


def test_rows_of_ones_own_are_not_searched(responsibilities):
    assert not found("roadmap", responsibilities.assign(source="local"))


def test_the_term_lists_in_use_are_the_published_ones(responsibilities):
    now = content.table("responsibilities").set_index("responsibility_id")
    was = responsibilities.set_index("responsibility_id")
    assert now.loc[was.index, "terms"].equals(was["terms"])


def test_the_time_to_read_grows_with_the_text_and_no_faster(responsibilities):
    took = []
    for size in (100_000, 1_000_000):
        start = time.process_time()
        hits = find_terms(TECHNICAL * (size // len(TECHNICAL)), responsibilities)
        took.append(time.process_time() - start)
        assert len(hits) > size / 100
    assert took[1] < 40 * took[0]  # ten times as long a text; a hundred times if it were squared


# --- read_advert


@pytest.mark.parametrize("words", [0, 1, FEWEST_WORDS - 1])
def test_a_short_text_is_too_short_to_tell(tables, words):
    with pytest.raises(CourseError) as caught:
        read_advert(text="word " * words, **tables)
    assert str(caught.value) == f"text: {say('advert.short', n=words, least=60)}"


def test_each_duty_is_counted_once(tables):
    frame = read_advert(text=FILLER + "Backlog backlog, sprint", **tables)
    assert set(frame["duties"]) == {2} and set(frame["counted"]) == {62}


def test_the_strip_holds_every_advert_of_the_second_study_once(tables, both):
    frame = read_advert(text=FILLER, **tables)
    assert (frame["tpm"].sum(), frame["pm"].sum()) == (both[1].sum(), (~both[1]).sum())
    scores = leave_one_out(*both)
    middle = frame[(frame["low"] > -5) & (frame["low"] < 5)]
    for low, tpm in zip(middle["low"], middle["tpm"], strict=True):
        assert tpm == sum(low <= score < low + BIN for score in scores[both[1]])


def test_only_the_first_hundred_thousand_characters_are_read(tables):
    long = "word " * (MOST_CHARACTERS // 5)
    assert read_advert(text=long + TECHNICAL, **tables)["duties"].iloc[0] == 0


def test_the_sentence_holds_the_numbers_of_the_frame(tables, both):
    row = read_advert(text=TECHNICAL * 5, **tables).iloc[0]
    sentence = describe(read_advert(text=TECHNICAL * 5, **tables))
    wrong = [sum((leave_one_out(*both) > 0) != both[1])]
    assert row.tpm_wrong + row.pm_wrong == wrong[0]
    for told in ("nearer to TPM", f"{row.tpm_wrong:.0f} of 34 TPM", f"{row.pm_wrong:.0f} of 454"):
        assert told in sentence


# --- the classifier


def of_second(adverts: pd.DataFrame) -> pd.DataFrame:
    return adverts[adverts["role"].isin(["tpm", "pm"]) & (adverts["batch"] == "second")]


def by_hand(adverts: pd.DataFrame, ids: list[str]) -> list[float]:
    """Multinomial naive Bayes with Laplace 1, one advert left out at a time, in plain Python."""
    some = of_second(adverts)
    hits, roles, odds = some[ids].values.tolist(), list(some["role"]), []
    for out, advert in enumerate(hits):
        logs = {}
        for role in ("tpm", "pm"):
            rest = [row for at, row in enumerate(hits) if at != out and roles[at] == role]
            sums = [sum(column) + 1 for column in zip(*rest, strict=True)]
            logs[role] = sum(
                math.log(n / sum(sums)) for n, hit in zip(sums, advert, strict=True) if hit
            )
        odds.append(logs["tpm"] - logs["pm"])
    return odds


def test_leave_one_out_agrees_with_plain_python(adverts, ids, both):
    wanted, roles = by_hand(adverts, ids), list(of_second(adverts)["role"])
    scores = leave_one_out(*both)
    assert list(scores) == pytest.approx(wanted)
    right = {role: [] for role in ("tpm", "pm")}
    for odds, role in zip(wanted, roles, strict=True):
        right[role].append((odds > 0) == (role == "tpm"))
    share = sum(np.mean(some) for some in right.values()) / 2
    assert balanced_accuracy(scores, both[1]) == pytest.approx(share)


def test_accuracy_is_near_the_published_one(both):
    assert balanced_accuracy(leave_one_out(*both), both[1]) == pytest.approx(0.63, abs=0.01)


def test_an_advert_does_not_help_to_score_itself():
    """Without the first one, both roles mention the same."""
    hits, is_tpm = np.array([[1.0, 0], [0, 1], [0, 1]]), np.array([True, True, False])
    assert leave_one_out(hits, is_tpm)[0] == pytest.approx(0)


def test_adverts_of_other_roles_and_rows_of_ones_own_are_left_out(adverts, responsibilities, both):
    own = responsibilities.head(1).assign(responsibility_id="own", source="local")
    some = adverts[adverts["role"].isin(["tpm", "pm"])]
    again = of_both_roles(some, pd.concat([responsibilities, own]))
    assert (again[0] == both[0]).all() and (again[1] == both[1]).all()


def test_shuffled_titles_are_guessed_no_better_than_by_luck(both):
    hits, generator = both[0], np.random.default_rng(1)
    titles = [generator.permutation(both[1]) for _ in range(60)]
    luck = [balanced_accuracy(leave_one_out(hits, is_tpm), is_tpm) for is_tpm in titles]
    assert 0.42 < np.mean(luck) < 0.58


def test_titles_that_the_words_give_away_are_guessed_without_error(both):
    hits = np.column_stack([both[1], ~both[1]]).astype(float)
    assert balanced_accuracy(leave_one_out(hits, both[1]), both[1]) == 1


def test_score_by_hand():
    odds = score(np.array([[1, 0]]), np.array([3, 0]), np.array([0, 1]))
    assert odds == pytest.approx([math.log((4 / 5) / (1 / 3))])


def test_score_has_no_side_for_a_text_without_terms_or_roles_alike():
    assert score(np.zeros((1, 2)), np.array([3, 0]), np.array([0, 1])) == [0]
    assert score(np.ones((1, 2)), np.array([3, 2]), np.array([3, 2])) == pytest.approx([0])


def test_score_changes_sign_when_the_roles_swap():
    hits, tpm, pm = np.eye(3), np.array([1, 5, 0]), np.array([7, 2, 9])
    assert score(hits, tpm, pm) == pytest.approx(-score(hits, pm, tpm))


def test_balanced_accuracy_does_not_reward_the_larger_role():
    assert balanced_accuracy(np.full(10, -1.0), np.array([True] + [False] * 9)) == 0.5


@pytest.mark.parametrize("text, side", [(TECHNICAL, 1), (GENERAL, -1)])
def test_wording_is_placed_on_its_side(tables, text, side):
    near = read_advert(text=text * 5, **tables).iloc[0]
    assert side * near["own"] > 1
    share = near["tpm_n"] / (near["tpm_n"] + near["pm_n"])
    assert side * (near["neighbours_tpm"] / near["neighbours"] - share) > 0


def test_the_neighbours_are_the_nearest_scores(tables, both):
    near = read_advert(text=FILLER, **tables).iloc[0]
    scores = pd.DataFrame({"score": leave_one_out(*both), "is_tpm": both[1]})
    nearest = scores.assign(gap=scores["score"].abs()).nsmallest(NEIGHBOURS, "gap")
    assert near["own"] == 0 and near["neighbours_tpm"] == nearest["is_tpm"].sum()


LUCK = dict(shuffles=20, seed=1)


def test_luck_lies_about_a_half_and_the_printed_titles_above_it(tables):
    real, low, high = classifier(**tables, **LUCK | {"shuffles": 60})["accuracy"]
    assert low < 0.5 < high < real


def test_the_classifier_gives_the_same_rows_for_the_same_seed(tables):
    assert classifier(**tables, **LUCK).equals(classifier(**tables, **LUCK))


@pytest.mark.parametrize("name, other", [("shuffles", 30), ("seed", 2)])
def test_every_argument_of_the_classifier_matters(tables, name, other):
    changed = classifier(**tables, **LUCK | {name: other})
    assert not classifier(**tables, **LUCK).equals(changed)


@pytest.mark.parametrize(
    "name, bad, text",
    [
        ("shuffles", 19, "19 is outside 20 to 2000"),
        ("shuffles", 2001, "2001 is outside 20 to 2000"),
        ("seed", -1, "-1 is outside 0 to 4294967295"),
        ("seed", 2**32, "4294967296 is outside 0 to 4294967295"),
    ],
)
def test_a_wrong_setting_of_the_classifier_is_named(tables, name, bad, text):
    with pytest.raises(CourseError) as caught:
        classifier(**tables, **LUCK | {name: bad})
    assert str(caught.value) == f"{name}: {text}"


def test_words_are_what_white_space_separates():
    assert [count_words(text) for text in ("", " \n", "one", "one\u00a0two\n- three")] == [
        0,
        0,
        1,
        4,
    ]
