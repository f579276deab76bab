"""A translation: the texts of a file of data/ in another language, by the ids of its entries."""

import re
from collections.abc import Iterator
from typing import Any

from tpmlib.kit.content.relations import walk
from tpmlib.kit.content.words import brief

NAMES = ("id", "value", "term", "fact", "measure")  # the first of them calls an entry of a list
KEYS = "id right_if any choices when in of terms fact_id source_id mentions english own other work"
CODE = set(KEYS.split())  # what is no text to read
CLOSED = {"enum", "const", "format", "x-ref", "references"}  # of what is no plain text
PLACE = re.compile(r"(?<!{){\w+}")


def translate(theirs: Any, file: Any, rules: Any) -> None:
    """Put the texts of one Document in place of those of another; what fits none stays out."""
    file.problems += theirs.problems
    ours = {name: (place, of) for name, place, of in _texts(rules, rules, file.data)}
    for path, text in walk(theirs.data):
        place, of = ours.get(name := tuple(map(str, path)), ((), {(): None}))
        if isinstance(text, dict | list):
            continue
        if wrong := unfit(text, of[place[-1]] if place else None):
            file.strange.append(theirs.problem(path, wrong))
        else:
            of[place[-1]] = text
            file.translated[place] = theirs.at(theirs.lines[path])
            del ours[name]
    file.untold = in_english(theirs.shown, list(ours))


def in_english(file: str, names: list[tuple[str, ...]]) -> str:
    """What a translation leaves in English, of which these are the names; empty without any."""
    first = ", ".join(map(".".join, names[:3]))
    return f"{file}: {len(names)} texts in English, such as {first}" if names else ""


def unfit(text: Any, ours: Any) -> str:
    """Why a text cannot stand in the place of ours; empty if it can."""
    if not (isinstance(text, str) and ours):
        return f"{brief(text)}; the ids and fields of texts that we have"
    places = {*PLACE.findall(ours)}
    return "" if {*PLACE.findall(text)} == places else f"its places; {' '.join(places) or 'none'}"


def is_text(rules: Any, *name: str) -> bool:
    """Whether a field, by its schema and the names above it, is what somebody reads."""
    limits = rules | rules.get("constraints", {})
    plain = not CLOSED & {*limits} and re.search(limits.get("pattern", ""), "Plain words.")
    field = next(each for each in reversed(name) if not each.isdigit())
    return rules.get("type") == "string" and bool(plain) and field not in CODE


def _texts(
    rules: Any, whole: Any, data: Any, *way: tuple[str, Any], of: Any = None
) -> Iterator[Any]:
    """The name of each text, with the ids of its entries, its place, and what it stands in."""
    rules = whole["$defs"][rules["$ref"].rpartition("/")[2]] if "$ref" in rules else rules
    names, steps = zip(*way, strict=True) if way else ((), ())
    branches = [*rules.get("anyOf", []), rules.get("then"), rules.get("else")]
    for each in filter(None, branches):
        yield from _texts(each, whole, data, *way, of=of)
    if isinstance(data, str) and is_text(rules, *names):
        yield names, steps, of
    inside = dict(enumerate(data)) if isinstance(data, list) else data
    for key, value in inside.items() if isinstance(inside, dict) else ():
        ids = [value[each] for each in NAMES if isinstance(value, dict) and each in value]
        name = str(ids[0] if ids and isinstance(data, list) else key)
        inner = rules.get("properties", {}).get(key) or rules.get("additionalProperties")
        inner = inner or rules.get("items") or {}
        yield from _texts(inner, whole, value, *way, (name, key), of=data)
