"""What a lesson's notebook must hold: its order, its length, its calls and plain short code."""

import ast
import re
from collections.abc import Iterator
from statistics import median
from typing import Any

from tpmlib.authoring.calls import ARGUMENTS, LESSON
from tpmlib.authoring.cells import Cell, calls, code, prose, tree
from tpmlib.authoring.gather import Course
from tpmlib.errors import nearest, outside
from tpmlib.kit import registry

RHYTHM = ("lesson", "stage", "quiz", "judge")
CELLS, WORDS = (8, 24), (100, 1600)
LONGEST, MEDIAN, TOTAL, ROW = 10, 2, 80, 2  # code lines of a cell, their median and sum; cells
MAGIC = re.compile(r"^\s*[!%].*$", re.M)
TAKE_AWAY = re.compile(r"^#+ +take away\b", re.I | re.M)
HEADING = re.compile(r"^# +(.+?) *#*$", re.M)
PATH = re.compile(r"^(\.{0,2}/|~|[A-Za-z]:[\\/])|\w\.(csv|ya?ml|jsonl?|ipynb|py|txt|png|svg)$")


def valid(cells: list[Cell]) -> Iterator[tuple[str, str]]:
    """Code that Python can read; a magic line is told by `plain`."""
    for place, source in code(cells):
        try:
            ast.parse(MAGIC.sub("", source))
        except SyntaxError as error:
            yield f"cell {place}", f"line {error.lineno}: {error.msg}; valid Python"


def plain(cells: list[Cell]) -> Iterator[tuple[str, str]]:
    """Code that a reader who has never coded can follow: short cells, no definitions."""
    imports = []
    for place, source in code(cells):
        where = f"cell {place}"
        if MAGIC.search(source):
            yield where, "a shell or magic line; Python only"
            continue
        if re.search(r"#\s*NBVAL_", source):
            yield where, "an NBVAL_ comment; a tag, with its reason in the cell above"
        for node in ast.walk(tree(source)):
            if wrong := _forbidden(node):
                yield where, wrong
            if isinstance(node, ast.Import | ast.ImportFrom) and place not in imports:
                imports.append(place)
    if len(imports) != 1:
        yield "imports", f"{len(imports)} cells with imports; exactly one"
    elif "import tpmlib as tpm" not in dict(code(cells))[imports[0]].splitlines():
        yield f"cell {imports[0]}", "no line `import tpmlib as tpm`; that one"
    yield from _lengths(cells)


def _forbidden(node: ast.AST) -> str:
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return f"defines {node.name}; calls only, definitions go to tpmlib"
        case ast.ImportFrom():
            return f"from {node.module} import; plain `import ... as ...` only"
        case ast.Import(names=[*names]):
            for name in names:
                if name.name.split(".")[0] == "tpmlib" and (name.name, name.asname) != (
                    "tpmlib",
                    "tpm",
                ):
                    return f"import {name.name}; `import tpmlib as tpm` and its public names"
                if name.name in ("os", "sys", "pathlib") or "pyplot" in name.name:
                    return f"import {name.name}; no paths and no pyplot in a lesson"
        case ast.Constant(value=str(text)) if PATH.search(text):
            return f"the path {text!r}; tpm.table(...) finds files"
        case ast.Call(func=ast.Attribute(attr="default_rng"), args=[], keywords=[]):
            return "default_rng() without a seed; a seed in the call"
        case ast.Attribute(attr=name, value=ast.Attribute(attr="random")) if name != "default_rng":
            return f"random.{name}; default_rng(seed)"
    return ""


def _lengths(cells: list[Cell]) -> Iterator[tuple[str, str]]:
    lines = []
    for place, source in code(cells):
        lines.append(sum(bool(line.strip()) for line in source.splitlines()))
        if not lines[-1]:
            yield f"cell {place}", "an empty code cell; none"
        if lines[-1] > LONGEST:
            yield f"cell {place}", f"{lines[-1]} lines of code; at most {LONGEST}"
    if lines and median(lines) > MEDIAN:
        yield "code", f"a median of {median(lines):g} lines a cell; at most {MEDIAN}"
    if sum(lines) > TOTAL:
        yield "code", f"{sum(lines)} lines; at most {TOTAL}"
    row = 0
    for place, cell in enumerate(cells, 1):
        row = row + 1 if cell["cell_type"] == "code" else 0
        if row == ROW + 1:
            yield f"cell {place}", f"more than {ROW} code cells in a row; a sentence between them"


def heading(cells: list[Cell], title: str) -> Iterator[tuple[str, str]]:
    """The first cell starts with the lesson's title, and no other heading is of that rank."""
    headings = [(place, name) for place, text in prose(cells) for name in HEADING.findall(text)]
    if not headings or headings[0] != (1, title):
        shown = repr(headings[0][1]) if headings else "no heading"
        yield "cell 1", f"{shown}; the heading # {title}"
    for place, name in headings[1:]:
        yield f"cell {place}", f"a second heading # {name}; one, the others with ##"


