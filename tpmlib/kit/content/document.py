"""One YAML or JSON file: its data, the line of every place in it and what is wrong with it."""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from tpmlib.errors import CourseError
from tpmlib.kit.content import words
from tpmlib.kit.content.files import root, shown, stamp, text_of
from tpmlib.kit.content.jsonschema_import import Draft202012Validator, ValidationError, extend

HINTS = (  # what the parser says, and what people usually did
    ("mapping values are not allowed", ", a text with a colon in quotes"),
    ("did not find expected ','", ", a text with a colon or a comma in quotes"),
    (
        "found character that cannot start any token",
        ", spaces and no tab, a text with @ or ` in quotes",
    ),
)
CURLY = set("\u201c\u201d\u201e\u2018\u2019")  # what a word processor makes of quotes
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times faster where it exists


def _reference(_: Any, target: str, instance: Any, __: Any) -> Iterator[ValidationError]:
    """Report each name that refers to something as an error, which `_document` sorts out.

    Whether the name exists depends on other files, which may change while this one does not. So the
    names are only collected here; `tpm check` looks them up once all files are read.
    """
    if isinstance(instance, dict):
        yield from (ValidationError(name, path=[name]) for name in instance)
    elif isinstance(instance, str):
        yield ValidationError(instance)


# a schema says with x-ref what a name, or the names of a mapping, refer to: "claims.claim_id"
Validator = extend(Draft202012Validator, {"x-ref": _reference})  # type: ignore[no-untyped-call]


@dataclass(eq=False)
class Document:
    """The data of one file, the line of each place in it and what is wrong with it.

    references: place, what it refers to as the schema has it, and the name that stands there.
    """

    shown: str
    data: Any = None
    lines: dict[words.Path, int] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    references: list[tuple[words.Path, str, str]] = field(default_factory=list)

    def add(self, path: words.Path, text: str) -> None:
        place = path
        while place and place not in self.lines:
            place = place[:-1]
        where = f"{self.shown}:{self.lines.get(place, 1)} {words.address(path)}".strip()
        self.problems.append(f"{where}: {text}")


def document(path: Path, kind: str) -> Document:
    """A YAML or JSON file checked against data/schema/<kind>.schema.json."""
    schema = root() / "data" / "schema" / f"{kind}.schema.json"
    try:
        stamps = stamp(path), stamp(schema)
    except CourseError as error:
        return Document(shown(path), problems=[str(error)])
    return _document(path, schema, shown(path), stamps)


@lru_cache(maxsize=256)
def _document(path: Path, schema: Path, name: str, stamps: object) -> Document:
    found = Document(name)
    try:
        loader = Loader(text_of(path))
        found.data = _plain(loader, loader.get_single_node(), (), found, set())
    except CourseError as error:
        found.problems.append(str(error))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        hint = _hint(str(error.problem), text_of(path).splitlines()[line - 1 : line])
        found.problems.append(f"{name}:{line}: {error.problem}; valid YAML{hint}")
    except yaml.YAMLError as error:
        found.problems.append(f"{name}:1: {str(error).splitlines()[0]}; valid YAML")
    except RecursionError:
        found.problems.append(f"{name}:1: nested too deeply; at most a few levels")
    if not found.problems:
        rules = json.loads(text_of(schema))
        validator = Validator(rules, format_checker=Draft202012Validator.FORMAT_CHECKER)
        for wrong in validator.iter_errors(found.data):
            if wrong.validator == "x-ref":
                target: Any = wrong.validator_value
                found.references.append((tuple(wrong.absolute_path), target, wrong.message))
                continue
            for where, text in words.said(wrong, rules):
                found.add(where, text)
        found.problems = sorted(set(found.problems), key=_line)
    return found


def _hint(problem: str, lines: list[str]) -> str:
    """What people usually did who got this from the parser for these lines."""
    if any(CURLY & set(line) for line in lines):
        return ', straight quotes (") and no curly ones'
    return next((words for start, words in HINTS if problem.startswith(start)), "")


def _line(problem: str) -> tuple[int, str]:
    number = problem.split(":")[1].split()[0]
    return int(number) if number.isdigit() else 0, problem


def _plain(loader: Any, node: Any, path: words.Path, found: Document, seen: set[int]) -> Any:
    """The node as plain data; notes the line of every place and refuses what would surprise."""
    found.lines.setdefault(path, node.start_mark.line + 1 if node else 1)
    if id(node) in seen:
        found.add(path, "an alias; write the value out")
        return None
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        items = enumerate(node.value)
        return [_plain(loader, item, (*path, place), found, seen) for place, item in items]
    if isinstance(node, yaml.MappingNode):
        return _mapping(loader, node, path, found, seen)
    try:
        value = loader.construct_object(node) if node else None
    except ValueError as error:
        found.add(path, f"{error}; another value, or text in quotes")
        return None
    if isinstance(value, float) and not math.isfinite(value):
        found.add(path, f"{value} is not a number")
    return value


def _mapping(loader: Any, node: Any, path: words.Path, found: Document, seen: set[int]) -> Any:
    data: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        if key_node.tag != "tag:yaml.org,2002:str":
            found.lines.setdefault((*path, key), key_node.start_mark.line + 1)
            found.add((*path, key), f"{words.brief(key)} is not text; write it in quotes")
            continue
        if key in data:
            first = found.lines[(*path, key)]
            found.lines[(*path, key)] = key_node.start_mark.line + 1
            found.add((*path, key), f"already on line {first}; each name once")
            continue
        found.lines[(*path, key)] = key_node.start_mark.line + 1
        data[key] = _plain(loader, value_node, (*path, key), found, seen)
    return data
