"""The settings that `drift`, `staffing_map` and `staffing_sensitivity` share, and their ranges."""

from typing import Annotated, Literal, TypedDict

from tpmlib.kit.ranges import Range, Seed, Share

Hours = Annotated[float, Range(0, 40)]


class Terms(TypedDict):
    """What holds for every team; `drift` says what each of them means."""

    gain_tpm: Annotated[float, Range(0, 5)]
    gain_pm: Annotated[float, Range(0, 0.1)]
    settled: Share
    protected: Hours
    divide: Literal["engineers", "work"]
    rate: Annotated[float, Range(0, 10)]
    hours: Annotated[float, Range(0.1, 20)]
    share: Share
    slowness: Annotated[float, Range(1, 10)]
    meetings: Hours
    sync: Hours
    harm: Share
    decay: Share
    start: Share
    cost: Annotated[float, Range(0, 10)]
    runs: Annotated[int, Range(1, 20_000)]
    seed: Seed


class Settings(Terms):
    """A team, and what holds for it."""

    engineers: Annotated[float, Range(1, 200)]
    complexity: Annotated[float, Range(0, 10)]
