"""The record of a learner as a document: what was learnt, every verdict, and what was done when."""

from tpmlib.kit import content
from tpmlib.kit.documents import Document, Section
from tpmlib.kit.panels.progress import asked, progress
from tpmlib.kit.record import Record
from tpmlib.kit.scores.brier import brier
from tpmlib.kit.words import choices, say
from tpmlib.lessons.look_back import gain, look_back, verdicts


def my_record(record: Record) -> Document:
    """What was learnt, the verdicts beside the course's, and the lessons."""
    lines = gain.learnt(gain.pairs(record))
    lines.append(look_back.calibrated(brier(answers=look_back.predictions(record))))
    table = [*choices("verdicts.head").values()], verdicts.rows(record), verdicts.sentence(record)
    return Document(
        "my-record",
        "My record",
        [
            Section("What I learnt", [], [], "\n".join(lines)),
            Section("My verdicts", *table),
            _by_lesson(record),
        ],
    )


def _by_lesson(record: Record) -> Section:
    """What was done when, by lesson; no name and no certificate."""
    events, rows = record.events(), []
    for lesson in content.ready():
        wanted = asked(lesson["id"])  # not a verdict that lesson 11 asked on a claim of this one
        days = sorted(e["time"][:10] for e in events if (e["kind"], e["item"]) in wanted)
        first, last = (days[0], days[-1]) if days else ("not begun", "")
        name = f"{lesson['number']} {lesson['title']}"
        done = say("lesson.done", **vars(progress(lesson["id"], record, wanted)))
        rows.append([name, done, first, last])
    note = (
        f"{len(events)} answers are kept. This is a note of what was done, written by the course "
        "from its learner's own record. It is no certificate: it names nobody, and nobody has "
        "checked who answered. Days are those of the computer's clock (UTC)."
    )
    head = ["Lesson", "Done", "First answer", "Last answer"]
    return Section("Lesson by lesson", head, rows, note)
