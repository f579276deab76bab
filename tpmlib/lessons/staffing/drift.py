"""Five ways to staff a product under the same technical requests, for a year.

The idea: a technical request that lands on a product person takes hours from strategy; one that
nobody serves holds engineers up. What each person is worth follows from who is asked, how long
they take, and how much an hour on strategy gives them. All of it is assumed; see models.yml.
"""

import inspect
from typing import Any

import numpy as np
import pandas as pd

from tpmlib.errors import CourseError, check_ranges, nearest

WEEKS = 52
LEVEL = 0.05  # values as near as this are called level [engineer-equivalents]
WEEK = 40.0  # hours of work, before meetings
STAFFINGS = {
    "pm": ("pm",),
    "tpm": ("tpm",),
    "pm_tpm": ("pm", "tpm"),
    "pm_pm": ("pm", "pm"),
    "tpm_tpm": ("tpm", "tpm"),
}
NAMES = {
    "pm": "PM",
    "tpm": "TPM",
    "pm_tpm": "PM + TPM",
    "pm_pm": "PM + PM",
    "tpm_tpm": "TPM + TPM",
}
LIMITS: dict[str, tuple[float, float]] = {
    "engineers": (1, 200),
    "complexity": (0, 10),
    "rate": (0, 10),
    "hours": (0.1, 20),
    "share": (0, 1),
    "slowness": (1, 10),
    "settled": (0, 1),
    "meetings": (0, 40),
    "sync": (0, 40),
    "protected": (0, 40),
    "harm": (0, 1),
    "decay": (0, 1),
    "gain_pm": (0, 0.1),
    "gain_tpm": (0, 0.1),
    "start": (0, 1),
    "cost": (0, 10),
    "runs": (1, 20_000),
}
Year = dict[str, np.ndarray]  # each of runs x weeks, or of runs


def drift(
    *,
    engineers: float,
    complexity: float,
    gain_tpm: float,
    gain_pm: float,
    settled: float,
    protected: float,
    divide: str,
    rate: float,
    hours: float,
    share: float,
    slowness: float,
    meetings: float,
    sync: float,
    harm: float,
    decay: float,
    start: float,
    cost: float,
    runs: int,
    seed: int,
) -> pd.DataFrame:
    """A year of each staffing, the same requests for all five.

    engineers: people who build [1 to 200].   complexity: of the product [0 to 10, 1 is usual].
    gain_tpm, gain_pm: alignment won per hour on strategy [share of the gap, 0 to 0.1].
    settled: of the requests that no product person sees, the share that engineers settle
        themselves [0 to 1]; the rest lapses.
    protected: hours a week that each person keeps for strategy [0 to 40].
    divide: what two of a kind divide, "engineers" or "work" (one of them takes every request).
    rate: technical requests an engineer a week at complexity 1 [0 to 10].
    hours: mean of a request, exponential [0.1 to 20 hours of a TPM].
    share: of the requests, those that reach a PM [0 to 1].   slowness: a PM's hours for a TPM's.
    meetings, sync: hours a week; sync only where two share the job, each pays it [0 to 40].
    harm: throughput lost when all requests lapse, at complexity 1 [share, 0 to 1].
    decay: alignment lost a week [share].   start: alignment at the start [0 to 1].
    cost: of a person [engineer-equivalents].   runs: years simulated [1 to 20,000].

    Returns one row a staffing: `staffing`, `name`, `people`; hours a week `strategic`,
    `requests`, `served`, `settled`, `lapsed` (the last four in hours of a TPM, so that
    requests = served + settled + lapsed); `throughput`, `alignment` [0 to 1, means of the year],
    `path` (alignment at the start of each of 52 weeks);
    `value`, `value_low`, `value_high` [engineer-equivalents, mean and 5% to 95% of the years],
    `error` (standard error of the mean), `lead` (value less the best other one) and `best` [bool].
    Raises CourseError for a value outside its range.
    """
    check(locals())
    asked = requests(engineers * complexity * rate, share, hours, int(runs), seed)
    found = years(asked, needed(locals()))
    rows = [_row(name, one, cost) for name, one in found.items()]
    frame = pd.DataFrame(rows)
    frame["engineers"], frame["complexity"], frame["runs"] = engineers, complexity, runs
    frame["lead"] = [v - frame["value"].drop(at).max() for at, v in frame["value"].items()]
    frame["best"] = frame["lead"] >= 0
    return frame


