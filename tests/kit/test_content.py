"""Tables and documents come back as written, and each kind of mistake gives one precise line."""

import os
import shutil
from pathlib import Path

import pandas as pd
import pytest
import yaml

from tpmlib.errors import CourseError
from tpmlib.kit import content, questions
from tpmlib.kit.content import document

DATA = Path(content.root()) / "data"
QUIZ = "quizzes/planted.yml"
TEXT = """\
lesson: responsibilities
reveal: now
predictions: []
questions:
  - id: responsibilities-planted
    outcome: responsibilities-read-difference
    kind: one
    text: Which one is right?
    options:
      - {id: this, text: This, right: true, why: It says so}
      - {id: that, text: That, why: It does not}
"""


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A copy of the course's data without its quizzes, which is the course for the test."""
    shutil.copytree(DATA, tmp_path / "data", ignore=shutil.ignore_patterns("build", "quizzes"))
    (tmp_path / "data/quizzes").mkdir()
    monkeypatch.setenv("TPM_COURSE", str(tmp_path))
    (tmp_path / "data" / QUIZ).write_text(TEXT)
    return tmp_path / "data"


def plant(path: Path, old: bytes | str, new: bytes | str) -> None:
    old, new = (part if isinstance(part, bytes) else part.encode() for part in (old, new))
    text = path.read_bytes()
    assert old in text
    path.write_bytes(text.replace(old, new, 1))


def problems() -> list[str]:
    return content.problems_of_tables() + content.problems_of_documents()


def test_the_course_has_no_problem():
    assert problems() == []


@pytest.mark.parametrize("name", content.tables())
def test_a_table_comes_back_as_written(name):
    raw = pd.read_csv(DATA / f"{name}.csv", dtype=str, keep_default_na=False)
    frame = content.table(name)
    assert list(frame.columns) == list(raw.columns)
    for column in frame.select_dtypes(exclude=["number", "bool"]):
        assert list(frame[column]) == list(raw[column])
    numbers = frame.select_dtypes(["number"]).astype("float64")
    assert numbers.equals(raw[numbers.columns].replace("", "nan").astype("float64"))


def test_types_are_as_declared():
    adverts = content.table("adverts")
    assert adverts["words"].dtype == "int64"
    assert adverts["year"].dtype == "Int64"
    assert adverts["full_text"].dtype == bool


def test_each_call_gives_a_fresh_copy():
    frame = content.table("claims")
    frame.loc[0, "claim"] = "changed"
    content.course()["lessons"].clear()
    assert "changed" not in set(content.table("claims")["claim"])
    assert content.course()["lessons"]


def test_a_change_on_disk_is_seen(data):
    assert content.claim("C04")["section"] == "definition"
    plant(data / "claims.csv", "C04,definition", "C04,role")
    assert content.claim("C04")["section"] == "role"


@pytest.mark.parametrize("name", ["adverts", "first_study", "old_lists"])
def test_the_counts_are_the_published_ones(name):
    golden = Path(__file__).parents[1] / "golden" / f"{name}.csv"
    assert (DATA / f"{name}.csv").read_bytes() == golden.read_bytes()


