"""How far a learner is: what a lesson asks for, and what the record holds of it."""

from dataclasses import dataclass

from tpmlib.kit import content, questions, registry
from tpmlib.kit.record import Record


@dataclass(frozen=True)
class Progress:
    """Done and asked for in one lesson."""

    lesson: str
    done: int
    asked: int

    def __str__(self) -> str:
        return f"{self.done} of {self.asked} done"


def asked(lesson: str) -> set[tuple[str, str]]:
    """Every (kind, item) that a lesson asks the learner for."""
    quiz = questions.quiz(lesson)
    items = {("predict", prediction.id) for prediction in quiz.predictions}
    items |= {("quiz", question.id) for question in quiz.questions}
    items |= {("reflect", reflection.id) for reflection in quiz.reflections}
    items |= registry.asked(lesson)
    items |= {("judge", claim) for claim in content.lesson(lesson)["claims"]}
    items |= {("cards", name) for name in content.decks() if content.deck(name)["lesson"] == lesson}
    return items


def progress(lesson: str, record: Record, wanted: set[tuple[str, str]] | None = None) -> Progress:
    """What the record holds of a lesson; `wanted` is what it asks for, if that is known already."""
    wanted = asked(lesson) if wanted is None else wanted
    return Progress(lesson, len(record.answered() & wanted), len(wanted))
