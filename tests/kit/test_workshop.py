"""A workshop of one's own: what it leaves out is not shown, not linked to and not asked for."""

import pytest
import yaml
from front import edit

from tpmlib.kit import content, questions
from tpmlib.kit.content.workshop import kept, titles
from tpmlib.kit.panels.header import Lesson
from tpmlib.kit.panels.made import answers
from tpmlib.kit.panels.portfolio import Portfolio
from tpmlib.kit.panels.progress import asked
from tpmlib.kit.record import record
from tpmlib.lessons.look_back import verdicts
from tpmlib.lessons.look_back.become import become
from tpmlib.lessons.start_here.paths import Paths

WHOLE = [lesson["id"] for lesson in content.course()["lessons"]]
CHOSEN = ["start_here", "responsibilities", "capstone"]


@pytest.fixture
def workshop(tmp_path, monkeypatch):
    """Writes local/workshop.yml with these lessons and fields."""

    def write(lessons=CHOSEN, **fields):
        text = yaml.safe_dump({"title": "Three hours", "lessons": lessons, **fields})
        (tmp_path / "own").mkdir(exist_ok=True)
        (tmp_path / "own" / "workshop.yml").write_text(text, encoding="utf-8")
        monkeypatch.setenv("TPM_LOCAL", str(tmp_path / "own"))

    return write


def shown(panel):
    return "".join(str(bundle.get("text/html", "")) for bundle in panel.bundles())


def test_map_and_links_hold_the_lessons_of_the_workshop_in_its_order(workshop):
    workshop(["start_here", "staffing", "responsibilities"])
    portfolio = shown(Portfolio())
    order = [
        portfolio.index(content.lesson(name)["file"][10:])
        for name in content.course()["paths"][0]["steps"]
    ]
    assert order == sorted(order) and "01_titles" not in portfolio
    head = Lesson("staffing")
    assert 'Previous by number: <a href="00_' in head.html()
    assert 'Next by number: <a href="02_' in head.html()
    assert head.page.following == {"file": "02_responsibilities.ipynb", "words": "lesson 02"}
    assert "“Three hours”: next, lesson 02" in head.form.message


def test_the_last_lesson_leads_nowhere_and_a_lesson_outside_still_opens(workshop):
    workshop(["start_here", "staffing"])
    assert Lesson("staffing").page.following == {"end": True}
    outside = Lesson("titles")
    assert "Next by number" not in outside.html() and outside.page.following == {"end": True}


def test_the_workshop_is_its_only_path_and_nobody_has_to_choose_it(workshop):
    workshop(minutes=180)
    panel = Paths()
    assert panel.form.values == {"path": "workshop"} and "180 minutes" in shown(panel)
    assert ("path", "path") not in asked("start_here") and "01_titles" not in shown(panel)


def test_claims_of_lessons_left_out_are_not_judged_in_any_table(workshop):
    workshop()
    home = content.table("claims").set_index("claim_id")["lesson"]
    mine = {claim for claim, lesson in home.items() if lesson in CHOSEN}
    assert {claim["claim_id"] for claim in verdicts._claims()} == mine
    assert {*verdicts.left_open()} < mine and {*content.lesson("capstone")["later"]} == mine
    assert f"None of the {len(mine)} claims" in verdicts.sentence(record())
    assert all(name in mine for name in Lesson("capstone").lesson["claims"])


def test_predictions_and_documents_of_lessons_left_out_are_gone(workshop):
    workshop()
    assert {each.lesson for each in questions.predictions().values()} <= {*CHOSEN}
    text = " ".join(section.text for section in answers(record()).sections)
    assert "lesson )" not in text and "04" not in text and become(record()).sections


def test_what_only_a_skipped_part_asks_is_not_to_do(workshop):
    whole = asked("responsibilities")
    workshop(skip={"responsibilities": ["Judge", "What this means for a hire"]})
    left = whole - asked("responsibilities")
    assert left >= {("judge", "C03"), ("judge", "C13"), ("sheet", "hire")}
    assert {kind for kind, _ in left} == {"judge", "sheet"}


@pytest.mark.parametrize("lesson", WHOLE)
def test_a_lesson_of_which_nothing_is_skipped_asks_all_that_it_asks(workshop, lesson):
    whole = asked(lesson) - {("path", "path")}
    workshop(WHOLE, skip={lesson: ["No such part"]})
    assert asked(lesson) == whole


def test_a_part_ends_at_the_next_heading_of_its_rank():
    texts = [
        "# T\n\nTop.",
        "## A\n\nOne.\n\n### Deep\n\nTwo.",
        "code",
        "Three.\n\n## *B*\n\nFour.",
        "code",
    ]
    cells = [
        {"cell_type": "code" if text == "code" else "markdown", "source": [text]} for text in texts
    ]
    left = ["".join(cell["source"]) for cell in kept(cells, ["A"])]
    assert left == ["# T\n\nTop.", "## *B*\n\nFour.", "code"]
    assert ["".join(cell["source"]) for cell in kept(cells, ["B", "Deep"])] == [
        *texts[:1],
        "## A\n\nOne.",
    ]
    assert [*titles(cells)] == ["T", "A", "Deep", "B"]


def test_a_heading_in_a_code_fence_is_none():
    cells = [{"cell_type": "markdown", "source": ["## A\n\n```\n## B\n```\n"]}]
    assert [*titles(cells)] == ["A"]


def test_a_lesson_that_course_yml_leaves_out_is_out_without_a_workshop(data):
    edit(data / "course.yml", lambda course: course["lessons"][1].update(status="left_out"))
    assert [lesson["id"] for lesson in content.course()["lessons"]] == [WHOLE[0], *WHOLE[2:]]
    assert Lesson("start_here").page.following["file"] == "02_responsibilities.ipynb"
    assert all("titles" not in path["steps"] for path in content.course()["paths"])


def test_of_two_boards_of_cards_only_the_one_of_a_skipped_part_is_gone(workshop):
    whole = asked("titles")
    workshop(["titles"], skip={"titles": ["Translate the title"]})
    assert whole - asked("titles") == {("cards", "translations")}
