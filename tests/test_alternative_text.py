"""A saved picture says what it shows to whoever cannot see it, wherever the notebook is opened."""

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").rglob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_saved_picture_has_the_finding_as_its_alternative_text(path):
    for cell in nbformat.read(path, as_version=4).cells:
        for output in cell.get("outputs", []):
            if "image/png" in output.get("data", {}):
                picture = output["metadata"]["image/png"]
                assert len(picture["alt"].split()) > 3
                assert cell["metadata"]["mystnb"] == {"image": picture}  # for Jupyter Book


def test_nbconvert_misses_no_alternative_text(tmp_path):
    command = ["jupyter", "nbconvert", "--to=html", f"--output-dir={tmp_path}"]
    environment = os.environ | {"PATH": str(Path(sys.executable).parent)}
    lessons = ["02_responsibilities", "03_who_does_what", "05_staffing"]
    paths = [f"notebooks/{lesson}.ipynb" for lesson in lessons]
    told = subprocess.run([*command, *paths], cwd=ROOT, env=environment, capture_output=True)
    assert told.returncode == 0 and b"missing" not in told.stderr
    page = "".join((tmp_path / f"{lesson}.html").read_text("utf-8") for lesson in lessons)
    assert page.count('<img alt="') == page.count("<img") > 5
