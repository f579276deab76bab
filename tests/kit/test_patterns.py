"""A pattern that would search for hours, or match any text, is refused before it is used."""

import re
import time

import pytest

from tpmlib.errors import CourseError
from tpmlib.kit.patterns import check_pattern

NESTED = ["(a+)+b", "(a|aa)+b", "((a?){9}){9}b", "(a|b|ab){0,50}c", "(?:a*)*b", "(?=(a+)+b)c"]
NESTED += ["(x)?(?(1)(a+)+|b)c", "(?>(a+)+)b", "a?" * 40 + "a" * 40]


@pytest.mark.parametrize("words", NESTED)
def test_a_repeat_within_a_repeat_is_refused(words):
    with pytest.raises(CourseError, match=r"^could search without end; "):
        check_pattern(words, 1e10)


@pytest.mark.parametrize("words", ["a.*b", "a+b", "a{3,}b", "a.{0,60}.{0,60}.{0,60}b"])
def test_how_many_ways_are_too_many_is_said_by_who_asks(words):
    check_pattern(words, 1e10)
    with pytest.raises(CourseError, match=r"^could search without end; "):
        check_pattern(words, 5_000)


@pytest.mark.parametrize("words", ["", "x?", r"\b", "(?=x)", ".", r"\w{3}", "the", "roadmap|"])
def test_a_pattern_that_matches_any_text_is_refused(words):
    with pytest.raises(CourseError, match=r"^matches any text; "):
        check_pattern(words, 5_000)


@pytest.mark.parametrize("words", ["(", "a**", "(" * 3_000 + ")" * 3_000, "a{2,99999999999999}"])
def test_what_is_no_pattern_is_refused(words):
    with pytest.raises(CourseError, match="; a regular expression$"):
        check_pattern(words, 5_000)


def test_a_pattern_that_passes_reads_the_longest_text_in_seconds():
    words = "a.{0,60}.{0,60}b"
    check_pattern(words, 5_000)
    start = time.process_time()
    assert not re.search(words, "a" * 100_000)
    assert time.process_time() - start < 30  # some 0.5 s on the machine it was written on
