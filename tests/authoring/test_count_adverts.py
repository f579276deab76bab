"""A folder of adverts is counted as by hand, and each mistake in it gives one line."""

import runpy
import shutil
import sys
from pathlib import Path

import pytest

from tpmlib.errors import CourseError
from tpmlib.kit import content
from tpmlib.lessons.adverts.role_profile import role_profile

SCRIPT = Path(__file__).parents[2] / "data" / "build" / "count_adverts.py"
ADVERTS = Path(__file__).parents[1] / "adverts"  # six short texts, made up for these tests
INDEX = ADVERTS / "index.csv"
# counted by hand: words, and the responsibilities whose terms are in the text
BY_HAND = {
    "northgate-tpm": (
        34,
        {
            "take_part_in_architecture_decisions",
            "join_engineering_discussions_on_technology",  # by the words "architecture decisions"
            "write_technical_specifications",  # over the end of a line
            "define_apis_and_integration_contracts",
            "weigh_technical_trade_offs",  # twice in the text, counted once
            "write_and_present_clearly",  # wrongly, by "write technical"
        },
    ),
    "northgate-tpm-excerpt": (
        11,
        {"manage_the_backlog"},  # "translate" alone is no translation between two sides
    ),
    "pebble-pm": (
        25,
        {
            "own_the_product_roadmap",
            "interview_customers_and_do_user_research",
            "work_with_designers",  # and neither "budget" nor "mentor" as a bare word
        },
    ),
    "lantern-pm": (
        23,
        {"run_experiments_and_a_b_tests", "set_pricing_and_packaging", "manage_stakeholders"},
    ),
    "quarry-tpgm": (
        20,
        {"manage_schedules_and_milestones", "track_status_and_report_progress"},
    ),
    "harbour-engineer": (15, set()),
}


count = runpy.run_path(str(SCRIPT))["count"]


@pytest.fixture
def folder(tmp_path):
    """A copy of the adverts, to be damaged."""
    return Path(shutil.copytree(ADVERTS, tmp_path / "adverts"))


