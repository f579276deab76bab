"""What a learner makes in this lesson: games of the company, quarter by quarter."""

from tpmlib.kit.documents import Section
from tpmlib.kit.record import Record
from tpmlib.lessons.company.games import ITEM, games
from tpmlib.lessons.staffing.drift import NAMES


def asked(lesson: str) -> list[str]:
    return [ITEM] if lesson == "capstone" else []


def company(record: Record) -> list[Section]:
    rows = []
    for game in games(record).values():
        for decision, row in zip(game.decisions, game.rows, strict=True):
            place = f"Game {game.number}, quarter {row['quarter']}"
            staffing = NAMES.get(decision.staffing, decision.staffing)
            rows.append([place, staffing, f"week {decision.promise}", f"{row['net']:+,.0f}"])
    return [Section("My company games", ["Quarter", "Staffing", "Promised", "Net [k$]"], rows)]
