"""Add to one's own course a lesson, a copy of one, a responsibility; never over what exists."""

import argparse
import json
import os
import re
from collections.abc import Iterable
from pathlib import Path
from string import Template
from typing import Any

import pandas as pd
import yaml

from tpmlib.errors import CourseError, nearest
from tpmlib.kit import content
from tpmlib.kit.content.files import NONE, course_at, refuse_installed, shown, text_of

DOES = "TO WRITE: in one sentence, what this duty is."
OWN = 50  # the first number of a lesson of one's own: no update brings the same
TEMPLATES = Path(__file__).parent / "templates"
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
CELL = re.compile(
    r"^\[(markdown|code) ([\w-]+)\]\n(.*?)\n*(?=^\[(?:markdown|code) |\Z)", re.S | re.M
)


def parser() -> argparse.ArgumentParser:
    """The words after `tpm new`, for the command and for whoever follows a recipe."""
    words = argparse.ArgumentParser(add_help=False)
    words.add_argument("what", help="the word lesson or a number for it, copy or responsibility")
    words.add_argument("name", help="a title; for copy a lesson of the course, such as 07")
    words.add_argument("--cluster", help="the area of work of a responsibility")
    words.add_argument("--claims", nargs="+", default=[], help="claims it bears on, such as C22")
    words.add_argument("--does", default=DOES, help="what the duty is, in one sentence")
    return words


def add(chosen: argparse.Namespace) -> list[str]:
    """Add what the words after `tpm new` ask for; a line for each file. Raises CourseError."""
    if chosen.what == "copy":
        return [f"{new_copy(chosen.name)}: written"]
    if chosen.what != "responsibility":
        number = "" if chosen.what == "lesson" else chosen.what
        return [f"{path}: written" for path in new_lesson(number, chosen.name)]
    if not chosen.cluster:
        raise CourseError("--cluster: missing; the area of work, such as 'Engineering depth'")
    key = new_responsibility(chosen.name, chosen.cluster, chosen.claims, chosen.does)
    edit = "; edit its field `does`, what it is" if chosen.does == DOES else ""
    return [f"{shown(home() / 'responsibilities.csv')}: {key} added{edit}"]


def home() -> Path:
    """The folder of one's own, where all is written; it may not be there yet."""
    refuse_installed(content.root())
    if os.environ.get("TPM_LOCAL") == NONE:
        raise CourseError(f"TPM_LOCAL: {NONE}; the folder of your own course")
    return content.local() or content.root() / "local"


def new_lesson(number: str, title: str, root: Path | None = None) -> list[str]:
    """Write notebook, quiz, stage and deck of a planned lesson of one's own; list it in course.yml.

    number: two digits; if empty, the next that is free from OWN on.

    Returns the files written. Raises CourseError for a number that is taken, or a file.
    """
    with course_at(root):
        lessons = content.course()["lessons"]
        last = int(lessons[-1]["number"])
        number = number or str(max(OWN, last + 1))
        if not re.fullmatch("[0-9]{2}", number) or int(number) <= last:
            raise CourseError(f"number: {number!r}; two digits, above {last} as the last lesson")
        name = _slug(title)
        if name in [lesson["id"] for lesson in lessons]:
            raise CourseError(f"title: {title!r} exists already; a title of its own")
        quoted = "'" + title.replace("'", "''") + "'"
        words = {"title": title, "quoted": quoted, "number": number, "name": name}
        files = {
            home() / f"notebooks/{number}_{name}.ipynb": _notebook(_template("lesson.txt", words)),
            home() / f"quizzes/{name}.yml": _template("quiz.yml", words),
            home() / f"stages/{name}.yml": _template("stage.yml", words),
            home() / f"decks/{name}.yml": _template("deck.yml", words),
        }
        for path in files:
            _refuse_there(path)
        _append(home() / "course.yml", _template("course.yml", words))
        for path, text in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        return [shown(path) for path in files]


