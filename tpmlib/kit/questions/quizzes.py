"""The quizzes of data/quizzes as frozen objects, each made once for a state of its file."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from tpmlib.errors import CourseError, nearest
from tpmlib.kit.content.document import Document
from tpmlib.kit.content.documents import quiz_files
from tpmlib.kit.content.lessons import course
from tpmlib.kit.figures import Figure
from tpmlib.kit.questions.items import Option, Prediction, Question, text_hash
from tpmlib.kit.questions.texts import Point, Reflection


@dataclass(frozen=True, kw_only=True)
class Quiz:
    """All that a lesson asks.

    reveal: when feedback is shown: now (a button asks for it), click (it comes with the choice of
        an option), or later (in a later lesson; a choice is kept).
    assign: responsibilities that the learner gives to somebody.
    """

    lesson: str
    reveal: str
    questions: tuple[Question, ...]
    predictions: tuple[Prediction, ...]
    reflections: tuple[Reflection, ...] = ()
    assign: tuple[str, ...] = ()


def quiz(lesson: str) -> Quiz:
    """The quiz of a lesson, by the lesson's noun. Raises CourseError if there is no such file."""
    files = {file.shown.split("/")[-1].split(".")[0]: file for file in quiz_files()}
    if lesson not in files:
        raise CourseError(f"quiz: {nearest(lesson, files)}")
    return made(files[lesson])


def question(id: str) -> Question:
    """One question by its id."""
    return _item("question", "questions", id)  # type: ignore[no-any-return]


def prediction(id: str) -> Prediction:
    """One prediction by its id."""
    return _item("prediction", "predictions", id)  # type: ignore[no-any-return]


def reflection(id: str) -> Reflection:
    """One free-text task by its id."""
    return _item("reflection", "reflections", id)  # type: ignore[no-any-return]


def predictions() -> dict[str, Prediction]:
    """All predictions of the course by their ids, but for those of lessons that are left out."""
    quizzes, out = map(made, quiz_files()), course()["out"]
    return {
        each.id: each for quiz in quizzes if quiz.lesson not in out for each in quiz.predictions
    }


def _item(what: str, part: str, id: str) -> Any:
    files = quiz_files()
    sound = [made(file) for file in files if not file.problems]
    items = {each.id: each for quiz in sound for each in getattr(quiz, part)}
    if id not in items:
        # the item may stand in a file that cannot be read: its problem says more than a list
        for file in files:
            made(file)
        raise CourseError(f"{what}: {nearest(id, items)}")
    return items[id]


@lru_cache(maxsize=64)  # by identity: a file that changes is another document
def made(file: Document) -> Quiz:
    """The quiz that a document of kind quiz holds; CourseError if the document has a problem."""
    if file.problems:
        raise CourseError(file.problems[0])
    data = file.data
    return Quiz(
        lesson=data["lesson"],
        reveal=data["reveal"],
        questions=tuple(Question(**_asked(item, data)) for item in data["questions"]),
        predictions=tuple(Prediction(**_asked(item, data)) for item in data["predictions"]),
        reflections=tuple(_reflection(item, data) for item in data.get("reflections", [])),
        assign=tuple(data.get("assign", [])),
    )


def _asked(item: dict[str, Any], quiz: dict[str, Any]) -> dict[str, Any]:
    """The arguments of a question or a prediction."""
    arguments = item | {"lesson": quiz["lesson"], "text_hash": text_hash(item)}
    arguments["options"] = tuple(Option(**option) for option in item.get("options", []))
    arguments["values"] = {name: Figure(**spec) for name, spec in item.get("values", {}).items()}
    for name in ("answer", "outcome"):  # a question's outcome is the id of one in course.yml
        if isinstance(item.get(name), dict):
            arguments[name] = Figure(**item[name])
    return arguments


def _reflection(item: dict[str, Any], quiz: dict[str, Any]) -> Reflection:
    arguments = item | {"lesson": quiz["lesson"], "text_hash": text_hash(item)}
    return Reflection(**arguments | {"points": tuple(map(_point, item["points"]))})


def _point(point: str | dict[str, Any]) -> Point:
    if isinstance(point, str):
        return Point(text=point)
    return Point(words=tuple(point["any"]), **{n: v for n, v in point.items() if n != "any"})
