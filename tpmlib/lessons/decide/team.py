"""The learner's own team in the decision: the answers that follow from it, and its own figures."""

from copy import deepcopy
from typing import Any

import pandas as pd

from tpmlib.kit import content, figures
from tpmlib.kit.panels.sheet import KIND as SHEET
from tpmlib.kit.panels.sheet import kept
from tpmlib.kit.record import Record
from tpmlib.lessons.decide import rules
from tpmlib.lessons.decide.rules import Answers, Decision, Part
from tpmlib.lessons.staffing.drift import LEVEL, NEAR, read_as


def own_team(record: Record) -> dict[str, Any]:
    """The fields of the sheet `team` as they were kept last; none until then."""
    return kept(content.sheet("team"), record)


def suggested(decision: Decision, team: dict[str, Any]) -> dict[str, str]:
    """The answers that the sheet has given already, by question."""
    pairs = ((each["id"], option) for each in decision["questions"] for option in each["options"])
    return {id: option["id"] for id, option in pairs if _fits(option, team)}


def answered(decision: Decision, record: Record) -> dict[str, str]:
    """The answers by now: what the sheet has given last, and what was chosen since or beside it."""
    given = suggested(decision, own_team(record))
    last = {(each["kind"], each["item"]): place for place, each in enumerate(record.events())}
    filled = last.get((SHEET, "team"), -1)
    chosen = rules.kept(decision, record).items()
    return given | {id: v for id, v in chosen if id not in given or last[rules.KIND, id] > filled}


def _fits(option: Part, team: dict[str, Any]) -> bool:
    ranges = option.get("team", {}) if team else {}
    return bool(ranges) and all(a <= team[name] <= b for name, (a, b) in ranges.items())


def fitted(decision: Decision, team: dict[str, Any]) -> Decision:
    """The decision with a kept team's figures in place of the course's, where it has any."""
    own, values = deepcopy(decision), team | dict(_years(team).iloc[0] if team else {"turn": 0})
    nobody = values.get("pms") == 1 and not values["tpms"] and 0 < values["enough"] < 1
    values["nobody"] = decision["nobody"].format_map(values) if nobody else ""
    parts = [o for each in own["questions"] for o in each["options"] if _fits(o, team)]
    if 0 < values["turn"] < 1:  # else no share changes the places of a PM and a TPM
        parts += own["grounds"]
        if values["pms"] and not values["tpms"]:  # it is the turn of a second person beside a PM
            parts += [own["open"], own["log"], *own["recommendations"], *own["rules"]]
    for part in parts:
        part |= {name: text.format_map(values) for name, text in part.get("own", {}).items()}
    return own


def _years(team: dict[str, Any], **changed: float | str) -> pd.DataFrame:
    """What each staffing is worth to a team, as its picture has it."""
    given = {name: team[name] for name in content.settings("drift") if name in team}
    return figures.frame("drift", **given | changed).set_index("staffing")


def contrary(decision: Decision, team: dict[str, Any], answers: Answers, advice: str) -> str:
    """What the picture of one's own team says against what is recommended, if anything."""
    chosen = [rules.named(each["options"], answers[each["id"]]) for each in decision["questions"]]
    told = decision["against"]
    if team and any("team" in each and not _fits(each, team) for each in chosen):
        return str(told["differs"])
    today = read_as(team.get("pms", 0), team.get("tpms", 0))
    if not (near := NEAR.get(today, {"pm_pm": "", "pm_tpm": "TPM"} if today == "pm_pm" else {})):
        return ""
    shares = [each["settled"] for each in chosen if "settled" in each] or [0.0, 1.0]
    ends = [_years(team, settled=share) for share in shares]
    worth = ends[0]["value"]
    taken = next((pair for pair, hired in near.items() if hired.lower() == advice), today)
    best, text = max(near, key=lambda each: worth[each]), told["picture"]
    if worth[best] - worth[taken] < LEVEL:  # then it may still be no better than to hire nobody
        gained = max(end["value"][taken] - end["value"][today] for end in ends)
        if taken == today or gained >= LEVEL or today not in NEAR:
            return ""
        best, text = today, told["idle"]
    if today not in NEAR and advice in ("divide", "deepen"):
        divided = _years(team, settled=shares[0], divide="work")["value"]
        if worth[best] - divided[today] < LEVEL:  # what is advised does as well there
            return ""
    turn = ends[0]["enough" if taken == "pm" else "turn"].iloc[0]  # outside 0 to 1: at no share
    share = told["shares"].get(f"{best} {taken}", "").format(turn) if 0 < turn < 1 else ""
    turned = any("settle" in each.answers for each in rules.changes(decision, answers))
    because = told["trial" if advice in told["trials"] else "other"]
    said = "".join(f"You said that {o['clause']}. On that, " for o in chosen if "settled" in o)
    case = share and (said or share) or told["plain"]
    text = text.format(case=case, does=told["does"].get(f"{today} {best}", ""))
    return f"{text} {because.format(alone=told['alone'] if share and not turned else '')}"
