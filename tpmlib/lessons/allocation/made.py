"""What a learner makes in this lesson: a split of a quarter."""

from tpmlib.kit import content
from tpmlib.kit.documents import Section
from tpmlib.kit.panels.controls import Controls
from tpmlib.kit.panels.stage_parts import restored
from tpmlib.kit.record import Record

STAGE = "split"


def asked(lesson: str) -> list[str]:
    return [STAGE] if lesson == "allocation" else []


def split(record: Record) -> list[Section]:
    """How much of each initiative was done, as it was entered."""
    stage, names = content.stage(STAGE), content.table("initiatives").set_index("initiative_id")
    controls = Controls(stage["model"], content.model(stage["model"]))
    shares = restored(record, stage, controls).items()
    rows = [[names.loc[id, "name"], f"{share:g} %"] for id, share in shares]
    return [Section(stage["title"], ["Initiative", "Done"], rows)]
