"""The course's words and numbers: tables, lessons, quizzes and settings, found and checked."""

from tpmlib.content.documents import (
    course,
    deck,
    decks,
    glossary,
    lesson,
    models,
    prediction,
    predictions,
    problems_of_documents,
    question,
    quiz,
    scenario,
    settings,
    view_settings,
    with_shared_settings,
)
from tpmlib.content.files import root
from tpmlib.content.tables import claim, fact, problems_of_tables, source, state, table, tables

__all__ = [
    "claim",
    "course",
    "deck",
    "decks",
    "fact",
    "glossary",
    "lesson",
    "models",
    "prediction",
    "predictions",
    "problems_of_documents",
    "problems_of_tables",
    "question",
    "quiz",
    "root",
    "scenario",
    "settings",
    "source",
    "state",
    "table",
    "tables",
    "view_settings",
    "with_shared_settings",
]
