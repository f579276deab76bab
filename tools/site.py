"""Build the course as a static site: JupyterLite, with Python in the learner's browser.

It goes to _site, or to the folder that is named. The lessons go in as they are, those of a workshop
without the parts that it skips. What they import is loaded by the kernel's own settings before the
first cell: what Pyodide's own lock knows from its CDN, everything else from wheels in the site.
"""

import json
import re
import shutil
import subprocess
import sys
import zipfile
from html import escape
from pathlib import Path

from install import UV

from tpmlib.authoring.new import saved_text
from tpmlib.authoring.plan import taught
from tpmlib.kit import content
from tpmlib.kit.panels.progress import skipped

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "build" / "site"
SITE = ROOT / "_site"
LOCK = ROOT / "requirements-site.txt"
OPENS = "lab/index.html?path={}"  # a link to a lesson, by its file
LINKS = "lessons.html"  # has one for each
# The kernel's default is 0.27.6; of this one the wheels can be had where the tests run. It is the
# first with enableRunUntilComplete on: asyncio.run stops in Safari, but the course never calls it.
PYODIDE = "0.27.7"
KERNEL = "@jupyterlite/pyodide-kernel-extension"
# from Pyodide's CDN, in the versions of its lock, with whatever they need
LOCKED = ["numpy", "pandas", "matplotlib", "pillow", "packaging", "pyyaml", "jsonschema", "jinja2"]
LOCKED += ["typing-extensions"]
# from the site, in the versions of requirements-site.txt; all of them without compiled parts
PURE = ["ipywidgets", "anywidget", "comm", "psygnal", "platformdirs"]
# Pyodide loads these when the kernel starts, and resolves a path from the kernel's own script
FROM_KERNEL = "../" * (KERNEL.count("/") + 3)
# beside the lessons in the browser's storage, which is what survives a reload
ENVIRONMENT = {
    "TPM_RECORD": "/drive/answers",
    "TPM_COURSE": "/lib/python3.12/site-packages/tpmlib/course",
}


