"""One message on four routes: how often it ends right, and after how long.

A hop keeps a message intact more often the more words its two ends share (assumed), and each
further hop is a further chance to break it. So one in the middle helps only by sharing more with
both ends than they share with each other. Who does hangs on `against`: counted against all that
either knows, knowing more than the other is a difference; against what the lesser knows, it is not.
"""

from itertools import pairwise, product
from typing import Any

import numpy as np
import pandas as pd

from tpmlib.errors import CourseError, check_ranges, nearest

SKILLS = ["software", "operation", "payments", "customers", "money"]
ROUTES = {
    "direct": "Direct",
    "pm": "Through the PM",
    "tpm": "Through the TPM",
    "spot": "TPM, solving some",
}
RANGES = {
    **dict.fromkeys(("plain", "noticed", "speaks", "solved", "lead", "harm"), (0, 1)),
    **dict.fromkeys(("wait", "busy"), (0, 1000)),
    **{"pace": (0, 10), "staff": (2, 1000)},
}
ENGINEERS, BUSINESS = "engineering", ("sales", "support", "leadership")
ROUNDING = 1e-9  # of a chance; less is no gain
AGAINST = ("either", "lesser")
LEVEL = {"right": 0.005, "time": 0.05}  # share and hours; closer than this is level


def messages(
    *,
    people: pd.DataFrame,
    sender: str,
    receiver: str,
    against: str,
    plain: float,
    noticed: float,
    speaks: float,
    solved: float,
    wait: float,
    busy: float,
    pace: float,
    curse: bool,
    lead: float,
    harm: float,
    staff: int,
) -> pd.DataFrame:
    """How often a message ends right, and after how long, on each route.

    people: `person_id`, among them "pm" and "tpm", `name`, `department`, five skills [0 to 1],
        `desk_x` and `desk_y` [metres], the `side` of the desk where the name is written, in the
        order of hiring.
    sender, receiver: two other people's ids.
    against: what two people share is counted against all that "either" knows, or against all that
        the "lesser" of them knows.
    plain: chance that a hop keeps it intact without a word in common [0 to 1].
    noticed: chance that a broken message is noticed, and sent again from the start [0 to 1].
    speaks: how far whoever is in the middle speaks both languages [0: own skills, 1: just what
        the two ends know].
    solved: share of the problems that the TPM can solve without passing them on [0 to 1].
    wait, busy: mean hours until a message is taken up, and more in the middle [0 to 1000].
    pace: more hours for each metre between desks [0 to 10].
    curse: whether an expert explains worse to a novice: where the sender of a hop knows more by
        `lead` or more in one skill [0 to 1], the hop keeps intact less, by the share `harm`.
    staff: how many people are hired, which counts their channels only [2 to 1000].

    Returns one row a route: `route`, `name`, `path` (ids), `intact` [chance that all hops of one
    try keep it, 0 to 1], `hours` of one try, `right` [chance that it ends right, 0 to 1], `time`
    [mean hours until it ends, right or not], `price` [hours a message that ends right] and
    `verdict` beside direct. On every row the people (`ids`, `names`, `departments`, `desk_x`,
    `desk_y`, `sides`), `staff` and `channels` between them, and, of the `asked` pairs of an
    engineer and somebody of the business, the `helped`: right more often through the TPM.
    Raises CourseError for a value out of range, an unknown person, or one who is there twice.
    """
    if against not in AGAINST:
        raise CourseError(f"against: {nearest(against, AGAINST)}")
    check_ranges(
        RANGES, plain=plain, noticed=noticed, speaks=speaks, solved=solved, wait=wait,
        busy=busy, pace=pace, lead=lead, harm=harm, staff=staff,
    )  # fmt: skip
    _two(people, sender, receiver)
    office = people.set_index("person_id")
    known = {str(name): row.to_numpy(float) for name, row in office[SKILLS].iterrows()}
    knows, ways = _knows(known, sender, receiver, speaks), _ways(sender, receiver)
    hop: dict[str, Any] = {"against": against, "plain": plain, "lead": lead, "harm": harm * curse}
    kept = {way: _intact(knows, way, **hop) for way in ways.values()}
    took = {way: _hours(office, way, wait, busy, pace) for way in ways.values()}
    tries = {name: _ends(kept[way], took[way], noticed) for name, way in ways.items()}
    near = (sender, "tpm")
    alone = _ends(
        _intact(knows, near, **hop),
        _hours(office, near, wait + busy, 0, pace),
        noticed,
    )
    parts = ((solved, alone), (1 - solved, tries["tpm"]))
    # without the parts that never come, since some never end and 0 x infinity is not a number
    tries["spot"] = np.sum([share * part for share, part in parts if share], axis=0)
    rows = [
        {"route": route, "name": name, "path": ways[route], **dict(zip(ENDS, ends, strict=True))}
        for (route, name), ends in zip(ROUTES.items(), (tries[one] for one in ROUTES), strict=True)
    ]
    frame = _described(pd.DataFrame(rows), people, staff)
    helped = _helped(known, people, speaks, hop)
    return frame.assign(asked=len(helped), helped=sum(helped))


ENDS = ("intact", "hours", "right", "time")


def _two(people: pd.DataFrame, sender: str, receiver: str) -> None:
    known = set(people["person_id"]) - {"pm", "tpm"}
    for name, value in (("sender", sender), ("receiver", receiver)):
        if value not in known:
            raise CourseError(f"{name}: {nearest(value, known)}")
    if sender == receiver:
        raise CourseError(f"receiver: {receiver!r} sends it; another person")
    if missing := {"pm", "tpm"} - set(people["person_id"]):
        raise CourseError(f"people: {min(missing)!r} is missing; it stands in the middle")


