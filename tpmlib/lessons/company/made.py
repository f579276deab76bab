"""What a learner makes in this lesson: games of the company, quarter by quarter."""

from tpmlib.kit.documents import Section
from tpmlib.kit.record import Record
from tpmlib.lessons.company.games import ITEM, games
from tpmlib.lessons.staffing.drift import NAMES


def asked(lesson: str) -> list[str]:
    return [ITEM] if lesson == "capstone" else []


def company(record: Record) -> list[Section]:
    rows = []
    for place, game in enumerate(games(record).values(), 1):
        for decision, row in zip(game.decisions, game.rows, strict=True):
            staffing = NAMES.get(decision.staffing, decision.staffing)
            when = f"Game {place}, quarter {row['quarter']}"
            rows.append([when, staffing, f"week {decision.promise}", f"{row['net']:+,.0f}"])
    return [Section("My company games", ["Quarter", "Staffing", "Promised", "Net [k$]"], rows)]
