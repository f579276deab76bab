"""What the calls in a notebook name: functions, models, presets, settings, questions, titles."""

import ast
import builtins
import inspect
from collections.abc import Iterator
from typing import Any

from tpmlib.authoring.cells import Cell, called, nodes
from tpmlib.authoring.gather import Course
from tpmlib.errors import nearest
from tpmlib.kit import registry

LESSON = "course.lessons.id"
MODEL = ("models", "models.{}.presets")  # {} stands for the argument before
ARGUMENTS = {  # what the arguments of a call refer to, in order, as an x-ref of a schema says it
    **dict.fromkeys(("lesson", "assign", "quiz"), (LESSON,)),
    **dict.fromkeys(("explore", "settings"), MODEL),
    "calibrate": ("scenario.calibration.rounds.id",),
    "cite": ("facts.fact_id",),
    "compare_company": ("quiz.predictions.id",),
    "compare_titles": ("titles.title", "titles.title"),
    "judge": ("claims.claim_id",),
    "reflect": ("quiz.reflections.id",),
    "sheet": ("sheet.id",),
    "sort_cards": ("deck.id",),
    "stage": ("stage.id",),
    "table": ("tables",),
}
IMPORT = "tpm without its import; in a cell above, import tpmlib as tpm and tpm.lesson(...)"


def misspelt(cells: list[Cell], course: Course) -> Iterator[tuple[str, str]]:
    """Names that nobody gives: functions, their arguments, what these refer to, variables."""
    # a notebook that changes a copy of the course may ask for what only the copy has
    copies = any(called(node) == "trial_copy" for _, node in nodes(cells))
    for place, node in nodes(cells):
        wrong = [*_attribute(node)]
        if isinstance(node, ast.Call) and not copies and not wrong:
            wrong += [*_arguments(node, course), *_settings(node, course)]
        yield from ((f"cell {place}", text) for text in wrong)
    yield from _variables(cells)


def unimported(cells: list[Cell]) -> bool:
    """Whether a cell calls tpm that none above it imports, from which all else follows."""
    return any(text == IMPORT for _, text in _variables(cells))


def _attribute(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Attribute(attr=name, value=ast.Name(id="tpm")):
            if name not in {*registry.public, "models"}:
                yield f"tpm.{name}: {nearest(name, [*registry.public, 'models'])}"
        case ast.Attribute(attr=name, value=ast.Attribute(attr="models", value=ast.Name(id="tpm"))):
            if name not in registry.formulas():
                yield f"tpm.models.{name}: {nearest(name, registry.formulas())}"


def _arguments(node: ast.Call, course: Course) -> Iterator[str]:
    """Names in the places of a call that refer to something, as far as they can be looked up."""
    name, before = called(node), ""
    named = {keyword.arg: keyword.value for keyword in node.keywords}
    given = [*node.args, *([named["preset"]] if name == "explore" and "preset" in named else [])]
    for target, argument in zip(ARGUMENTS.get(name, ()), given, strict=False):
        value = argument.value if isinstance(argument, ast.Constant) else None
        names = _allowed(name, target, before, course)
        if isinstance(value, str) and names is not None and value not in names:
            yield f"{name}: {nearest(value, names)}"
            return
        before = str(value)


def _allowed(name: str, target: str, before: str, course: Course) -> set[str] | None:
    """The names for one place of a call, after the argument `before`; None if nobody can say."""
    names = course.names(target.format(before))
    if names is None or name != "explore":
        return names
    if target == MODEL[0]:
        return names & {*registry.drawn()}
    return names | ({"team"} if course.names(f"models.{before}.team") else set())


def _settings(node: ast.Call, course: Course) -> Iterator[str]:
    """The settings that an explorer, or a function of tpm.models, is given."""
    keywords = [keyword.arg for keyword in node.keywords if keyword.arg]
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Attribute(attr="models"), attr=name)) if (
            name in registry.formulas()
        ):
            parameters = inspect.signature(registry.formula(name)).parameters
        case ast.Call(func=ast.Attribute(attr="set", value=ast.Call() as inner)):
            name, parameters = "set", _of_model(inner, course)
        case _:
            name, parameters = "explore", _of_model(node, course)
    for keyword in keywords if parameters is not None else ():
        if keyword not in parameters:
            yield f"{name}: {nearest(keyword, parameters)}"


def _of_model(node: ast.Call, course: Course) -> Any:
    """The settings of the model that a call of tpm.explore names; None for another call."""
    match node:
        case ast.Call(args=[ast.Constant(value=str(model)), *_]) if called(node) == "explore":
            parts = (course.names(f"models.{model}.{part}") for part in ("parameters", "view"))
            parameters = set().union(*(names or () for names in parts))
            return parameters | {"preset"} if parameters else None
    return None


def _variables(cells: list[Cell]) -> Iterator[tuple[str, str]]:
    """Variables that no cell has given before, whatever the place in the cell."""
    given = {*dir(builtins), "display", "get_ipython"}
    for place, node in sorted(nodes(cells), key=lambda pair: (pair[0], not _gives(pair[1]))):
        given |= _gives(node)
        if isinstance(node, ast.Name) and node.id not in given:
            own = given - {*dir(builtins)}
            text = IMPORT if node.id == "tpm" else f"the name {nearest(node.id, own)}"
            yield f"cell {place}", text
            given.add(node.id)  # the first cell alone, since the others wait for the same


def _gives(node: ast.AST) -> set[str]:
    match node:
        case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
            return {name}
        case ast.alias(name=name, asname=other):
            return {other or name.split(".")[0]}
    return set()
