"""Patterns that authors write: searched with a time limit, and refused if they could need it."""

import re
from collections.abc import Iterator
from functools import cache, partial
from importlib import import_module
from types import ModuleType
from typing import Any

from tpmlib.errors import CourseError
from tpmlib.kit.shelf import kept

try:
    # it has a time limit; Python's own module has none
    engine: ModuleType | None = import_module("regex")
except ImportError:  # in the browser's Python: there a hard pattern takes its time
    engine = None

LONGEST = 2.0  # s that one pattern may search in one text; the longest advert takes 0.02
# characters and s of a trial: what ends the first ends the next, if time grows with their square
TRIALS = ((600, 0.002), (3_000, 0.1))
ANY_TEXT = "It is the same in all of them, and so on."  # of words that say nothing


def matches(words: str, text: str, flags: int = 0, most: float = LONGEST) -> Iterator[Any]:
    """Every match of a pattern in a text, as re.finditer gives them.

    most: time that the search may take [s]. Raises CourseError once it is over.
    """
    if engine is None:
        yield from re.finditer(words, text, flags)
        return
    case = engine.IGNORECASE if flags & re.IGNORECASE else 0
    try:
        yield from engine.finditer(words, text, case, timeout=most)
    except TimeoutError as error:
        raise CourseError(f"{words[:40]!r} searches for longer than {most:g} s") from error


@cache
def check_pattern(words: str) -> None:
    """Refuse a regular expression with which no text should be searched.

    Raises CourseError for a pattern that is none, takes too long, or matches any text.
    """
    kept(("pattern", words), partial(_tried, words))


def _tried(words: str) -> None:
    """Tried on the texts that are hardest for it: its own words over and over, and then something
    else, so that each way of matching is tried in vain.
    """
    try:
        width = re.compile(words, re.IGNORECASE)
    except (re.error, OverflowError, RecursionError) as error:
        raise CourseError(f"{error}; a regular expression") from error
    parts = [*dict.fromkeys(re.findall(r"[A-Za-z]+", words)), "a"]
    repeated = [*parts[:12], " ".join(parts) + " ", "a ", " ".join(parts[:1]) + " "]
    for text in repeated:
        for length, most in TRIALS:  # the second if the first was too long
            trial = (text * length)[:length] + "\n!"
            try:
                for _ in matches(words, trial, re.IGNORECASE, most):
                    pass
                break
            except CourseError as error:
                problem = error
        else:
            raise CourseError("searches without end; .{0,60} for *, no repeat in one") from problem
    if width.match("") or width.search(ANY_TEXT):
        raise CourseError("matches any text; words that not every text has")
