"""A fact is shown with its source, its sample and how far to trust it."""

import re
from html import escape

import pandas as pd
import pytest
from front import HOSTILE, displayed, edit_rows, is_plain, tags

from tpmlib.errors import CourseError
from tpmlib.kit import content
from tpmlib.kit.panels.cite import Cite, kind, whole
from tpmlib.kit.words import say

FACTS = content.table("facts").to_dict("records")
IDS = [fact["fact_id"] for fact in FACTS]


def links(html):
    return [attributes["href"] for tag, attributes in tags(html) if tag == "a"]


@pytest.mark.parametrize("fact", FACTS, ids=IDS)
def test_a_fact_shows_its_statement_its_source_and_its_trust(fact):
    html, source = Cite(fact["fact_id"]).html(), content.source(fact["source_id"])
    for text in (fact["fact_id"], fact["statement"], source["title"], source["source_id"]):
        assert escape(text) in html
    read = say("cite.read", read=fact["read"])
    assert escape(f"Trust {fact['trust']}: {kind(fact)}") in html and escape(read) in html
    assert escape(f"{read}; {read}") not in html
    assert is_plain(html)


@pytest.mark.parametrize("fact", FACTS, ids=IDS)
def test_only_web_addresses_are_linked(fact):
    url = str(content.source(fact["source_id"])["url"])
    wanted = [url] if url.startswith(("http://", "https://")) else []
    assert links(Cite(fact["fact_id"]).html()) == wanted


@pytest.mark.parametrize("fact", FACTS, ids=IDS)
def test_a_sample_size_is_given_or_said_to_be_missing(fact):
    html, n = Cite(fact["fact_id"]).html(), whole(fact["n"])
    assert re.findall(r"sample size ([0-9]+)", html) == [n] * bool(n)
    assert ("sample size not given" in html) is (not n and pd.notna(fact["figure"]))


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JavaScript:alert(1)", " javascript:x", "data:text/html,x", "//x", ""],
)
def test_an_address_that_is_not_of_the_web_is_not_linked(url):
    cite = Cite(IDS[0])
    cite.source["url"] = url
    assert links(cite.html()) == []


def test_an_address_cannot_leave_its_quotes():
    cite = Cite(IDS[0])
    cite.source["url"] = 'https://x.example/"onclick="alert(1)'
    assert links(cite.html()) == [cite.source["url"]] and is_plain(cite.html())


def test_the_data_refuse_an_address_that_is_not_of_the_web(data):
    edit_rows(data / "sources.csv", lambda rows: rows[-1].update(url="javascript:alert(1)"))
    with pytest.raises(CourseError, match="^data/sources.csv:[0-9]+ url: 'javascript:alert"):
        Cite(IDS[0])


@pytest.mark.parametrize("name", ["statement", "note"])
def test_hostile_words_are_only_words(data, name):
    edit_rows(data / "facts.csv", lambda rows: rows[0].update({name: HOSTILE * 99}))
    html = Cite(IDS[0]).html()
    assert escape(HOSTILE) in html and is_plain(html)


def test_a_cell_shows_the_fact_as_text_and_as_html(monkeypatch):
    cite = Cite(IDS[0])
    assert displayed(cite, monkeypatch) == [{"text/plain": repr(cite), "text/html": cite.html()}]
    assert repr(cite).startswith(f"{IDS[0]} ") and f"trust {cite.fact['trust']}" in repr(cite)


def test_an_unknown_fact_is_refused():
    with pytest.raises(CourseError, match="'F0' is not one of "):
        Cite("F0")


@pytest.mark.parametrize(
    "value, text",
    [(2022, "2022"), ("16.0", "16"), (float("nan"), ""), (None, ""), ("", ""), ("<NA>", "")],
)
def test_a_missing_number_is_left_out(value, text):
    assert whole(value) == text
