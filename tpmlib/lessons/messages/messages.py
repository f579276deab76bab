"""A message goes direct, through the PM or through the TPM: how many of a hundred arrive whole?

A hop keeps a message whole more often the more words its two ends share (assumed), and a way of two
hops needs both. So one in the middle helps only by sharing more with both ends than they share with
each other. Who does hangs on which words are counted as in the way: `counts`.
"""

from collections.abc import Mapping
from functools import partial
from itertools import pairwise
from typing import Annotated, Any, Literal

import numpy as np
import pandas as pd

from tpmlib.errors import CourseError, nearest
from tpmlib.kit.ranges import Range, Share, checked
from tpmlib.kit.words import say

KEY = "id"
MOVES = ("x", "y", "first", "count")
SKILLS = ["software", "operation", "payments", "customers", "money"]
ROUTES = {"direct": "Direct", "pm": "Through the PM", "tpm": "Through the TPM"}
SENT = 100  # messages each way
# where envelopes lie, from left [inches]: at a person's, or torn between two of them
SENDER, MIDDLE, RECEIVER = 0.85, 3.45, 6.05
Counts = Literal["all", "speaker", "less"]


@checked
def messages(
    *,
    people: pd.DataFrame,
    sender: str,
    receiver: str,
    counts: Counts,
    plain: Share,
    noticed: Annotated[float, Range(0, 0.99)],
    solved: Annotated[float, Range(0, 100)],
) -> pd.DataFrame:
    """How often a message arrives whole, on each of three ways.

    people: `person_id`, among them "pm" and "tpm", `department`, five skills [0 to 1].
    sender, receiver: two other people's ids.
    counts: the words in the way: "all" that one of two alone knows, those of the "speaker", or
        those of the one who knows "less", as if whoever knows more adapted.
    plain: chance that a hop keeps a message without a word in common.
    noticed: chance that a torn message is noticed, and sent again from the start.
    solved: problems that PM or TPM can settle without passing them on [of a hundred].

    Returns one row a way: `route`, `name`, `keeps` [chance of each hop], `passed` [chance of the
    second; 1 if there is none]; of a hundred messages, each sent once,
    `came` through the first hop, were `settled` there, and `arrived` or were settled; `right`
    [chance to end well if what is noticed goes again]. On all `counts`, `plain` and `solved`.
    Raises CourseError for a value out of range, an unknown person, or one who is there twice.
    """
    _check_people(people, sender, receiver)
    office = people.set_index("person_id")
    knows = dict(zip(office.index, office[SKILLS].to_numpy(float), strict=True))
    keep = partial(kept, counts=counts, plain=plain)
    rows = []
    for route in ROUTES:
        way = [sender, *([] if route == "direct" else [route]), receiver]
        hops = list(pairwise(knows[person] for person in way))
        keeps = tuple(keep(*hop) for hop in hops)
        middle = solved / 100 * (len(hops) - 1)  # nobody settles anything on the direct way
        whole = float(np.prod(keeps))
        # once noticed it goes again, so a try is the last if it went well or nobody noticed
        ends = [chance / (1 - (1 - chance) * noticed) for chance in (keeps[0], whole)]
        rows.append(
            {"route": route, "name": ROUTES[route], "keeps": keeps}
            | {"passed": float(np.prod(keeps[1:])), "came": SENT * keeps[0]}
            | {"settled": SENT * middle * keeps[0]}
            | {"arrived": SENT * (middle * keeps[0] + (1 - middle) * whole)}
            | {"right": middle * ends[0] + (1 - middle) * ends[1]}
        )
    return pd.DataFrame(rows).assign(counts=counts, plain=plain, solved=solved)


def words(speaker: np.ndarray, listener: np.ndarray, counts: Counts) -> tuple[float, float]:
    """What both know, and what one alone knows as far as it counts [sums of skills]."""
    both = float(np.minimum(speaker, listener).sum())
    his, hers = (float(each.sum()) - both for each in (speaker, listener))
    return both, {"all": his + hers, "speaker": his, "less": min(his, hers)}[counts]


