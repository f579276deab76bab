"""One YAML or JSON file: its data, the line of every place in it and what is wrong with it."""

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import yaml

from tpmlib.errors import CourseError
from tpmlib.kit.content import words
from tpmlib.kit.content.files import Lines, below, line_of, over, root, shown, stamp, text_of
from tpmlib.kit.content.jsonschema_import import Draft202012Validator, ValidationError, extend
from tpmlib.kit.content.relations import KEYWORDS
from tpmlib.kit.content.translated import translate
from tpmlib.kit.shelf import kept

HINTS = (  # what the parser says, and what people usually did
    ("mapping values are not allowed", ", a text with a colon in quotes"),
    ("did not find expected ','", ", a text with a colon or a comma in quotes"),
    ("found character that cannot start", ", spaces and no tab, a text with @ or ` in quotes"),
    ("did not find expected", "; one space more or less than its neighbours?"),
)
# what YAML reads as another number or as a yes: 010 is 8, 1:30 is 90, No is false
SURPRISE = {
    "int": (re.compile(r"[-+]?0\w|.*[:_]"), "plain digits"),
    "float": (re.compile(r"[-+]?0\d|.*[:_]"), "plain digits"),
    "bool": (re.compile(r"(?!(true|false)$)"), "true or false"),
}
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
Validator = extend(Draft202012Validator, {"x-ref": _reference, **KEYWORDS})  # type: ignore[no-untyped-call]


@dataclass(eq=False)
class Document(Lines):
    """The data of one file, the line of each place in it and what is wrong with it.

    references: place, what it refers to as the schema has it, and the name that stands there.
    ours: how many entries of a list are ours, by its place, where local ones come after them.
    """

    data: Any = None
    lines: dict[words.Path, int] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    references: list[tuple[words.Path, str, str]] = field(default_factory=list)
    ours: dict[words.Path, int] = field(default_factory=dict)

    def add(self, path: words.Path, text: str) -> None:
        self.problems.append(self.problem(path, text))

    def problem(self, path: words.Path, text: str) -> str:
        return f"{self.where(path)}: {text}"

    def where(self, path: words.Path) -> str:
        """File, line and place, as messages begin."""
        place = path
        while place and place not in self.lines:
            place = place[:-1]
        line = self.translated.get(path) or self.at(self.lines.get(place, 1))
        return f"{line} {words.address(self.moved(path, -1))}".strip()

    def is_local(self, path: words.Path) -> bool:
        """Whether an entry of a list is of the local file."""
        return self.moved(path, -1) != path

    def moved(self, path: words.Path, way: int) -> words.Path:
        """A place of the local file as the whole has it (way 1), or as its own file has it (-1)."""
        for end, step in enumerate(path if self.ours else ()):
            first = self.ours.get(path[:end])
            if first is not None and isinstance(step, int) and (way > 0 or step >= first):
                return (*path[:end], step + way * first, *path[end + 1 :])
        return path


def document(path: Path, kind: str) -> Document:
    """A YAML or JSON file, with the local one on top, checked against its schema of data/schema."""
    schema = below(root(), "data", "schema", f"{kind}.schema.json")
    try:
        own, theirs = over(path)
        stamps = tuple(map(stamp, filter(None, (path, schema, own, theirs))))
    except CourseError as error:
        return Document(shown(path), problems=[str(error)])
    return _document(path, own, theirs, schema, stamps)


@lru_cache(maxsize=256)
def _document(
    path: Path, own: Path | None, theirs: Path | None, schema: Path, stamps: object
) -> Document:
    files = filter(None, (path, own, theirs, schema, schema.with_name("schema.schema.json")))
    return kept((str(path), *files), partial(_read, path, own, theirs, schema))


def _read(path: Path, own: Path | None, theirs: Path | None, schema: Path) -> Document:
    file = _parsed(path)
    if own and not file.problems:
        lay(_parsed(own), file)
    if not file.problems:
        try:
            rules = json.loads(text_of(schema))
            if theirs:
                translate(_parsed(theirs), file, rules)
            _validate(file, rules)
        except Exception as error:  # whatever a broken schema does to jsonschema
            broken = document(schema, "schema").problems if path != schema else []
            file.problems = broken or [f"{shown(schema)}:1: {error!r:.100}; a JSON schema"]
    file.problems = sorted(set(file.problems), key=line_of)
    return file


def lay(own: Document, file: Document) -> None:
    """Put what a local file says behind what ours says: entries of lists, names of mappings.

    Ours stays as it is: where the local file says anything else under a name of ours, and is no
    list to be gone on with, that is a problem.
    """
    file.local, file.after = own.shown, max(file.lines.values())
    file.problems += own.problems or _joined(own, file, file.data, own.data, ())
    lines = {file.moved(path, 1): file.after + line for path, line in own.lines.items() if path}
    file.lines |= {} if file.problems else lines


