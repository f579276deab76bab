"""Builds here what Binder builds there: an environment from environment.yml, then postBuild."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml
from install import UV

ROOT = Path(__file__).resolve().parents[1]


def build(folder: Path) -> Path:
    """The programs of an environment with just the pip part of environment.yml.

    folder: an empty one; gets the environment, and the checkout in `course`. postBuild runs twice
    in it, as on a machine that is built anew from a cache.
    """
    course, venv = folder / "course", folder / "venv"
    list_files = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    for name in subprocess.check_output(list_files, cwd=ROOT, text=True).split("\0"):
        if name and (ROOT / name).is_file():
            (course / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, course / name)
    parts = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"][-1]["pip"]
    (folder / "pip.txt").write_text("\n".join(parts))
    programs = venv / "bin"
    run(*UV, "venv", "--seed", "--python", sys.executable, venv)
    run(*UV, "pip", "install", "--python", programs / "python", "-r", folder / "pip.txt")
    environment = os.environ | {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
    for _ in range(2):
        run("bash", "postBuild", cwd=course, env=environment)
    return programs


def run(*command: object, **options: object) -> str:
    """What a command prints; its words end this program if it fails."""
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, **options)  # type: ignore[call-overload]
    if done.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return str(done.stdout)


def packages(programs: Path) -> set[str]:
    """The names of the packages in an environment."""
    listed = run(programs / "python", "-m", "pip", "list", "--format", "json")
    return {one["name"].lower() for one in json.loads(listed)}


def megabytes(folder: Path) -> float:
    """What the files in a folder take."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        programs = build(Path(folder))
        print(
            f"Binder adds {len(packages(programs))} packages, {megabytes(programs.parent):.0f} MB"
        )