MISTAKES = [
    ("claims.csv", "C04,definition,3,", "C04,definition,", ":5: 8 fields; 9 as in line 1"),
    ("claims.csv", "C04,definition", 'C04,"definition', ":5: ',' expected after '\"'; "),
    ("claims.csv", "C04,definition", "C04,definiton", ":5 section: 'definiton' is not one of"),
    ("claims.csv", "C04,", "C03,", ":5 claim_id: 'C03' is already on line 4; once only"),
    ("claims.csv", "C04,", ",", ":5 claim_id: missing; a text that matches"),
    ("claims.csv", ",section,", ",sektion,", ":1: field 'sektion' is not one of 'section'"),
    ("claims.csv", "claim_id,section", "section,claim_id", ":1: section, claim_id, "),
    ("claims.csv", "claim_id", b"\xef\xbb\xbfclaim_id", ":1: a byte order mark; UTF-8"),
    ("claims.csv", "C04,definition", b"C04,\xe9", ":5: byte 0xe9 is not UTF-8"),
    ("claims.csv", "C05,", "\nC05,", ":6: 0 fields; 9 as in line 1"),
    ("claims.csv", "Whether a", "x" * 1_000_000, ":5: field larger than field limit"),
    ("claims.csv", "Whether a", "x" * 20_000, ":5 claim: 20,057 characters; at most 10,000"),
    ("adverts.csv", ",1,1586,", ",1,x,", ":2 words: 'x' is not an integer"),
    ("adverts.csv", ",1,1586,", ",1,1e3,", ":2 words: '1e3' is not an integer"),
    ("adverts.csv", ",1,1586,", ",1,0,", ":2 words: 0 is outside 1 to 20000"),
    ("adverts.csv", ",1,1586,", ",2,1586,", ":2 full_text: '2' is not true or false"),
    ("adverts.csv", ",1,1586,1", ",1,1586,2", ":2 set_product_vision: 2 is outside 0 to 1"),
    ("responsibilities.csv", "C08 C16", "C08 C61", ":2 claims: 'C61' is not one of"),
    ("facts.csv", ",ganeshan_2022,", ",ganeshan_2202,", ":2 source_id: 'ganeshan_2202' is not"),
    (
        "course.yml",
        "minutes: [15, 15]",
        "minutes: [15]",
        " lessons[0].minutes: [15]; a list of 2",
    ),
    ("course.yml", "status: ready", "status: redy", " lessons[0].status: 'redy' is not one of"),
    ("course.yml", "[C01, C02, C25]", "[C01, C01]", " lessons[1].claims: ['C01', 'C01']; each"),
    ("models.yml", "  default:", "  defalt:", " role_profile.presets.default: missing; a mapping"),
    ("models.yml", "unit: seed", "units: seed", " deals.parameters.seed.units: 'units' is"),
    ("datapackage.json", '"^C\\\\d{2}$"', '"^(C"', ".pattern: '^(C'; a text that is a regex"),
    ("datapackage.json", '"resources"', '"resorces"', ":1 resources: missing; a list"),
    (
        "models.yml",
        "  default:",
        "  Default:",
        " role_profile.presets.Default: 'Default'; a text that",
    ),
    ("models.yml", "step: 1", "step: 0", ".step: 0; a number above 0"),
    (QUIZ, "kind: one\n", "\n", ":5 questions[0].kind: missing; one of 'one', 'many', 'number'"),
    (QUIZ, "reveal: now", "reveal: \x07", ":1: unacceptable character #x0007"),
    (QUIZ, "reveal: now", f"reveal: {'[' * 3000}{']' * 3000}", ":1: nested too deeply; at most"),
    (QUIZ, "reveal: now", "--- x", ":2: but found another document; valid YAML"),
    (QUIZ, "That, why: It does not", "That", ":11 questions[0].options[1].why: missing; a text of"),
    (
        QUIZ,
        "why: It does",
        "wy: It does",
        ":11 questions[0].options[1].wy: 'wy' is not one of 'why'",
    ),
    (QUIZ, "It does not", "no", ".why: 'no' would be read as false; true or false, or text in"),
    (QUIZ, "It does not", '""', ":11 questions[0].options[1].why: ''; a text of 3 to 600"),
    (QUIZ, "kind: one", "kind: won", ":7 questions[0].kind: 'won' is not one of 'one'"),
    (QUIZ, "kind: one", "kind: number", ":5 questions[0].answer: missing; needed when kind is"),
    (QUIZ, "lesson: responsibilities", "lesson: 2", ":1 lesson: 2 is not text; write it in quotes"),
    (
        QUIZ,
        "reveal: now",
        "reveal: now\nreveal: now",
        ":3 reveal: already on line 2; each name once",
    ),
    (
        QUIZ,
        "reveal: now",
        "reveal: now\n7: x",
        ":3 7: '7' is not text; in quotes, or 1.5 for 1,5",
    ),
    (QUIZ, "reveal: now", "reveal: .nan", ":2 reveal: nan is not a number"),
    (QUIZ, "reveal: now", "reveal: 2024-13-45", ":2 reveal: month must be in 1..12; another"),
    (QUIZ, "reveal: now", "reveal: !!python/name:os.system x", ":2: could not determine a"),
    (QUIZ, "predictions: []", "predictions:", ":3 predictions: nothing is not a list"),
    (QUIZ, "text: This", "text: [", ":10: "),
    (QUIZ, "reveal: now", "reveal: &a now\nhint: *a", ":3 hint: an alias; write the value out"),
    (QUIZ, "lesson", b"\xef\xbb\xbflesson", ":1: a byte order mark; UTF-8 without one"),
    (QUIZ, "This", b"\xff", ":10: byte 0xff is not UTF-8; save as UTF-8"),
]


@pytest.mark.parametrize("file, old, new, line", MISTAKES)
def test_a_mistake_gives_its_line(data, file, old, new, line):
    plant(data / file, old, new)
    found = problems()
    assert any(problem.startswith(f"data/{file}:") and line in problem for problem in found)
    assert not any("\n" in problem or "\x1b" in problem for problem in found)


@pytest.mark.parametrize("name", ["claims.csv", QUIZ])
@pytest.mark.parametrize("text", ["", "\n \n"])
def test_an_empty_file_is_named(data, name, text):
    (data / name).write_text(text)
    assert f"data/{name}:1: empty; at least one line" in problems()


@pytest.mark.parametrize("name", ["claims.csv", "glossary.yml"])
def test_a_missing_file_is_named(data, name):
    (data / name).unlink()
    assert f"data/{name}: missing; a file that can be read" in problems()


def test_a_key_into_an_unknown_table_is_named(data):
    plant(data / "datapackage.json", '"resource": "sources"', '"resource": "source"')
    assert len(problems()) == 1
    assert "fields[7].references.resource: 'source' is not one of" in problems()[0]


