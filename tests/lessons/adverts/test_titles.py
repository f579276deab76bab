"""Lesson 01: titles that rest on facts, cards that name theirs, and a list of what to ask back."""

import pytest
from front import edit_rows

from tpmlib.kit import content, figures, questions
from tpmlib.kit.documents import page
from tpmlib.kit.record import record
from tpmlib.lessons.adverts.areas import widest
from tpmlib.lessons.look_back.hiring import hiring_kit

ROWS = content.table("titles").to_dict("records")
SHEET = content.sheet("ask_back")
LESSON = (content.root() / content.lesson("titles")["file"]).read_text()


def homes(card):
    return [card["pile"]] if isinstance(card["pile"], str) else card["pile"]


def name(row):
    return f"{row['title']} {row['aspect']}"


def test_each_title_has_each_aspect_once():
    titles, aspects = ({row[key] for row in ROWS} for key in ("title", "aspect"))
    assert len(titles) == 7 and len(aspects) == 3
    assert len(ROWS) == len({name(row) for row in ROWS}) == 21


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


def test_what_went_wrong_reaches_all_four_titles_and_one_card_has_two_homes():
    piles = [homes(card) for card in content.deck("titles")["cards"]]
    assert [len(pile) for pile in piles].count(2) == 1 and "One card" in content.deck("titles")[
        "text"
    ]
    assert {name for pile in piles for name in pile} == {"pm", "tpm", "tpgm", "tpjm"}


def test_the_two_widest_gaps_are_the_two_right_answers():
    frame = figures.frame("areas", "program_managers")
    right = questions.prediction("titles-widest").right_options()
    named = {name.replace(" ", "_") for name in widest(frame)}
    assert set(right) == named


def test_engineering_depth_does_not_tell_the_two_apart_and_strategy_does():
    words = figures.frame("areas", "program_managers").set_index("id")["word"]
    assert (words["Engineering depth"], words["Strategy"]) == ("cannot tell", "clear")


def test_the_adverts_left_out_are_told_and_what_they_would_change(data):
    """21 shorter TPM adverts: with them strategy is no clear difference any more."""
    adverts, duties = content.table("adverts"), content.table("responsibilities")
    inside = duties[(duties["cluster"] == "Strategy") & (duties["counted_in_cluster"] == 1)]
    left_out = adverts[adverts["batch"] == "third"]
    named = left_out[list(inside["responsibility_id"])].any(axis=1)
    assert (len(named), named.sum(), {*left_out["role"]}) == (21, 11, {"tpm"})
    ours = adverts[(adverts["batch"] == "second") & (adverts["role"] == "tpm")]
    assert 2 * left_out["words"].median() < ours["words"].median()
    assert "of 21 shorter TPM adverts that we left out only 11 do" in (
        questions.prediction("titles-widest").why
    )
    frame = figures.frame("areas", "program_managers").set_index("id").loc["Strategy"]
    assert (frame["word"], round(3 * frame["other_rate"])) == ("clear", 2)
    edit_rows(data / "adverts.csv", lambda rows: [r.update(batch="second") for r in rows])
    frame = figures.frame("areas", "program_managers").set_index("id").loc["Strategy"]
    assert (frame["word"], frame["tpm_n"]) == ("cannot tell", 55)
    assert "two in three TPgM adverts name it too, and 10 of 21 shorter" in LESSON


def test_seven_adverts_name_a_roadmap_and_schedules():
    adverts = content.table("adverts").query("batch == 'second' and role == 'tpm'")
    both = adverts[["own_the_product_roadmap", "manage_schedules_and_milestones"]].all(axis=1)
    assert (both.sum(), len(both)) == (7, 34)
    options = questions.question("titles-two-jobs").options
    assert any("Seven of our 34 TPM adverts" in option.why for option in options)


def test_the_list_of_what_to_ask_back_is_there_empty_and_filled():
    empty = hiring_kit(record())
    assert [row[0] for row in empty.sections[0].rows] == [f["label"] for f in SHEET["fields"]]
    assert "I have to ask" in empty.sections[0].rows[1][1]
    answers = {"badge": "TPM <b>", "fails": "product"}
    record().add("sheet", "ask_back", answers, lesson="titles")
    filled = hiring_kit(record())
    assert filled.sections[0].rows[0][1] == "TPM <b>"
    assert filled.sections[0].rows[1][1].startswith("The product:") and "<b>" not in page(filled)
