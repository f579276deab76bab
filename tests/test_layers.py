"""Imports go down only, each layer uses the libraries it may, and nothing uses pyplot."""

import ast
import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

import tpmlib
from tpmlib.kit import content

ROOT = Path(content.root())
FILES = sorted((ROOT / "tpmlib").rglob("*.py"))
NOTEBOOKS = sorted((ROOT / "notebooks").rglob("*.ipynb"))
LEVELS = {"errors": 0, "server": 0, "kit": 1, "lessons": 2, "authoring": 3, "cli": 4, "__init__": 5}
FLOORS = {  # of the kit, by file or folder
    **{
        "__init__": 0,
        "registry": 0,
        "ranges": 0,
        "content": 0,
        "canvas": 0,
        "inference": 0,
        "events": 0,
        "patterns": 0,
        "html": 0,
        "shelf": -1,
    },
    "words": 1,
    **{"record": 2, "figures": 2, "parts": 2, "documents": 2, "questions": 3},
    **{"scores": 3, "sheets": 3, "stages": 3, "panels": 4},
}
# what a part may use of other people's libraries
PICTURES = {"numpy", "pandas", "matplotlib"}
THEIRS = {
    **dict.fromkeys(
        ("errors", "cli", "kit.registry", "kit.events", "kit.questions", "kit.documents"), set()
    ),
    "server": {"jupyter_core"},
    **dict.fromkeys(("kit.canvas", "kit.parts", "kit.scores"), PICTURES),
    "kit.record": {"platformdirs"},
    "kit.shelf": {"numpy", "platformdirs"},
    "kit.words": {"babel"},
    "kit.figures": {"pandas"},
    "kit.stages": {"pandas"},
    "kit.inference": {"numpy", "pandas"},
    "kit.content": {"pandas", "yaml", "jsonschema"},
}
FORMULAS = {path for path in FILES if path.with_name(f"{path.stem}_picture.py") in FILES}
LESSONS = sorted(path.parent.name for path in ROOT.glob("tpmlib/lessons/*/__init__.py"))
# lines of Python at most, of a room and of a lesson: the goal of the second edition
GOALS = {"kit": 4_000, "authoring": 1_900, "": 12_500}  # "": all of tpmlib
LESSON, LARGE = 800, {"adverts": 1_000, "company": 1_000}
# By how much today's house is larger; a number here only ever falls, to 0 and out of the list. It
# rose twice: nothing lost and nothing silent (answers, keys, restoring, checks) took 1,500 lines;
# the stage, cards, frames ahead and two studies took 2,000, before what they replace goes. And
# staffing rose for its own week, the map's hatched corner and the figures at which answers turn;
# and the whole rose by that, the new lesson 03 and the decision, while 11 is the old one. Lesson 06
# has a second picture, the comments by theme: 20 lines, beside 100 that the kit has lost. Then an
# instructor's own course rose (issue 22): 165 for the report that begins with the next meeting, 260
# for local/, which is read on top of ours, its problems told by their own lines, 150 for an answer
# key that follows the numbers, with typed wholes held to the tables, and 320 for a workshop: which
# lessons and parts are in, its plan. The words in a course's own language took 190 (places,
# forms of a number, what a language lacks), of which the words that left Python gave 110 back. The
# texts of data/ in another language took 145: laid on documents and tables by ids, held to places.
# One line with the cause of an instructor's mistake (causes.py) took 60, after 50 were taken away.
# What Python puts into a form before the page has heard of it stays: 20. A second check does again
# only what changed (shelf.py): 110, for half of its time.
# What a third coach did not understand took 11 (a range of minutes, a place without a figure, a
# file's name that is no id, a spoilt quiz told as missing too), and 4 outside of authoring.
ABOVE = {"kit": 3_917, "authoring": 2_230, "": 9_365}
ABOVE |= {"adverts": 1_000, "company": 180, "who_does_what": 40, "staffing": 340}
SLACK = 40  # lines by which a number of the list may be too large before it has to fall
SCRIPTS = 1_200  # lines of JavaScript and CSS
FILE, FUNCTION = 250, 40  # lines of a file, and of a function beside its docstring
DISPLAY = {"ipywidgets", "anywidget", "traitlets"}


def room(path: Path) -> str:
    """kit for tpmlib/kit/record.py, errors for tpmlib/errors.py."""
    return path.relative_to(ROOT / "tpmlib").parts[0].removesuffix(".py")


def part(path: Path) -> str:
    """kit.content for tpmlib/kit/content/files.py, lessons.staffing for its folder."""
    names = path.relative_to(ROOT / "tpmlib").with_suffix("").parts
    return ".".join(names[: 2 if names[0] in ("kit", "lessons") else 1])