def run(*command: object) -> None:
    """Run a command; what it prints is shown only if it fails."""
    done = subprocess.run([*map(str, command)], cwd=BUILD, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{done.stdout}{done.stderr}\nThe site could not be built: see above")


def environment() -> Path:
    """The folder of programs of an environment that holds requirements-site.txt, and only that."""
    folder, programs = BUILD / "venv", BUILD / "venv" / "bin"
    BUILD.mkdir(parents=True, exist_ok=True)
    ready = folder / "ready"
    if not ready.is_file() or ready.read_text() != LOCK.read_text():
        run(*UV, "venv", "--clear", "--python", sys.executable, folder)
        run(*UV, "pip", "install", "--python", programs / "python", "-r", LOCK)
        ready.write_text(LOCK.read_text())
    return programs


def pins(*names: str) -> list[str]:
    """These packages as requirements-site.txt pins them: comm==0.2.3."""
    found = dict(re.findall(r"^([a-z0-9-]+)(==[^ ;\n]+)", LOCK.read_text(), re.MULTILINE))
    return [name + found[name] for name in names]


def wheels(folder: Path) -> list[str]:
    """Put the site's own wheels into a folder; their names."""
    download = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary", ":all:"]
    run(*download, "--platform", "any", "--abi", "none", "--dest", folder, *pins(*PURE))
    run(*UV, "build", "--wheel", "--out-dir", folder, ROOT)
    (ours,) = folder.glob("tpmlib-*.whl")
    add_local(ours)
    return sorted(path.name for path in folder.glob("*.whl"))


def add_local(wheel: Path) -> None:
    """Put what is local beside the data of a wheel, as it lies here."""
    own = content.local()
    with zipfile.ZipFile(wheel, "a") as archive:
        for path in sorted(own.rglob("*")) if own else ():
            if path.suffix in (".csv", ".yml"):
                archive.write(path, f"tpmlib/course/local/{path.relative_to(own).as_posix()}")


def configure(names: list[str]) -> None:
    """Tell the built site which Python its kernel is, what it loads, where answers are."""
    file = SITE / "jupyter-lite.json"
    config = json.loads(file.read_text())
    page = config["jupyter-config-data"]
    page["appName"] = "TPM or PM?"
    page["exposeAppInBrowser"] = True  # so that the test can wait for the kernel
    # else a file of the learner's record is taken for one JSON value, and writing it hangs
    lines = {"name": "jsonl", "extensions": [".jsonl"], "fileFormat": "text"}
    page["fileTypes"]["jsonl"] = lines | {"mimeTypes": ["text/plain"]}
    schema = SITE / "extensions" / KERNEL / "static/schema/kernel.v0.schema.json"
    address = json.loads(schema.read_text())["properties"]["pyodideUrl"]["default"]
    page["litePluginSettings"][f"{KERNEL}:kernel"] |= {
        "pyodideUrl": re.sub(r"/v[0-9.]+/", f"/v{PYODIDE}/", address),
        "disablePyPIFallback": True,  # nothing is fetched but what this site names
        "loadPyodideOptions": {
            "packages": [*LOCKED, *(f"{FROM_KERNEL}pypi/{name}" for name in names)],
            "env": ENVIRONMENT,
        },
    }
    file.write_text(json.dumps(config, indent=1))
    shutil.copy(SITE / "lab/favicon.ico", SITE)  # where browsers look for it by themselves
    index = SITE / "index.html"  # JupyterLab reads it too, so only its script gives way
    course = content.course()
    first = OPENS.format(course["lessons"][0]["file"])
    start = f'<meta http-equiv="refresh" content="0; url={first}">'
    script = r'<script type="module">.*?</script>'
    index.write_text(re.sub(script, start, index.read_text(), flags=re.DOTALL))
    links = "".join(
        f'<li><a href="{OPENS.format(each["file"])}">{each["number"]} {escape(each["title"])}</a>'
        for each in course["lessons"]
    )
    title = escape(course["title"])
    head = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>'
    (SITE / LINKS).write_text(f"{head}<h1>{title}</h1><ul>{links}</ul>\n", encoding="utf-8")


def contents(folder: Path) -> None:
    """The lessons that are in, and the data; not instructors' notebooks, which need a shell."""
    hidden = shutil.ignore_patterns(".*", "instructor", "build")
    for name in ("notebooks", "data", "local/notebooks"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=hidden)
    course = content.course()
    for lesson in course["out"].values():
        for path in folder.rglob(f"notebooks/**/{lesson['number']}_*.ipynb"):
            path.unlink()
    for lesson in course["lessons"]:
        if course["out"] or skipped(lesson["id"]):
            (folder / lesson["file"]).write_text(saved_text(taught(lesson)), encoding="utf-8")
    # the folder must be there: one that Python makes for its owner alone takes no files here
    shutil.copytree(ROOT / "deploy/lite/answers", folder / "answers")
    for name in ("LICENSE", "LICENSE-CONTENT"):
        shutil.copy(ROOT / name, folder)


def build() -> None:
    programs = environment()
    lite = BUILD / "lite"
    for folder in (lite, SITE):
        shutil.rmtree(folder, ignore_errors=True)
    contents(lite / "files")
    (lite / "pypi").mkdir()
    names = wheels(lite / "pypi")
    shutil.copy(ROOT / "deploy/lite/overrides.json", lite)
    place = ["--lite-dir", lite, "--contents", lite / "files", "--output-dir", SITE]
    keys = ROOT / "deploy/jupyter/share/jupyter/labextensions/tpmlib"
    place += [f"--LiteBuildApp.federated_extensions={keys}"]
    run(
        programs / "jupyter",
        "lite",
        "build",
        *place,
        "--apps",
        "lab",
        "--no-unused-shared-packages",
    )
    configure(names)
    for path in SITE.rglob("*.map"):
        path.unlink()


if __name__ == "__main__":
    SITE = Path(*sys.argv[1:2] or [SITE]).resolve()
    if SITE.is_dir() and any(SITE.iterdir()) and not (SITE / "jupyter-lite.json").is_file():
        sys.exit(f"{SITE} holds other files, which a site would replace: name a new folder")
    build()
    size = sum(path.stat().st_size for path in SITE.rglob("*") if path.is_file())
    lessons = content.course()["lessons"]
    place = SITE.relative_to(ROOT) if SITE.is_relative_to(ROOT) else SITE
    print(f"{place} holds the course, {size / 1e6:.0f} MB: serve it as plain files, as in")
    print(f"python3 -m http.server --bind 127.0.0.1 --directory {place} 8000")
    print(f"{LINKS} links to each lesson, such as {OPENS.format(lessons[0]['file'])}")
