"""Is an answer lost that was said to be kept? Learners answer while something breaks, then die.

    python tests/abuse.py --cases 200 --kind all

A learner is a process that answers through a panel and reports what the panel told. It is killed
at a random moment, and a new session looks for its answers. The break is undone in half the cases.
"""

import argparse
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from front import judge

from tpmlib.kit.panels.header import Lesson
from tpmlib.kit.panels.judge import Judge
from tpmlib.kit.record import Record, record
from tpmlib.kit.words import say

ITEM = "C03"
Break = tuple[Callable[[Path], object], Callable[[Path], object]]  # and what undoes it
FREE = resource.RLIM_INFINITY


def limit(size: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, FREE))


def fill(home: Path) -> None:
    try:
        (home / "filler").write_bytes(bytes(10**6))
    except OSError:
        pass


def mount(*options: str) -> Callable[[Path], object]:
    return lambda home: subprocess.run(["mount", *options, home], check=True)


def tear(home: Path) -> None:
    with (home / f"{record().session}.jsonl").open("a") as file:
        file.write('{"kind": "predict", "it')


def own_file(home: Path) -> Path:
    return home / f"{record().session}.jsonl"


def nothing(home: Path) -> None:
    pass


BREAKS: dict[str, Break] = {
    "killed": (nothing, nothing),
    "frozen": (lambda home: os.kill(os.getpid(), signal.SIGSTOP), nothing),
    "a file that may not grow": (lambda home: limit(1_000), lambda home: limit(FREE)),
    "a full disk": (fill, lambda home: (home / "filler").unlink()),
    "a read-only home": (mount("-o", "remount,ro"), mount("-o", "remount,rw")),
    "a deleted folder": (shutil.rmtree, nothing),
    "a file in its place": (
        lambda home: shutil.rmtree(home) or home.write_text(""),
        lambda home: home.unlink(),
    ),
    "a torn line": (tear, nothing),
    "a deleted file": (lambda home: own_file(home).unlink(), nothing),
}
DELETING = ("a deleted folder", "a deleted file", "a file in its place")
ON_A_DISK_OF_ITS_OWN = ("a full disk", "a read-only home")


def answer(home: Path, told: int, breaks: Break, begin: int, end: int) -> None:
    """Answer without end; report each answer and whether it was said to be kept."""
    head, panel = Lesson("responsibilities"), Judge(ITEM)
    for number in range(21 * 101):
        for step, act in zip((begin, end), breaks, strict=True):
            if number == step:
                os.write(told, b"break\n") and act(home)
        judge(panel, verdict="holds", reason=str(number))
        kept = "Kept." in panel.form.message
        honest = (
            (say("lesson.kept", place="here") in head.form.message)
            is kept
            is not bool(head.form.buttons)
        )
        os.write(told, f"{number} {kept} {honest}\n".encode())


def case(kind: str, chance: random.Random, home: Path) -> tuple[int, int, int]:
    """Answers said to be kept, how many of them are lost, and how often the head was not honest."""
    begin = chance.choice([0, 1, 5]) if kind not in ("a torn line", "a deleted file") else 3
    end = begin + chance.choice([3, 10**6])
    after = chance.randint(2, 20) + (begin if kind.startswith("a ") else 0)
    ear, mouth = os.pipe()
    if not (learner := os.fork()):
        try:
            os.environ["TPM_RECORD"] = str(home)
            answer(home, mouth, BREAKS[kind], begin, end)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(1)
    os.close(mouth)
    lines: list[list[str]] = []
    with os.fdopen(ear) as reports:
        while len(lines) < after:
            lines.append(reports.readline().split())
            if kind == "frozen" and lines.count(["break"]) == 1 and lines[-1] == ["break"]:
                os.waitpid(learner, os.WUNTRACED)
                if end == 10**6:
                    break
                os.kill(learner, signal.SIGCONT)
        time.sleep(chance.random() / 200)  # so that it dies anywhere
        os.kill(learner, signal.SIGKILL)
        os.waitpid(learner, 0)
        lines += [line.split() for line in reports]
    lines = [line for line in lines if line]
    if kind == "a read-only home":
        BREAKS[kind][1](home)
    reports_of = [line for line in lines if len(line) == 3]
    kept = {int(number) for number, is_kept, _ in reports_of if is_kept == "True"}
    kept = set(range(max(kept, default=-1) + 1))  # what was in memory is written with the next one
    # nobody can bring back what was deleted if no answer was written since
    if kind in DELETING and lines[-1][1:2] != ["True"]:
        kept = set()
    parts = [event["answer"] for event in Record(home).history(ITEM)]
    found = {int(part["reason"]) for part in parts if "reason" in part}
    return len(kept), len(kept - found), sum(line[2] == "False" for line in reports_of)


def run(kind: str, seed: int) -> tuple[int, int, int]:
    with TemporaryDirectory() as folder:
        home = Path(folder, "home")
        if kind not in ON_A_DISK_OF_ITS_OWN:
            return case(kind, random.Random(seed), home)
        home.mkdir()
        mount("-t", "tmpfs", "-o", "size=64k", "tmpfs")(home)
        try:
            return case(kind, random.Random(seed), home)
        finally:
            subprocess.run(["umount", home], check=True)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=200)
    parser.add_argument("--kind", choices=["all", "no mounts", *BREAKS], default="all")
    arguments = parser.parse_args()
    kinds = [arguments.kind] if arguments.kind in BREAKS else [*BREAKS]
    if arguments.kind == "no mounts":
        kinds = [kind for kind in kinds if kind not in ON_A_DISK_OF_ITS_OWN]
    with TemporaryDirectory() as os.environ["TPM_RECORD"]:
        Lesson("responsibilities"), Judge(ITEM)  # once, so that no learner has to read the course
    totals = dict.fromkeys(kinds, (0, 0, 0, 0))
    for seed in range(arguments.cases):
        kind = kinds[seed % len(kinds)]
        counted = (1, *run(kind, seed))
        totals[kind] = tuple(map(sum, zip(totals[kind], counted, strict=True)))
    print("| what breaks | cases | answers said to be kept | lost | said wrongly |")
    print("|---|---|---|---|---|")
    for kind, counts in totals.items():
        print(f"| {kind} | {' | '.join(map(str, counts))} |")
    return int(any(lost or wrong for _, _, lost, wrong in totals.values()))


if __name__ == "__main__":
    sys.exit(main())
