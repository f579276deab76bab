"""What the course asks, as frozen objects: a question grades, a prediction says what came out."""

from tpmlib.kit.questions.items import Feedback, Grade, Option, Prediction, Question, text_hash
from tpmlib.kit.questions.quizzes import (
    Quiz,
    made,
    prediction,
    predictions,
    question,
    quiz,
    reflection,
)
from tpmlib.kit.questions.texts import Point, Reflection

__all__ = [
    "Feedback",
    "Grade",
    "Option",
    "Point",
    "Prediction",
    "Question",
    "Quiz",
    "Reflection",
    "made",
    "prediction",
    "predictions",
    "question",
    "quiz",
    "reflection",
    "text_hash",
]
