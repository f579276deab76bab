"""Five ways to staff a product under the same technical requests, for a year.

The idea: a technical request that lands on a product person takes hours from strategy; one that
nobody serves holds engineers up. All of it is assumed; see models.yml.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Annotated, Any, Literal, Unpack

import numpy as np
import pandas as pd

from tpmlib.kit.ranges import Range, checked
from tpmlib.lessons.staffing.settings import Settings

WEEKS = 52
MEANS = ("strategic", "requests", "served", "settled", "lapsed", "throughput", "alignment")
KEY = "staffing"
MOVES = ("value", "place")
LEVEL = 0.5  # values as near as this are level: nobody should act on less [engineers]
WEEK = 40.0  # hours of work, before meetings
# the people of a staffing, as its id lists them
STAFFINGS = {name: tuple(name.split("_")) for name in ("pm", "tpm", "pm_tpm", "pm_pm", "tpm_tpm")}
NAMES = {staffing: " + ".join(people).upper() for staffing, people in STAFFINGS.items()}
# what a single person of today can be alone or by a hire, and who is hired
NEAR = {
    "pm": {"pm": "", "pm_tpm": "TPM", "pm_pm": "PM"},
    "tpm": {"tpm": "", "pm_tpm": "PM", "tpm_tpm": "TPM"},
}


def read_as(pms: float, tpms: float) -> str:
    """The staffing that stands for people of today: of three or more, two; none for nobody."""
    pms = min(pms, 2 - (tpms > 0))
    return "_".join(["pm"] * int(pms) + ["tpm"] * int(min(tpms, 2 - pms)))


Shown = Literal["one", "two", "all"]
Few = Annotated[int, Range(0, 9)]
Year = dict[str, np.ndarray]  # each of runs x weeks, or of runs


@checked
def drift(**settings: Unpack[Settings]) -> pd.DataFrame:
    """A year of each staffing, the same requests for all five.

    settings: the arguments below, each within the range that `Settings` gives it.
    engineers: people who build.   complexity: of the product, where 1 is usual.
    gain_pm: alignment an hour on strategy wins a PM [share of the gap].   gain_tpm: a TPM [times].
    settled: of requests that no product person sees, the share engineers settle; the rest lapses.
    protected: hours a week that each person keeps for strategy.   runs: years simulated.
    divide: what two of a kind divide, "engineers" or "work" (one of them takes every request).
    rate: technical requests an engineer a week at complexity 1.   cost: of a person [engineers].
    hours: mean of a request, exponential [hours of a TPM].
    share: of the requests, those that reach a PM.   slowness: a PM's hours for a TPM's.
    meetings, sync: hours a week; sync only where two share the job, each pays it.
    harm: throughput lost when all requests lapse, at complexity 1 [share].
    decay: alignment lost a week [share].   start: alignment at the start [0 to 1].

    Returns one row a staffing: `staffing`, `name`, `people`; hours a week `strategic`,
    `requests`, `served`, `settled`, `lapsed` (the last four in hours of a TPM, so that
    requests = served + settled + lapsed); `throughput`, `alignment` [0 to 1, means of the year];
    `value`, `value_low`, `value_high` [engineer-equivalents, mean and 5% to 95% of the years],
    `error` (standard error of the mean), `lead` (value less the best other one) and `best` [bool];
    `turn`: the share settled at which PM + PM equals PM + TPM, `enough`: at which a PM alone is
    level with it; both to 5%, and outside 0 to 1 never.
    Raises CourseError for a value outside its range.
    """
    asked = requests_of(settings)
    played = years(asked, settings)
    frame = pd.DataFrame([_row(*each, settings["cost"]) for each in played.items()])
    both, near = worth(played["pm_tpm"]).mean(), LEVEL + settings["cost"]
    frame["turn"] = _turn(asked, settings, "pm_pm", both)
    frame["enough"] = _turn(asked, settings, "pm", both - near)
    frame = frame.assign(**{name: settings[name] for name in ("engineers", "complexity", "runs")})
    return _compared(frame, frame["value"])


def _turn(asked: np.ndarray, settings: Mapping[str, Any], name: str, value: float) -> float:
    # worth is a straight line in that share, and PM + TPM hangs on it in nothing
    ends = ({**settings, "settled": share} for share in (0.0, 1.0))
    none, every = (worth(years(asked, end, (name,))[name]).mean() for end in ends)
    return float(round(20 * (value - none) / (every - none)) / 20) if every > none else 1.0


def _compared(frame: pd.DataFrame, value: pd.Series) -> pd.DataFrame:
    """The rows with their `lead` over the best other one, and whether they are the `best`."""
    leads = [own - np.fmax.reduce(np.delete(value.to_numpy(), n)) for n, own in enumerate(value)]
    return frame.assign(lead=leads, best=value == value.max())


@checked
def values(**settings: Unpack[Settings]) -> np.ndarray:
    """What each staffing is worth, as `drift` has it in `value`."""
    cost, played = settings["cost"], years(requests_of(settings), settings).items()
    return np.array([(worth(year) - cost * len(STAFFINGS[name])).mean() for name, year in played])


def requests_of(settings: Mapping[str, Any]) -> np.ndarray:
    """The requests of a team's year, as `requests` gives them."""
    rate = settings["engineers"] * settings["complexity"] * settings["rate"]
    return requests(rate, *(settings[name] for name in ("share", "hours", "runs", "seed")))