def lesson_calls(
    cells: list[Cell], lesson: dict[str, Any], course: Course
) -> Iterator[tuple[str, str]]:
    """The calls that make a lesson: names that exist, this lesson's own, each prediction asked."""
    called = calls(cells)
    for place, name, value in called:
        if ARGUMENTS.get(name) == (LESSON,) and value != lesson["id"]:
            if not course.unknown(LESSON, str(value)):  # else it is misspelt, and said
                yield f"cell {place}", f"{name}: {value!r}; this lesson, {lesson['id']!r}"
    for place, text in prose(cells):
        yield from ((f"cell {place}", wrong) for wrong in course.unnamed(text))
    asked = {value for _, name, value in called if name == "compare_company"}
    staged = {value for _, name, value in called if name == "stage"}
    asked |= {
        step.get("ask")
        for document in course.of("stage")
        if document.data["id"] in staged
        for step in document.data["steps"]
    }
    for _, quiz in course.quizzes_of(lesson["id"]):
        for prediction in () if "stage" in course.broken.values() else quiz.predictions:
            if prediction.id not in asked:
                yield "predict", f"{prediction.id} is not asked; every prediction of the quiz"
    for name in ("lesson", "quiz"):
        if name not in {each for _, each, _ in called}:
            yield name, f"no call of tpm.{name}; one"


def rhythm(cells: list[Cell], lesson: dict[str, Any], course: Course) -> Iterator[tuple[str, str]]:
    """A lesson with claims has all its parts, in order, each claim judged, and a take-away last."""
    first: dict[str, int] = {}
    like = registry.acts_as()
    for position, (place, name, value) in enumerate(calls(cells)):
        first.setdefault(like.get(name, name), position)
        if name == "judge" and value not in lesson["claims"]:
            yield f"cell {place}", f"judge: {nearest(value, lesson['claims'])}"
    missing = [name for name in RHYTHM if name not in first]
    yield from ((name, f"no call of tpm.{name}; one or more") for name in missing)
    present = [name for name in RHYTHM if name in first]
    for before, after in zip(present, present[1:], strict=False):
        if first[before] > first[after]:
            yield after, f"tpm.{after} before tpm.{before}; the order {', '.join(RHYTHM)}"
    yield from _judged(cells, lesson, course)
    last, text = (prose(cells) or [(0, "")])[-1]
    if not TAKE_AWAY.search(text):
        yield f"cell {last}", "no heading Take away in the last text; the take-away last"
    for place, name, _ in calls(cells):
        if place > last and like.get(name, name) in ("quiz", "judge"):
            yield f"cell {place}", f"tpm.{name} after the take-away; before it"
    words = sum(any(map(str.isalnum, word)) for _, text in prose(cells) for word in text.split())
    for what, number, limits in (("cells", len(cells), CELLS), ("words", words, WORDS)):
        if not limits[0] <= number <= limits[1]:
            yield what, str(outside("number", number, *limits))


def _judged(cells: list[Cell], lesson: dict[str, Any], course: Course) -> Iterator[tuple[str, str]]:
    """Each claim is judged in its lesson or, if that says so, in the table of a later one."""
    called = {(name, value) for _, name, value in calls(cells)}
    lessons = [each for _, each in course.lessons]
    others = [each for each in lessons if each["status"] != "planned" and each != lesson]
    elsewhere = {name for each in others for name in each["claims"]}
    if not (table := course.tables.get("claims")):
        return
    homes = {name: home for _, name, home in table.cells("claim_id", "lesson")}
    own = [name for name, home in homes.items() if home == lesson["id"]]
    later = {n for each in lessons for n in each.get("later", ()) if homes.get(n) == each["id"]}
    for claim in own:
        if ("judge", claim) not in called and claim not in later:
            yield "judge", f"{claim} is not judged; every claim of the lesson"
        if ("judge", claim) in called and claim in later:
            yield "judge", f"{claim} is judged here and under later; one of them"
        if claim in later and claim not in elsewhere:
            yield "later", f"{claim} is a claim of no other lesson; one that calls tpm.verdicts"
    for claim in lesson["claims"]:
        if claim in {*later} - {*own} and "verdicts" not in {name for name, _ in called}:
            yield "verdicts", f"no call of tpm.verdicts; one, since {claim} is judged there alone"


def unasked(cells: list[Cell], lesson: dict[str, Any], course: Course) -> Iterator[tuple[str, str]]:
    """What is written for a lesson and shown by no cell, so that nobody can ever answer it."""
    called = {(name, value) for _, name, value in calls(cells)}
    parts = [
        ("sort_cards", course.of("deck")),
        ("sheet", course.of("sheet")),
        ("calibrate", [file for file in course.of("scenario") if "calibration" in file.data]),
    ]
    for call, documents in parts:
        for file in documents:
            part = file.data.get("calibration", file.data)
            for each in part.get("rounds", [part]) if part["lesson"] == lesson["id"] else ():
                if (call, each["id"]) not in called:
                    yield call, f"{each['id']} of {file.shown} is not shown; a cell that does"
    for file, quiz in course.quizzes_of(lesson["id"]):
        for item in quiz.reflections:
            if ("reflect", item.id) not in called:
                yield "reflect", f"{item.id} of {file.shown} is not asked; a cell that does"
