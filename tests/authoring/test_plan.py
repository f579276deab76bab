"""A workshop is planned, printed and checked: nothing of what it leaves out, nothing hostile."""

import json
import re

import pytest
import yaml
from bs4 import BeautifulSoup
from front import HOSTILE, edit
from handout import ASKING, write_handout

from tpmlib import cli
from tpmlib.authoring import check
from tpmlib.authoring.gather import gather
from tpmlib.authoring.plan import plan, taught, workshops
from tpmlib.authoring.recipes import copied
from tpmlib.kit import content, questions

PART = "Practise, if you like: sort twelve duties"
CHOSEN = ["start_here", "responsibilities", "staffing"]


@pytest.fixture
def workshop(tmp_path, monkeypatch):
    """Writes local/workshop.yml with these fields."""

    def write(**fields):
        fields = {"title": "Three hours", "lessons": CHOSEN, **fields}
        path = tmp_path / "own" / "workshop.yml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(yaml.safe_dump(fields, sort_keys=False), encoding="utf-8")
        monkeypatch.setenv("TPM_LOCAL", str(path.parent))
        return path

    return write


def page(tmp_path):
    return BeautifulSoup(write_handout(tmp_path / "out").read_text(encoding="utf-8"), "html.parser")


def test_the_plan_has_each_part_that_is_taught_and_what_to_skip_when_late(workshop):
    workshop(skip={"responsibilities": [PART]}, minutes=60)
    text = plan()
    assert f"Left out: {PART}" in text and f"{PART}:" not in text
    for part in content.lesson("staffing")["teaching"]["short"]:
        assert f"When it is late, skip: {part}" in text and f"  {part}: " in text
    late = [
        part for part in content.lesson("responsibilities")["teaching"]["short"] if part != PART
    ]
    assert late[0] in text.split("When it is late")[1]
    assert f"late, skip: {PART}" not in text  # it is left out already
    clocks = re.findall(r"^  (\d+:\d\d)  ", text, re.M)
    assert clocks == sorted(clocks) and "more than you have" in text.splitlines()[1]


def test_the_plan_says_what_is_left_of_the_time(workshop):
    workshop(lessons=["start_here"], minutes=400)
    minutes = int(re.search(r"(\d+) minutes in a room", plan())[1])
    assert f"; that is {400 - minutes} minutes less than you have." in plan()


def test_the_plan_takes_less_time_when_a_part_is_skipped(workshop):
    workshop()
    whole = plan().splitlines()[0]
    workshop(skip={"responsibilities": [PART, "Judge"]})
    assert plan().splitlines()[0] != whole


def test_the_plan_names_what_lessons_still_take_from_those_left_out(workshop):
    workshop(lessons=["start_here", "staffing", "priorities", "messages"])
    unmet = plan().split("To say yourself")[1]
    assert "09 asks about lesson 02" in unmet and "06 names lesson 11" in unmet
    assert "lesson 00" not in unmet


def test_the_answers_stand_at_the_end_and_no_code_anywhere(workshop, tmp_path):
    workshop()
    soup = page(tmp_path)
    *lessons, answers = soup.find_all("section")
    assert [each.h2.get_text()[:2] for each in lessons] == ["00", "02", "05"]
    for question in questions.quiz("staffing").questions:
        right = next(option for option in question.filled().options if option.right)
        assert right.why in answers.get_text() and right.why not in lessons[2].get_text()
        assert question.filled().text in lessons[2].get_text()
    assert "tpm." not in soup.get_text() and not soup.select("details, pre, script")


def test_each_thing_to_answer_has_room_and_each_number_its_answer(workshop, tmp_path):
    workshop()
    soup = page(tmp_path)
    assert all(box.select(".room hr") for box in soup.select(".asked"))
    above = [line.find_previous_sibling() for line in soup.select(".asked .see")]
    assert above and all(room["class"] == ["room"] for room in above)
    numbers = [line.get_text().split()[-1] for line in soup.select(".see")]
    answers = [title.get_text().split()[0] for title in soup.select(".answer h4")]
    assert numbers == answers and len(set(numbers)) == len(numbers) > 20
    assert len(soup.select(".asked")) >= sum(
        "".join(cell["source"]).count(f"tpm.{name}(") for each in CHOSEN for name in ASKING
        for cell in taught(content.lesson(each))["cells"] if cell["cell_type"] == "code"
    )  # fmt: skip


