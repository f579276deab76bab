"""The `tpm` command: check the course, run its lessons, add to it."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from tpmlib.errors import CourseError

HELP = {
    "check": "list every problem of the course; example: tpm check",
    "run": "run lessons and save what they show; example: tpm run 02",
    "new": "add a lesson or a responsibility; example: tpm new 12 'Your own lesson'",
}
NEW = """\
examples:
  tpm new 12 "Your own lesson"
  tpm new responsibility "Review threat models" --cluster "Security and compliance" --claims C22
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit code: 1 for a problem, each on a line of its own."""
    chosen = _parser().parse_args(arguments)
    try:
        return {"check": _check, "run": _run, "new": _new}[chosen.command](chosen)
    except CourseError as error:
        print(error, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tpm", description="The course's own tool.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    shape = argparse.RawDescriptionHelpFormatter
    check = commands.add_parser("check", help=HELP["check"])
    check.add_argument("path", nargs="?", type=Path, help="the course's folder, if not this one")
    check.add_argument("--json", action="store_true", help="problems as JSON, for other programs")
    run = commands.add_parser("run", help=HELP["run"])
    run.add_argument("lesson", nargs="*", help="such as 02; without any, every ready lesson")
    new = commands.add_parser("new", help=HELP["new"], epilog=NEW, formatter_class=shape)
    new.add_argument("what", help="a lesson's number, or the word responsibility")
    new.add_argument("name", help="the lesson's title, or the responsibility's name")
    new.add_argument("--cluster", help="the area of work of a responsibility")
    new.add_argument("--claims", nargs="+", default=[], help="the claims it bears on, such as C22")
    new.add_argument("--does", help="what the duty is, in one sentence")
    return parser


def _check(chosen: argparse.Namespace) -> int:
    from tpmlib.authoring.check import check

    problems = check(chosen.path)
    if chosen.json:
        print(json.dumps([_parts(problem) for problem in problems], indent=1))
    else:
        print("\n".join(problems) or "No problems")
    return 1 if problems else 0


def _parts(problem: str) -> dict[str, str]:
    where, _, text = problem.partition(": ")
    path, _, place = where.partition(":")
    return {"path": path, "place": place, "problem": text}


def _run(chosen: argparse.Namespace) -> int:
    from tpmlib.authoring.run import run

    for path, changed, seconds in run(chosen.lesson):
        print(f"{path.name}: {'changed' if changed else 'the same'}, {seconds:.1f} s", flush=True)
    return 0


def _new(chosen: argparse.Namespace) -> int:
    from tpmlib.authoring.new import new_lesson, new_responsibility

    if chosen.what != "responsibility":
        written = new_lesson(chosen.what, chosen.name)
        print("\n".join(f"{path}: written, fill it in" for path in written))
        print("data/course.yml: set summary, outcomes and claims, then status: ready")
        print(f"Then: tpm run {chosen.what}, tpm check")
        return 0
    if not chosen.cluster:
        raise CourseError("--cluster: missing; the area of work, such as 'Engineering depth'")
    does = {"does": chosen.does} if chosen.does else {}
    key = new_responsibility(chosen.name, chosen.cluster, chosen.claims, **does)
    print(f"data/responsibilities.csv: {key} added as local; edit its last field, what it is")
    return 0
