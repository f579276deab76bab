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
from tpmlib import content

ROOT = Path(content.root())
FILES = sorted((ROOT / "tpmlib").rglob("*.py"))
NOTEBOOKS = sorted((ROOT / "notebooks").rglob("*.ipynb"))
LEVELS = {
    "errors": 0,
    "content": 1,
    "models": 1,
    "figures": 2,
    "game": 3,
    "record": 3,
    "questions": 3,
    "charts": 3,
    "widgets": 4,
    "authoring": 5,
    "cli": 6,
    "instructor": 7,
    "__init__": 8,
}
# what a part may use of the course (itself aside) and of other people's libraries
OURS = {"content": {"errors"}, "models": {"errors"}, "charts": {"errors", "models"}}
LOW = {"errors", "content", "figures"}
OURS |= {"record": LOW, "questions": LOW}
THEIRS = {
    "errors": set(),
    "models": {"numpy", "pandas"},
    "charts": {"matplotlib", "PIL", "numpy", "pandas"},
    "questions": set(),
    "record": {"platformdirs"},
    "figures": {"pandas"},
    "content": {"pandas", "yaml", "jsonschema"},
}
DISPLAY = {"ipywidgets", "anywidget", "traitlets"}


def part(path: Path) -> str:
    """content for tpmlib/content/files.py, errors for tpmlib/errors.py."""
    return path.relative_to(ROOT / "tpmlib").parts[0].removesuffix(".py")


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


def imported(path: Path) -> list[list[str]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [name.split(".") for name in imports(tree)]


def ours(path: Path) -> set[str]:
    """The parts of the course that a file imports."""
    names = [[*name, "__init__"] for name in imported(path) if name[0] == "tpmlib"]
    return {name[1] for name in names} - {part(path)}


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
def test_a_file_belongs_to_a_known_layer(path):
    assert part(path) in LEVELS


@EACH
def test_imports_go_down_only(path):
    level = LEVELS[part(path)]
    assert [name for name in ours(path) if LEVELS.get(name, 8) >= level] == []


@EACH
def test_imports_are_absolute_and_name_what_they_use(path):
    assert [name for name in imported(path) if name[0] == "" or name[-1] == "*"] == []


@EACH
def test_a_low_layer_uses_only_the_layers_it_may(path):
    assert ours(path) <= OURS.get(part(path), LEVELS.keys())


@EACH
def test_a_low_layer_uses_only_the_libraries_it_may(path):
    assert theirs(path) <= THEIRS.get(part(path), theirs(path))


@EACH
def test_only_widgets_use_widget_libraries(path):
    assert part(path) == "widgets" or not theirs(path) & DISPLAY


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
    import_module("tpmlib.instructor")  # loads all there is
    assert isinstance(getattr(tpmlib, name), ModuleType) == (name in ("charts", "models"))


def test_a_name_that_is_not_public_is_an_error():
    with pytest.raises(AttributeError, match="module 'tpmlib' has no attribute 'exploer'"):
        tpmlib.exploer  # noqa: B018


def test_checking_the_course_loads_no_widgets():
    lines = "import sys, tpmlib.cli; code = tpmlib.cli.main(['check']); print(code, *sys.modules)"
    done = subprocess.run([sys.executable, "-c", lines], cwd=ROOT, capture_output=True, text=True)
    code, *loaded = done.stdout.splitlines()[-1].split()
    assert code == "0"
    assert not {"ipywidgets", "matplotlib", "IPython"} & set(loaded)
