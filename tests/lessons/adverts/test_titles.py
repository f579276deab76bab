"""Seven titles: every entry rests on a fact, every gap is a gap, every dispute names its facts."""

import pytest

from tpmlib.kit import content, questions

ROWS = content.table("titles").to_dict("records")
DECK = content.deck("titles")
STATEMENTS = DECK["cards"][:7]  # the first seven are those of the prediction
NUMBERS = {"one": 1, "three": 3, "five": 5, "all": 7}


def homes(card):
    return [card["pile"]] if isinstance(card["pile"], str) else card["pile"]


def name(row):
    return f"{row['title']} {row['aspect']}"


def test_each_title_has_each_aspect_once():
    titles, aspects = ({row[key] for row in ROWS} for key in ("title", "aspect"))
    assert len(titles) == 7 and len(aspects) == 6
    assert len(ROWS) == len({name(row) for row in ROWS}) == 42


@pytest.mark.parametrize("row", ROWS, ids=name)
def test_an_entry_has_a_fact_and_a_gap_has_none(row):
    assert bool(row["text"]) == bool(row["fact_id"])
    assert bool(row["dispute"]) == bool(row["dispute_facts"])


@pytest.mark.parametrize("title", sorted({row["title"] for row in ROWS}))
def test_a_title_is_a_word_of_the_glossary_and_answers_for_something(title):
    (first,) = [r for r in ROWS if (r["title"], r["aspect"]) == (title, "Answers for")]
    assert first["text"] and title in content.glossary()


@pytest.mark.parametrize("deck", ["titles", "translations"])
def test_every_card_of_lesson_01_names_a_fact_and_a_reason(deck):
    assert all("fact" in card and "why" in card for card in content.deck(deck)["cards"])


def test_fourteen_duties_reach_all_seven_titles_and_five_have_more_than_one():
    piles = [homes(card) for card in DECK["cards"]]
    assert len(piles) == 14 and sum(len(pile) > 1 for pile in piles) == 5
    assert {one for pile in piles for one in pile} == {pile["id"] for pile in DECK["piles"]}


def test_the_predicted_number_is_that_of_the_cards():
    (right,) = questions.prediction("titles-statements").right_options()
    assert NUMBERS[right] == sum("tpm" in homes(card) for card in STATEMENTS)


def test_the_statements_stand_in_the_lesson_word_for_word_in_the_order_of_the_cards():
    lesson = (content.root() / "notebooks/01_titles.ipynb").read_text(encoding="utf-8")
    places = [lesson.find(f"{at}. {card['text']}") for at, card in enumerate(STATEMENTS, 1)]
    assert -1 not in places and places == sorted(places)


def test_only_the_tpm_is_said_to_be_measured_as_the_lesson_says():
    measured = [r["title"] for r in ROWS if r["aspect"] == "Measured by" and r["text"]]
    assert measured == ["TPM"]