def new_copy(lesson: str) -> str:
    """A lesson's notebook in the folder of one's own, where it stands in place of ours.

    Returns the file. Raises CourseError for an unknown lesson, or if there is a copy.
    """
    source = content.root() / content.lesson_named(lesson)["file"]
    path = home() / "notebooks" / source.name
    _refuse_there(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    ours = Path(os.path.relpath(source.parent, path.parent)).as_posix()
    notebook = json.loads(re.sub(r"\]\((?=[\w/]+\.ipynb)", f"]({ours}/", text_of(source)))
    notebook["metadata"].pop("tpm", None)  # it was not run with what is local
    path.write_text(saved_text(notebook), encoding="utf-8", newline="\n")
    return shown(path)


def new_responsibility(
    name: str, cluster: str, claims: Iterable[str] = (), does: str = DOES, root: Path | None = None
) -> str:
    """Append a responsibility of your own, `local`: shown everywhere, counted nowhere.

    Returns its id. Raises CourseError for an unknown cluster or claim, and for a name that exists.
    """
    with course_at(root):
        frame, claim_ids = content.table("responsibilities"), content.table("claims")["claim_id"]
        name, claims = " ".join(name.split()), list(claims)
        if cluster not in set(frame["cluster"]):
            raise CourseError(f"cluster: {nearest(cluster, frame['cluster'])}")
        for claim in claims:
            if claim not in set(claim_ids):
                raise CourseError(f"claims: {nearest(claim, claim_ids)}")
        if name.casefold() in set(frame["name"].str.casefold()):
            raise CourseError(f"name: {name!r} exists already; a name of its own")
        key = _free(_slug(name), set(frame["responsibility_id"]))
        cells = {"responsibility_id": key, "name": name, "cluster": cluster, "does": does}
        cells |= {"counted_in_cluster": "0", "claims": " ".join(claims), "source": "local"}
        row = pd.DataFrame([cells]).reindex(columns=frame.columns)
        path = home() / "responsibilities.csv"
        _append(path, row.to_csv(index=False, header=not path.is_file(), lineterminator="\n"))
        return key


def _slug(name: str) -> str:
    slug = re.sub("[^a-z0-9]+", "_", name.lower()).strip("_")[:40].strip("_")
    return slug if slug[:1].isalpha() else f"own_{slug}".strip("_")


def _free(slug: str, taken: set[str]) -> str:
    names = [slug, *(f"{slug}_{number}" for number in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken)


def _template(name: str, words: dict[str, str]) -> str:
    return Template((TEMPLATES / name).read_text(encoding="utf-8")).substitute(words)


def _refuse_there(path: Path) -> None:
    if path.exists():
        raise CourseError(f"{shown(path)}: exists already; a file of another name")


def _append(path: Path, text: str) -> None:
    """Add to a file; one that is not sound afterwards is put back as it was."""
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    path.write_text(joined(before, text, path.suffix), encoding="utf-8", newline="\n")
    for problem in content.problems_of_tables() + content.problems_of_documents():
        if problem.startswith(f"{shown(path)}:"):
            path.write_text(before, encoding="utf-8", newline="\n") if before else path.unlink()
            raise CourseError(problem)


def joined(before: str, addition: str, suffix: str) -> str:
    """A table with rows added, its header once; YAML with lines added where its keys lead."""
    before += "\n" * bool(before and before[-1] != "\n")
    if suffix == ".csv":
        header, _, rows = addition.partition("\n")
        return before + (rows if before.startswith(f"{header}\n") else addition)
    there, wanted, skipped = yaml.compose(before), yaml.compose(addition), 0
    while isinstance(there, yaml.MappingNode) and isinstance(wanted, yaml.MappingNode):
        (key, inner), *others = wanted.value
        values = {name.value: value for name, value in there.value}
        if others or key.value not in values:
            break
        there, wanted, skipped = values[key.value], inner, inner.start_mark.line
    lines, new = before.splitlines(True), addition.splitlines(True)[skipped:]
    # yaml's end of a list or mapping is where the next thing begins: step back over the gap
    end = there.end_mark.line if there else 0
    while end and not lines[end - 1].split("#")[0].strip():
        end -= 1
    return before if "".join(new) in before else "".join([*lines[:end], *new, *lines[end:]])


def _notebook(text: str) -> str:
    """The cells of a template: [markdown id] or [code id] on a line, then the text."""
    cells = [cell_of(kind, name, source) for kind, name, source in CELL.findall(text)]
    metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    return saved_text({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


def cell_of(kind: str, id: str, source: str) -> dict[str, Any]:
    """A cell that was not run. kind: markdown or code."""
    cell = {"cell_type": kind, "id": id, "metadata": {}, "source": source.splitlines(True)}
    return cell | ({"execution_count": None, "outputs": []} if kind == "code" else {})


def saved_text(notebook: dict[str, Any]) -> str:
    """A notebook as JupyterLab saves it."""
    return json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