def _ways(sender: str, receiver: str) -> dict[str, tuple[str, ...]]:
    middle = (sender, "tpm", receiver)
    direct = (sender, receiver)
    return {"direct": direct, "pm": (sender, "pm", receiver), "tpm": middle, "spot": middle}


def _knows(
    known: dict[str, np.ndarray], sender: str, receiver: str, speaks: float
) -> dict[str, np.ndarray]:
    """Skills by person; those in the middle go by `speaks` from their own to both ends'."""
    both = np.maximum(known[sender], known[receiver])
    return known | {name: known[name] + speaks * (both - known[name]) for name in ("pm", "tpm")}


def _helped(
    known: dict[str, np.ndarray], people: pd.DataFrame, speaks: float, hop: dict[str, Any]
) -> list[bool]:
    """For each engineer and each of the business: is it right more often through the TPM?"""
    teams = zip(people["person_id"], people["department"], strict=True)
    ends: dict[bool, list[str]] = {True: [], False: []}
    for person, team in teams:
        if team in (ENGINEERS, *BUSINESS):
            ends[team == ENGINEERS].append(person)
    found = []
    for one, other in product(ends[True], ends[False]):
        knows = _knows(known, one, other, speaks)
        gain = _intact(knows, (one, "tpm", other), **hop) - _intact(knows, (one, other), **hop)
        found.append(gain > ROUNDING)
    return found


def common(one: np.ndarray, other: np.ndarray, against: str) -> float:
    """What two people share [0: nothing, 1: all of it]; 0 if there is nothing to share."""
    whole = np.maximum(one, other).sum() if against == "either" else min(one.sum(), other.sum())
    return float(np.minimum(one, other).sum() / whole) if whole else 0.0


def _intact(
    knows: dict[str, np.ndarray],
    way: tuple[str, ...],
    against: str,
    plain: float,
    lead: float,
    harm: float,
) -> float:
    """Chance that every hop of one try keeps the message as it was meant."""
    chance = 1.0
    for one, other in pairwise(way):
        chance *= plain + (1 - plain) * common(knows[one], knows[other], against)
        if (knows[one] - knows[other]).max().round(9) >= lead:
            chance *= 1 - harm
    return chance


def _hours(
    office: pd.DataFrame, way: tuple[str, ...], wait: float, busy: float, pace: float
) -> float:
    """Mean hours of one try: a wait at each hop, and more the farther the desks are apart."""
    desks = office.loc[list(way), ["desk_x", "desk_y"]].to_numpy(float)
    far = float(np.hypot(*np.diff(desks, axis=0).T).sum())
    return (len(way) - 1) * wait + (len(way) - 2) * busy + pace * far


def _ends(intact: float, hours: float, noticed: float) -> np.ndarray:
    """Intact, hours of one try, chance to end right, and mean hours until it ends.

    A try is the last one if it went well or if nobody noticed that it did not.
    """
    last = 1 - (1 - intact) * noticed
    if last <= 0:  # every try breaks, and each is noticed: it never ends
        return np.array([intact, hours, 0.0, np.inf])
    return np.array([intact, hours, intact / last, hours / last])


def _described(frame: pd.DataFrame, people: pd.DataFrame, staff: int) -> pd.DataFrame:
    direct = frame.iloc[0]
    frame["price"] = frame["time"] / frame["right"]
    frame["verdict"] = [_verdict(row, direct) for _, row in frame.iterrows()]
    names = {"names": "name", "departments": "department", "sides": "side"}
    names |= {"desk_x": "desk_x", "desk_y": "desk_y"}
    for column, source in names.items():
        frame[column] = [tuple(people[source])] * len(frame)
    frame["ids"] = [tuple(people["person_id"])] * len(frame)
    frame["staff"] = int(min(staff, len(people)))
    frame["channels"] = frame["staff"] * (frame["staff"] - 1) // 2
    return frame


def _verdict(row: pd.Series, direct: pd.Series) -> str:
    """How a route compares with direct: more or less often right, sooner or later, or level."""
    if row["route"] == "direct":
        return ""
    gap, hours = row["right"] - direct["right"], (row["time"], direct["time"])
    often = "as" if abs(gap) < LEVEL["right"] else "more" if gap > 0 else "less"
    same = hours[0] == hours[1] or abs(hours[0] - hours[1]) < LEVEL["time"]  # both may never end
    soon = "as soon" if same else "sooner" if hours[0] < hours[1] else "later"
    return f"{often} often right, {soon}"


def describe(frame: pd.DataFrame) -> str:
    """What each route brings, beside direct, and how many channels there are."""
    direct, *others = frame.to_dict("records")
    said = "; ".join(f"{_lower(row['name'])} {_brought(row)}" for row in others)
    return (
        f"Direct, the message ends right in {direct['right']:.0%} of the cases, after "
        f"{direct['time']:.1f} hours; {said}. The {direct['staff']} people make "
        f"{direct['channels']} pairs. Of the {direct['asked']} pairs of an engineer and "
        f"somebody in sales, support or leadership, hired or not, {direct['helped']} are right "
        f"more often through the TPM."
    )


def _brought(row: dict[str, object]) -> str:
    return f"{row['right']:.0%}, {row['time']:.1f} hours ({row['verdict']})"


def _lower(name: str) -> str:
    return name if name.startswith("TPM") else name[:1].lower() + name[1:]
