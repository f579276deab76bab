"""The hiring kit: what to ask back, an advert of one's own map, an interview, companies, pay."""

from typing import Any

from tpmlib.kit import content, sheets
from tpmlib.kit.documents import Document, Section, not_yet
from tpmlib.kit.panels.cite import kind, whole
from tpmlib.kit.panels.sheet import kept
from tpmlib.kit.record import Record
from tpmlib.lessons.adverts.assign import people, responsibility_map
from tpmlib.lessons.decide import rules
from tpmlib.lessons.decide.team import answered
from tpmlib.lessons.decide.words import recommendation

JOBS = {"tpm": "Technical product manager (TPM)", "pm": "Product manager (PM)"}
LATER = " So there is no PM or TPM to hire yet. Advert, interview and pay come once it names one."
NOT_THEIRS = " Say as well which technical duties are not theirs."
PARTS = {  # of the advert, by whether the holder answers for a duty and whether they do it
    (True, True): "You do these, and answer for them",
    (True, False): "You answer for these, and others do them",
    (False, True): "You do these, and others answer for them",
    (False, False): "Not yours, but near you",
}
SCORECARD = ["Duty", "What we ask", "2 points if", "No point if", "Points"]


def hiring_kit(record: Record) -> Document:
    """What stands between "we need somebody" and an offer."""
    kit, advice = content.hiring(), _advice(record)
    job = "pm" if advice.get("id") == "pm" else "tpm"
    given = _given(record, people()[job])
    missing = not_yet(content.decision()["lesson"], "nine questions, to say whom you hire")
    says = f"Your memo says: {advice['label']}." if advice else f"Your memo is missing. {missing}"
    later = LATER if advice and advice["id"] not in JOBS else ""
    hire = [] if later else [_advert(record, job, given), _interview(kit, job, given), _pay(kit)]
    sections = [_ask_back(record), *hire, _companies(kit)]
    return Document("hiring-kit", "Hiring kit", sections, f"{says}{later}")


def _given(record: Record, who: str) -> list[dict[str, str]]:
    """The learner's map, in which whom they hire gets the duties of lesson 02's sheet."""
    week = kept(content.sheet("hire"), record).get("week", {})
    names = content.table("responsibilities").set_index("responsibility_id")["name"]
    mine = dict.fromkeys(str(names[duty]) for duty in week.values() if duty in names)
    given = [row for row in responsibility_map(record) if row["duty"] not in mine]
    return given + [{"duty": duty, "does": who, "answers": who} for duty in mine]


def _advice(record: Record) -> dict[str, Any]:
    """What the memo recommends; empty as long as an answer is missing."""
    decision = content.decision()
    given = answered(decision, record)
    done = len(given) == len(decision["questions"])
    return dict(recommendation(decision, rules.speaking(decision, given))) if done else {}


def _ask_back(record: Record) -> Section:
    """The questions to a badge, with the learner's answers or what can be ticked."""
    sheet = content.sheet("ask_back")
    mine = kept(sheet, record)
    rows = [
        [
            field["label"],
            sheets.word(field, mine.get(field["id"])) or " / ".join(sheets.choices(field).values()),
        ]
        for field in sheet["fields"]
    ]
    return Section(sheet["title"], ["Question", "Answer"], rows, "Which job? Ask, then compare.")


def settled() -> set[str]:
    """Whom the map may name for a duty so that it is settled."""
    return {label for who, label in people().items() if who not in ("", "nobody")}


def _advert(record: Record, job: str, given: list[dict[str, str]]) -> Section:
    """A draft of an advert: the duties that the map gives to the holder, and those it leaves."""
    title, who = "An advert, drafted from your answers", people()[job]
    parts: dict[tuple[bool, bool], list[str]] = {key: [] for key in PARTS}
    gaps = [row for row in given if not {row["does"], row["answers"]} <= settled()]
    for row in [row for row in given if row not in gaps or who in row.values()]:
        parts[row["answers"] == who, row["does"] == who].append(row["duty"])
    if not any(duties for key, duties in parts.items() if any(key)):
        return Section(title, [], [], not_yet("responsibilities", f"and later: the {who}'s duties"))
    rows = [[PARTS[key], "; ".join(duties)] for key, duties in parts.items() if duties]
    open_ = "; ".join(row["duty"] for row in gaps)
    rows += [["To settle before you publish this", open_]] if gaps else []
    text = "Cut it to the ten lines that matter, and say how the holder's work will be judged."
    return Section(title, ["Part", JOBS[job]], rows, text + NOT_THEIRS * (job == "pm"))


def _interview(kit: dict[str, Any], job: str, given: list[dict[str, str]]) -> Section:
    """Questions for the duties that stand, but for those that the map gives to others."""
    names = content.table("responsibilities").set_index("responsibility_id")["name"]
    others = {row["duty"] for row in given if row["does"] in settled()}
    others -= {row["duty"] for row in given if people()[job] in row.values()}
    mine = [each for each in kit["interview"] if job in each.get("jobs", ["tpm"])]
    asked = [(str(names[each["duty"]]), each) for each in mine]
    rows = [
        [name, each["ask"], each["strong"], each["weak"], ""]
        for name, each in asked
        if name not in others
    ]
    left = "; ".join(name for name, _ in asked if name in others)
    text = f"{kit['note']}{f' Left out, since others do them on your map: {left}.' * bool(left)}"
    return Section("Interview and scorecard", SCORECARD, rows, text)


def _companies(kit: dict[str, Any]) -> Section:
    rows = [[each["name"], each["way"], _from(each["fact"])] for each in kit["companies"]]
    return Section("Companies side by side", ["Company", "How it divides the work", "From"], rows)


def _from(fact: str) -> str:
    """Where a fact is from: its number, what kind of source that is, its title and address."""
    row = content.fact(fact)
    source = content.source(row["source_id"])
    return f"{fact}: {kind(row)}. {'. '.join(filter(None, (source['title'], source['url'])))}"


def _pay(kit: dict[str, Any]) -> Section:
    """What is said of pay, with year, country and trust."""
    rows = []
    for each in kit["pay"]:
        fact = content.fact(each["fact"])
        year = whole(fact["year"]) or "not said"
        rows.append([fact["statement"], year, each["country"], _from(each["fact"])])
    head = ["What is said", "Year", "Country", "From"]
    return Section("What is said of pay", head, rows, kit["pay_note"])
