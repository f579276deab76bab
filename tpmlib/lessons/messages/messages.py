"""One message on four routes: how often it ends right, and after how long.

A hop keeps a message intact more often the more words its two ends share (assumed), and each
further hop is a further chance to break it. So one in the middle helps only by sharing more with
both ends than they share with each other. Who does hangs on `against`: counted against all that
either knows, knowing more than the other is a difference; against what the lesser knows, it is not.
"""

from collections.abc import Callable, Mapping
from functools import partial
from itertools import pairwise
from typing import Annotated, Any, Literal

import numpy as np
import pandas as pd

from tpmlib.errors import CourseError, nearest
from tpmlib.kit.ranges import Range, Share, checked

SKILLS = ["software", "operation", "payments", "customers", "money"]
ROUTES = {
    "direct": "Direct",
    "pm": "Through the PM",
    "tpm": "Through the TPM",
    "spot": "TPM, solving some",
}
TRY = ["intact", "hours", "right", "time"]  # columns that `_ends` gives
BUSINESS = ["sales", "support", "leadership"]
ROUNDING = 1e-9  # of a chance; less is no gain
LEVEL = {"right": 0.005, "time": 0.05}  # share and hours; closer than this is level
Hours = Annotated[float, Range(0, 1000)]
Path = tuple[str, ...]  # ids of the people that a message passes
Skills = dict[str, np.ndarray]  # by person


@checked
def messages(
    *,
    people: pd.DataFrame,
    sender: str,
    receiver: str,
    against: Literal["either", "lesser"],
    plain: Share,
    noticed: Share,
    speaks: Share,
    solved: Share,
    wait: Hours,
    busy: Hours,
    pace: Annotated[float, Range(0, 10)],
    curse: bool,
    lead: Share,
    harm: Share,
    staff: Annotated[int, Range(2, 1000)],
) -> pd.DataFrame:
    """How often a message ends right, and after how long, on each route.

    people: `person_id`, among them "pm" and "tpm", `name`, `department`, five skills [0 to 1],
        `desk_x` and `desk_y` [metres], the `side` of the desk where the name is written, in the
        order of hiring.
    sender, receiver: two other people's ids.
    against: what two people share is counted against all that "either" knows, or against all that
        the "lesser" of them knows.
    plain: chance that a hop keeps it intact without a word in common.
    noticed: chance that a broken message is noticed, and sent again from the start.
    speaks: how far whoever is in the middle speaks both languages [0: own skills, 1: just what
        the two ends know].
    solved: share of the problems that the TPM can solve without passing them on.
    wait, busy: mean hours until a message is taken up, and more in the middle.
    pace: more hours for each metre between desks.
    curse: whether an expert explains worse to a novice: where the sender of a hop knows more by
        `lead` or more in one skill [0 to 1], the hop keeps intact less, by the share `harm`.
    staff: how many people are hired, which counts their channels only.

    Returns one row a route: `route`, `name`, `path` (ids), `intact` [chance that all hops of one
    try keep it, 0 to 1], `hours` of one try, `right` [chance that it ends right, 0 to 1], `time`
    [mean hours until it ends, right or not], `price` [hours a message that ends right] and
    `verdict` beside direct. On every row the people (`ids`, `names`, `departments`, `desk_x`,
    `desk_y`, `sides`), `staff` and `channels` between them, and, of the `asked` pairs of an
    engineer and somebody of the business, the `helped`: right more often through the TPM.
    Raises CourseError for a value out of range, an unknown person, or one who is there twice.
    """
    _check_people(people, sender, receiver)
    office = people.set_index("person_id")
    own = dict(zip(office.index, office[SKILLS].to_numpy(float), strict=True))
    intact = partial(_intact, against=against, plain=plain, lead=lead, harm=harm * curse)
    hours = partial(_hours, office, wait=wait, busy=busy, pace=pace)
    knows, paths = _spoken(own, sender, receiver, speaks), _paths(sender, receiver)
    tries = {
        route: _ends(intact(knows, path), hours(path), noticed) for route, path in paths.items()
    }
    # a problem that the TPM solves ends with her, once she who stands in the middle takes it up
    near = (sender, "tpm")
    alone = _ends(intact(knows, near), hours(near, wait=wait + busy), noticed)
    parts = ((solved, alone), (1 - solved, tries["tpm"]))
    # without the parts that never come, since some never end and 0 x infinity is not a number
    tries["spot"] = np.sum([share * part for share, part in parts if share], axis=0)
    frame = pd.DataFrame({"route": list(ROUTES), "name": ROUTES.values(), "path": paths.values()})
    frame[TRY] = np.array([tries[route] for route in ROUTES])
    helped = _helped(own, people, speaks, intact)
    return _described(frame, people, staff).assign(asked=len(helped), helped=sum(helped))


