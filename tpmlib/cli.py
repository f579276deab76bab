"""The `tpm` command: check the course, run its lessons, add to it."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from tpmlib.errors import CourseError

HELP = {
    "check": "list every problem of the course; example: tpm check",
    "run": "run lessons and save what they show; example: tpm run staffing",
    "new": "add a lesson or a responsibility; example: tpm new 12 'Your own lesson'",
    "report": "count what a class answered; example: tpm report downloads",
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
        commands = {"check": _check, "run": _run, "new": _new, "report": _report}
        return commands[chosen.command](chosen)
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
    run.add_argument(
        "lesson", nargs="*", help="such as staffing, 07 or facilitate; none for all that are ready"
    )
    run.add_argument(
        "--jobs", type=int, default=0, help="how many at a time; one a core if left out"
    )
    new = commands.add_parser("new", help=HELP["new"], epilog=NEW, formatter_class=shape)
    new.add_argument("what", help="a lesson's number, or the word responsibility")
    new.add_argument("name", help="the lesson's title, or the responsibility's name")
    new.add_argument("--cluster", help="the area of work of a responsibility")
    new.add_argument("--claims", nargs="+", default=[], help="the claims it bears on, such as C22")
    new.add_argument("--does", help="what the duty is, in one sentence")
    report = commands.add_parser("report", help=HELP["report"])
    report.add_argument("folder", type=Path, help="holds the learners' downloads (*.jsonl)")
    report.add_argument("--out", type=Path, default=Path("report"), help="where to write; report")
    report.add_argument("--lesson", default="", help="only this lesson, such as staffing")
    return parser


def _check(chosen: argparse.Namespace) -> int:
    from tpmlib.authoring.check import review

    problems, unwritten = review(chosen.path)
    if chosen.json:
        parts = [_parts(line, "problem") for line in problems]
        parts += [_parts(line, "to write") for line in unwritten]
        print(json.dumps(parts, indent=1))
    else:
        print("\n".join(unwritten + problems) or "No problems")
        if unwritten:
            print(f"{len(unwritten)} to write; {_many(len(problems))}")
    return 1 if problems else 0


def _many(problems: int) -> str:
    return "1 problem" if problems == 1 else f"{problems or 'no'} problems"


def _parts(line: str, kind: str) -> dict[str, str]:
    """kind: problem or to write."""
    where, _, text = line.partition(": ")
    path, _, place = where.partition(":")
    return {"kind": kind, "path": path, "place": place, "text": text}


def _run(chosen: argparse.Namespace) -> int:
    from tpmlib.authoring.run import run

    wrong = 0
    for number, one in enumerate(run(chosen.lesson, jobs=chosen.jobs), 1):
        state = one.error or ("changed" if one.changed else "the same")
        print(f"{number} {one.path.name}: {state}, {one.seconds:.1f} s", flush=True)
        for line in one.changes:
            print(f"    {line}", flush=True)
        wrong += bool(one.error)
    return 1 if wrong else 0


def _new(chosen: argparse.Namespace) -> int:
    from tpmlib.authoring.new import new_lesson, new_responsibility
    from tpmlib.authoring.run import run

    if chosen.what != "responsibility":
        written = new_lesson(chosen.what, chosen.name)
        print("\n".join(f"{path}: written" for path in written))
        wrong = [one.error for one in run([chosen.what.zfill(2)]) if one.error]
        print(wrong[0] if wrong else f"{written[0]}: run, and its outputs saved")
        print("tpm check lists each place to write; then set status: ready in data/course.yml")
        return 1 if wrong else 0
    if not chosen.cluster:
        raise CourseError("--cluster: missing; the area of work, such as 'Engineering depth'")
    does = {"does": chosen.does} if chosen.does else {}
    key = new_responsibility(chosen.name, chosen.cluster, chosen.claims, **does)
    print(f"data/responsibilities.csv: {key} added as local; edit its last field, what it is")
    return 0


def _report(chosen: argparse.Namespace) -> int:
    from tpmlib.authoring.report.page import class_report

    found = class_report(chosen.folder, chosen.lesson)
    for file, remark in found.frames["files"].itertuples(index=False):
        print(f"{file}: {remark}")
    print(f"{found.learners} learners")
    print(
        "\n".join(f"{(chosen.out / name).as_posix()}: written" for name in found.write(chosen.out))
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