@lru_cache(maxsize=2)  # few settings change what is asked
def requests(
    rate: float | tuple[float, ...], share: float, hours: float, runs: int, seed: int
) -> np.ndarray:
    """Hours of requests: two halves of the engineers x (a PM is asked, is not) x runs x weeks.

    rate: requests a week; a tuple of them adds an axis before the runs.
    """
    generator = np.random.default_rng(seed)
    parts = np.multiply.outer(np.array([share, 1 - share]), np.asarray(rate) / 2)[..., None, None]
    count = generator.poisson(np.broadcast_to(parts, (2, *parts.shape[:-2], int(runs), WEEKS)))
    # a sum of n exponential times is a gamma of shape n; none of shape 0, which numpy refuses
    return np.where(count, generator.standard_gamma(np.maximum(count, 1)) * hours, 0.0)


def years(
    asked: np.ndarray, settings: Mapping[str, Any], names: Iterable[str] = STAFFINGS
) -> dict[str, Year]:
    """Each staffing, week by week, for requests of the shape that `requests` gives.

    settings: those of `Settings`; `engineers` may be an array, if `asked` has an axis of rates.
    names: the staffings; all five if left out.
    """
    staffings = {name: _weeks(STAFFINGS[name], asked, settings) for name in names}
    gains = np.stack([year["gain"] for year in staffings.values()])
    paths = aligned(gains, settings["decay"], settings["start"])
    for year, path in zip(staffings.values(), paths, strict=True):
        year["alignment"] = path
    return staffings


def _weeks(people: tuple[str, ...], asked: np.ndarray, settings: Mapping[str, Any]) -> Year:
    """Hours of one staffing, what becomes of the requests, and the alignment it wins."""
    capacity = max(0.0, WEEK - settings["meetings"] - (settings["sync"] if len(people) > 1 else 0))
    for_requests = max(0.0, capacity - settings["protected"])
    total = asked.sum(axis=(0, 1))
    served, strategic, gain = (np.zeros_like(total) for _ in range(3))
    for kind, load in zip(people, _loads(people, asked, settings["divide"]), strict=True):
        pace = settings["slowness"] if kind == "pm" else 1.0
        spent = np.minimum(load * pace, for_requests)
        served += spent / pace
        strategic += capacity - spent
        skill = settings["gain_pm"] * (settings["gain_tpm"] if kind == "tpm" else 1)
        gain += skill * (capacity - spent)
    unseen = asked[:, 1].sum(axis=0) if "tpm" not in people else np.zeros_like(total)
    settled = settings["settled"] * unseen
    lapsed = np.maximum(0.0, total - served - settled)
    missed = np.divide(lapsed, total, out=np.zeros_like(total), where=total > 0)
    return {
        "strategic": strategic,
        "requests": total,
        "served": served,
        "settled": settled,
        "lapsed": lapsed,
        "throughput": 1 - min(1.0, settings["harm"] * settings["complexity"]) * missed,
        "gain": gain,
        "engineers": np.asarray(settings["engineers"], dtype=float)[..., None, None],
    }


