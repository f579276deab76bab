"""The answer key against the figures: an option names the condition under which it is right."""

import ast
import operator
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tpmlib.authoring.gather import Course, attempt, report
from tpmlib.errors import CourseError, nearest
from tpmlib.kit.content.document import Document
from tpmlib.kit.content.words import Path
from tpmlib.kit.questions.items import Answerable, Option

NAME = re.compile(r"[a-z_]\w*")
ALLOWED = "names of values, numbers, texts in quotes, < <= == != >= >, + - * /, and, or, not"
PAIRS: dict[type[ast.AST], Callable[[Any, Any], Any]] = {
    **{ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge},
    **{ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.Add: operator.add, ast.Sub: operator.sub},
    **{ast.Mult: operator.mul, ast.Div: operator.truediv},
}
SINGLE: dict[type[ast.AST], Callable[[Any], Any]] = {ast.Not: operator.not_, ast.USub: operator.neg}


def holds(condition: str, figures: Mapping[str, float | str]) -> bool:
    """Whether a condition such as `both > pms and 2 < p <= 5` is true of these figures.

    It is read as Python's syntax and worked out here, node by node, so nothing else can run. A
    true comparison counts as 1 where it is added up: `(a > 5) + (b > 5) == 2`.
    Raises CourseError for anything that is not ALLOWED, an unknown name, and a division by 0.
    """
    try:
        return bool(_worth(ast.parse(condition, mode="eval").body, figures))
    except (SyntaxError, ValueError, ZeroDivisionError, RecursionError, MemoryError) as error:
        raise CourseError(f"{condition!r} cannot be worked out; {ALLOWED}") from error


def _worth(node: ast.expr, figures: Mapping[str, float | str]) -> Any:
    match node:
        case ast.Constant(value=str() | int() | float() as value):
            return value
        case ast.Name(id=name):
            if name not in figures:
                raise CourseError(nearest(name, figures) if figures else f"{name!r}; no values")
            return figures[name]
        case ast.UnaryOp(op=sign, operand=part) if type(sign) in SINGLE:
            return SINGLE[type(sign)](float(_worth(part, figures)))
        case ast.BoolOp(op=word, values=parts):  # all are worked out, so that no name is missed
            each = [_worth(part, figures) for part in parts]
            return all(each) if isinstance(word, ast.And) else any(each)
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in PAIRS:
            return PAIRS[type(sign)](*(float(_worth(part, figures)) for part in (left, right)))
        case ast.Compare(left=left, ops=signs, comparators=others):
            parts = [_worth(part, figures) for part in (left, *others)]
            if len({isinstance(part, str) for part in parts}) > 1:
                raise CourseError(f"{ast.unparse(node)!r}: a text beside a number; two of a kind")
            if all(type(sign) in PAIRS for sign in signs):
                chain = zip(parts, signs, parts[1:], strict=False)
                return all(PAIRS[type(sign)](low, high) for low, sign, high in chain)
    raise CourseError(f"{ast.unparse(node)!r} is not allowed; {ALLOWED}")


def keys(course: Course) -> Iterator[str]:
    """What is marked right is right by the figures that it rests on, and nothing else is."""
    for file, quiz in course.quizzes if course.computes else ():
        notes = report(file)
        for part, items in (("predictions", quiz.predictions), ("questions", quiz.questions)):
            for number, item in enumerate(items):
                if item.right_options():
                    _key(course, notes, (part, number), item)
        yield from notes.problems


def _key(course: Course, notes: Document, path: Path, item: Answerable) -> None:
    """The key of one item. A figure that cannot be computed is told elsewhere."""
    if not any(option.right_if for option in item.options):
        if item.values and not item.stands:
            text = "figures, and no condition; right_if at an option, or stands: why the key holds"
            notes.add(path, text)
        return
    figures = attempt(course, notes, path, item.figures)
    turned: list[Option] = []
    for rank, option in enumerate(item.options if figures is not None else ()):
        place: Path = (*path, "options", rank, "right_if")
        if option.right and not option.right_if:
            notes.add(place, "missing; a condition for each right option, or for none")
        try:
            if option.right_if and holds(option.right_if, figures or {}) != option.right:
                turned.append(option)
        except CourseError as error:
            notes.add(place, str(error))
            return
    if turned:
        notes.add((*path, "options"), _turned(item, turned))


def _turned(item: Answerable, turned: list[Option]) -> str:
    """What the key says, the figures that contradict it, and what is right by them."""
    words = {word for option in turned for word in NAME.findall(option.right_if)}
    told = [f"{name} {figure.words()}" for name, figure in item.values.items() if name in words]
    marked = [option.id for option in item.options if option.right]
    now = [option.id for option in item.options if option.right != (option in turned)]
    key = f"{item.id}: marked right is {' and '.join(marked)}, with {', '.join(told)}"
    return f"{key}; {' and '.join(now) or 'none of these options'}, by right_if"
