"""What an argument may be, written once, beside the argument, and checked before each call.

A model says `weeks: Annotated[int, Range(1, 520)]` or `side: Literal["left", "right"]`, and
`@checked` refuses any other value before the model runs. A number without a range is refused as
soon as its module is loaded, so that none can be forgotten, not even a seed. Models that share
their arguments write these as a TypedDict and take `**settings: Unpack[Settings]`.
"""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import (
    Annotated,
    Any,
    Literal,
    ParamSpec,
    TypeVar,
    Unpack,
    get_args,
    get_origin,
    get_type_hints,
)

from tpmlib.errors import CourseError, nearest

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Range:
    """A number from `low` to `high`, both included.

    high: a number, or the name of an argument that stands before this one.
    """

    low: float
    high: float | str

    def problem(self, value: float, given: Mapping[str, Any]) -> str:
        """Why a value is refused, beside the other arguments `given`; empty if it is not."""
        high = given[self.high] if isinstance(self.high, str) else self.high
        # so written, it refuses not-a-number as well
        return "" if self.low <= value <= high else f"{value} is outside {self.low} to {high}"


@dataclass(frozen=True)
class Choice:
    """One of some names, as a `Literal` lists them."""

    names: tuple[str, ...]

    def problem(self, value: object, given: Mapping[str, Any]) -> str:
        return "" if value in self.names else nearest(value, self.names)


Limit = Range | Choice
Share = Annotated[float, Range(0, 1)]
Seed = Annotated[int, Range(0, 2**32 - 1)]  # what numpy's generators take


def checked(function: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """Let a function refuse, with a CourseError, the first value outside its range or choices.

    Raises TypeError, when the module is loaded, for a number without a range.
    """
    signature, own = unfolded(function), limits(function)
    for name, argument in signature.parameters.items():
        if argument.annotation in (int, float):
            raise TypeError(f"{function.__name__}: {name} has no range; Annotated[..., Range(...)]")

    @wraps(function)
    def checking(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
        given = signature.bind(*args, **kwargs).arguments
        for name, limit in own.items():
            if name in given and (problem := limit.problem(given[name], given)):
                raise CourseError(f"{name}: {problem}")
        return function(*args, **kwargs)

    # so that help() and `tpm check` see every argument, and not only **settings
    checking.__signature__ = signature  # type: ignore[attr-defined]
    return checking


def limits(function: Callable[..., Any]) -> dict[str, Limit]:
    """By argument, what it may be; a table, a text or a switch is not listed."""
    own: dict[str, Limit] = {}
    for name, argument in unfolded(function).parameters.items():
        parts = get_args(argument.annotation)
        if get_origin(argument.annotation) is Literal:
            own[name] = Choice(parts)
        own.update((name, part) for part in parts if isinstance(part, Range))
    return own


def unfolded(function: Callable[..., Any]) -> inspect.Signature:
    """The signature, each argument that `**settings: Unpack[Settings]` stands for on its own."""
    signature = inspect.signature(function)
    arguments: list[inspect.Parameter] = []
    for argument in signature.parameters.values():
        if get_origin(argument.annotation) is Unpack:
            hints = get_type_hints(get_args(argument.annotation)[0], include_extras=True)
            kind = inspect.Parameter.KEYWORD_ONLY
            arguments += [inspect.Parameter(n, kind, annotation=hint) for n, hint in hints.items()]
        else:
            arguments.append(argument)
    return signature.replace(parameters=arguments)
