"""Run every ready lesson, and those for instructors, with strict nbval; count what really ran.

nbval alone passes when a notebook is not collected or its cells are skipped, so the junit report
has to show, for each of them, cells that ran and none skipped.
"""

import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Give each notebook, before its kernel starts, a learner's record of its own."""
    os.environ["TPM_RECORD"] = os.path.join(os.environ["TPM_RECORDS"], *item.path.parts[-2:])
    # as `tpm run` has saved them: ours with our data alone, a local one with both
    local = Path(os.environ["TPM_COURSE"], "local")
    os.environ["TPM_LOCAL"] = str(local) if item.path.is_relative_to(local) else "none"


def ready() -> list[str]:
    ready = []
    for folder in ("data", "local"):
        path = ROOT / folder / "course.yml"
        course = yaml.safe_load(path.read_text(encoding="utf-8")) if path.is_file() else {}
        ready += [
            ROOT / folder.replace("data", "") / lesson["file"]
            for lesson in course.get("lessons", [])
            if lesson["status"] == "ready"
        ]
    own = [ROOT / "notebooks/help.ipynb"]
    for more in ("deeper", "instructor"):
        own += sorted((ROOT / "notebooks" / more).glob("*.ipynb"))
    return [path.relative_to(ROOT).as_posix() for path in ready + own]


def run(files: list[str], folder: Path) -> int:
    """The exit code of pytest over these notebooks; leaves its report in the folder."""
    command = [sys.executable, "-m", "pytest", "-p", "run_notebooks", "--nbval"]
    command += ["--nbval-current-env", "--nbval-cell-timeout=60", f"--junitxml={folder}/report.xml"]
    command += ["-o", "junit_family=xunit1"]  # the family that names each test's file
    if len(files) > 1:
        command += ["-n", "2", "--dist", "loadscope"]
    settings = {"TPM_RECORDS": str(folder), "PYTHONPATH": str(ROOT / "tests")}
    settings |= {"TPM_COURSE": str(ROOT)}
    return subprocess.run([*command, *files], cwd=ROOT, env=os.environ | settings).returncode


def problems(files: list[str], report: Path) -> list[str]:
    """Lessons of which no cell ran, and cells that were skipped."""
    cases = list(ElementTree.parse(report).iter("testcase"))
    ran = Counter(case.get("file") for case in cases if case.find("skipped") is None)
    skipped = [case for case in cases if case.find("skipped") is not None]
    return [f"{file}: no cell ran" for file in files if not ran[file]] + [
        f"{case.get('file')}: {case.get('name')} was skipped" for case in skipped
    ]


def main() -> None:
    files = ready()
    missing = [file for file in files if not (ROOT / file).is_file()]
    if missing or not files:
        sys.exit(
            f"data/course.yml: ready but not there: {', '.join(missing) or 'no lesson at all'}"
        )
    with tempfile.TemporaryDirectory() as folder:
        code = run(files, Path(folder))
        found = problems(files, Path(folder, "report.xml")) if code in (0, 1) else []
    for problem in found:
        print(problem, file=sys.stderr)
    sys.exit(code or bool(found))


if __name__ == "__main__":
    main()
