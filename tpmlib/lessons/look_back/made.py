"""What `look_back()` shows, as a document of the portfolio."""

from tpmlib.kit.documents import Document, Section
from tpmlib.kit.record import Record
from tpmlib.kit.scores.brier import brier, describe
from tpmlib.kit.scores.brier_picture import numbers
from tpmlib.lessons.look_back import gain, look_back, verdicts


def looked_back(record: Record) -> Document:
    """Gain, predictions and verdicts."""
    pairs, frame = gain.pairs(record), brier(answers=look_back.predictions(record))
    head, *rows = numbers(frame)
    text = f"{describe(frame)} {look_back.missing(record)}".strip()
    sections = [
        Section("Then and now", look_back.GAIN, gain.rows(pairs), gain.sentence(pairs)),
        Section("My predictions by how sure I was", head, rows, text),
        Section("My verdicts", verdicts.HEAD, verdicts.rows(record), verdicts.sentence(record)),
    ]
    return Document("look-back", "Looking back", sections)