def plant(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def problem(folder: Path) -> str:
    """The one line that the folder gives, from the name of the file on."""
    with pytest.raises(CourseError) as caught:
        count(folder)
    return str(caught.value).removeprefix(f"{folder}/").removeprefix(f"{folder.as_posix()}/")


@pytest.mark.parametrize("advert", BY_HAND)
def test_an_advert_is_counted_as_by_hand(advert):
    row = count(ADVERTS).set_index("advert_id").loc[advert]
    words, found = BY_HAND[advert]
    assert row["words"] == words
    duties = list(content.table("responsibilities")["responsibility_id"])
    assert {name for name, hit in row.reindex(duties).items() if hit == 1} == found


def test_the_columns_are_those_of_adverts():
    assert list(count(ADVERTS).columns) == list(content.table("adverts").columns)


def test_the_rows_follow_the_index_and_keep_what_it_says():
    lines = INDEX.read_text(encoding="utf-8").splitlines()[1:]
    frame = count(ADVERTS)
    assert list(frame["advert_id"]) == [line.split(".")[0] for line in lines]
    assert list(frame["role"]) == ["tpm", "tpm", "pm", "pm", "tpgm", "other"]
    told = frame.loc[1, ["role", "company", "year", "full_text"]]
    assert list(told) == ["tpm", "Northgate Tools, Platform", "", "0"]


def test_no_text_of_an_advert_is_in_the_result():
    assert "synthetic" not in count(ADVERTS).to_csv()


def test_the_result_is_read_as_the_adverts_of_a_class():
    names = ("responsibilities", "first_study", "old_lists")
    tables = {name: content.table(name) for name in names} | {"adverts": count(ADVERTS)}
    settings = content.settings("role_profile", "class") | {"level": "responsibilities"}
    frame = role_profile(**tables, **settings)
    assert list(frame[frame["id"] == "own_the_product_roadmap"]["other_count"]) == [1]


MISTAKES = [
    ("harbour-engineer.txt,other,", "harbour-engineer.txt,cook,", ":7 role: 'cook' is not one of "),
    (",tpgm,", ",tgpm,", ":6 role: 'tgpm' is not one of 'tpm', 'other', 'pm', 'tpgm'; did you"),
    ("pebble-pm.txt", "pebbles-pm.txt", ":4 file: 'pebbles-pm.txt' is not in the folder; a file"),
    ("pebble-pm.txt", "lantern-pm.txt", ":5 file: 'lantern-pm.txt' is already listed; once only"),
    ("pebble-pm.txt", "../index.csv", ":4 file: '../index.csv'; letters, digits and hyphens, then"),
    ("pebble-pm.txt", "pebble pm.txt", ":4 file: 'pebble pm.txt'; letters, digits and hyphens"),
    ("pebble-pm.txt,pm,Pebble Bank,2023,1\n", "", ": 'pebble-pm.txt' of the folder is not listed"),
    (",2023,", ",23,", ":4 year: '23'; 2000 to 2099, or nothing"),
    (",2023,1", ",2023,yes", ":4 full_text: 'yes'; 1 for the whole text, else 0"),
    (",2023,1", ",2023", ":4: another number of fields than line 1; 5"),
    (",2023,1", ",2023,1,1", ":4: another number of fields than line 1; 5"),
    ("role,company", "rolle,company", ":1: column 'rolle' is not one of 'role', 'company'"),
    ("role,company", "company", ":1: file, company, year, full_text; each of file, role"),
    ('"Northgate', '"North"gate', ":3: ',' expected after '\"'; quotes in pairs"),
]


@pytest.mark.parametrize("old, new, line", MISTAKES)
def test_a_mistake_in_the_index_is_named(folder, old, new, line):
    plant(folder / "index.csv", old, new)
    assert problem(folder).startswith(f"index.csv{line}")


def test_a_missing_index_is_named(folder):
    (folder / "index.csv").unlink()
    assert problem(folder).startswith("index.csv: missing; a table with the columns file, role")


def test_an_index_without_an_advert_is_named(folder):
    for path in folder.glob("*.txt"):
        path.unlink()
    plant(folder / "index.csv", INDEX.read_text(encoding="utf-8").split("\n", 1)[1], "")
    assert problem(folder) == "index.csv:1: no advert; at least one line below the head"


@pytest.mark.parametrize("name", ["index.csv", "pebble-pm.txt"])
@pytest.mark.parametrize(
    "raw, text",
    [
        (b"", ":1: empty; at least one line"),
        (b" \n\n", ":1: empty; at least one line"),
        (b"caf\xe9", ":1: byte 0xe9 is not UTF-8; save as UTF-8"),
        (b"\xef\xbb\xbffile", ":1: a byte order mark; UTF-8 without one"),
    ],
)
def test_a_file_that_is_no_text_is_named(folder, name, raw, text):
    (folder / name).write_bytes(raw)
    assert problem(folder).startswith(f"{name}{text}")


@pytest.fixture
def run(monkeypatch):
    """Run the script as the command line would, in this process."""

    def command(*arguments: object) -> None:
        monkeypatch.setattr(sys, "argv", [str(SCRIPT), *map(str, arguments)])
        runpy.run_path(str(SCRIPT), run_name="__main__")

    return command


def test_the_command_prints_the_table(run, capsys):
    run(ADVERTS)
    assert capsys.readouterr().out == count(ADVERTS).to_csv(index=False, lineterminator="\n")


def test_the_command_writes_the_table(run, tmp_path, capsys):
    run(ADVERTS, "--out", tmp_path / "counted.csv")
    written = (tmp_path / "counted.csv").read_bytes().decode("utf-8")
    assert written == count(ADVERTS).to_csv(index=False, lineterminator="\n")
    assert capsys.readouterr().out == ""


def test_the_command_says_a_mistake_in_one_line(run, tmp_path):
    with pytest.raises(SystemExit) as caught:
        run(tmp_path)
    assert str(caught.value).startswith(f"{tmp_path / 'index.csv'}: missing; ")
    assert "\n" not in str(caught.value)


def test_the_command_says_when_it_cannot_write(run, tmp_path):
    with pytest.raises(SystemExit, match="Is a directory; a file that can be written$"):
        run(ADVERTS, "--out", tmp_path)