def check(values: dict[str, Any]) -> None:
    """CourseError for a setting outside its range."""
    check_ranges(LIMITS, **values)
    if values["divide"] not in ("engineers", "work"):
        raise CourseError(f"divide: {nearest(values['divide'], ('engineers', 'work'))}")


def needed(settings: dict[str, Any]) -> dict[str, Any]:
    """Those of the settings that `years` takes."""
    taken = ("decay", "start", *inspect.getfullargspec(week_by_week).kwonlyargs)
    return {name: settings[name] for name in taken}


def requests(
    rate: float | np.ndarray, share: float, hours: float, runs: int, seed: int
) -> np.ndarray:
    """Hours of requests: two halves of the engineers x (a PM is asked, is not) x runs x weeks.

    rate: requests a week; an array of them adds an axis before the runs.
    """
    generator = np.random.default_rng(seed)
    parts = np.multiply.outer(np.array([share, 1 - share]), np.asarray(rate) / 2)[..., None, None]
    count = generator.poisson(np.broadcast_to(parts, (2, *parts.shape[:-2], runs, WEEKS)))
    # a sum of n exponential times is a gamma of shape n; none of shape 0, which numpy refuses
    return np.where(count, generator.standard_gamma(np.maximum(count, 1)) * hours, 0.0)


def years(asked: np.ndarray, settings: dict[str, Any]) -> dict[str, Year]:
    """Each staffing, week by week, for requests of the shape that `requests` gives."""
    decay, start = settings["decay"], settings["start"]
    rest = {name: value for name, value in settings.items() if name not in ("decay", "start")}
    found = {name: week_by_week(people, asked, **rest) for name, people in STAFFINGS.items()}
    # all five in one walk through the weeks
    paths = aligned(np.stack([one["gain"] for one in found.values()]), decay, start)
    return {
        name: one | {"alignment": path}
        for (name, one), path in zip(found.items(), paths, strict=True)
    }


def week_by_week(
    people: tuple[str, ...],
    asked: np.ndarray,
    *,
    engineers: float | np.ndarray,
    complexity: float,
    gain_tpm: float,
    gain_pm: float,
    settled: float,
    protected: float,
    divide: str,
    slowness: float,
    meetings: float,
    sync: float,
    harm: float,
) -> Year:
    """Hours of one staffing, what becomes of the requests, and the alignment it wins.

    engineers: with an axis of rates in `asked`, one for each rate.
    """
    capacity = max(0.0, WEEK - meetings - (sync if len(people) > 1 else 0))
    total = asked.sum(axis=(0, 1))
    served, strategic, gain = (np.zeros_like(total) for _ in range(3))
    for kind, load in zip(people, _loads(people, asked, divide), strict=True):
        pace = slowness if kind == "pm" else 1.0
        spent = np.minimum(load * pace, max(0.0, capacity - protected))
        served += spent / pace
        strategic += capacity - spent
        gain += (gain_pm if kind == "pm" else gain_tpm) * (capacity - spent)
    unseen = asked[:, 1].sum(axis=0) if "tpm" not in people else np.zeros_like(total)
    lapsed = np.maximum(0.0, total - served - settled * unseen)
    missed = np.divide(lapsed, total, out=np.zeros_like(total), where=total > 0)
    return {
        "strategic": strategic,
        "requests": total,
        "served": served,
        "settled": settled * unseen,
        "lapsed": lapsed,
        "throughput": 1 - min(1.0, harm * complexity) * missed,
        "gain": gain,
        "engineers": np.asarray(engineers, dtype=float)[..., None, None],
    }


def _loads(people: tuple[str, ...], asked: np.ndarray, divide: str) -> list[np.ndarray]:
    """Hours of a TPM that each person is asked for: a PM hears of a part only."""
    seen = [asked[:, :1] if kind == "pm" else asked for kind in people]
    if len(people) == 1:
        return [seen[0].sum(axis=(0, 1))]
    if people[0] != people[1]:
        return [np.zeros(asked.shape[2:]), seen[1].sum(axis=(0, 1))]
    if divide == "work":
        return [np.zeros(asked.shape[2:]), seen[0].sum(axis=(0, 1))]
    return [seen[0][0].sum(axis=0), seen[1][1].sum(axis=0)]


def aligned(gain: np.ndarray, decay: float, start: float) -> np.ndarray:
    """Alignment in each week [0 to 1]: it decays, and hours on strategy close the gap to 1."""
    now, path = np.full(gain.shape[:-1], float(start)), np.empty_like(gain)
    for week in range(gain.shape[-1]):
        path[..., week] = now
        now = np.clip(now * (1 - decay) + gain[..., week] * (1 - now), 0, 1)
    return path


