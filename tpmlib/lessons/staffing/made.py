"""What a learner makes in this lesson: a memo on the staffing of their own team."""

from tpmlib.kit import content, figures
from tpmlib.kit.documents import Document, Section, not_yet
from tpmlib.kit.panels.sheet import kept
from tpmlib.kit.record import Record
from tpmlib.lessons.staffing.drift import describe, view

WORLDS = {
    "default": "If a TPM is weaker in strategy",
    "equal": "If both are equal in strategy",
    "settle": "If engineers settle what nobody answers",
}
NOTE = (
    "From a model with assumed figures: it says what follows if they are right, and no more. Where "
    "the three worlds disagree, the answer hangs on how good at strategy the person is whom you "
    "would hire, and on what becomes of questions that nobody answers."
)


def staffing_memo(record: Record) -> Document:
    """What the course's model says of the learner's own team, in three worlds."""
    name, title, sheet = "staffing-memo", "Staffing memo", content.sheet("team")
    team = kept(sheet, record)
    if not team:
        number = content.lesson(sheet["lesson"])["number"]
        return not_yet(name, title, number, "your own team, Keep my team")
    numbers = [field for field in sheet["fields"] if field["kind"] == "number"]
    rows = [[field["label"], f"{team[field['id']]:g}", field["unit"]] for field in numbers]
    given = {key: team[field] for key, field in content.model("drift")["team"].items()}
    worlds = [_world(preset, world, given) for preset, world in WORLDS.items()]
    mine = Section("My team", ["Figure", "Mine", "Unit"], rows)
    return Document(name, title, [mine, *worlds], NOTE)


def _world(preset: str, world: str, team: dict[str, float]) -> Section:
    frame = figures.frame("drift", preset, **team)
    rows = [
        [row["name"], f"{row['value']:.1f}", f"{row['strategic']:.1f}", f"{row['alignment']:.0%}"]
        for row in frame.sort_values("value", ascending=False).to_dict("records")
    ]
    head = ["Staffing", "Worth [engineer-equivalents]", "Hours for strategy", "Aligned"]
    return Section(
        world, head, rows, describe(view(frame, **content.view_settings("drift", preset)))
    )
