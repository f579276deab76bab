"""A text is read by its words, whatever the page or the program it was copied from put in it."""

import random
import re
import time

import pytest

from tpmlib.kit import content
from tpmlib.lessons.adverts.advert import count_words, find_terms
from tpmlib.lessons.adverts.advert_panel import highlighted
from tpmlib.lessons.adverts.wording import HIDDEN, HYPHENS, wordings

TEXTS = [advert["text"] for advert in content.scenario("adverts")["adverts"]]
TEXTS.append(
    "Cross-functional go-to-market, end-to-end trade-offs; P&L; communication skills, UX. "
)
DUTIES = content.table("responsibilities")


def duties(text: str) -> set[str]:
    return set(find_terms(text, DUTIES)["responsibility_id"])


def sprinkled(text: str, sign: str) -> str:
    """`text` with the sign between some letters of its words."""
    dice = random.Random(1)
    between = re.compile(r"(?<=[^\W\d_])(?=[^\W\d_])")
    return between.sub(lambda _: sign if dice.random() < 0.3 else "", text)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("sign", [*HIDDEN, "&shy;", "&#8203;", "<wbr>", "</b><b>", "\u00ad\n"])
def test_what_nobody_sees_changes_no_hit(text, sign):
    assert duties(sprinkled(text, sign)) == duties(text)
    assert count_words(sprinkled(text, sign)) == count_words(text)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("sign", [*HYPHENS, "&ndash;", "&#x2011;", "\ufe63", "-\n", "\u2010\r\n  "])
def test_every_hyphen_is_one_also_where_a_line_ends(text, sign):
    assert duties(text.replace("-", sign)) == duties(text)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("space", ["\u00a0", "&nbsp;", "\u2009\n", "<br/>", "</p>\n<p class='x'>"])
def test_every_space_and_every_tag_between_words_is_a_space(text, space):
    assert duties(text.replace(" ", space)) == duties(text)


@pytest.mark.parametrize("word", ["communication skills", "stakeholders", "scalability"])
def test_a_word_broken_at_the_end_of_a_line_is_that_word(word):
    for place in range(2, len(word) - 1):
        if word[place - 1 : place + 1].isalpha():
            assert duties(f"{word[:place]}-\n{word[place:]}") >= duties(word) != set()


def test_a_hit_stands_where_its_word_stands():
    text = "We &amp; you <b>own</b> the road\u00admap of the P&amp;L, go\u2011to-\nmarket"
    rows = find_terms(text, DUTIES)
    marked = {text[row.start : row.end] for row in rows.itertuples()}
    go_to_market = "own</b> the road\u00admap of the P&amp;L, go\u2011to-\nmarket"
    assert marked == {"road\u00admap", "P&amp;L", go_to_market}


def test_a_marked_word_is_marked_to_its_end():
    text = "archi\u00adtec\u00adtural work"
    page = highlighted(text, find_terms(text, DUTIES))
    assert ">archi\u00adtec\u00adtural</mark> work" in page


def test_tags_scripts_and_styles_are_no_words():
    page = "<style>p {color: red}</style><script>let x = 1 + 1</script><p id='a b'>Own it</p>"
    assert count_words(page) == 2


@pytest.mark.parametrize("part", ["<a", "<!", "<script", "<script>", "&a", "&", "a-\n", "\u00ad\n"])
def test_a_text_that_only_begins_something_is_read_at_once(part):
    start = time.process_time()
    wordings((part * 100_000)[:100_000] + " " * 1_000)
    assert time.process_time() - start < 5
