"""Each rule of the course gives its line for a planted mistake, and none for the course itself."""

import json
import re
import shutil
from importlib.metadata import version
from pathlib import Path

import pytest
import yaml

from tpmlib.authoring import notebooks
from tpmlib.authoring.check import check
from tpmlib.authoring.gather import gather
from tpmlib.authoring.links import anchors, links
from tpmlib.authoring.new import new_lesson, new_responsibility
from tpmlib.authoring.run import notebooks as of_course
from tpmlib.authoring.run import run
from tpmlib.authoring.saved import VIEW, saved, tagged
from tpmlib.errors import CourseError
from tpmlib.kit import content
from tpmlib.kit.content.files import course_at

ROOT = content.root()
QUIZ, DECK = "data/quizzes/planted.yml", "data/decks/planted.yml"
STAGE = "data/stages/planted.yml"
LESSON = "notebooks/12_planted.ipynb"


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    """A copy of the course, every lesson planned, with a lesson 12 of ours made by `tpm new`."""
    folder = tmp_path_factory.mktemp("course")
    shutil.copytree(ROOT / "data", folder / "data")
    course = folder / "data/course.yml"
    course.write_text(course.read_text().replace("status: ready", "status: planned"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TPM_LOCAL", "")
        new_lesson("12", "Planted", folder)
    entry = (folder / "local/course.yml").read_text().partition("\n")[2]
    course.write_text(course.read_text() + entry)
    for file in (QUIZ, DECK, STAGE, LESSON):
        path = folder / file
        path.parent.mkdir(exist_ok=True)
        shutil.move(folder / "local" / file.removeprefix("data/"), path)
        path.write_text(path.read_text().replace("../../data/schema/", "../schema/"))
    shutil.rmtree(folder / "local")
    return folder


@pytest.fixture
def course(planted, tmp_path, monkeypatch):
    monkeypatch.setenv("TPM_LOCAL", "")
    shutil.copytree(planted, tmp_path / "course")
    return tmp_path / "course"


def edit(path: Path, change) -> None:
    data = yaml.safe_load(path.read_text())
    change(data)
    yaml.SafeDumper.ignore_aliases = lambda *_: True
    path.write_text(yaml.safe_dump(data, sort_keys=False, allow_unicode=True))


def lesson_in(data, id="planted"):
    return next(lesson for lesson in data["lessons"] if lesson["id"] == id)


def make_ready(folder: Path, id="planted", **more) -> None:
    edit(
        folder / "data/course.yml", lambda data: lesson_in(data, id).update(status="ready", **more)
    )


def plain(problems: list[str]) -> list[str]:
    """The problems without the lines of their files."""
    return [re.sub(r"^([^:]+):\d+", r"\1", problem) for problem in problems]


def test_the_course_has_no_problem():
    assert check(ROOT) == []


def test_a_new_lesson_has_no_problem(course):
    assert check(course) == []


def test_all_problems_come_at_once_sorted(course):
    edit(
        course / QUIZ,
        lambda quiz: quiz["questions"][0].update(claim="C99", outcome="planted-frist"),
    )
    (course / "data/claims.csv").write_text("x")
    found = check(course)
    assert [line.split(":")[0] for line in found] == ["data/claims.csv", QUIZ]
    assert found[-1].startswith(f"{QUIZ}:23 questions[0].outcome: 'planted-frist' is not one of")


@pytest.mark.parametrize(
    "file, old, new",
    [(QUIZ, "kind: one", "knid: one"), (DECK, "piles:", "pils:"), (QUIZ, "lesson:", "lesson")],
)
def test_a_file_that_cannot_be_read_makes_no_names_unknown(course, file, old, new):
    make_ready(course)
    (course / file).write_text((course / file).read_text().replace(old, new))
    found = check(course)
    assert found and {line.split(":")[0] for line in found if "is not one of" in line} <= {file}


def test_a_broken_descriptor_is_one_line(course):
    (course / "data/datapackage.json").write_text("{")
    assert [line.split(": ")[0] for line in check(course)] == ["data/datapackage.json:1"]


def test_checking_another_folder_leaves_this_one_alone(course):
    check(course)
    assert content.root() == ROOT


READY = {
    "questions: number of questions: 1 is outside 4 to 12": {},
    "questions: 0 come back from earlier lessons; 1 or more": {},
    "assign: number of responsibilities: 0 is outside 3 to 5": {"assign": None},
    "assign: number of responsibilities: 1 is outside 3 to 5": {"assign": ["set_product_vision"]},
    "questions: number of questions: 0 is outside 4 to 12": {"questions": []},
}


@pytest.mark.parametrize("text", READY)
def test_a_ready_lesson_needs_its_quiz(course, text):
    make_ready(course, claims=["C13"])
    parts = yaml.safe_load((course / QUIZ).read_text()) | READY[text]
    kept = {name: part for name, part in parts.items() if part is not None}
    (course / QUIZ).write_text(yaml.safe_dump(kept, sort_keys=False))
    found = plain(check(course))
    assert any(line.startswith(f"{QUIZ} {text}") for line in found)
    no_question = "data/course.yml lessons[12].outcomes[0]: no question; one or more in a quiz"
    assert (no_question in found) == (parts["questions"] == [])


def test_the_right_option_is_not_always_in_the_same_place(course):
    make_ready(course)
    quiz = yaml.safe_load((course / QUIZ).read_text())
    first = quiz["questions"][0]
    quiz["questions"] = [first | {"id": f"{first['id']}-{place}"} for place in range(5)]
    (course / QUIZ).write_text(json.dumps(quiz))
    expected = f"{QUIZ} questions: the right option is always number 2"
    assert any(line.startswith(expected) for line in plain(check(course)))


def test_what_a_ready_lesson_leaves_to_write_is_a_problem(course):
    assert check(course) == []
    make_ready(course)
    late = [line for line in check(course) if ": to write: " in line]
    first = f"{LESSON}:cell 1: to write: two sentences on what the learner decides"
    assert any(line.startswith(first) for line in late)
    assert all(line.endswith("; a text, since lesson planted is ready") for line in late)
    assert {line.split(":")[0] for line in late} == {"data/course.yml", LESSON, QUIZ, STAGE, DECK}


def test_a_ready_lesson_needs_its_files(course):
    make_ready(course)
    (course / QUIZ).unlink()
    (course / LESSON).unlink()
    found = check(course)
    assert "data/quizzes/planted.yml: missing; the quiz of a ready lesson" in found
    assert f"{LESSON}: missing; the notebook of a ready lesson" in found


def cell(path: Path, row: str, column: str, value: str) -> None:
    """Set one cell of a table."""
    frame = content.table(path.stem).astype(object)
    flags = {True: "1", False: "0"}
    frame = frame.map(lambda one: flags.get(one, one) if isinstance(one, bool) else one)
    frame.loc[frame.iloc[:, 0] == row, column] = value
    frame.to_csv(path, index=False, lineterminator="\n")


CLAIMS = [
    (
        "C13",
        "reading",
        "",
        "claims.csv:14 reading: missing; needed once lesson responsibilities is ready",
    ),
    (
        "C13",
        "verdict",
        "",
        "claims.csv:14 verdict: missing; needed once lesson responsibilities is ready",
    ),
    (
        "C13",
        "lesson",
        "titles",
        "claims.csv:14 lesson: titles does not list C13; a lesson that treats it",
    ),
    (
        "C13",
        "lesson",
        "other",
        "claims.csv:14 lesson: other does not list C13; a lesson that treats it",
    ),
]


@pytest.mark.parametrize("row, column, value, line", CLAIMS)
def test_a_mistake_in_a_claim_gives_its_line(course, row, column, value, line):
    make_ready(course, "responsibilities")
    cell(course / "data/claims.csv", row, column, value)
    assert f"data/{line}" in check(course)


def test_a_claim_of_a_ready_lesson_needs_evidence_and_items(course):
    make_ready(course, claims=["C25"])
    cell(course / "data/claims.csv", "C25", "lesson", "planted")
    facts = course / "data/facts.csv"
    facts.write_text(facts.read_text().replace(" C25", "").replace("C25", ""))
    found = check(course)
    assert "data/claims.csv:26 claim_id: no fact bears on C25; one or more in facts.csv" in found
    assert f"{QUIZ}:1 questions: none for C25; one or more" in found


DUTIES = [
    ("set_product_vision", {"source": "local"}, ":2 terms: "),
    ("set_product_vision", {"source": "local", "terms": ""}, "adverts.csv:1 set_product_vision: "),
    ("set_product_vision", {"terms": ""}, ":2 terms: nothing; terms for a counted row"),
    ("set_product_vision", {"terms": "(vision"}, ":2 terms: missing ), unterminated subpattern"),
    ("set_product_vision", {"claims": "C08 C99"}, ":2 claims: 'C99' is not one of"),
    (
        "set_product_vision",
        {"responsibility_id": "set_vision"},
        ":2 responsibility_id: 'set_vision'",
    ),
]


@pytest.mark.parametrize("row, values, line", DUTIES)
def test_a_mistake_in_a_responsibility_gives_its_line(course, row, values, line):
    path = course / "data/responsibilities.csv"
    for column, value in values.items():
        with course_at(course):
            cell(path, row, column, value)
    assert any(line in problem for problem in check(course))


def test_a_model_without_a_file_is_named(course):
    edit(course / "data/models.yml", lambda data: data.update(drifts=data["role_profile"]))
    expected = (
        "data/models.yml drifts.parameters: no drifts() in a folder of tpmlib/lessons; a function"
    )
    assert expected in plain(check(course))


def test_two_decks_of_one_id_are_named(course):
    shutil.copy(course / DECK, course / "data/decks/second.yml")
    expected = (
        "data/decks/second.yml id: 'planted' is already at data/decks/planted.yml:2; once only"
    )
    assert expected in plain(check(course))


def code(source: str, **more):
    more = {"metadata": {}, "outputs": [], "execution_count": 1} | more
    return {"cell_type": "code", "source": source.splitlines(True), **more}


def text(source: str):
    return {"cell_type": "markdown", "metadata": {}, "source": [source]}


IMPORT = code("import tpmlib as tpm\n")
PLAIN = [
    ("!ls", "cell 2: a shell or magic line; Python only"),
    ("%pip install x", "cell 2: a shell or magic line; Python only"),
    ("a = (", "cell 2: line 1: '(' was never closed; valid Python"),
    ("def f():\n    return 1", "cell 2: defines f; calls only, definitions go to tpmlib"),
    ("class A:\n    pass", "cell 2: defines A; calls only, definitions go to tpmlib"),
    ("from numpy import *", "cell 2: from numpy import; plain `import ... as ...` only"),
    ("import numpy as np", "imports: 2 cells with imports; exactly one"),
    (
        "import tpmlib.kit.content",
        "cell 2: import tpmlib.kit.content; `import tpmlib as tpm` and its",
    ),
    ("import matplotlib.pyplot as plt", "cell 2: import matplotlib.pyplot; no paths and no pyplot"),
    ("import os", "cell 2: import os; no paths and no pyplot in a lesson"),
    ("read('../data/x')", "cell 2: the path '../data/x'; tpm.table(...) finds files"),
    ("read('adverts.csv')", "cell 2: the path 'adverts.csv'; tpm.table(...) finds files"),
    ("rng = np.random.default_rng()", "cell 2: default_rng() without a seed; a seed in the call"),
    ("np.random.normal()", "cell 2: random.normal; default_rng(seed)"),
    ("1  # NBVAL_SKIP", "cell 2: an NBVAL_ comment; a tag, with its reason in the cell above"),
    ("", "cell 2: an empty code cell; none"),
    ("a = 1\n" * 11, "cell 2: 11 lines of code; at most 10"),
]


def both(cells):
    return [*notebooks.valid(cells), *notebooks.plain(cells)]


@pytest.mark.parametrize("source, line", PLAIN)
def test_code_is_plain(source, line):
    found = [f"{where}: {words}" for where, words in both([IMPORT, code(source)])]
    assert any(problem.startswith(line) for problem in found), found


def test_a_notebook_imports_the_course():
    assert list(notebooks.plain([code("import pandas as pd")])) == [
        ("cell 1", "no line `import tpmlib as tpm`; that one")
    ]


def test_other_plain_imports_may_stand_beside():
    assert list(notebooks.plain([code("import tpmlib as tpm\nimport pandas as pd")])) == []


def test_code_is_short_and_spaced():
    cells = [IMPORT, *(code("a = 1\nb = 2\nc = 3\n") for _ in range(27))]
    assert list(notebooks.plain(cells)) == [
        ("code", "a median of 3 lines a cell; at most 2"),
        ("code", "82 lines; at most 80"),
        ("cell 3", "more than 2 code cells in a row; a sentence between them"),
    ]


TWO = "a second heading # Two; one, the others with ##"
HEADINGS = [
    ([text("# Planted")], []),
    ([text("# Plantd")], [("cell 1", "'Plantd'; the heading # Planted")]),
    ([code("1"), text("# Planted")], [("cell 1", "'Planted'; the heading # Planted")]),
    ([text("Words")], [("cell 1", "no heading; the heading # Planted")]),
    ([text("# Planted"), text("# Two")], [("cell 2", TWO)]),
    ([text("# Planted\n```\n# a comment\n```")], []),
]


@pytest.mark.parametrize("cells, expected", HEADINGS)
def test_the_heading_is_the_title(cells, expected):
    assert list(notebooks.heading(cells, "Planted")) == expected


PICTURE = {"output_type": "display_data", "metadata": {}, "data": {"image/png": "x"}}


def output(kind="display_data", **more):
    return {"output_type": kind, "metadata": {}, **more}


SAVED = [
    (code("1", execution_count=2), "execution count 2; 1, run tpm run"),
    (code("tpm.quiz('responsibilities')"), "no output; what the call shows, run tpm run"),
    (code("table"), "no output; what the call shows, run tpm run"),
    (code("a = 1", metadata={"execution": {}}), "timing; run tpm run, which drops it"),
    (code("a = 1", outputs=[output("error", ename="KeyError")]), "a stored error, KeyError; none"),
    (code("a = 1", outputs=[output("stream", name="stderr", text="!")]), "text on stderr; a cell"),
    (code("a = 1", outputs=[output(data={VIEW: {}})]), "a widget view; run tpm run"),
    (code("a = 1", outputs=[output(data={"text/plain": "<A at 0x1>"})]), "an address ( at 0x...)"),
    (code("a = 1", outputs=[PICTURE]), "a picture with the text ''; a sentence"),
    (
        code("a = 1", outputs=[PICTURE | {"data": {"image/png": "x", "text/plain": "<Figure>"}}]),
        "a picture with the text '<Figure>'; a sentence",
    ),
]


@pytest.mark.parametrize("cell, line", SAVED)
def test_a_saved_notebook_is_clean(cell, line):
    found = list(saved({"metadata": {}, "cells": [cell]}, 1))
    assert [where for where, _ in found] == ["cell 1"]
    assert found[0][1].startswith(line)


def test_a_saved_notebook_was_run_is_small_and_without_state():
    notebook = {"metadata": {"widgets": {}}, "cells": [code("1", execution_count=None)]}
    assert list(saved(notebook, 1_500_001)) == [
        ("file", "1,500,001 bytes; at most 1,500,000"),
        ("metadata", "widget state; run tpm run, which drops it"),
        ("cells", "none was run; run tpm run"),
    ]


def test_an_expected_error_may_be_stored():
    cell = code("tpm.lesson('99')", metadata={"tags": ["raises-exception"]})
    cell["outputs"] = [output("error", ename="CourseError")]
    assert list(saved({"metadata": {}, "cells": [cell]}, 1)) == []


def test_only_two_tags_and_one_needs_a_reason():
    loose = code("1", metadata={"tags": ["nbval-ignore-output"]})
    assert list(tagged([text("Not compared, because it is the time."), loose])) == []
    assert list(tagged([loose, code("1", metadata={"tags": ["hide"]})])) == [
        ("cell 1", "tag nbval-ignore-output without a reason; a text above with `because`"),
        ("cell 2", "tag 'hide'; nbval-ignore-output or raises-exception"),
    ]


def lesson_of(*sources: str) -> str:
    """A notebook with a sentence before each code cell."""
    cells = [text("# Planted"), IMPORT]
    for source in sources:
        cells += [text("Words."), code(source)]
    ids = [one | {"id": f"c{place}"} for place, one in enumerate(cells)]
    return json.dumps({"cells": ids, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


CALLS = {
    "tpm.lesson('capstone')": "cell 4: lesson: 'capstone'; this lesson, 'planted'",
    "tpm.quiz('planted')": "lesson: no call of tpm.lesson; one",
    "tpm.lesson('planted')": "quiz: no call of tpm.quiz; one",
    "tpm.compare_company('frist')": "cell 4: compare_company: 'frist' is not one of",
    "tpm.stage('plantd')": "cell 4: stage: 'plantd' is not one of",
    "tpm.explore('role_profil')": "cell 4: explore: 'role_profil' is not one of",
    "tpm.cite('F00')": "cell 4: cite: 'F00' is not one of",
    "tpm.judge('C99')": "cell 4: judge: 'C99' is not one of",
    "tpm.sort_cards('plantd')": "cell 4: sort_cards: 'plantd' is not one of",
    "tpm.table('advert')": "cell 4: table: 'advert' is not one of",
    "a = 1": "predict: planted-predicted is not asked; every prediction of the quiz",
}


@pytest.mark.parametrize("source", CALLS)
def test_a_call_names_what_exists(course, source):
    make_ready(course)
    (course / LESSON).write_text(lesson_of(source))
    assert any(line.startswith(f"{LESSON}:{CALLS[source]}") for line in check(course))


def test_a_text_names_facts_and_claims_that_exist(course):
    make_ready(course)
    (course / LESSON).write_text(lesson_of("a = 1").replace("Words.", "See F00."))
    assert any(line.startswith(f"{LESSON}:cell 3: 'F00' is not one of") for line in check(course))


RHYTHM = {
    (): [
        "stage: no call of tpm.stage; one or more",
        "judge: C13 is not judged; every claim of the lesson",
        "cell 1: no heading Take away in the last text; the take-away last",
        "cells: number: 2 is outside 8 to 24",
        "words: number: 1 is outside 100 to 1600",
    ],
    ("tpm.quiz('planted')", "tpm.stage('luck')"): [
        "quiz: tpm.quiz before tpm.stage; the order lesson, stage, quiz, judge"
    ],
    ("tpm.judge('C12')",): ["cell 4: judge: 'C12' is not one of 'C13'"],
}


@pytest.mark.parametrize("sources", RHYTHM)
def test_a_lesson_with_claims_has_its_rhythm(course, sources):
    make_ready(course, claims=["C13"])
    cell(course / "data/claims.csv", "C13", "lesson", "planted")
    (course / LESSON).write_text(lesson_of(*sources))
    found = check(course)
    for line in RHYTHM[sources]:
        assert any(problem.startswith(f"{LESSON}:{line}") for problem in found), line


def left_for_later(course, *sources):
    """The problems of a lesson that leaves its claim to the table of the last one."""
    make_ready(course, claims=["C13"], later=["C13"])
    cell(course / "data/claims.csv", "C13", "lesson", "planted")
    (course / LESSON).write_text(lesson_of(*sources))
    return [line for line in check(course) if "C13" in line and "notebooks/" in line]


def test_a_claim_is_judged_in_its_lesson_or_in_the_table_of_a_later_one(course):
    make_ready(course, "capstone", claims=["C13"])
    (course / "notebooks/11_capstone.ipynb").write_text(lesson_of("tpm.verdicts()"))
    assert left_for_later(course) == []
    twice = f"{LESSON}:judge: C13 is judged here and under later; one of them"
    assert left_for_later(course, "tpm.judge('C13')") == [twice]


def test_a_claim_left_for_later_needs_the_table(course):
    (alone,) = left_for_later(course)
    assert alone.endswith("C13 is a claim of no other lesson; one that calls tpm.verdicts")
    make_ready(course, "capstone", claims=["C13"])
    (course / "notebooks/11_capstone.ipynb").write_text(lesson_of("tpm.look_back()"))
    (missing,) = left_for_later(course)
    assert missing.endswith("no call of tpm.verdicts; one, since C13 is judged there alone")


def test_quiz_and_judge_come_before_the_take_away(course):
    make_ready(course, claims=["C13"])
    (course / LESSON).write_text(lesson_of("tpm.judge('C13')").replace("Words.", "## Take away"))
    assert f"{LESSON}:cell 4: tpm.judge after the take-away; before it" in check(course)


def test_a_lesson_without_claims_has_no_rhythm_to_keep(course):
    make_ready(course)
    (course / LESSON).write_text(lesson_of("tpm.lesson('planted')"))
    assert not any("take-away" in line or "words" in line for line in check(course))


DAMAGED = [
    ("{", f"{LESSON}:1: Expecting property name enclosed"),
    ("[]", f"{LESSON}:file: data must be object; a notebook of format 4.5"),
    ('{"cells": 3}', f"{LESSON}:"),
    ("\ufeff{}", f"{LESSON}:1: a byte order mark; UTF-8 without one"),
]


@pytest.mark.parametrize("written, line", DAMAGED)
def test_a_damaged_notebook_is_named(course, written, line):
    (course / LESSON).write_text(written)
    assert any(problem.startswith(line) for problem in check(course))


def test_a_cell_has_an_id_of_its_own(course):
    path = course / LESSON
    path.write_text(path.read_text().replace('"id": "predict"', '"id": "claim"'))
    assert f"{LESSON}:cell 4: id 'claim'; an id of its own" in check(course)


def test_a_notebook_that_is_no_lesson_is_named(course):
    shutil.copy(course / LESSON, course / "notebooks/stray.ipynb")
    found = "notebooks/stray.ipynb:file: not a lesson of data/course.yml; one that names it"
    assert found in check(course)


LINKS = [
    ("[a](b.md)", []),
    ("[a](b.md#part-one)", []),
    ("[a](#Here)", []),
    ("[a](https://example.org/x#y) [b](mailto:a@b.c)", []),
    ("`[a](none.md)`\n```\n[a](none.md)\n```", []),
    ("![a chart](b.md) <img src='x' alt='a chart'>", []),
    ("[a](none.md)", ["the link none.md leads nowhere; a file of the course"]),
    ("[a](b.md#two)", ["the link b.md#two has no such heading; a heading of that file"]),
    ("[a](../x.md)", ["the link ../x.md leaves the course; a relative link inside it"]),
    ("[a](/b.md)", ["the link /b.md leaves the course; a relative link inside it"]),
    ("![](b.md)", ["the picture b.md has no text; ![what it shows](...)"]),
    ("<img src='x'>", ['an <img> without alt; alt="what it shows"']),
    ("[![](b.md)](b.md)", ["the picture b.md has no text; ![what it shows](...)"]),
]


@pytest.mark.parametrize("written, expected", LINKS)
def test_links_lead_somewhere_and_pictures_speak(tmp_path, written, expected):
    here, other = tmp_path / "a.md", tmp_path / "b.md"
    other.write_text("# Part one")
    here.touch()
    read = {here: f"## Here\n{written}", other: other.read_text()}
    found = links(here, [("text", written)], tmp_path, read)
    assert [words for _, words in found] == expected


def test_anchors_are_those_of_github_and_of_jupyter():
    found = anchors('## What\'s *new*, in `C`?\n```\n# no\n```\n<a id="own">')
    assert {"whats-new-in-c", "What's-*new*,-in-C?", "own"} <= found
    assert "no" not in found


def test_a_readme_is_checked_too(course):
    (course / "README.md").write_text("[a](none.md)")
    expected = "README.md:1: the link none.md leads nowhere; a file of the course"
    assert check(course) == [expected]


def test_a_new_lesson_is_never_written_over(course):
    path = course / "local/notebooks/50_own.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text("mine")
    with pytest.raises(CourseError, match="^local/notebooks/50_own.ipynb: exists already; a file"):
        new_lesson("", "Own", course)
    assert path.read_text() == "mine" and not (course / "local/course.yml").exists()


@pytest.mark.parametrize("number", ["twelve", "12", "5"])
def test_a_lesson_needs_a_number_above_those_of_all_lessons(course, number):
    expected = f"^number: '{number}'; two digits, above 12 as the last lesson$"
    with pytest.raises(CourseError, match=expected):
        new_lesson(number, "Other", course)


def test_a_lesson_needs_a_title_that_none_has(course):
    with pytest.raises(CourseError, match="^title: 'Planted' exists already; a title"):
        new_lesson("", "Planted", course)


def test_lessons_of_one_s_own_are_numbered_on(course):
    files = [new_lesson("", title, course)[0] for title in ("One more", "And another")]
    assert files == [
        "local/notebooks/50_one_more.ipynb",
        "local/notebooks/51_and_another.ipynb",
    ]
    assert check(course) == []


@pytest.mark.parametrize("title", ["It's: a #1 {test} $x", "  ", "é" * 3, "x" * 200])
def test_any_title_gives_a_sound_lesson_or_none(course, title):
    try:
        new_lesson("", title, course)
    except CourseError:
        assert not (course / "local/course.yml").exists()
    assert check(course) == []


def test_what_is_ours_is_not_touched(course):
    before = {path: path.read_bytes() for path in course.rglob("*.*")}
    new_lesson("", "Own", course)
    new_responsibility("Keep the diary", "Strategy", root=course)
    assert {path: path.read_bytes() for path in before} == before


def test_a_new_responsibility_is_local_and_sound(course):
    key = new_responsibility(
        "Review threat models", "Security and compliance", ["C22"], root=course
    )
    with course_at(course):
        row = content.table("responsibilities").iloc[-1]
    assert (row["responsibility_id"], row["source"], row["terms"]) == (key, "local", "")
    assert check(course) == []


@pytest.mark.parametrize(
    "name", ['Say "no", often', "=1+1 sums", "Größe\nund mehr", "Set product-vision"]
)
def test_any_name_gives_a_sound_row(course, name):
    key = new_responsibility(name, "Strategy", root=course)
    assert re.fullmatch("[a-z][a-z0-9_]*", key)
    assert check(course) == []


DUTY_ERRORS = [
    (("Review", "Strategie"), "^cluster: 'Strategie' is not one of 'Strategy'"),
    (("Review", "Strategy", ["C99"]), "^claims: 'C99' is not one of"),
    (("set Product vision", "Strategy"), "^name: 'set Product vision' exists already"),
    (("No", "Strategy"), "^local/responsibilities.csv:2 name: 2 characters; a text of 3 to 60"),
]


@pytest.mark.parametrize("arguments, message", DUTY_ERRORS)
def test_a_responsibility_that_does_not_fit_is_refused(course, arguments, message):
    with pytest.raises(CourseError, match=message):
        new_responsibility(*arguments, root=course)
    assert not (course / "local/responsibilities.csv").exists()


@pytest.fixture
def small(course):
    """A notebook that runs in a moment, and needs nothing of the course."""
    path = course / "notebooks" / "small.ipynb"
    cells = [code("import os\nprint(os.path.basename(os.getcwd()))", id="a"), code("6 * 7", id="b")]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(notebook))
    return path


def test_running_twice_changes_no_byte(course, small):
    first = [one.changed for one in run([str(small)], course)]
    once = small.read_bytes()
    second = [one.changed for one in run([str(small)], course)]
    assert (first, second) == ([True], [False])
    assert small.read_bytes() == once


def test_a_run_keeps_what_is_shown_and_drops_what_differs(course, small):
    cells = json.loads(small.read_text())
    cells["cells"][1]["source"] = [
        "from IPython.display import display\n",
        f"display({{'text/plain': 'x', '{VIEW}': {{}}}}, raw=True)",
    ]
    small.write_text(json.dumps(cells))
    list(run([str(small)], course))
    notebook = json.loads(small.read_text())
    assert notebook["cells"][0]["outputs"][0]["text"] == ["notebooks\n"]
    assert notebook["cells"][1]["outputs"][0]["data"] == {"text/plain": ["x"]}
    language = {"name": "python", "file_extension": ".py"}
    assert notebook["metadata"]["language_info"] == language
    assert notebook["metadata"]["tpmlib"] == version("tpmlib")
    assert not any(cell["metadata"] for cell in notebook["cells"])


def test_a_run_has_a_record_of_its_own(course, small, monkeypatch):
    monkeypatch.setenv("TPM_RECORD", "the learner's own")
    small.write_text(small.read_text().replace("6 * 7", "os.environ['TPM_RECORD']"))
    list(run([str(small)], course))
    assert "the learner's own" not in small.read_text()


def test_a_cell_that_fails_is_named_and_the_file_is_left_alone(course, small):
    small.write_text(small.read_text().replace("6 * 7", "1 / 0"))
    before = small.read_bytes()
    (found,) = run([str(small)], course)
    message = (
        "notebooks/small.ipynb:cell 2: ZeroDivisionError: division by zero; a cell without an error"
    )
    assert (found.error, found.changed) == (message, False)
    assert small.read_bytes() == before
    assert [path.name for path in small.parent.glob("small*")] == ["small.ipynb"]


def test_one_that_fails_does_not_stop_the_others(course, small):
    broken = small.with_name("broken.ipynb")
    broken.write_text(small.read_text().replace("6 * 7", "1 / 0"))
    found = {one.path.name: bool(one.error) for one in run([str(broken), str(small)], course)}
    assert found == {"broken.ipynb": True, "small.ipynb": False}


NUMBERS = [
    ("6 * 8", ["cell 2: 42 -> 48"]),
    ("'40 of 42'", ["cell 2: 40 new"]),
    ("'none'", ["cell 2: 42 gone"]),
    ("[1, 2, 3, 4, 5]", ["cell 2: 42 -> 1, 2 new, 3 new and 2 more"]),
    ("'42'", []),
]


@pytest.mark.parametrize("source, lines", NUMBERS)
def test_a_run_names_the_numbers_that_changed(course, small, source, lines):
    list(run([str(small)], course))
    small.write_text(small.read_text().replace("6 * 7", source))
    (found,) = run([str(small)], course)
    assert (found.changed, found.changes) == (True, lines)


def test_a_cell_added_above_changes_no_number(course, small):
    list(run([str(small)], course))
    notebook = json.loads(small.read_text())
    notebook["cells"].insert(0, code("1000", id="c"))
    small.write_text(json.dumps(notebook))
    assert [one.changes for one in run([str(small)], course)] == [[]]


def test_the_instructors_notebooks_run_with_the_lessons(course):
    make_ready(course)
    own = course / "notebooks/instructor/own.ipynb"
    own.parent.mkdir()
    shutil.copy(course / LESSON, own)
    with course_at(course):
        assert [path.name for path in of_course(course, gather()[0].ready)] == [
            Path(LESSON).name,
            "own.ipynb",
        ]


def test_a_new_lesson_runs(course):
    list(run(["12"], course))
    make_ready(course)
    assert not any("tpm run" in line for line in check(course) if line.startswith(LESSON))


@pytest.mark.parametrize("name", ["77", "none.ipynb"])
def test_a_lesson_that_is_not_there_is_named(course, name):
    with pytest.raises(
        CourseError, match="^lesson: '77' is not one of|none.ipynb: missing; a notebook"
    ):
        list(run([name], course))


FIRST_FORM = "data/quizzes/start_here.yml"


def test_a_new_question_of_the_first_form_asks_for_a_partner(course):
    edit(
        course / FIRST_FORM,
        lambda q: q["questions"].append(q["questions"][0] | {"id": "start_here-new"}),
    )
    assert any("none is parallel to start_here-new" in line for line in check(course))


def test_a_published_course_has_the_way_to_binder_in_its_readme(course):
    path = course / "data/course.yml"
    path.write_text(path.read_text() + "binder: {repository: someone/course, tag: v1.0.0}\n")
    (course / "README.md").write_text("# A course\n")
    place = "https://mybinder.org/v2/gh/someone/course/v1.0.0"
    badge = f"[Open it on Binder]({place}?urlpath=lab/tree/notebooks/00_start_here.ipynb)"
    line = f"README.md: the badge of Binder is missing; {badge}"
    assert line in check(course)
    (course / "README.md").write_text(f"{badge}\n")
    assert line not in check(course)