def test_a_skipped_part_and_links_to_lessons_left_out_are_not_printed(workshop, tmp_path):
    workshop(skip={"responsibilities": [PART]})
    soup = page(tmp_path)
    assert PART not in soup.get_text() and "Next:" not in soup.get_text()
    assert all(link["href"].startswith("http") for link in soup.find_all("a"))
    last = "".join(taught(content.lesson("responsibilities"))["cells"][-1]["source"])
    assert "**Next:** [05, One person or two?](05_staffing.ipynb)" in last


def test_hostile_texts_are_escaped_in_the_handout(workshop, tmp_path, monkeypatch):
    folder = copied(tmp_path / "course")
    monkeypatch.setenv("TPM_COURSE", str(folder))
    workshop(title=HOSTILE[:60], language="de")
    path = folder / content.lesson("staffing")["file"]
    book = json.loads(path.read_text(encoding="utf-8"))
    book["cells"][1]["outputs"] = [
        {"output_type": "display_data", "metadata": {"image/png": {"alt": f'"{HOSTILE}'}},
         "data": {"image/png": f'"{HOSTILE}', "text/html": f"<p onclick=x>{HOSTILE}</p>"}}
    ]  # fmt: skip
    book["cells"][0]["source"] = [f"# T\n\n{HOSTILE} <img src=x onerror=y> [a](javascript:x)"]
    path.write_text(json.dumps(book), encoding="utf-8")
    soup = page(tmp_path)
    assert not soup.select("script, [onclick], [onerror]")
    assert all(link["href"].startswith("http") for link in soup.find_all("a"))
    assert all(image["src"].startswith("data:image/png;base64,") for image in soup.find_all("img"))


@pytest.mark.parametrize(
    ("fields", "line", "words"),
    [
        ({"skip": {"staffing": ["A second persn"]}}, 8, "did you mean 'A second person'"),
        ({"skip": {"titles": ["Judge"]}}, 7, "'titles' is not one of 'responsibilities'"),
    ],
)
def test_a_part_that_is_not_there_is_told_with_its_line(workshop, fields, line, words):
    workshop(**fields)
    (problem,) = workshops(gather()[0])
    assert f"workshop.yml:{line} skip" in problem and words in problem


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"lessons": ["stafing"]}, "workshop.yml:3 lessons[0]: 'stafing' is not one of 'staffing'"),
        ({"lesson": ["staffing"]}, "did you mean 'lessons'"),
        ({"language": "german"}, "such as en or de"),
        ({"minutes": "180"}, "'180' is not an integer"),
    ],
)
def test_a_mistake_in_the_file_is_told_by_check(workshop, fields, words, monkeypatch):
    workshop(**fields)
    told = gather()[1] + [line for rule in check.RULES[:4] for line in rule(gather()[0])]
    assert any(words in line for line in told)


def test_check_asks_nothing_of_a_lesson_that_is_left_out(tmp_path):
    folder = copied(tmp_path / "course")
    edit(folder / "data/course.yml", lambda course: course["lessons"][9].update(status="left_out"))
    edit(folder / "data/course.yml", lambda course: course["lessons"][11].update(status="left_out"))
    edit(
        folder / "data/quizzes/messages.yml",
        lambda quiz: quiz["questions"][0].update(text="TO WRITE: x"),
    )
    problems, unwritten, _ = check.review(folder, stale=False)
    assert (problems, unwritten) == ([], [])


def test_the_command_prints_and_writes(workshop, tmp_path, capsys):
    workshop()
    assert cli.main(["workshop"]) == 0 and "0:00" in capsys.readouterr().out
    assert cli.main(["workshop", "--handout", str(tmp_path / "paper")]) == 0
    assert (tmp_path / "paper" / "handout.html").is_file()
