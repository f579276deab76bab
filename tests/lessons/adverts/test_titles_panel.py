"""Two titles side by side show the table's words, gaps and disputes, and nothing as markup."""

from html import escape
from itertools import product

import pytest
from front import HOSTILE, edit_rows, is_plain, put

from tpmlib.errors import CourseError
from tpmlib.kit import content
from tpmlib.kit.words import say
from tpmlib.lessons.adverts.titles import CompareTitles

ROWS = content.table("titles")
TITLES = list(dict.fromkeys(ROWS["title"]))


def of(title):
    return ROWS[ROWS["title"] == title].to_dict("records")


def test_every_pair_of_titles_shows_what_the_table_says_of_both():
    panel = CompareTitles()
    for first, second in product(TITLES, TITLES):
        put(panel.form, first=first, second=second)
        page = panel.page.value
        for row in [*of(first), *of(second)]:
            shown = f"{row['text']} [{row['fact_id']}]" if row["text"] else say("titles.not_stated")
            assert escape(shown) in page and escape(row["dispute"]) in page


def test_what_a_title_answers_for_stands_first_and_who_differs_in_the_fold():
    page = CompareTitles("TPM", "PM").page.value
    first, fold = page.split("</tr>")[1], page.split("<details")[1]
    assert "Answers for" in first and "At Amazon" not in first
    assert "At Amazon the letters TPM mean the TPgM" in fold


def test_how_to_read_the_table_stands_above_every_pair():
    panel = CompareTitles("TPM", "PM")
    before = panel.page.value
    put(panel.form, second="EM")
    assert panel.page.value != before and panel.form.message == say("titles.how")
    assert panel.html().startswith(f"<p>{say('titles.how')}</p>")


def test_the_facts_of_both_titles_are_listed_once_with_source_and_trust():
    page = CompareTitles("TPM", "TPgM").page.value
    fact = content.fact("F01")
    assert page.count('<th scope="row" style="text-align:left">F01</th>') == 1
    assert escape(content.source(fact["source_id"])["title"]) in page


def test_a_saved_notebook_shows_all_seven_titles():
    page = CompareTitles().html()
    assert all(escape(text) in page for text in ROWS["text"] if text)
    assert is_plain(page)


def test_an_unknown_title_is_named():
    with pytest.raises(CourseError, match="^title: 'CTO' is not one of"):
        CompareTitles("CTO")


@pytest.mark.allow_logged
def test_a_title_that_is_not_on_offer_changes_nothing():
    panel = CompareTitles()
    before = panel.page.value
    put(panel.form, first="<b>")
    assert panel.page.value == before


def test_hostile_words_are_only_words(data):
    edit_rows(data / "titles.csv", lambda rows: [r.update(dispute=HOSTILE) for r in rows])
    edit_rows(data / "sources.csv", lambda rows: [r.update(title=HOSTILE) for r in rows])
    panel = CompareTitles()
    assert is_plain(panel.page.value, panel.html())
    assert escape(HOSTILE) in panel.page.value and "<script" not in panel.page.value
