"""The one error a learner or an instructor meets, and the sentences it is made of."""

import re
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher, get_close_matches

ZEROS = re.compile(r"(?<=[A-Z])0+(?=\d)")  # of L01, which a spreadsheet may take away


class CourseError(Exception):
    """A problem in data or in a call: says where, what was found and what is allowed.

    A notebook shows its sentence alone, and `remedy` after it.
    """

    remedy = ""  # of an outdated lesson, set by its header

    def _render_traceback_(self) -> list[str]:
        return [f"{self}. {self.remedy}" if self.remedy else str(self)]


def printable(text: str) -> str:
    """The text with what is not to be seen escaped, since a terminal would obey some of it."""
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)


def nearest(name: object, allowed: Iterable[str]) -> str:
    """One sentence that refuses `name` and names the known ones, the nearest first."""
    names = sorted(set(allowed))
    close = _closest(str(name), names)
    shown = close + [other for other in names if other not in close]
    more = f" and {len(shown) - 12} more" if len(shown) > 12 else ""
    listed = ", ".join(repr(other) for other in shown[:12]) or "nothing yet"
    hint = f"; did you mean {close[0]!r}?" if close else ""
    return f"{name!r} is not one of {listed}{more}{hint}"


def _closest(name: str, names: list[str]) -> list[str]:
    """The one that is most alike, of equals the one with the same letters; none for a number.

    A number that is not there, as in C31, is no misspelling of any other.
    """
    if re.fullmatch(r"[A-Z]?\d+[a-z]?", name):
        return [other for other in names if ZEROS.sub("", other) == ZEROS.sub("", name)][:1]
    alike = get_close_matches(name, names, n=5, cutoff=0.5)
    ratio = {match: SequenceMatcher(None, match, name).ratio() for match in alike}
    return sorted(alike, key=lambda match: (-ratio[match], sorted(match) != sorted(name)))[:1]


def outside(where: str, value: object, low: float, high: float) -> CourseError:
    """The error for a number out of its range."""
    return CourseError(f"{where}: {value} is outside {low} to {high}")


def check_ranges(ranges: Mapping[str, tuple[float, float]], **values: float) -> None:
    """CourseError for the first value outside its range; a name without a range passes."""
    for where, value in values.items():
        if where in ranges and not ranges[where][0] <= value <= ranges[where][1]:
            raise outside(where, value, *ranges[where])