def test_loading_stops_at_the_first_problem(data):
    plant(data / "claims.csv", "C04,definition", "C04,x")
    plant(data / "claims.csv", "C02,definition", "C02,y")
    with pytest.raises(CourseError, match=r"^data/claims.csv:3 section: 'y' is not one of"):
        content.table("claims")
    assert len(problems()) == 2


def test_a_broken_table_leaves_the_others_alone(data):
    plant(data / "claims.csv", "C04,definition", "C04,x")
    assert len(content.table("adverts")) == len(content.table("provenance"))


HOSTILE = ["=1+1", "NA", "null", "1e5", "<script>alert(1)</script>", "\x1b[31m", "a\x00b", "Ünï ﷽"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(data, text):
    plant(data / "claims.csv", "Whether a TPM role exists", f"{text} {'.' * 10}")
    assert content.claim("C04")["claim"].startswith(f"{text} ..........")


def test_hostile_text_is_quoted_in_a_message(data):
    plant(data / "claims.csv", "C04,definition", "C04,\x1b[31m\x07")
    assert problems()[0].startswith(r"data/claims.csv:5 section: '\x1b[31m\x07' is not one of")


UNKNOWN = [
    (content.table, "advert", "table: 'advert' is not one of 'adverts'"),
    (content.lesson, "99", "lesson: '99' is not one of"),
    (content.claim, "C31", "claim: 'C31' is not one of"),
    (content.fact, "F7l", "fact: 'F7l' is not one of"),
    (content.source, "course_advert", "source: 'course_advert' is not one of 'course_adverts'"),
    (content.settings, "role_profil", "model: 'role_profil' is not one of 'role_profile'"),
    (questions.quiz, "99", "quiz: '99' is not one of"),
    (
        questions.question,
        "responsibilities-lenght",
        "question: 'responsibilities-lenght' is not one of",
    ),
    (
        questions.prediction,
        "responsibilities-dept",
        "prediction: 'responsibilities-dept' is not one of",
    ),
    (content.deck, "responsibilites", "deck: 'responsibilites' is not one of"),
]


@pytest.mark.parametrize("find, name, text", UNKNOWN)
def test_an_unknown_name_lists_the_nearest(find, name, text):
    with pytest.raises(CourseError) as caught:
        find(name)
    assert str(caught.value).startswith(text)


def test_an_unknown_preset_lists_the_known():
    with pytest.raises(CourseError, match="^preset of role_profile: 'cluster' is not one of"):
        content.settings("role_profile", "cluster")


@pytest.mark.parametrize("preset", content.models()["role_profile"]["presets"])
def test_a_preset_changes_only_what_it_names(preset):
    values = content.models()["role_profile"]["presets"][preset]["values"]
    default = content.settings("role_profile") | content.view_settings("role_profile")
    found = content.settings("role_profile", preset) | content.view_settings("role_profile", preset)
    assert found == default | values


def test_view_and_settings_are_kept_apart():
    assert (
        not content.settings("role_profile").keys() & content.view_settings("role_profile").keys()
    )


def test_an_instructor_may_call_a_lesson_by_its_noun_or_its_number():
    lesson = content.lesson("responsibilities")
    assert all(content.lesson_named(name) == lesson for name in ("responsibilities", "02", "2"))


def test_the_course_is_found_from_a_folder_inside_it(tmp_path, monkeypatch):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "course.yml").touch()
    (tmp_path / "notebooks" / "deep").mkdir(parents=True)
    monkeypatch.delenv("TPM_COURSE", raising=False)
    monkeypatch.chdir(tmp_path / "notebooks" / "deep")
    assert os.path.samefile(content.root(), tmp_path)


def test_the_course_is_found_from_anywhere(tmp_path, monkeypatch):
    monkeypatch.delenv("TPM_COURSE", raising=False)
    monkeypatch.chdir(tmp_path)
    assert (content.root() / "data" / "course.yml").is_file()


def test_a_wrong_folder_in_the_environment_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("TPM_COURSE", str(tmp_path))
    with pytest.raises(CourseError, match="^TPM_COURSE: .* holds no data/course.yml$"):
        content.root()


def test_a_course_that_is_nowhere_says_what_to_set(tmp_path, monkeypatch):
    monkeypatch.delenv("TPM_COURSE", raising=False)
    monkeypatch.setattr(content.files, "PACKAGE", tmp_path / "site" / "tpmlib")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CourseError, match="set TPM_COURSE to the course$"):
        content.root()


@pytest.mark.parametrize("path", sorted(DATA.rglob("*.yml")), ids=lambda path: path.stem)
def test_a_browsers_kernel_reads_each_document_as_we_do(path):
    """It has the parser in Python alone, which is stricter than libyaml on some plain scalars."""
    text = path.read_text(encoding="utf-8")
    assert yaml.load(text, yaml.SafeLoader) == yaml.load(text, document.Loader)
