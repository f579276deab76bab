"""How long the models and a redraw of their explorers take, beside the limits of their lessons.

Milliseconds say something about this machine only; the ratio to a plain numpy task of the same
process travels better.
"""

import statistics
import time
from collections.abc import Callable

import numpy as np

import tpmlib as tpm
from tpmlib.kit import content, figures

ROUNDS = 7
# milliseconds, full number of runs
LIMITS = {
    **{"priorities": 30, "allocation": 50, "org_growth": 20},
    **{"drift": 250, "staffing_map": 2000, "estimates": 50},
}


def median(task: Callable[[], object]) -> float:
    """Median time of a task in milliseconds, after one call to warm up."""
    task()
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        task()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def plain() -> np.ndarray:
    """The yardstick: a million gamma draws."""
    return np.random.default_rng(1).standard_gamma(2.0, 1_000_000)


def model(name: str, moving: bool) -> float | None:
    """Milliseconds of a model under its default preset; None for less when it has no less."""
    entry = content.models()[name]
    if moving and "moving" not in entry:
        return None
    values = content.settings(name) | (entry["moving"] if moving else {})
    tables = {table: content.table(table) for table in entry["tables"]}
    return median(lambda: getattr(tpm.models, name)(**tables, **values))


def picture(name: str) -> float | None:
    """Milliseconds to draw a frame anew in an explorer; None without a chart."""
    try:
        explorer = tpm.explore(name)
    except tpm.CourseError:
        return None
    return median(lambda: explorer.picture.canvas.png(explorer.frame))


def main() -> None:
    yard = median(plain)
    print(f"Yardstick: a million gamma draws, {yard:.0f} ms\n")
    print("| model | ms | x yardstick | limit ms | while moving ms | picture ms |")
    print("|---|---|---|---|---|---|")
    for name in content.models():
        figures.frame(name)
        full = model(name, moving=False) or 0.0
        cells = [f"{full:.1f}", f"{full / yard:.2f}", f"{LIMITS.get(name, '')}"]
        cells += [f"{one:.1f}" if one else "" for one in (model(name, True), picture(name))]
        print(f"| {name} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
