"""The answer key against the figures: an option names the condition under which it is right."""

import ast
import operator
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from tpmlib.authoring.gather import Course, attempt, report
from tpmlib.errors import CourseError, nearest
from tpmlib.kit.content.document import Document
from tpmlib.kit.content.words import Path
from tpmlib.kit.figures import DIGITS, Figure
from tpmlib.kit.questions.items import Answerable

Value = float | str
ALLOWED = "names of values, numbers, texts in quotes, < <= == != >= >, + - * /, and, or, not"
PAIRS: dict[type[ast.AST], Callable[[Any, Any], Any]] = {
    **{ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge},
    **{ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.Add: operator.add, ast.Sub: operator.sub},
    **{ast.Mult: operator.mul, ast.Div: operator.truediv},
}
SINGLE: dict[type[ast.AST], Callable[[Any], Any]] = {ast.Not: operator.not_, ast.USub: operator.neg}


def holds(condition: str, figures: Mapping[str, Value]) -> bool:
    """Whether a condition such as `both > pms and 2 < p <= 5` is true of these figures.

    It is read as Python's syntax and worked out here, node by node, so nothing else can run. A
    true comparison counts as 1 where it is added up: `(a > 5) + (b > 5) == 2`.
    Raises CourseError for anything that is not ALLOWED, an unknown name, and a division by 0.
    """
    try:
        return bool(_worth(ast.parse(condition, mode="eval").body, figures))
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise CourseError(f"{condition!r} cannot be read; {ALLOWED}") from error
    except ZeroDivisionError as error:
        raise CourseError(f"{condition!r} divides by 0; another condition") from error


def _worth(node: ast.expr, figures: Mapping[str, Value]) -> Any:
    match node:
        case ast.Constant(value=str() as text):
            return text
        case ast.Constant(value=int() | float() as number):
            return float(number)
        case ast.Name(id=name):
            if name not in figures:
                raise CourseError(nearest(name, figures) if figures else f"{name!r}; no values")
            return figures[name]
        case ast.UnaryOp(op=sign, operand=part) if type(sign) in SINGLE:
            return SINGLE[type(sign)](_number(part, figures))
        case ast.BoolOp(op=word, values=parts):  # all are worked out, so that no name is missed
            each = [_worth(part, figures) for part in parts]
            return all(each) if isinstance(word, ast.And) else any(each)
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in PAIRS:
            return PAIRS[type(sign)](_number(left, figures), _number(right, figures))
        case ast.Compare(left=left, ops=signs, comparators=others):
            parts = [_worth(part, figures) for part in (left, *others)]
            if len({isinstance(part, str) for part in parts}) > 1:
                raise CourseError(f"{ast.unparse(node)!r}: a text beside a number; two of a kind")
            if all(type(sign) in PAIRS for sign in signs):
                chain = zip(parts, signs, parts[1:], strict=False)
                return all(PAIRS[type(sign)](low, high) for low, sign, high in chain)
    raise CourseError(f"{ast.unparse(node)!r} is not allowed; {ALLOWED}")


def _number(node: ast.expr, figures: Mapping[str, Value]) -> float:
    value = _worth(node, figures)
    if isinstance(value, str):
        raise CourseError(f"{ast.unparse(node)!r} is a text; a number, to compute with")
    return float(value)


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
    rests = any(option.right_if for option in item.options)
    if not rests and item.values and not item.stands:
        text = "figures, and no condition; right_if at an option, or stands: why the key holds"
        notes.add(path, text)
    figures = attempt(course, notes, path, partial(_figures, item)) if rests else None
    now: list[str] = []
    for rank, option in enumerate(item.options if figures is not None else ()):
        place: Path = (*path, "options", rank, "right_if")
        try:
            if not option.right_if:
                if option.right:
                    notes.add(place, "missing; a condition for each right option, or for none")
            elif holds(option.right_if, figures or {}):
                now.append(option.id)
        except CourseError as error:
            notes.add(place, str(error))
            return
    marked = [option.id for option in item.options if option.right]
    if rests and figures is not None and set(marked) != set(now):
        names = {each.id for o in item.options for each in _names(o.right_if)}
        used = [_told(name, item.values[name]) for name in item.values if name in names]
        text = f"{item.id}: with {', '.join(used)} right is {' and '.join(now) or 'none of them'}"
        notes.add((*path, "options"), f"{text}, and marked is {' and '.join(marked)}; the same")


def _names(condition: str) -> list[ast.Name]:
    tree = ast.walk(ast.parse(condition or "0", mode="eval"))
    return [node for node in tree if isinstance(node, ast.Name)]


def _figures(item: Answerable) -> dict[str, Value]:
    """Each figure exactly, in the unit that a text gives it in: 12 for 12%."""
    return {
        name: figure.number() if figure.format in DIGITS else str(figure.exact())
        for name, figure in item.values.items()
    }


def _told(name: str, figure: Figure) -> str:
    return f"{name} {figure.words()}"
