"""The `tpm` command: check the course, run its lessons, add to it."""

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from tpmlib.authoring import new
from tpmlib.errors import CourseError, printable
from tpmlib.kit.content.files import is_installed, local, refuse_installed, root, shown

HELP = {
    "check": "list every problem of the course; example: tpm check",
    "run": "run lessons and save what they show; example: tpm run staffing",
    "new": "add a lesson or a responsibility; example: tpm new lesson 'Your own lesson'",
    "report": "count what a class answered; example: tpm report downloads",
    "example-class": "write the records of a synthetic class; example: tpm example-class downloads",
    "workshop": "plan, print or serve local/workshop.yml; example: tpm workshop --plan",
}
NEW = """\
examples:
  tpm new lesson "Your own lesson"
  tpm new copy 07
  tpm new responsibility "Review threat models" --cluster "Security and compliance" --claims C22
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit code: 1 for a problem, each on a line of its own."""
    chosen = _parser().parse_args(arguments)
    try:
        commands = {"check": _check, "run": _run, "new": _new, "report": _report}
        commands |= {"example-class": _example_class, "workshop": _workshop}
        return commands[chosen.command](chosen)
    except CourseError as error:
        _print(str(error), sys.stderr)
        return 1


def _print(text: str, stream: TextIO | None = None) -> None:
    print("\n".join(map(printable, text.split("\n"))), file=stream, flush=True)


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
    run.add_argument("--jobs", type=int, default=0, help="how many at a time; else one a core")
    commands.add_parser(
        "new", help=HELP["new"], epilog=NEW, formatter_class=shape, parents=[new.parser()]
    )
    report = commands.add_parser("report", help=HELP["report"])
    report.add_argument("folder", type=Path, help="holds the learners' downloads (*.jsonl)")
    report.add_argument("--out", type=Path, default=Path("report"), help="where to write; report")
    report.add_argument("--lesson", default="", help="only this lesson, such as staffing")
    report.add_argument("--least", type=int, default=5, help="learners of the smallest group; 5")
    report.add_argument("--beside", default="", help="the downloads of another class")
    example = commands.add_parser("example-class", help=HELP["example-class"])
    example.add_argument("folder", type=Path, help="where to write the records")
    example.add_argument("--learners", type=int, default=12, help="how many, 1 to 500; 12")
    workshop = commands.add_parser("workshop", help=HELP["workshop"])
    ways = workshop.add_mutually_exclusive_group()
    ways.add_argument("--plan", action="store_true", help="the teacher's running order")
    ways.add_argument("--handout", type=Path, metavar="DIR", help="a page to print, without code")
    ways.add_argument("--site", type=Path, metavar="DIR", help="a static site of its lessons")
    return parser


def _workshop(chosen: argparse.Namespace) -> int:
    from tpmlib.authoring.plan import plan

    refuse_installed(root())
    for name, folder in (("site", chosen.site), ("handout", chosen.handout)):
        if folder:
            tool = [sys.executable, root() / "tools" / f"{name}.py", folder.resolve()]
            return subprocess.run(tool, cwd=root()).returncode
    _print(plan())
    return 0


def _check(chosen: argparse.Namespace) -> int:
    from tpmlib.authoring.check import review
    from tpmlib.kit.shelf import opened

    with opened(chosen.path or root(), local()):
        problems, unwritten, advice = review(chosen.path)
    if chosen.json:
        kinds = {"problem": problems, "to write": unwritten, "advice": advice}
        parts = [_parts(line, kind) for kind, lines in kinds.items() for line in lines]
        print(json.dumps(parts, indent=1))
    else:
        alone = is_installed(chosen.path or root())
        sound = "No problems" + " in the data; no notebooks are here to check" * alone
        _print("\n".join(unwritten + problems) or sound)
        if advice:
            _print("\nAdvice, as our own lessons are held; no error:\n" + "\n".join(advice))
        if unwritten:
            number = "1 problem" if len(problems) == 1 else f"{len(problems) or 'no'} problems"
            print(f"{len(unwritten)} to write; {number}")
    return 1 if problems else 0


def _parts(line: str, kind: str) -> dict[str, str]:
    """kind: problem, to write or advice."""
    where, _, text = line.partition(": ")
    path, _, place = where.partition(":")
    return {"kind": kind, "path": path, "place": place, "text": text}


def _run(chosen: argparse.Namespace) -> int:
    from tpmlib.authoring.run import run

    failed = 0
    for number, result in enumerate(run(chosen.lesson, jobs=chosen.jobs), 1):
        state = result.error or ("changed" if result.changed else "the same")
        name = shown(result.path).removeprefix("notebooks/")
        _print(f"{number} {name}: {state}, {result.seconds:.1f} s")
        for line in result.changes:
            _print(f"    {line}")
        failed += bool(result.error)
    return 1 if failed else 0


def _new(chosen: argparse.Namespace) -> int:
    from tpmlib.authoring.run import run

    written = new.add(chosen)
    _print("\n".join(written))
    if chosen.what in ("responsibility", "copy"):
        return 0
    notebook = written[0].removesuffix(": written")
    errors = [result.error for result in run([str(root() / notebook)]) if result.error]
    _print(errors[0] if errors else f"{notebook}: run, and its outputs saved")
    print("tpm check lists each place to write; then set status: ready in course.yml beside it")
    return 1 if errors else 0


def _report(chosen: argparse.Namespace) -> int:
    from tpmlib.authoring.report.page import class_report

    report = class_report(chosen.folder, chosen.lesson, chosen.least, chosen.beside)
    for file, remark in report.frames["files"].itertuples(index=False):
        _print(f"{file}: {remark}")
    print(f"{report.learners} learners")
    written = [chosen.out / name for name in report.write(chosen.out)]
    for path in written + sorted({*chosen.out.glob("*.csv")} - {*written}):
        _print(f"{path.as_posix()}: {'written' if path in written else 'not of this report'}")
    return 0


def _example_class(chosen: argparse.Namespace) -> int:
    from tpmlib.authoring.report.example import write_class

    write_class(chosen.folder, chosen.learners)
    print(f"{chosen.learners} learners written; tpm report {chosen.folder} counts them")
    return 0


if __name__ == "__main__":
    sys.exit(main())
