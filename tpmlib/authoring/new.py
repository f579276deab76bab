"""Add a lesson or a responsibility: complete, valid, and never over something that exists."""

import argparse
import json
import re
from collections.abc import Iterable
from pathlib import Path
from string import Template
from typing import Any

import pandas as pd

from tpmlib.errors import CourseError, nearest
from tpmlib.kit import content
from tpmlib.kit.content.files import course_at, refuse_installed, shown

DOES = "TO WRITE: in one sentence, what this duty is."
TEMPLATES = Path(__file__).parent / "templates"
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
CELL = re.compile(
    r"^\[(markdown|code) ([\w-]+)\]\n(.*?)\n*(?=^\[(?:markdown|code) |\Z)", re.S | re.M
)


def parser() -> argparse.ArgumentParser:
    """The words after `tpm new`, for the command and for whoever follows a recipe."""
    words = argparse.ArgumentParser(add_help=False)
    words.add_argument("what", help="a lesson's number, or the word responsibility")
    words.add_argument("name", help="the lesson's title, or the responsibility's name")
    words.add_argument("--cluster", help="the area of work of a responsibility")
    words.add_argument(
        "--claims", nargs="+", default=[], help="the claims it bears on, such as C22"
    )
    words.add_argument("--does", default=DOES, help="what the duty is, in one sentence")
    return words


def add(chosen: argparse.Namespace) -> list[str]:
    """Add what the words after `tpm new` ask for; a line for each file that was written.

    Raises CourseError as `new_lesson` and `new_responsibility` do, and without a cluster.
    """
    if chosen.what != "responsibility":
        return [f"{path}: written" for path in new_lesson(chosen.what, chosen.name)]
    if not chosen.cluster:
        raise CourseError("--cluster: missing; the area of work, such as 'Engineering depth'")
    key = new_responsibility(chosen.name, chosen.cluster, chosen.claims, chosen.does)
    return [f"data/responsibilities.csv: {key} added as local; edit its field `does`, what it is"]


def new_lesson(number: str, title: str, root: Path | None = None) -> list[str]:
    """Write notebook, quiz and deck of a planned lesson, and list it in data/course.yml.

    number: two digits; a lesson that course.yml already plans keeps its file name and claims.

    Returns the files written. Raises CourseError if one exists or the title is another one.
    """
    number = number.zfill(2)
    if not re.fullmatch("[0-9]{2}", number):
        raise CourseError(f"number: {number!r}; two digits, such as 12")
    with course_at(root) as folder:
        refuse_installed(folder)
        taken = {lesson["number"]: lesson for lesson in content.course()["lessons"]}
        stem = f"{number}_{_slug(title)}"
        lesson = taken.get(number, {"title": title, "file": f"notebooks/{stem}.ipynb"})
        if lesson["title"] != title:
            raise CourseError(f"title: {title!r}; {lesson['title']!r} as in data/course.yml")
        stem = Path(lesson["file"]).stem
        outcomes = lesson.get("outcomes", [{"id": f"{stem[3:]}-first"}])
        quoted = "'" + title.replace("'", "''") + "'"
        words = {
            **{"title": title, "quoted": quoted, "file": lesson["file"]},
            **{"name": stem[3:], "outcome": outcomes[0]["id"]},
            "claim": (lesson.get("claims") or ["C13"])[0],
        }
        files = {
            folder / lesson["file"]: _notebook(_template("lesson.txt", words)),
            folder / "data" / "quizzes" / f"{stem[3:]}.yml": _template("quiz.yml", words),
            folder / "data" / "decks" / f"{stem[3:]}.yml": _template("deck.yml", words),
        }
        for path in files:
            if path.exists():
                raise CourseError(f"{shown(path)}: exists already; a lesson without files")
        if number not in taken:
            _append(folder / "data" / "course.yml", _template("course.yml", words))
        for path, text in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        return [shown(path) for path in files]


def new_responsibility(
    name: str,
    cluster: str,
    claims: Iterable[str] = (),
    does: str = DOES,
    root: Path | None = None,
) -> str:
    """Append a responsibility of your own, `local`: shown everywhere, counted nowhere.

    Returns its id. Raises CourseError for an unknown cluster or claim, and for a name that exists.
    """
    with course_at(root) as folder:
        refuse_installed(folder)
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
        text = row.to_csv(index=False, header=False, lineterminator="\n")
        _append(folder / "data" / "responsibilities.csv", text)
        return key


def _slug(name: str) -> str:
    slug = re.sub("[^a-z0-9]+", "_", name.lower()).strip("_")[:40].strip("_")
    return slug if slug[:1].isalpha() else f"own_{slug}".strip("_")


def _free(slug: str, taken: set[str]) -> str:
    names = [slug, *(f"{slug}_{number}" for number in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken)


def _template(name: str, words: dict[str, str]) -> str:
    return Template((TEMPLATES / name).read_text(encoding="utf-8")).substitute(words)


def _append(path: Path, text: str) -> None:
    """Add to the end of a file; a file that is not sound afterwards is put back as it was."""
    before = path.read_bytes()
    gap = b"" if before.endswith(b"\n") else b"\n"
    path.write_bytes(before + gap + text.encode())
    for problem in content.problems_of_tables() + content.problems_of_documents():
        if problem.startswith(f"{shown(path)}:"):
            path.write_bytes(before)
            raise CourseError(problem)


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
