"""The documents of the portfolio, each from the learner's own record and from nothing else."""

from tpmlib.kit import content, figures, questions
from tpmlib.kit.documents import Document, Section
from tpmlib.kit.panels.base import parts
from tpmlib.kit.panels.form import fitting
from tpmlib.kit.panels.judge import VERDICTS
from tpmlib.kit.panels.progress import progress
from tpmlib.kit.panels.sheet import kept
from tpmlib.kit.record import Record
from tpmlib.kit.scores.brier import brier
from tpmlib.kit.scores.brier import describe as scored
from tpmlib.kit.scores.brier_picture import numbers
from tpmlib.lessons.adverts.assign import responsibility_map
from tpmlib.lessons.look_back import gain, look_back, verdicts
from tpmlib.lessons.look_back.work import work
from tpmlib.lessons.overlap.profile import AREA_HOURS, describe
from tpmlib.lessons.overlap.profile_panel import ITEM as WEEK
from tpmlib.lessons.staffing.drift import describe as staffed
from tpmlib.lessons.staffing.drift import view

NOT_YET = "Not made yet: lesson {} asks for it ({})."
WORLDS = {
    "default": "If a TPM is weaker in strategy",
    "equal": "If both are equal in strategy",
    "settle": "If engineers settle what nobody answers",
}


def documents(record: Record) -> list[Document]:
    """All documents, those that are not begun too."""
    return [
        role_profile(record),
        role_charter(record),
        staffing_memo(record),
        looked_back(record),
        answers(record),
        Document("my-work", "My work", work(record)),
        completion(record),
    ]


def role_profile(record: Record) -> Document:
    """The learner's week by area, beside the wording of both roles' adverts."""
    title, entries = "My role profile", content.models()["profile"]["parameters"]
    known = [
        {"id": name, "kind": "range", "min": 0, "max": AREA_HOURS}
        for name in entries
        if name not in ("draws", "seed")
    ]
    hours = fitting(known, parts(record.latest(WEEK, "profile")))
    if not any(hours.values()):
        text = NOT_YET.format(
            content.lesson("overlap")["number"], "your hours a week, Keep my week"
        )
        return Document("role-profile", title, [], text)
    frame = figures.frame("profile", **dict.fromkeys((one["id"] for one in known), 0) | hours)
    rows = [
        [one["area"], f"{one['hours']:g}", *(f"{one[name]:.0%}" for name in ("yours", "tpm", "pm"))]
        for one in frame.to_dict("records")
    ]
    head = ["Area", "My hours a week", "My share", "TPM adverts", "PM adverts"]
    note = "Adverts count words and a week counts hours, so this orders and does not judge."
    return Document("role-profile", title, [Section("My week", head, rows, note)], describe(frame))


def role_charter(record: Record) -> Document:
    """Who does and who answers for what, person by person, and what nobody answers for."""
    title, duties = "Role charter", responsibility_map(record)
    if not duties:
        text = NOT_YET.format("01 and each one after", "who does what")
        return Document("role-charter", title, [], text)
    sections = []
    for person in ("PM", "TPM", "Engineering manager", "nobody"):
        rows = [
            [one["duty"], *("yes" if one[part] == person else "" for part in ("does", "answers"))]
            for one in duties
            if person in (one["does"], one["answers"])
        ]
        head = ["Responsibility", "Does it", "Answers for it"]
        if rows:
            name = "Given to nobody: decide" if person == "nobody" else f"The {person}"
            sections.append(Section(name, head, rows))
    unsure = [[one["duty"]] for one in duties if "not yet" in one.values() or "" in one.values()]
    if unsure:
        sections.append(Section("Still open", ["Responsibility"], unsure))
    note = (
        f"Responsibilities given to somebody: {len(duties)}. Agree on it with the people it names: "
        "a charter that only its writer has read divides nothing."
    )
    return Document("role-charter", title, sections, note)


