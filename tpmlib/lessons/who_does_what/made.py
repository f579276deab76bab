"""What a learner makes in this lesson: a profile of their own week."""

from tpmlib.kit import content, figures
from tpmlib.kit.documents import Section, not_yet
from tpmlib.kit.panels.base import parts
from tpmlib.kit.panels.form import fitting
from tpmlib.kit.record import Record
from tpmlib.lessons.who_does_what.profile import AREA_HOURS
from tpmlib.lessons.who_does_what.profile_panel import ITEM, LESSON


def own_week(record: Record) -> Section:
    """The learner's week by area, beside the wording of both roles' adverts."""
    title, entries = "My week", content.model("profile")["parameters"]
    ranges = [
        {"id": entry, "kind": "range", "min": 0, "max": AREA_HOURS}
        for entry in entries
        if entry not in ("draws", "seed")
    ]
    hours = fitting(ranges, parts(record.latest(ITEM, "profile")))
    if not any(hours.values()):
        return Section(
            title, [], [], not_yet(LESSON, "on its deeper page: your hours a week, Keep my week")
        )
    frame = figures.frame("profile", **dict.fromkeys((area["id"] for area in ranges), 0) | hours)
    rows = [
        [row["area"], f"{row['hours']:g}", *(f"{row[who]:.0%}" for who in ("yours", "tpm", "pm"))]
        for row in frame.to_dict("records")
    ]
    head = ["Area", "My hours a week", "My share", "TPM adverts", "PM adverts"]
    note = "Adverts count words and a week counts hours, so this orders and does not judge."
    return Section(title, head, rows, note)
