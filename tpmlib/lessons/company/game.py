"""The world of the company game: what the models of lessons 04 to 10 say at Tally's settings."""

from functools import lru_cache
from math import log
from typing import Any

import numpy as np

from tpmlib.kit import content, figures
from tpmlib.lessons.allocation.resource_prices import worth
from tpmlib.lessons.company.company_world import BUDGETS, Event, World
from tpmlib.lessons.staffing.drift import STAFFINGS, requests, years

PRESET = "tally"  # of each model
RUNS = 400  # simulated years behind a staffing
NORMAL_FIFTH = 0.8416212335729143  # normal quantile of 0.8
WAYS = {"pm": ("direct", "pm"), "tpm": ("direct", "tpm", "spot")}  # a message may go by
TABLES = (
    *("initiatives", "resource_needs", "architectures", "components", "controls", "people"),
    *("backlog", "events", "coupling"),
)


def world() -> World:
    """The world at Tally's settings, computed once for each state of the tables and settings."""
    names = ("drift", "allocation", "messages", "architecture", "controls", "estimates")
    settings = tuple((name, tuple(content.settings(name, PRESET).items())) for name in names)
    return _world(settings, tuple(content.state(name) for name in TABLES))


def couplings() -> dict[str, float]:
    """The couplings of table `coupling`."""
    table = content.table("coupling")
    return dict(zip(table["coupling_id"], table["value"].astype(float), strict=True))


@lru_cache(maxsize=4)
def _world(settings: tuple[Any, ...], stamp: tuple[object, ...]) -> World:
    """`stamp` names the state of the tables: a changed file is computed anew."""
    values = {name: dict(pairs) for name, pairs in settings}
    plan = figures.frame("allocation", PRESET)
    deck = content.table("events")
    events = [Event(*row) for row in deck[list(Event._fields)].itertuples(index=False)]
    rates = {1.0, *(one.amount for one in events if one.quantity == "requests")}
    teams = {rate: _teams(values["drift"], rate) for rate in rates}
    keys = [(name, rate) for name in STAFFINGS for rate in rates]
    release = figures.frame("estimates", PRESET).iloc[0]
    runs = figures.frame("architecture", PRESET)
    guarded = values["controls"]
    return World(
        initiatives=plan[
            ["initiative_id", "name", "value", "scale", *(f"need_{one}" for one in BUDGETS)]
        ],
        budgets={name: float(values["allocation"][name]) for name in BUDGETS},
        throughput={key: teams[key[1]][key[0]][0] for key in keys},
        gain={key: teams[key[1]][key[0]][1] for key in keys},
        decay=float(values["drift"]["decay"]),
        start=float(values["drift"]["start"]),
        right=_rightness(),
        person=float(values["drift"]["cost"]),
        spread=log(release["p80"] / release["p50"]) / NORMAL_FIFTH,
        architectures={
            row["architecture_id"]: {name: row[name] for name in ("name", "down", "cost", "weeks")}
            for row in runs.to_dict("records")
        },
        controls=content.table("controls"),
        losses={name: float(guarded[name]) for name in ("takeover", "leak", "outage")},
        down_budget=float(runs["budget"].iloc[0]),
        events=tuple(events),
        couplings=couplings(),
    )


def _teams(settings: dict[str, Any], factor: float) -> dict[str, tuple[float, float]]:
    """Mean throughput and alignment won a week of each staffing, at so many times the requests."""
    rate = settings["engineers"] * settings["complexity"] * settings["rate"] * factor
    asked = requests(rate, settings["share"], settings["hours"], RUNS, settings["seed"])
    return {
        name: (float(one["throughput"].mean()), float(one["gain"].mean()))
        for name, one in years(asked, settings).items()
    }


def _rightness() -> dict[str, float]:
    """Chance that a message ends right, by the best way that a staffing has."""
    right = figures.frame("messages", PRESET).set_index("route")["right"]
    return {
        name: float(max(right[way] for who in people for way in WAYS[who]))
        for name, people in STAFFINGS.items()
    }


def whole(world: World) -> list[float]:
    """What each initiative brings when it is whole [thousand dollars a week]."""
    value, scale = world.arrays["value"], world.arrays["scale"]
    return [float(one) for one in worth(value, scale, np.ones(len(value)))]