def _joined(own: Document, file: Document, ours: Any, theirs: Any, path: words.Path) -> list[str]:
    """Join what stands in two files at one place; at most one problem."""
    if isinstance(ours, list) and isinstance(theirs, list):
        file.ours[path] = len(ours)
        ours += theirs
    elif isinstance(ours, dict) and isinstance(theirs, dict):
        for name, value in theirs.items():
            if name not in ours:
                ours[name] = value
            elif problems := _joined(own, file, ours[name], value, (*path, name)):
                return problems
    elif ours != theirs:
        where = f"{file.shown}:{file.lines[path]}, which stays as it is"
        return [own.problem(path, f"{words.brief(theirs)}; as {where}, or a name of its own")]
    return []


def _parsed(path: Path) -> Document:
    """A file by itself; its data are nobody else's."""
    file = Document(shown(path))
    try:
        text = text_of(path)
        if path.suffix == ".json":
            json.loads(text)  # stricter than YAML
        loader = Loader(text)
        file.data = _plain(loader, loader.get_single_node(), (), file, set())
    except CourseError as error:
        file.problems.append(str(error))
    except json.JSONDecodeError as error:
        file.problems.append(f"{file.shown}:{error.lineno}: {error.msg}; valid JSON")
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        hint = _hint(str(error.problem), text_of(path).splitlines()[line - 1 : line])
        file.problems.append(f"{file.shown}:{line}: {error.problem}; valid YAML{hint}")
    except yaml.YAMLError as error:
        file.problems.append(f"{file.shown}:1: {str(error).splitlines()[0]}; valid YAML")
    except RecursionError:
        file.problems.append(f"{file.shown}:1: nested too deeply; at most a few levels")
    return file


def _validate(file: Document, rules: words.Schema) -> None:
    """Note what is wrong with the data, and the names in it that refer to something."""
    validator = Validator(rules, format_checker=Draft202012Validator.FORMAT_CHECKER)
    for wrong in validator.iter_errors(file.data):
        place = tuple(wrong.absolute_path)
        if wrong.validator == "x-ref":
            file.references.append((place, str(wrong.validator_value), wrong.message))
        elif wrong.validator in KEYWORDS:
            file.add(place, wrong.message)
        else:
            for where, text in words.explained(wrong, rules):
                file.add(where, text)


def _hint(problem: str, lines: list[str]) -> str:
    """What people usually did who got this from the parser for these lines."""
    if any(CURLY & set(line) for line in lines):
        return ', straight quotes (") and no curly ones'
    return next((words for start, words in HINTS if problem.startswith(start)), "")


def _plain(loader: Any, node: Any, path: words.Path, file: Document, seen: set[int]) -> Any:
    """The node as plain data; notes the line of every place and refuses what would surprise."""
    file.lines.setdefault(path, node.start_mark.line + 1 if node else 1)
    if id(node) in seen:
        file.add(path, "an alias; write the value out")
        return None
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        items = enumerate(node.value)
        return [_plain(loader, item, (*path, place), file, seen) for place, item in items]
    if isinstance(node, yaml.MappingNode):
        return _mapping(loader, node, path, file, seen)
    try:
        value = loader.construct_object(node) if node else None
    except ValueError as error:
        file.add(path, f"{error}; another value, or text in quotes")
        return None
    if isinstance(value, str) and value.isspace():
        file.add(path, "blanks; a text")
    if isinstance(value, str) and node and not node.style and value[:1] in CURLY:
        file.add(path, f"{words.brief(value)}; straight quotes, curly ones are part of the text")
    if isinstance(value, float) and not math.isfinite(value):
        file.add(path, f"{value} is not a number")
    surprise, plain = SURPRISE.get(node.tag.rpartition(":")[2], (None, "")) if node else (None, "")
    if surprise and surprise.match(node.value):
        read = f"{words.brief(node.value)} would be read as {json.dumps(value)}"
        file.add(path, f"{read}; {plain}, or text in quotes")
    return value


def _mapping(loader: Any, node: Any, path: words.Path, file: Document, seen: set[int]) -> Any:
    data: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        if key_node.tag != "tag:yaml.org,2002:str":
            file.lines.setdefault((*path, key), key_node.start_mark.line + 1)
            file.add((*path, key), f"{words.brief(key)} is not text; in quotes, or 1.5 for 1,5")
            continue
        if key in data:
            first = file.lines[(*path, key)]
            file.lines[(*path, key)] = key_node.start_mark.line + 1
            file.add((*path, key), f"already on line {first}; each name once")
            continue
        file.lines[(*path, key)] = key_node.start_mark.line + 1
        data[key] = _plain(loader, value_node, (*path, key), file, seen)
    return data
