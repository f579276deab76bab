"""A pattern that would search for hours, or match any text, is refused before it is used."""

import re

import pytest

from tpmlib.errors import CourseError
from tpmlib.kit import content
from tpmlib.kit.patterns import check_pattern, matches

NESTED = ["(a+)+b", "(a|aa)+b", "((a?){9}){9}b", r"(team|team\w*)+ lead"]


@pytest.mark.parametrize("words", NESTED)
def test_a_repeat_within_a_repeat_is_refused(words):
    with pytest.raises(CourseError, match=r"^searches without end; "):
        check_pattern(words)


@pytest.mark.parametrize("words", ["a.{0,60}b", r"\bmanag\w* .{0,30}\bpeople\b", "(foo|bar)+ qux"])
def test_a_pattern_that_ends_is_no_trouble(words):
    check_pattern(words)


@pytest.mark.parametrize("words", content.table("responsibilities")["terms"])
def test_every_term_list_passes(words):
    if words:
        check_pattern(words)


@pytest.mark.parametrize("words", ["", "x?", r"\b", ".", r"\w{3}", "the", "roadmap|"])
def test_a_pattern_that_matches_any_text_is_refused(words):
    with pytest.raises(CourseError, match=r"^matches any text; "):
        check_pattern(words)


@pytest.mark.parametrize("words", ["(", "a**", "(" * 3_000 + ")" * 3_000, "a{2,99999999999999}"])
def test_what_is_no_pattern_is_refused(words):
    with pytest.raises(CourseError, match="; a regular expression$"):
        check_pattern(words)


def test_a_search_ends_with_its_time():
    with pytest.raises(CourseError, match="searches for longer than 0.01 s$"):
        list(matches("(a+)+b", "a" * 5_000, most=0.01))


@pytest.mark.parametrize("flags", [0, re.IGNORECASE])
def test_matches_are_those_of_python(flags):
    text = "Lead teams, lead Teams and LEAD"
    wanted = [match.span() for match in re.finditer(r"\blead\b( teams)?", text, flags)]
    assert [match.span() for match in matches(r"\blead\b( teams)?", text, flags)] == wanted