def worth(one: Year) -> np.ndarray:
    """Output of each simulated year [engineer-equivalents], before the cost of the people."""
    mean: np.ndarray = (one["engineers"] * one["alignment"] * one["throughput"]).mean(axis=-1)
    return mean


def _row(staffing: str, one: Year, cost: float) -> dict[str, object]:
    people = len(STAFFINGS[staffing])
    value = worth(one) - cost * people
    means = ("strategic", "requests", "served", "settled", "lapsed", "throughput", "alignment")
    low, high = np.percentile(value, [5, 95])
    return {
        "staffing": staffing,
        "name": NAMES[staffing],
        "people": people,
        **{name: float(one[name].mean()) for name in means},
        "path": tuple(one["alignment"].mean(axis=0).tolist()),
        "value": float(value.mean()),
        "value_low": low,
        "value_high": high,
        "error": float(value.std(ddof=1) / np.sqrt(len(value))) if len(value) > 1 else 0.0,
    }


def view(frame: pd.DataFrame, *, show: str) -> pd.DataFrame:
    """The rows of `frame`, those to look at `shown` [bool]; `lead` and `best` are among these.

    show: "one" or "two" people, or "all".   Raises CourseError for an unknown choice.
    """
    if show not in ("one", "two", "all"):
        raise CourseError(f"show: {nearest(show, ('one', 'two', 'all'))}")
    shown = (frame["people"] == {"one": 1, "two": 2}.get(show, 0)) | (show == "all")
    value = frame["value"].where(shown)
    lead = [v - value.drop(at).max() for at, v in value.items()]
    return frame.assign(shown=shown, lead=lead, best=value == value.max())


def describe(frame: pd.DataFrame) -> str:
    """Which staffing on show is worth most, and why: hours for strategy, requests that lapse."""
    shown, rows = frame[frame["shown"]], frame.set_index("staffing")
    ranked = shown.sort_values("value", ascending=False, kind="stable")
    best, second = ranked.iloc[0], ranked.iloc[1]
    ahead, place = "is worth most", f"{best['value'] - second['value']:.1f} more than"
    if level(best, second):
        ahead, place = "is worth", "level with"
    said = [
        f"{frame['engineers'].iloc[0]:g} engineers, complexity {frame['complexity'].iloc[0]:g}: "
        f"{best['name']} {ahead} {best['value']:.1f} engineer-equivalents, "
        f"{place} {second['name']}."
    ]
    if shown["people"].max() > 1:
        said += [_pairs(rows)]
    if len(shown) > 3:
        more = rows["value"] - rows.loc["pm", "value"]
        said += [f"To a PM a TPM adds {more['pm_tpm']:.1f}, a second PM {more['pm_pm']:.1f};"]
        more = rows["value"] - rows.loc["tpm", "value"]
        said += [f"to a TPM a PM adds {more['pm_tpm']:.1f}, a second TPM {more['tpm_tpm']:.1f}."]
    if shown["people"].min() < 2:
        said += [_alone(rows, name) for name in ("tpm", "pm")]
    return " ".join([*said, f"{frame['runs'].iloc[0]:,.0f} simulated years; assumed figures."])


def _alone(rows: pd.DataFrame, name: str) -> str:
    row = rows.loc[name]
    lapsed = row["lapsed"] / row["requests"] if row["requests"] else 0.0
    return (
        f"A {row['name']} alone has {row['strategic']:.1f} hours a week for strategy, is "
        f"{row['alignment']:.0%} aligned over the year, and {lapsed:.0%} of the questions lapse."
    )


def level(one: pd.Series, other: pd.Series) -> bool:
    """Whether two rows differ by no more than the figures shown or the simulation can tell."""
    error = np.hypot(one["error"], other["error"])
    return bool(abs(one["value"] - other["value"]) < max(LEVEL, 2 * error))


def _pairs(rows: pd.DataFrame) -> str:
    """Both roles against the better of two alike: the claim, judged at equal headcount."""
    alike = max(("pm_pm", "tpm_tpm"), key=lambda name: rows.loc[name, "value"])
    ahead = rows.loc["pm_tpm", "value"] - rows.loc[alike, "value"]
    if level(rows.loc["pm_tpm"], rows.loc[alike]):
        return f"At two people, both roles and {NAMES[alike]} come out level."
    word = "beat" if ahead > 0 else "trail"
    return f"At two people, both roles {word} {NAMES[alike]} by {abs(ahead):.1f}."