def _check_people(people: pd.DataFrame, sender: str, receiver: str) -> None:
    others = set(people["person_id"]) - {"pm", "tpm"}
    for name, value in (("sender", sender), ("receiver", receiver)):
        if value not in others:
            raise CourseError(f"{name}: {nearest(value, others)}")
    if sender == receiver:
        raise CourseError(f"receiver: {receiver!r} sends it; another person")
    if missing := {"pm", "tpm"} - set(people["person_id"]):
        raise CourseError(f"people: {min(missing)!r} is missing; it stands in the middle")


def _paths(sender: str, receiver: str) -> dict[str, Path]:
    """By route; what is not solved on the spot goes on as through the TPM."""
    pm, tpm = ((sender, middle, receiver) for middle in ("pm", "tpm"))
    return {"direct": (sender, receiver), "pm": pm, "tpm": tpm, "spot": tpm}


def _spoken(own: Skills, sender: str, receiver: str, speaks: float) -> Skills:
    """Skills by person; those in the middle go by `speaks` from their own to both ends'."""
    both = np.maximum(own[sender], own[receiver])
    return own | {name: own[name] + speaks * (both - own[name]) for name in ("pm", "tpm")}


def _helped(
    own: Skills, people: pd.DataFrame, speaks: float, intact: Callable[[Skills, Path], float]
) -> list[bool]:
    """For each engineer and each of the business: is it right more often through the TPM?"""
    team = people["department"]
    gains = []
    for engineer in people.loc[team == "engineering", "person_id"]:
        for other in people.loc[team.isin(BUSINESS), "person_id"]:
            knows, paths = _spoken(own, engineer, other, speaks), _paths(engineer, other)
            gains.append(intact(knows, paths["tpm"]) - intact(knows, paths["direct"]))
    return [gain > ROUNDING for gain in gains]


def common(skills: np.ndarray, others: np.ndarray, against: str) -> float:
    """What two people share [0: nothing, 1: all of it]; 0 if there is nothing to share."""
    either = np.maximum(skills, others).sum()
    whole = either if against == "either" else min(skills.sum(), others.sum())
    return float(np.minimum(skills, others).sum() / whole) if whole else 0.0


def _intact(
    knows: Skills, path: Path, against: str, plain: float, lead: float, harm: float
) -> float:
    """Chance that every hop of one try keeps the message as it was meant."""
    chance = 1.0
    for giver, taker in pairwise(knows[person] for person in path):
        chance *= plain + (1 - plain) * common(giver, taker, against)
        if (giver - taker).max().round(9) >= lead:
            chance *= 1 - harm
    return chance


def _hours(office: pd.DataFrame, path: Path, wait: float, busy: float, pace: float) -> float:
    """Mean hours of one try: a wait at each hop, and more the farther the desks are apart."""
    desks = office.loc[list(path), ["desk_x", "desk_y"]].to_numpy(float)
    far = float(np.hypot(*np.diff(desks, axis=0).T).sum())
    return (len(path) - 1) * wait + (len(path) - 2) * busy + pace * far


def _ends(intact: float, hours: float, noticed: float) -> np.ndarray:
    """Intact, hours of one try, chance to end right, and mean hours until it ends.

    A try is the last one if it went well or if nobody noticed that it did not.
    """
    last = 1 - (1 - intact) * noticed
    if last <= 0:  # every try breaks, and each is noticed: it never ends
        return np.array([intact, hours, 0.0, np.inf])
    return np.array([intact, hours, intact / last, hours / last])


def _described(frame: pd.DataFrame, people: pd.DataFrame, staff: int) -> pd.DataFrame:
    """The rows with price and verdict, and on each of them everybody and their channels."""
    frame["price"] = frame["time"] / frame["right"]
    frame["verdict"] = [_verdict(row, frame.iloc[0]) for _, row in frame.iterrows()]
    columns = {"names": "name", "departments": "department", "sides": "side", "desk_x": "desk_x"}
    for column, source in (columns | {"desk_y": "desk_y", "ids": "person_id"}).items():
        frame[column] = [tuple(people[source])] * len(frame)
    hired = min(int(staff), len(people))
    return frame.assign(staff=hired, channels=hired * (hired - 1) // 2)


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
    beside = "; ".join(
        f"{inside(row)} {row['right']:.0%}, {row['time']:.1f} hours ({row['verdict']})"
        for row in others
    )
    return (
        f"Direct, the message ends right in {direct['right']:.0%} of the cases, after "
        f"{direct['time']:.1f} hours; {beside}. The {direct['staff']} people make "
        f"{direct['channels']} pairs. Of the {direct['asked']} pairs of an engineer and "
        f"somebody in sales, support or leadership, hired or not, {direct['helped']} are right "
        f"more often through the TPM."
    )


def inside(row: Mapping[Any, Any]) -> str:
    """The name of a route inside a sentence."""
    name = str(row["name"])
    return name if name.startswith("TPM") else name[:1].lower() + name[1:]
