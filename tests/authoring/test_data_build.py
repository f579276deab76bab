"""The scripts of made-up tables write the course's own, byte for byte, each time."""

import json
import runpy
from pathlib import Path

import pytest

from tpmlib.kit import content

SCRIPTS = sorted((Path(__file__).parents[2] / "data/build").glob("make_*.py"))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_two_runs_write_the_table_of_the_course(script, tmp_path):
    write = runpy.run_path(str(script))["main"]
    table = content.root() / f"data/{script.stem.removeprefix('make_')}.csv"
    for name in ("one.csv", "two.csv"):
        write(tmp_path / name)
        assert (tmp_path / name).read_bytes() == table.read_bytes()


def test_every_table_that_a_script_wrote_has_it():
    tables = json.loads((content.root() / "data/datapackage.json").read_text())["resources"]
    said = {one["name"] for one in tables if f"make_{one['name']}.py" in one["description"]}
    assert {script.stem.removeprefix("make_") for script in SCRIPTS} == said
