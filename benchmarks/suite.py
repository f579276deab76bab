"""How long models, redraws of explorers and long records take, beside their limits.

Milliseconds say something about this machine only; the ratio to a plain numpy task of the same
process travels better.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

import tpmlib as tpm
from tpmlib.kit import content, figures, questions
from tpmlib.kit.record import Record

ROUNDS = 7
# milliseconds, full number of runs
LIMITS = {
    **{"priorities": 30, "allocation": 50, "org_growth": 20},
    **{"drift": 250, "own_week": 50, "staffing_map": 2000, "estimates": 50},
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


# every cell of a lesson, as when it is opened and run
OPEN = """
import json, pathlib
cells = json.loads(pathlib.Path("notebooks/02_responsibilities.ipynb").read_text())["cells"]
for cell in cells:
    if cell["cell_type"] == "code":
        exec("".join(cell["source"]), globals())
"""


def write(home: Path, events: int) -> None:
    """A record of some answers to all questions, in twenty sessions."""
    lessons = [entry["id"] for entry in content.course()["lessons"] if entry["status"] == "ready"]
    items = [(each, name) for name in lessons for each in questions.quiz(name).questions]
    answer = {
        "kind": "quiz",
        "answer": "a",
        "right": None,
        "schema": 2,
        "text_hash": "",
        "time": "",
    }
    for number in range(1, events + 1):
        item, name = items[number % len(items)]
        session = f"{number * 20 // (events + 1):02x}"
        event = answer | {"item": item.id, "lesson": name, "session": session, "sequence": number}
        with (home / f"{session}.jsonl").open("a") as file:
            file.write(json.dumps(event) + "\n")


def open_lesson(home: Path) -> float:
    """Seconds of CPU of a new kernel in which a lesson is run."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = os.environ | {"TPM_RECORD": str(home)}
    subprocess.run([sys.executable, "-c", OPEN], check=True, env=environment, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def records() -> None:
    """What an answer and the opening of a lesson cost with a long record."""
    print("\n| events | reading ms | an answer ms, limit 100 | opens s | x empty, limit 1.5 |")
    print("|---|---|---|---|---|")
    empty = 0.0
    for events in (0, 10_000, 100_000):
        with TemporaryDirectory() as folder:
            write(Path(folder), events)
            opened = min(open_lesson(Path(folder)) for _ in range(3))
            empty = empty or opened
            record = Record(Path(folder))
            start = time.process_time()
            record.answered()
            reading = 1000 * (time.process_time() - start)
            start = time.process_time()
            for number in range(20):
                record.add("quiz", "q", number, lesson="titles")
                record.latest("q", "quiz")
            answer = 50 * (time.process_time() - start)
            print(
                f"| {events} | {reading:.0f} | {answer:.2f} | {opened:.2f} | {opened / empty:.2f} |"
            )


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
    records()


if __name__ == "__main__":
    main()
