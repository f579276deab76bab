"""Files of one's own that are wrong in one way have one line, which says what the way is."""

import json
import shutil
from pathlib import Path

import pytest

from tpmlib.authoring.check import review
from tpmlib.authoring.recipes import copied
from tpmlib.kit import content

OWN = Path(__file__).parent / "local"
BOM = b"\xef\xbb\xbf"


@pytest.fixture(scope="module")
def ours(tmp_path_factory):
    return copied(tmp_path_factory.mktemp("course"))


@pytest.fixture
def course(ours, monkeypatch):
    """A course with a folder of one's own on top, which the test may spoil."""
    shutil.copytree(OWN, ours / "local")
    monkeypatch.setenv("TPM_COURSE", str(ours))
    monkeypatch.setenv("TPM_LOCAL", "")
    yield ours
    shutil.rmtree(ours / "local")


def problems():
    """What is wrong, but that the lesson of one's own was not run here."""
    return [line for line in review(stale=False).problems if "none was run" not in line]


def test_the_folder_is_sound(course):
    assert problems() == []


MOVED = [
    ("decks/interviews.yml", "interviews.yml", ": a deck by its fields; decks/interviews.yml"),
    ("decks/interviews.yml", "cards/a.yml", ": a deck by its fields; decks/a.yml"),
    ("decks/interviews.yml", "quizzes/talks.yml", ":1: a deck by its fields; decks/talks.yml"),
    ("decks/interviews.yml", "sheets/a.yml", ":1: a deck by its fields; decks/a.yml"),
    ("decks/interviews.yml", "decks/talks.yml", ":1 id: interviews; talks, as the file is called"),
    (
        "decks/interviews.yml",
        "decks/My Talks.yml",
        ":1 id: interviews; interviews.yml, the file's name, not 'My Talks'",
    ),
    ("quizzes/allocation.yml", "allocation.yml", ": a quiz by its fields; quizzes/allocation.yml"),
]


@pytest.mark.parametrize("source, goal, line", MOVED)
def test_a_file_that_was_moved_is_named_with_where_it_goes(course, source, goal, line):
    (course / "local" / goal).parent.mkdir(exist_ok=True)
    (course / "local" / source).rename(course / "local" / goal)
    assert problems() == [f"local/{goal}{line}"]


def test_a_deck_of_ours_that_was_moved_is_named(course):
    deck, goal = course / "data/decks/titles.yml", course / "data/titles.yml"
    deck.rename(goal)
    try:
        assert problems() == ["data/titles.yml: a deck by its fields; decks/titles.yml"]
    finally:
        goal.rename(deck)


SAVED = [
    (lambda raw: raw.replace(b",", b";"), ":1: separated by semicolons; commas"),
    (lambda raw: BOM + raw.replace(b",", b";"), ":1: separated by semicolons; commas"),
    (lambda raw: raw.replace(b"\n", b",,,\n"), ":1: columns without a name: 3; none, though a "),
    (lambda raw: raw + b"," * 12 + b"\n" + b"," * 12 + b"\n", ":3: empty cells: 13; none, though"),
    (lambda raw: raw.rstrip() + b',"\n', ":2: "),
]


@pytest.mark.parametrize("spoil, line", SAVED)
def test_a_table_that_a_spreadsheet_saved_has_one_line_with_the_cause(course, spoil, line):
    path = course / "local/facts.csv"
    path.write_bytes(spoil(path.read_bytes()))
    (problem,) = problems()
    assert problem.startswith(f"local/facts.csv{line}")


def test_a_table_with_the_mark_that_excel_writes_is_read(course):
    for path in (course / "local").glob("*.csv"):
        path.write_bytes(BOM + path.read_bytes())
    assert problems() == []
    assert "\ufeff" not in "".join(content.table("facts").columns)


def test_a_spoilt_quiz_on_top_of_ours_is_not_missing_as_well(course):
    shutil.copy(course / "notebooks/07_allocation.ipynb", course / "local/notebooks")
    path = course / "local/quizzes/allocation.yml"
    path.write_text(path.read_text().replace("outcome:", "outcom:", 1))
    assert not [line for line in problems() if "missing; the quiz" in line]


@pytest.mark.parametrize(
    "name, old, new, line",
    [
        ("course.yml", "minutes: [", "minutes: 70-95 # [", "'70-95'; two numbers: [70, 95]"),
        (
            "quizzes/interviews.yml",
            "why: Titles",
            'why: "{tmp}" # ',
            "{tmp}: no such figure; one under",
        ),
        ("models.yml", "MODEL", "", "27; as data/models.yml:{}, which stays as it is, or a name"),
        ("facts.csv", "L01,", "L1,", "did you mean 'L1'?"),
    ],
)
def test_what_was_meant_is_told(course, name, old, new, line):
    path = course / "local" / name
    if old == "MODEL":
        path.write_text("drift:\n  parameters:\n    meetings: {value: 27}\n")
        line = line.split("{}")[1]
    else:
        assert old in path.read_text()
        path.write_text(path.read_text().replace(old, new, 1))
    assert any(line in problem for problem in problems()), problems()


STAYS = "local/workshop.yml names, under lessons, those that stay"
ENTRY = "  - id: {}\n    status: left_out\n"


@pytest.mark.parametrize(
    "name, text, lines",
    [
        ("course", "left_out: [titles]\n", ["1 left_out: no such list"]),
        (
            "course",
            "lessons:\n" + ENTRY.format("titles") + ENTRY.format("staffing"),
            [
                "3 lessons[0].status: left_out, a lesson of ours",
                "5 lessons[1].status: left_out, a lesson of ours",
            ],
        ),
        (
            "workshop",
            "title: Three\nlessons: [titles]\nleft_out: [staffing]\n",
            ["3 left_out: no such list"],
        ),
    ],
)
def test_what_would_leave_out_a_lesson_of_ours_is_told_where_that_goes(course, name, text, lines):
    for path in [*course.glob("local/*/*interviews*"), course / "local/course.yml"]:
        path.unlink()
    (course / f"local/{name}.yml").write_text(text)
    assert problems() == [f"local/{name}.yml:{line}; {STAYS}" for line in lines]


@pytest.mark.parametrize(
    "name, text, place",
    [
        ("quizzes/architecture.yml", "lesson: 10\nquestions: []\n", "1 lesson: 10"),
        ("quizzes/architecture.yml", "lesson: '10'\nquestions: []\n", "1 lesson: 10"),
        ("workshop.yml", "title: Three\nlessons: [10]\n", "2 lessons[0]: 10"),
        ("workshop.yml", "title: Us\nlessons: [architecture]\nskip: {10: [a]}\n", "3 skip.10: 10"),
    ],
)
def test_a_lesson_by_its_number_is_told_its_noun(course, name, text, place):
    (course / "local" / name).write_text(text)
    assert problems() == [f"local/{name}:{place} is a number; the noun of the lesson, architecture"]


def test_without_the_cell_that_imports_there_is_one_line_for_all_that_need_it(course):
    path = course / "local/notebooks/50_interviews.ipynb"
    notebook = json.loads(path.read_text())
    notebook["cells"] = [
        c for c in notebook["cells"] if "import tpmlib" not in "".join(c["source"])
    ]
    path.write_text(json.dumps(notebook))
    (problem,) = problems()
    assert problem.startswith("local/notebooks/50_interviews.ipynb:cell 2: tpm without its import;")