def staffing_memo(record: Record) -> Document:
    """What the course's model says of the learner's own team, in three worlds."""
    title, sheet = "Staffing memo", content.sheet("team")
    mine = kept(sheet, record)
    if not mine:
        text = NOT_YET.format(content.lesson("staffing")["number"], "your own team, Keep my team")
        return Document("staffing-memo", title, [], text)
    rows = [[one["label"], f"{mine[one['id']]:g}", one["unit"]] for one in sheet["fields"]]
    sections = [Section("My team", ["Figure", "Mine", "Unit"], rows)]
    for preset, world in WORLDS.items():
        sections.append(_world(preset, world, mine))
    note = (
        "From a model with assumed figures: it says what follows if they are right, and no more. "
        "Where the three worlds disagree, the answer hangs on how good at strategy the person is "
        "whom you would hire, and on what becomes of questions that nobody answers."
    )
    return Document("staffing-memo", title, sections, note)


def _world(preset: str, world: str, mine: dict[str, float]) -> Section:
    frame = figures.frame("drift", preset, **mine)
    shown = view(frame, **content.view_settings("drift", preset))
    rows = [
        [one["name"], f"{one['value']:.1f}", f"{one['strategic']:.1f}", f"{one['alignment']:.0%}"]
        for one in frame.sort_values("value", ascending=False).to_dict("records")
    ]
    head = ["Staffing", "Worth [engineer-equivalents]", "Hours for strategy", "Aligned"]
    return Section(world, head, rows, staffed(shown))


def looked_back(record: Record) -> Document:
    """Gain, predictions and verdicts, as `look_back()` shows them."""
    pairs, frame = gain.pairs(record), brier(answers=look_back.predictions(record))
    head, *rows = numbers(frame)
    text = f"{scored(frame)} {look_back.missing(record)}".strip()
    return Document(
        "look-back",
        "Looking back",
        [
            Section("Then and now", look_back.GAIN, gain.rows(pairs), gain.sentence(pairs)),
            Section("My predictions by how sure I was", head, rows, text),
            Section("My verdicts", verdicts.HEAD, verdicts.rows(record), verdicts.sentence(record)),
        ],
    )


def answers(record: Record) -> Document:
    """Predictions, verdicts and the responsibility map."""
    asked = questions.predictions()
    predictions = [
        [asked[item].filled().text, asked[item].words(parts(event))]
        for item, event in record.items("predict").items()
        if item in asked
    ]
    claims = {row["claim_id"]: row for row in content.table("claims").to_dict("records")}
    judged = [
        [
            f"{item} {claims[item]['claim']}",
            VERDICTS.get(str(parts(event).get("verdict")), ""),
            f"{parts(event).get('confidence', '')}%",
            str(parts(event).get("reason", "")),
        ]
        for item, event in record.items("judge").items()
        if item in claims
    ]
    duties = [[row["duty"], row["does"], row["answers"]] for row in responsibility_map(record)]
    return Document(
        "my-answers",
        "TPM or PM? My answers",
        [
            Section("My predictions", ["Question", "I predicted"], predictions),
            Section("My verdicts", ["Claim", "Verdict", "Sure", "Reason"], judged),
            Section(
                "My responsibility map",
                ["Responsibility", "Does it", "Answers for it"],
                duties,
            ),
        ],
    )


def completion(record: Record) -> Document:
    """What was done when, by lesson; no name and no certificate."""
    events, rows = record.events(), []
    for one in content.course()["lessons"]:
        if one["status"] != "ready":
            continue
        days = sorted(event["time"][:10] for event in events if event["lesson"] == one["id"])
        first, last = (days[0], days[-1]) if days else ("not begun", "")
        rows.append(
            [f"{one['number']} {one['title']}", str(progress(one["id"], record)), first, last]
        )
    head = ["Lesson", "Done", "First answer", "Last answer"]
    note = (
        f"{len(events)} answers are kept. This is a note of what was done, written by the course "
        "from its learner's own record. It is no certificate: it names nobody, and nobody has "
        "checked who answered. Days are those of the computer's clock (UTC)."
    )
    return Document(
        "completion-record", "Completion record", [Section("By lesson", head, rows)], note
    )
