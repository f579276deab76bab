"""The record of a learner as a document: what was learnt, every verdict, and what was done when."""

from tpmlib.kit.documents import Document, Section
from tpmlib.kit.panels.made import by_lesson
from tpmlib.kit.record import Record
from tpmlib.kit.scores.brier import brier
from tpmlib.lessons.look_back import gain, look_back, verdicts


def my_record(record: Record) -> Document:
    """What was learnt, the verdicts beside the course's, and the lessons."""
    lines = gain.learnt(gain.pairs(record))
    lines.append(look_back.calibrated(brier(answers=look_back.predictions(record))))
    table = verdicts.HEAD, verdicts.rows(record), verdicts.sentence(record)
    return Document(
        "my-record",
        "My record",
        [
            Section("What I learnt", [], [], "\n".join(lines)),
            Section("My verdicts", *table),
            by_lesson(record),
        ],
    )