def kept(speaker: np.ndarray, listener: np.ndarray, counts: Counts, plain: float) -> float:
    """Chance that a hop between two people keeps a message; `plain` if neither knows a word."""
    both, alone = words(speaker, listener, counts)
    return plain + (1 - plain) * (both / (both + alone) if both else 0.0)


def _check_people(people: pd.DataFrame, sender: str, receiver: str) -> None:
    others = set(people["person_id"]) - {"pm", "tpm"}
    for name, value in (("sender", sender), ("receiver", receiver)):
        if value not in others:
            raise CourseError(f"{name}: {nearest(value, others)}")
    if sender == receiver:
        raise CourseError(f"receiver: {receiver!r} sends it; another person")
    if missing := {"pm", "tpm"} - set(people["person_id"]):
        raise CourseError(f"people: {min(missing)!r} is missing; it stands in the middle")


@checked
def view(frame: pd.DataFrame, *, hop: Annotated[int, Range(0, 2)]) -> pd.DataFrame:
    """A hundred envelopes each way, in four heaps, after so many hops.

    Returns a row for each way and heap, beside the way's columns: `id`, `heap` ("arrive",
    "settled", "second", "first": the last two are torn at that hop), `count`, `x` [inches], `y`
    [ways from the top], `first` (how many lie before it in its place), `torn` (and seen to be).
    """
    rows = [heap for row in frame.to_dict("records") for heap in _heaps(row, int(hop))]
    return pd.DataFrame(rows).assign(hop=hop)


def heaps(row: Mapping[Any, Any]) -> dict[str, int]:
    """How many of a hundred arrive, are settled on the way, or tear at the second or first hop."""
    came, well, settled = (round(row[name]) for name in ("came", "arrived", "settled"))
    torn = {"second": came - well, "first": SENT - came}
    return {"arrive": well - settled, "settled": settled} | torn


def _heaps(row: Mapping[Any, Any], hop: int) -> list[dict[str, Any]]:
    direct = row["route"] == "direct"  # one hop, so what tears lies half-way
    places = {
        "arrive": (SENDER, RECEIVER if direct else MIDDLE, RECEIVER),
        "settled": (SENDER, MIDDLE, MIDDLE),
        "second": (SENDER, MIDDLE, (MIDDLE + RECEIVER) / 2),
        "first": (SENDER, *[MIDDLE if direct else (SENDER + MIDDLE) / 2] * 2),
    }
    lie: dict[float, int] = {}  # so many at each place already
    made = []
    for heap, count in heaps(row).items():
        x = places[heap][hop]
        torn = hop > 0 if heap == "first" else heap == "second" and hop == 2
        each = {"id": f"{row['route']}-{heap}", "heap": heap, "torn": torn, "x": x}
        place = {"y": float(list(ROUTES).index(row["route"])), "first": float(lie.get(x, 0))}
        made.append({**row, **each, **place, "count": float(count)})
        lie[x] = lie.get(x, 0) + count
    return made


def ways(frame: pd.DataFrame) -> pd.DataFrame:
    """Each way of what `view` gives, by its route: of a hundred `well`."""
    rows = frame.drop_duplicates("route").set_index("route")
    return rows.assign(well=rows["arrived"].round().astype(int))


def describe(frame: pd.DataFrame) -> str:
    """What has come of a hundred messages each way, as far as they have gone."""
    rows, hop = ways(frame), frame["hop"].iloc[0]
    if hop == 0:
        first, pm, tpm = rows["keeps"].str[0], rows["keeps"]["pm"], rows["keeps"]["tpm"]
        return say("messages.start", **first, pm_then=pm[1], tpm_then=tpm[1])
    came = rows["came"].round().astype(int)
    if hop == 1:
        return say("messages.hop", **came)
    torn = {way: heaps(row) for way, row in rows.to_dict("index").items()}
    then = {f"{way}_then": torn[way]["second"] for way in ("pm", "tpm")}
    return say("messages.torn", **{way: torn[way]["first"] for way in torn}, **then)
