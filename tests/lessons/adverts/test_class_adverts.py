"""Adverts that a class counted stand beside ours, and change nothing that we say."""

import contextlib
import runpy
import shlex
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from tpmlib.authoring.check import review
from tpmlib.authoring.recipes import sections
from tpmlib.errors import CourseError
from tpmlib.kit import content, figures
from tpmlib.kit.panels.explorer import Explorer
from tpmlib.lessons.adverts import role_profile_picture

ADVERTS = Path(__file__).parents[2] / "adverts"  # six texts, made up
RECIPE = sections()["Set adverts of your own beside ours"]
ROOT = content.root()
COUNTING = [name for name, model in content.models().items() if "adverts" in model["tables"]]
OURS = {name: figures.frame(name) for name in COUNTING}


CHOSEN = """import tpmlib as tpm
explorer = tpm.explore("role_profile")
explorer.set(preset="class")
print(explorer.frame["tpm_n"].unique().tolist(), "thirty" in explorer.note.value)
"""


def counted(data, monkeypatch):
    """The rows that the recipe's command writes, the folders aside."""
    command = shlex.split(RECIPE.split("```")[1])
    out = data.parent / command[command.index("--out") + 1]
    arguments = [
        {"FOLDER": str(ADVERTS), command[-1]: str(out)}.get(part, part) for part in command
    ]
    monkeypatch.setattr(sys, "argv", arguments[1:])
    with contextlib.suppress(SystemExit):
        runpy.run_path(str(ROOT / arguments[1]), run_name="__main__")
    return out.read_text(encoding="utf-8").splitlines()[1:]


def of_class(data, sizes):
    """A class's adverts, made of ours: so many of each role."""
    path = data / "adverts.csv"
    ours = pd.read_csv(path, dtype=str, keep_default_na=False)
    second = ours[ours["batch"] == "second"]
    rows = [second[second["role"] == role].head(n) for role, n in sizes.items()]
    own = pd.concat(rows).assign(batch="class", advert_id=lambda frame: "our-" + frame["advert_id"])
    pd.concat([ours, own]).to_csv(path, index=False, lineterminator="\n")


def in_python(code):
    """The lines that code prints in a Python of its own, with the course in use."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    return done.stdout.splitlines()


def problems(data):
    return review(data.parent, stale=False)[0]


def starts(explorer):
    (field,) = [field for field in explorer.form.fields if field["id"] == "preset"]
    return [option["value"] for option in field["options"]]


def test_without_adverts_of_a_class_nothing_of_them_is_on_offer(data):
    explorer = Explorer("role_profile", "areas")
    assert "class" not in starts(explorer)
    assert "class" not in [option["value"] for option in explorer.form.field("study")["options"]]
    with pytest.raises(CourseError, match="none of role 'tpm'"):
        figures.frame("role_profile", "class")


def test_the_recipe_sets_them_beside_ours(data, monkeypatch):
    monkeypatch.setenv("TPM_LOCAL", "")
    assert len(counted(data, monkeypatch)) == 6
    # in processes of their own, as an instructor has them
    done = in_python("import tpmlib.cli; tpmlib.cli.main(['check'])")
    # the copy has no notebooks, which is told, and nothing else is
    assert done and not [line for line in done if not line.startswith("notebooks/")]
    assert in_python(CHOSEN) == ["[2] True"]


def test_no_figure_of_ours_and_no_key_changes(data):
    of_class(data, {"tpm": 34, "pm": 60})
    assert [name for name in COUNTING if not figures.frame(name).equals(OURS[name])] == []
    assert not [line for line in problems(data) if "quizzes" in line or "there are" in line]


def test_a_class_s_adverts_are_none_of_those_that_texts_name(data):
    of_class(data, {"tpm": 34, "pm": 77})
    path = data / "stages/luck.yml"
    path.write_text(path.read_text().replace("all 76 adverts", "all 77 adverts"))
    (line,) = [line for line in problems(data) if "there are" in line]
    assert "'all 77 adverts'; adverts that there are: " in line and "76, " in line


@pytest.mark.parametrize("sizes, words", [((29, 60), False), ((34, 29), False), ((30, 30), True)])
def test_a_word_needs_thirty_adverts_of_either_role(data, sizes, words):
    of_class(data, dict(zip(("tpm", "pm"), sizes, strict=True)))
    assert figures.frame("role_profile", "class")["word"].ne("").any() == words


@pytest.mark.parametrize("sizes, compared", [((9, 60), False), ((30, 9), False), ((10, 10), True)])
def test_with_fewer_than_ten_of_a_role_nothing_is_compared(data, sizes, compared):
    of_class(data, dict(zip(("tpm", "pm"), sizes, strict=True)))
    sentence = Explorer("role_profile", "class").picture.sentence
    assert (" p = " in sentence) == ("p < 0.05" in sentence) == compared
    assert ("fewer than 10 of either role nothing is compared" in sentence) != compared
    frame = Explorer("role_profile", "class").frame
    head, first, *_ = role_profile_picture.numbers(frame)
    assert ("%" in role_profile_picture.finding(frame)) == any(first[3:7]) == compared
    assert len(head) == len(first) and (first[-1] == "not compared") != compared


def test_the_low_lists_hold_for_a_class_as_for_ours(data):
    of_class(data, {"tpm": 34, "pm": 454})
    own = figures.frame("role_profile", "class").set_index("id")
    same = figures.frame("role_profile", "areas").set_index("id")
    assert own["word"].equals(same["word"])
