"""An argument says once what it may be; a call with anything else is refused, and says what."""

import inspect
from typing import Annotated, Literal, TypedDict, Unpack

import pytest

from tpmlib.errors import CourseError
from tpmlib.kit.ranges import Choice, Range, Seed, Share, checked, limits


class Settings(TypedDict):
    weeks: Annotated[int, Range(1, 520)]
    slip: Share


@checked
def walk(
    table: list[int],
    *,
    last: Annotated[int, Range(1, 100)],
    first: Annotated[int, Range(1, "last")],
    side: Literal["left", "right"],
    seed: Seed,
    **settings: Unpack[Settings],
) -> dict[str, object]:
    """Any model."""
    return dict(last=last, first=first, side=side, seed=seed, **settings)


GOOD = dict(last=9, first=1, side="left", seed=0, weeks=520, slip=0.0)


def test_values_at_the_ends_of_their_ranges_pass_on_to_the_function():
    assert walk([], **GOOD) == GOOD


@pytest.mark.parametrize(
    "name, bad, text",
    [
        ("weeks", 0, "weeks: 0 is outside 1 to 520"),
        ("weeks", 521, "weeks: 521 is outside 1 to 520"),
        ("slip", float("nan"), "slip: nan is outside 0 to 1"),
        ("seed", -1, "seed: -1 is outside 0 to 4294967295"),
        ("side", "rihgt", "side: 'rihgt' is not one of 'right', 'left'; did you mean 'right'?"),
        ("first", 10, "first: 10 is outside 1 to 9"),
    ],
)
def test_a_value_outside_is_refused_with_what_is_allowed(name, bad, text):
    with pytest.raises(CourseError) as caught:
        walk([], **GOOD | {name: bad})
    assert str(caught.value) == text


def test_the_first_argument_that_is_wrong_is_named():
    with pytest.raises(CourseError, match="^last: 0 is outside"):
        walk([], **GOOD | dict(last=0, weeks=0))


def test_a_missing_and_an_unknown_argument_are_errors_of_the_call():
    with pytest.raises(TypeError, match="missing a required argument: 'slip'"):
        walk([], **{name: value for name, value in GOOD.items() if name != "slip"})
    with pytest.raises(TypeError, match="unexpected keyword argument 'slope'"):
        walk([], **GOOD, slope=1)


def test_help_shows_every_argument_and_each_can_be_asked_for_its_limit():
    assert list(inspect.signature(walk).parameters) == ["table", *GOOD]
    assert walk.__doc__ == "Any model."
    assert limits(walk) == {
        "last": Range(1, 100),
        "first": Range(1, "last"),
        "side": Choice(("left", "right")),
        "seed": Range(0, 2**32 - 1),
        "weeks": Range(1, 520),
        "slip": Range(0, 1),
    }


def test_a_number_without_a_range_is_refused_as_soon_as_it_is_written():
    def careless(*, seed: int) -> int:
        return seed

    with pytest.raises(TypeError, match="^careless: seed has no range"):
        checked(careless)


def test_a_number_without_a_range_among_shared_settings_is_refused_as_well():
    class Careless(TypedDict):
        runs: int

    def model(**settings: Unpack[Careless]) -> int:
        return settings["runs"]

    with pytest.raises(TypeError, match="^model: runs has no range"):
        checked(model)
