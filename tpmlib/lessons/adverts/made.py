"""What a learner makes with `assign`, lesson by lesson: a charter of who does what."""

from tpmlib.kit import content
from tpmlib.kit.documents import Document, Section, not_yet
from tpmlib.kit.panels.sheet import kept
from tpmlib.kit.record import Record
from tpmlib.kit.words import choices, say
from tpmlib.lessons.adverts.assign import duties, people, responsibility_map


def role_charter(record: Record) -> Document:
    """Who does and who answers for what: first what is open or nobody's, then what is settled."""
    name, title, given = "role-charter", say("charter.title"), responsibility_map(record)
    if not given:
        return Document(name, title, [], not_yet("responsibilities", say("charter.later")))
    no, nobody, head = say("charter.open"), people()["nobody"], [*choices("charter.head").values()]
    rows = [[no if cell in ("", people()[""]) else cell for cell in row.values()] for row in given]
    rows.sort(key=lambda row: (row[2], row[1]))
    team = kept(content.sheet("team"), record)
    absent = {people()["tpm"]} if team.get("tpms") == 0 else set()
    gaps = [row for row in rows if {no, nobody, *absent} & {*row[1:]}]
    settled = [row for row in rows if row not in gaps]
    sections = [Section(say("charter.gaps"), head, gaps, say("charter.name"))] if gaps else []
    sections += [Section(say("charter.settled"), head, settled)] if settled else []
    note = say("charter.note", n=len(given), gaps=len(gaps))
    mine = record.items("assign").keys()
    left = [each["number"] for each in content.course()["lessons"] if {*duties(each["id"])} - mine]
    more = say("charter.see", n=len(left), lessons=", ".join(left))
    missing = [Section(say("charter.missing"), [], [], more)] if left else []
    return Document(name, title, sections + missing, note)
