"""One A and at least one R a row, checked at each choice; kept; published answers beside yours."""

from pathlib import Path

import pytest
import yaml
from front import HOSTILE, click, edit, is_plain, put, restart

from tpmlib.authoring.check import check
from tpmlib.errors import CourseError
from tpmlib.kit import content
from tpmlib.kit.panels.raci import LETTERS, Raci, problems
from tpmlib.kit.record import record

FOLDER = Path(content.root()) / "data/scenarios"
NAMES = [
    path.stem
    for path in sorted(FOLDER.glob("*.yml"))
    if "raci" in yaml.safe_load(path.read_text(encoding="utf-8"))
]
EACH = pytest.mark.parametrize("name", NAMES)
TASKS, ROLES = ["plan"], ["pm", "tpm", "em"]


def said(panel):
    return panel.form.feedback["grid"]["text"].splitlines()


def fill(panel, **cells):
    put(panel.form, grid={name.replace("__", "."): letters for name, letters in cells.items()})


@pytest.mark.parametrize(
    "letters, words",
    [
        (["", "", ""], None),
        (["AR", "", ""], None),
        (["A", "R", "C"], None),
        (["A", "R", "R"], None),
        (["A", "", ""], "no R, at least one does it"),
        (["R", "C", "I"], "no A, exactly one answers for it"),
        (["A", "AR", ""], "2 A, exactly one answers for it"),
        (["A", "A", "A"], "3 A, exactly one answers for it; no R, at least one does it"),
        (["I", "", ""], "no A, exactly one answers for it; no R, at least one does it"),
    ],
)
def test_a_row_needs_one_a_and_an_r(letters, words):
    cells = {f"plan.{role}": one for role, one in zip(ROLES, letters, strict=True)}
    assert problems(cells, TASKS, ROLES) == ({"plan": words} if words else {})


@EACH
def test_it_checks_at_each_choice(name):
    panel = Raci(name)
    many = len(panel.tasks)
    assert said(panel) == [f"0 of {many} rows have one A and at least one R."]
    task, (one, other, *_) = next(iter(panel.tasks)), panel.roles
    fill(panel, **{f"{task}__{one}": "A"})
    assert said(panel)[1:] == [f"{panel.tasks[task]['label']}: no R, at least one does it."]
    fill(panel, **{f"{task}__{one}": "A", f"{task}__{other}": "R"})
    assert said(panel) == [f"1 of {many} rows have one A and at least one R."]
    fill(panel, **{f"{each}__{one}": "AR" for each in panel.tasks})
    assert panel.form.feedback["grid"]["tone"] == "right"


@EACH
def test_nothing_published_shows_before_a_grid_is_kept(name):
    panel = Raci(name)
    click(panel.form, "keep")
    assert panel.table.value == "" and record().events() == []
    assert panel.form.message == "Fill in a row first."


@EACH
def test_a_grid_is_kept_compared_and_there_again_after_a_restart(name):
    panel = Raci(name)
    task, role = next(iter(panel.tasks)), next(iter(panel.roles))
    fill(panel, **{f"{task}__{role}": "AR"})
    click(panel.form, "keep")
    assert record().latest(name, "raci")["answer"] == {f"{task}.{role}": "AR"}
    assert panel.table.value.count("<tr>") == len(panel.tasks) + 1
    restart()
    again = Raci(name)
    assert again.form.values == panel.form.values
    assert (again.table.value, said(again)) == (panel.table.value, said(panel))


def test_a_published_answer_says_whether_the_same_person_answers():
    panel = Raci("release")
    fill(panel, plan__pm="AR", estimate__em="AR", architecture__pm="R")
    click(panel.form, "keep")
    cells = panel.table.value.split("<tr>")
    plan, estimate, architecture = (
        next(row for row in cells if panel.tasks[name]["label"] in row)
        for name in ("plan", "estimate", "architecture")
    )
    assert plan.count("the same A as yours") == 2
    assert "another A than yours" in estimate and "Not stated." in estimate
    assert "than yours" not in architecture  # no A of one's own to compare


@EACH
def test_every_published_answer_has_a_reason_and_a_fact(name):
    raci = content.raci(name)
    for company in raci["companies"]:
        assert content.fact(company["fact"])["statement"]
    for task in raci["tasks"]:
        for answer in task["published"].values():
            assert answer["why"] and set(answer.get("cells", {}).values()) <= set(LETTERS)


@EACH
def test_a_reader_without_a_kernel_sees_tasks_and_answers(name):
    panel = Raci(name)
    assert is_plain(panel.html()) and "<details>" in panel.html()
    assert all(task["label"] in panel.html() for task in panel.tasks.values())


def test_hostile_words_of_a_file_are_escaped(data):
    def spoil(scenario):
        raci = scenario["raci"]
        raci["text"] = raci["tasks"][0]["help"] = HOSTILE
        raci["tasks"][0]["label"] = raci["roles"][0]["label"] = HOSTILE[:30]
        raci["tasks"][0]["published"]["flowfuse"]["why"] = HOSTILE

    edit(data / "scenarios/release.yml", spoil)
    panel = Raci("release")
    fill(panel, plan__pm="AR")
    click(panel.form, "keep")
    assert is_plain(panel.html()) and "<script" not in panel.table.value


@pytest.mark.parametrize("answer", ["?", None, {"plan.pm": "X"}, {"plan.pm": ["A"]}, {"a": "A"}])
def test_a_record_changed_by_hand_breaks_nothing(answer):
    record().add("raci", "release", answer, lesson="overlap")
    assert Raci("release").form.values["grid"] == {}


def test_a_task_that_left_the_grid_takes_only_its_own_row(data):
    record().add("raci", "release", {"plan.pm": "AR", "gone.pm": "A"}, lesson="overlap")
    assert Raci("release").form.values["grid"] == {"plan.pm": "AR"}


@pytest.mark.allow_logged
def test_an_unknown_letter_is_refused():
    panel = Raci("release")
    fill(panel, plan__pm="X")
    assert panel.form.values["grid"] == {}


@pytest.mark.parametrize(
    "name, words", [("relaese", "scenario: 'relaese' is not one of"), ("adverts", "holds no raci")]
)
def test_an_unknown_grid_is_named(name, words):
    with pytest.raises(CourseError, match=words):
        Raci(name)


@pytest.mark.parametrize(
    "change, words",
    [
        (lambda one: one["published"].update(acme={"why": "It says so."}), "'acme' is not one of"),
        (lambda one: one["published"]["flowfuse"]["cells"].update(ceo="I"), "'ceo' is not one of"),
        (lambda one: one["published"]["flowfuse"]["cells"].update(em="A"), "more than one A"),
        (lambda one: one["published"]["flowfuse"].pop("why"), "missing"),
    ],
)
def test_the_check_names_what_does_not_fit(data, change, words):
    edit(data / "scenarios/release.yml", lambda scenario: change(scenario["raci"]["tasks"][0]))
    found = [line for line in check(data.parent) if "release.yml" in line]
    assert len(found) == 1 and words in found[0]