def imports(tree: ast.AST) -> list[str]:
    """Dotted names of all that is imported anywhere: tpmlib.errors.CourseError, numpy."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        if isinstance(node, ast.ImportFrom):
            head = "." * node.level + (node.module or "")
            found += [f"{head}.{alias.name}" for alias in node.names]
    return found


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> list[list[str]]:
    return [name.split(".") for name in imports(tree_of(path))]


def ours(path: Path) -> set[str]:
    """The parts of the course that a file imports, itself aside."""
    names = (
        ".".join(name[1 : 3 if name[1:2] in (["kit"], ["lessons"]) else 2])
        for name in imported(path)
        if name[0] == "tpmlib"
    )
    return {name or "__init__" for name in names} - {part(path)}


def theirs(path: Path) -> set[str]:
    """The libraries outside Python that a file imports."""
    return {name[0] for name in imported(path)} - {"tpmlib"} - sys.stdlib_module_names


def code(notebook: Path) -> list[ast.AST]:
    """The code cells, without their magic lines."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    texts = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    lines = [[line for line in text.splitlines() if line[:1] not in "%!"] for text in texts]
    return [ast.parse("\n".join(cell)) for cell in lines]


EACH = pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())


@EACH
def test_imports_between_rooms_go_down_only(path):
    rooms = {name.split(".")[0] for name in ours(path)} - {room(path)}
    assert [name for name in rooms if LEVELS[name] >= LEVELS[room(path)]] == []


@EACH
def test_imports_inside_the_kit_go_down_only(path):
    if room(path) == "kit":
        inside = {name.split(".")[1] for name in ours(path) if name.startswith("kit.")}
        floor = FLOORS[part(path).split(".")[1]]
        assert [name for name in inside if FLOORS[name] >= floor] == []


@EACH
def test_the_kit_names_no_lesson_not_even_in_a_string(path):
    if room(path) == "kit":
        texts = [n.value for n in ast.walk(tree_of(path)) if isinstance(n, ast.Constant)]
        assert [text for text in texts if text in LESSONS or "tpmlib.lessons" in str(text)] == []


@EACH
def test_imports_are_absolute_and_name_what_they_use(path):
    assert [name for name in imported(path) if name[0] == "" or name[-1] == "*"] == []


@EACH
def test_a_low_part_uses_only_the_libraries_it_may(path):
    assert theirs(path) <= THEIRS.get(part(path), theirs(path))


@EACH
def test_a_formula_uses_numpy_and_pandas_alone(path):
    if path in FORMULAS:
        assert theirs(path) <= {"numpy", "pandas"}


@EACH
def test_only_panels_use_widget_libraries(path):
    is_panel = part(path) == "kit.panels" or room(path) == "lessons" and path not in FORMULAS
    assert is_panel or not theirs(path) & DISPLAY


@EACH
def test_pyplot_is_not_imported(path):
    assert [name for name in imported(path) if "pyplot" in name or "pylab" in name] == []


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_does_not_import_pyplot(notebook):
    names = [name.split(".") for tree in code(notebook) for name in imports(tree)]
    assert [name for name in names if "pyplot" in name or "pylab" in name] == []


def test_the_reader_of_imports_sees_every_form():
    text = (
        "import a.b\nfrom tpmlib import c as d\nif a:\n    from tpmlib.e import g\nfrom . import h"
    )
    assert set(imports(ast.parse(text))) == {"a.b", "tpmlib.c", "..h", "tpmlib.e.g"}


@pytest.mark.parametrize("name", tpmlib.__all__)
def test_a_public_name_is_never_hidden_by_a_file_of_the_same_name(name):
    import_module("tpmlib.authoring.trial")  # loads all there is
    assert not isinstance(getattr(tpmlib, name), ModuleType)


def test_a_name_that_is_not_public_is_an_error():
    with pytest.raises(AttributeError, match="module 'tpmlib' has no attribute 'exploer'"):
        tpmlib.exploer  # noqa: B018


def test_checking_the_course_loads_no_widgets():
    lines = "import sys, tpmlib.cli; code = tpmlib.cli.main(['check']); print(code, *sys.modules)"
    done = subprocess.run([sys.executable, "-c", lines], cwd=ROOT, capture_output=True, text=True)
    code, *loaded = done.stdout.splitlines()[-1].split()
    assert code == "0"
    assert not {"ipywidgets", "matplotlib", "IPython"} & set(loaded)


def lines(*paths: Path) -> int:
    return sum(len(path.read_text(encoding="utf-8").splitlines()) for path in paths)


def budget(name: str, goal: int) -> tuple[int, int]:
    """Lines that there may be at most, and at least as long as the house is above its goal."""
    above = ABOVE.get(name, 0)
    return goal + above, goal + above - SLACK if above else 0


@pytest.mark.parametrize("name", GOALS)
def test_a_room_keeps_its_budget_of_lines(name):
    most, least = budget(name, GOALS[name])
    assert least <= lines(*(ROOT / "tpmlib" / name).rglob("*.py")) <= most


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_keeps_its_budget_of_lines(name):
    most, least = budget(name, LARGE.get(name, LESSON))
    assert least <= lines(*(ROOT / "tpmlib/lessons" / name).rglob("*.py")) <= most


def test_scripts_and_styles_keep_their_budget_of_lines():
    scripts = [path for kind in ("js", "css") for path in (ROOT / "tpmlib").rglob(f"*.{kind}")]
    assert scripts and lines(*scripts) <= SCRIPTS


@EACH
def test_a_file_is_short(path):
    assert lines(path) <= FILE


@EACH
def test_a_function_is_short(path):
    long = {}
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first, *rest = node.body
            is_text = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
            text = first.end_lineno - first.lineno + 1 if is_text and rest else 0
            if (length := node.end_lineno - node.lineno + 1 - text) > FUNCTION:
                long[node.name] = length
    assert long == {}
