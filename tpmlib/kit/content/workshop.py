"""What an instructor's workshop holds of the course: the lessons that are in, without some parts.

It is named by `local/workshop.yml`; without that file, `status: left_out` in course.yml leaves a
lesson out. What is left out is not asked for, linked to or counted.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

OUT = "left_out"
Data = dict[str, Any]
HEADING = re.compile(r"^(#+) +(.+?) *#*$", re.M)
FENCE = re.compile(r"^(```|~~~).*?^\1", re.S | re.M)


def chosen(course: Data, workshop: Data | None) -> Data:
    """The course with the lessons that are in, in order, and `out`: the others, by id.

    A lesson keeps the claims whose own lesson, the first that lists them, is in; a path its steps
    that are in. A workshop is the only path through itself.
    """
    if not workshop and OUT not in [lesson["status"] for lesson in course["lessons"]]:
        return course | {"out": {}}
    every = {lesson["id"]: lesson for lesson in course["lessons"]}
    names = [name for name, lesson in every.items() if lesson["status"] != OUT] or list(every)
    if workshop:
        names = [name for name in workshop["lessons"] if name in every] or names
        course |= {"title": workshop["title"], "paths": [_path(workshop, names)]}
    home: dict[str, str] = {}
    for name, lesson in every.items():
        for claim in lesson["claims"]:
            home.setdefault(claim, name)
    for name in names:
        lesson = every[name]
        lesson["status"] = "ready" if lesson["status"] == OUT else lesson["status"]
        for part in lesson.keys() & {"claims", "later"}:
            lesson[part] = [claim for claim in lesson[part] if home.get(claim) in names]
    for path in course.get("paths", []):
        path["steps"] = [step for step in path["steps"] if step in names]
    if "paths" in course:
        course["paths"] = [path for path in course["paths"] if path["steps"]]
    out = {name: every[name] | {"status": OUT} for name in every if name not in names}
    return course | {"lessons": [every[name] for name in names], "out": out}


def _path(workshop: Data, names: list[str]) -> Data:
    minutes = {"minutes": workshop["minutes"]} if "minutes" in workshop else {}
    words = {"id": "workshop", "title": workshop["title"], "for": "All of this workshop."}
    return words | {"steps": names} | minutes


def titles(cells: Iterable[Data]) -> Iterator[str]:
    """The headings of a notebook's texts, as a reader sees them."""
    for cell in cells:
        if cell["cell_type"] == "markdown":
            yield from (title for _, title, _ in _pieces("".join(cell["source"])) if title)


def kept(cells: Iterable[Data], skip: Iterable[str]) -> list[Data]:
    """The cells without the parts under some headings, each to the next heading of its rank."""
    left, skipped, inside = [], set(skip), 0  # inside: the rank of the part that is skipped
    for cell in cells:
        if cell["cell_type"] != "markdown":
            left += [] if inside else [cell]
            continue
        texts = []
        for rank, title, text in _pieces("".join(cell["source"])):
            inside = 0 if rank and rank <= inside else inside
            inside = rank if title in skipped and not inside else inside
            texts += [] if inside else [text]
        if whole := "".join(texts).strip():
            left.append(cell | {"source": whole.splitlines(True)})
    return left


def _pieces(text: str) -> Iterator[tuple[int, str, str]]:
    """Rank and title of each heading, with the text to the next; rank 0 for what stands above."""
    hidden = FENCE.sub(lambda fence: " " * len(fence[0]), text)
    headings = [(hit.start(), len(hit[1]), hit[2]) for hit in HEADING.finditer(hidden)]
    ends = [start for start, *_ in headings] + [len(text)]
    yield 0, "", text[: ends[0]]
    for (start, rank, title), end in zip(headings, ends[1:], strict=True):
        yield rank, re.sub("[*_`]", "", title).strip(), text[start:end]


def asks(source: str, kind: str, item: str, staged: Iterable[str], like: Mapping[str, str]) -> int:
    """Whether a code cell asks for an item: 2 or more by its name, 1 by its kind alone, 0 not.

    staged: the predictions that the stages of the cell ask.   like: by panel, the panel whose part
    it plays, and all of whose items it asks for.
    """
    called = re.findall(r"tpm\.(\w+)\(", source)
    in_table = kind in {like.get(name) for name in called}
    name = item.partition("-")[2] if kind == "calibrate" else item
    is_named = f'"{name}"' in source or item in staged or in_table
    is_kind = any(kind in call for call in called) or in_table
    return is_kind + 2 * is_named if "lesson" not in called else 0