def _loads(people: tuple[str, ...], asked: np.ndarray, divide: str) -> list[np.ndarray]:
    """Hours of a TPM that each person is asked for: a PM hears of a part only.

    Two of a kind who divide the engineers take half of them each; else the last takes every one.
    """
    seen = [asked[:, :1] if kind == "pm" else asked for kind in people]
    if len(people) == 2 and people[0] == people[1] and divide == "engineers":
        return [part[half].sum(axis=0) for half, part in enumerate(seen)]
    return [*[np.zeros(asked.shape[2:]) for _ in people[1:]], seen[-1].sum(axis=(0, 1))]


def aligned(gain: np.ndarray, decay: float, start: float) -> np.ndarray:
    """Alignment in each week [0 to 1]: it decays, and hours on strategy close the gap to 1."""
    now, path = np.full(gain.shape[:-1], float(start)), np.empty_like(gain)
    for week in range(gain.shape[-1]):
        path[..., week] = now
        now = np.minimum(np.maximum(now * (1 - decay) + gain[..., week] * (1 - now), 0), 1)
    return path


def worth(year: Year) -> np.ndarray:
    """Output of each simulated year [engineer-equivalents], before the cost of the people."""
    return np.asarray((year["engineers"] * year["alignment"] * year["throughput"]).mean(axis=-1))


def _row(staffing: str, year: Year, cost: float) -> dict[str, object]:
    value = worth(year) - cost * len(STAFFINGS[staffing])
    low, high = np.percentile(value, [5, 95])
    return {
        "staffing": staffing,
        "name": NAMES[staffing],
        "people": len(STAFFINGS[staffing]),
        **{name: float(year[name].mean()) for name in MEANS},
        "value": float(value.mean()),
        "value_low": low,
        "value_high": high,
        "error": float(value.std(ddof=1) / np.sqrt(len(value))) if len(value) > 1 else 0.0,
    }


@checked
def view(frame: pd.DataFrame, *, show: Shown, pms: Few = 0, tpms: Few = 0) -> pd.DataFrame:
    """The rows of `frame`, those to look at `shown` [bool]; `lead` and `best` are among these.

    show: "one" or "two" people, or "all"; of today's people, what one hire or exchange makes.
    Adds `place` (0: worth most), `today` [bool], of `pms` and `tpms`, and `many`: more than two.
    Raises CourseError for an unknown choice.
    """
    shown = (frame["people"] == {"one": 1, "two": 2}.get(show, 0)) | (show == "all")
    team = STAFFINGS.get(name := read_as(pms, tpms), ())
    near = [s for s, p in STAFFINGS.items() if not team or len(p) >= len(team) and {*team} & {*p}]
    value = frame["value"].where(shown := shown & frame["staffing"].isin(near))
    places = value.rank(ascending=False, method="first", na_option="bottom") - 1
    today = frame["staffing"] == name
    many = pms + tpms > 2
    return _compared(frame.assign(shown=shown, place=places, today=today, many=many), value)


def ranked(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows on show, the one that is worth most first."""
    return frame[frame["shown"]].sort_values("value", ascending=False, kind="stable")


def level(row: pd.Series, other: pd.Series) -> bool:
    """Whether two rows differ by no more than the figures shown or the simulation can tell."""
    error = np.hypot(row["error"], other["error"])
    return bool(abs(row["value"] - other["value"]) < max(LEVEL, 2 * error))


def describe(frame: pd.DataFrame) -> str:
    """How many engineers do the right work with the two best on show."""
    row, best = frame.iloc[0], ranked(frame).head(2)
    worth_of = " and ".join(f"{row['name']} {row['value']:.1f}" for _, row in best.iterrows())
    team = (
        f"Of {row['engineers']:g} engineers at complexity {row['complexity']:g} do the right work"
    )
    return (
        f"{team} (pay taken off): {worth_of}. {row['runs']:,.0f} simulated years; assumed figures."
    )
