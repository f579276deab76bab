"""A trial copy changes a copy, never the course, and shows what it says as text."""

import pytest

import tpmlib as tpm
from tpmlib.authoring.recipes import BLOCK, sections
from tpmlib.authoring.trial import lines_shown
from tpmlib.errors import CourseError
from tpmlib.kit import content


@pytest.fixture
def trial(monkeypatch):
    for name in ("TPM_COURSE", "TPM_LOCAL"):
        monkeypatch.setenv(name, "")  # put back after the test
    made = tpm.trial_copy()
    yield made
    made.close()
    assert not made.folder.exists()


def test_lines_are_escaped_on_the_page():
    shown = lines_shown(["<b>x</b> & y"])
    assert shown.text == "<b>x</b> & y"
    assert "&lt;b&gt;x&lt;/b&gt; &amp; y</pre>" in shown.page


def test_a_mistake_is_said_and_put_back(trial):
    path = trial.folder / "data/course.yml"
    before = path.read_text()
    found = trial.mistake("data/course.yml", "status: ready", "status: readi")
    assert "'readi' is not one of" in found.text
    assert path.read_text() == before
    assert content.root() == trial.folder.resolve()


RECIPES = [title for title, text in sections().items() if BLOCK.search(text)]


@pytest.mark.parametrize("title", RECIPES)
def test_a_recipe_that_was_followed_already_changes_nothing_and_says_so(trial, title):
    trial.recipe(title)
    before = {path: path.read_bytes() for path in trial.folder.rglob("*") if path.is_file()}
    assert "already" in trial.recipe(title).text
    assert before == {path: path.read_bytes() for path in trial.folder.rglob("*") if path.is_file()}


def test_a_recipe_that_fails_says_why(trial):
    path = trial.folder / "CONTRIBUTING.md"
    path.write_text(path.read_text().replace('"Tactical delivery"', '"Tactical"'))
    with pytest.raises(CourseError, match="^cluster: 'Tactical' is not one of"):
        trial.recipe("Add a responsibility")
