"""Patterns that authors write, each refused if it could search without end or match any text."""

import re
from functools import cache

# the parser behind re.compile: nothing public says what a pattern repeats
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any

from tpmlib.errors import CourseError

ENDLESS = 10_000  # ways to match counted for a * or +, whose number the text decides
ANY_TEXT = "It is the same in all of them, and so on."  # of words that say nothing
REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT)


@cache
def check_pattern(words: str, most: float) -> None:
    """Refuse a regular expression with which no text should be searched.

    most: ways in which it may match at one place; times the length of a text, its steps.
    Raises CourseError for a pattern that is none, has more ways, or matches any text.
    """
    try:
        parsed, compiled = _parser.parse(words), re.compile(words, re.IGNORECASE)
        ways = _ways(parsed)
    except (re.error, OverflowError, RecursionError) as error:
        raise CourseError(f"{error}; a regular expression") from error
    if ways > most:  # first, since such a search would never come back
        raise CourseError("could search without end; .{0,60} for *, and no repeat in a repeat")
    if not parsed.getwidth()[0] or compiled.search(ANY_TEXT):
        raise CourseError("matches any text; words that not every text has")


def _ways(part: Any) -> float:
    """In how many ways a part of a pattern can match at one place, at most."""
    total = 1.0
    for kind, given in part:
        if kind in REPEATS:
            least, most, repeated = given
            endless = most is _constants.MAXREPEAT
            total *= (ENDLESS if endless else most - least + 1) * min(
                _ways(repeated), ENDLESS
            ) ** min(most, 40)
        elif kind is _constants.BRANCH:
            total *= sum(map(_ways, given[1]))
        else:  # a group, a look ahead or back, a condition; or a single character
            for inner in given if isinstance(given, tuple) else [given]:
                total *= _ways(inner) if isinstance(inner, _parser.SubPattern) else 1
    return total
