"""Hours locked for the plan: an average week, drawn, and the year of `drift`."""

from typing import Unpack

import numpy as np
import pandas as pd

from tpmlib.kit.ranges import checked
from tpmlib.lessons.staffing.drift import WEEK, WEEKS, requests_of, years
from tpmlib.lessons.staffing.settings import Settings

KEY = "id"
MOVES = ("ran", "until", "worth")
WAYS = {"yours": "you", "none": "nothing locked", "every": "every hour locked"}


@checked
def own_week(**settings: Unpack[Settings]) -> pd.DataFrame:
    """A lone TPM who locks hours away, beside one who locks none and one who locks them all.

    settings: the arguments of `drift`; `protected` are the hours locked.

    Returns one row for each way ("yours", "none", "every") and week of the year: `id`, `way`,
    `week` [1 to 52], `worth` (of that week, less the person's cost [engineers]), `value` (its mean
    over the year), and of the average week `locked`, `meetings`, `spent` on answers, `plan`
    [hours], `questions` that come and `answered`; `engineers`.
    Raises CourseError for a value outside its range.
    """
    asked = requests_of(settings)
    free = max(0.0, WEEK - settings["meetings"])
    hours = {"yours": min(free, settings["protected"]), "none": 0.0, "every": free}
    parts = [_way(way, locked, asked, settings) for way, locked in hours.items()]
    return pd.concat(parts, ignore_index=True)


def _way(way: str, locked: float, asked: np.ndarray, settings: Settings) -> pd.DataFrame:
    year = years(asked, {**settings, "protected": locked}, ("tpm",))["tpm"]
    output = settings["engineers"] * (year["alignment"] * year["throughput"]).mean(axis=0)
    worth = output - settings["cost"]
    frame = pd.DataFrame({"week": np.arange(1, WEEKS + 1), "worth": worth})
    frame["id"], frame["way"] = [f"{way}-{week}" for week in frame["week"]], way
    questions = int(np.ceil(settings["engineers"] * settings["complexity"] * settings["rate"]))
    free = max(0.0, WEEK - settings["meetings"])
    spent = min(questions * settings["hours"], free - locked)
    return frame.assign(
        value=worth.mean(),
        locked=locked,
        meetings=settings["meetings"],
        spent=spent,
        plan=free - spent,
        questions=questions,
        answered=int(spent / settings["hours"] + 1e-9),
        **{name: settings[name] for name in ("engineers", "complexity", "runs")},
    )


@checked
def view(frame: pd.DataFrame, *, week: bool, year: bool) -> pd.DataFrame:
    """The rows, and `ran` [hours], `until` [weeks]: all drawn once `week` and `year` are over."""
    return frame.assign(ran=WEEK * week, until=float(WEEKS if year else 0))


def summary(frame: pd.DataFrame) -> pd.DataFrame:
    """One row for each way, by its name."""
    return frame.drop_duplicates("way").set_index("way")


def describe(frame: pd.DataFrame) -> str:
    """The average week, and what the years are worth as far as they are on show."""
    you = (ways := summary(frame)).loc["yours"]
    told = f"Hours locked: {you['locked']:g}."
    if you["ran"]:
        told += f" Answered: {you['answered']}. Hours for the plan: {you['plan']:g}."
    if you["until"]:
        each = ", ".join(f"{WAYS[way]} {row['value']:.1f}" for way, row in ways.iterrows())
        told += f" Engineers who do the right work over the year: {each}."
    return f"{told} All figures are assumed, the meetings after F15."
