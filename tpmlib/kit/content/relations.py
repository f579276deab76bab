"""Rules between the values of one part: keywords of our own, which schemas and tables name.

x-order   [[low, likely, high]]   no value is above the next
x-differ  [[start, end]]          two values are not the same
x-scale   [value]                 these lie between min and max, on a step
x-unique  [text]                  the entries of a list differ in these
x-known   {fields.name: [key]}    the names at some places stand at another
x-same-as parameters              what says same_as is described by the part of that name
x-leads   true                    each $ref of a schema leads to a part of it
"""

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from tpmlib.errors import nearest
from tpmlib.kit.content.jsonschema_import import ValidationError
from tpmlib.kit.content.words import Path, brief

Problems = Iterator[tuple[Path, str]]


def names(data: Any, way: list[str], path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Place and name at the end of a way through mappings and, by each entry, through lists."""
    if isinstance(data, list):
        for number, entry in enumerate(data):
            yield from names(entry, way, (*path, number))
    elif way and isinstance(data, dict):
        yield from names(data.get(way[0], []), way[1:], (*path, way[0]))
    elif isinstance(data, dict):
        yield from (((*path, key), key) for key in data)
    else:
        yield path, data


def walk(data: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every place of a document with what stands there."""
    yield path, data
    inside = dict(enumerate(data)) if isinstance(data, list) else data
    for key, value in inside.items() if isinstance(inside, dict) else ():
        yield from walk(value, (*path, key))


def _order(chains: list[list[str]], part: Any) -> Problems:
    for chain in chains:
        given = [name for name in chain if part.get(name) is not None]
        for name, other in pairwise(given):
            if part[name] > part[other]:
                yield (name,), f"{part[name]:.10g} is above {other}, {part[other]:.10g}"


def _differ(pairs: list[list[str]], part: Any) -> Problems:
    for name, other in pairs:
        if part[name] == part[other]:
            yield (name,), f"{brief(part[name])} is the {other} as well; another"


def _scale(places: list[str], part: Any) -> Problems:
    low, high, step = (part.get(name) for name in ("min", "max", "step"))
    if low is None or high is None:
        return
    if low >= high:
        yield ("min",), f"{low:.10g} is not below max, {high:.10g}"
    elif step and _off(high, low, step):
        yield ("step",), f"{step:.10g}; a step that leads from {low:.10g} to {high:.10g}"
    else:
        for name in places:
            if problem := off_scale(part, part.get(name, low)):
                yield (name,), problem


def off_scale(scale: Any, value: float) -> str:
    """Why a slider from min to max, by a step if it has one, cannot stand at a value."""
    low, high, step = scale["min"], scale["max"], scale.get("step")
    if not low <= value <= high:
        return f"{value:.10g} is outside {low:.10g} to {high:.10g}"
    if step and _off(value, low, step):
        below = low + (value - low) // step * step
        return f"{value:.10g} is between two steps; {below:.10g} or {below + step:.10g}"
    return ""


def _off(value: float, low: float, step: float) -> bool:
    # 0.3 is three steps of 0.1 in binary too; an infinite number of steps is off
    return not ((value - low) / step + 1e-6) % 1 < 2e-6


def _unique(keys: list[str], entries: Any) -> Problems:
    for key in keys:
        first: dict[str, int] = {}
        for number, entry in enumerate(entries):
            if isinstance(entry, dict) and key in entry:
                plain = " ".join(str(entry[key]).split()).casefold()
                if first.setdefault(plain, number) != number:
                    again = f"{brief(entry[key])} is that of entry {first[plain] + 1} as well"
                    yield (number, key), f"{again}; each its own"


def _known(ways: dict[str, list[str]], part: Any) -> Problems:
    for home, others in ways.items():
        allowed = {name for _, name in names(part, home.split("."))}
        for way in others:
            for path, name in names(part, way.split(".")):
                if name not in allowed:
                    yield path, nearest(name, allowed)


def _same_as(inside: str, parts: Any) -> Problems:
    for name, part in parts.items():
        for key, entry in part[inside].items():
            if "same_as" in entry:
                homes = [n for n, p in parts.items() if "same_as" not in p[inside].get(key, entry)]
                if entry["same_as"] not in homes:
                    yield (name, inside, key, "same_as"), nearest(entry["same_as"], homes)


def _leads(_: Any, part: Any) -> Problems:
    places = dict(walk(part)) if "$schema" in part else {}  # the whole, and none of its parts
    for path, target in places.items():
        if path[-1:] == ("$ref",) and target.startswith("#/"):
            if tuple(target[2:].split("/")) not in places:
                yield path, f"{brief(target)} leads nowhere; a part of this schema"


RELATIONS: dict[str, Callable[[Any, Any], Problems]] = {
    "x-order": _order,
    "x-differ": _differ,
    "x-scale": _scale,
    "x-unique": _unique,
    "x-known": _known,
    "x-same-as": _same_as,
    "x-leads": _leads,
}


def _keyword(rule: Callable[[Any, Any], Problems]) -> Callable[..., Iterator[ValidationError]]:
    def check(_: Any, spec: Any, part: Any, __: Any) -> Iterator[ValidationError]:
        try:
            yield from (ValidationError(text, path=path) for path, text in rule(spec, part))
        except (ArithmeticError, AttributeError, KeyError, TypeError):
            return  # something is missing or of another type, which its own rule says

    return check


KEYWORDS = {name: _keyword(rule) for name, rule in RELATIONS.items()}
