"""What a learner takes away: a memo of one page, and an empty log of questions to print."""

import re

from tpmlib.kit import content
from tpmlib.kit.documents import Document, Section, not_yet
from tpmlib.kit.record import Record
from tpmlib.lessons.decide import words
from tpmlib.lessons.decide.rules import speaking
from tpmlib.lessons.decide.team import answered, contrary, fitted, own_team

MEMO, LOG = "memo", "question-log"
HEAD = ["Question", "Our answer", "What another answer would lead to"]
KEY = "PM: product manager. TPM: technical product manager.\n"
FILL_IN = KEY + "\n".join(f"{name}: {30 * '.'}" for name in ("From", "To", "Date"))
MARKS = re.compile(r" \((?:clear|hint|[FL]\d[^)]*)\)")  # that only a learner can read
NOTE = "Keep the question log that goes with this memo: one line a question, half a minute each."
COURSE = "The rules and figures are those of the course “TPM or PM?”."


def memo(record: Record) -> Document:
    """One page: the recommendation, why, the cost, what to note, and what would change it."""
    team, title = own_team(record), "Memo: PM or TPM?"
    decision = fitted(content.decision(), team)
    given, asked = answered(decision, record), decision["questions"]
    if len(given) < len(asked):
        what = f"{len(asked)} questions about your team, {len(given)} answered"
        return Document(MEMO, title, [], not_yet(decision["lesson"], what))
    rule = speaking(decision, given)
    advice = words.recommendation(decision, rule)
    rows = words.hanging(decision, given)
    firm = f"{words.how_firm(decision, given)} {advice['hangs']}"
    texts = {
        "Recommendation": f"{advice['label']}. {advice['text']}",
        "Why": f"{words.now(decision, given)} {rule['why']} {words.second(decision, given)}",
        "Cost": advice["cost"],
        "For four weeks": f"{advice['meanwhile']}{rule['also']} {NOTE}",
        "Then": f"{rule['log']} {advice['after']}".strip(),
        "Against it": contrary(decision, team, given, rule["recommendation"]).replace("You", "We"),
    }
    sections = [Section(head, [], [], text) for head, text in texts.items() if text]
    sections.append(Section("What would change it", HEAD if rows else [], rows, firm))
    rests = f"{COURSE} {MARKS.sub('', words.grounds(decision, rule))}"
    sections.append(Section("Rests on", [], [], rests))
    return Document(MEMO, title, sections, FILL_IN)


def question_log(record: Record) -> Document:
    """An empty table to print, with the figure at which one's own team turns."""
    log = fitted(content.decision(), own_team(record))["log"]
    rows = [[""] * len(log["columns"]) for _ in range(log["rows"])]
    weeks = Section("From ............ to ............", log["columns"], rows)
    return Document(LOG, log["title"], [weeks], log["text"])
