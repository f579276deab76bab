"""The plan of a lesson holds what the course says of it, every misconception, and no tag."""

import json
import shutil
from html import escape, unescape

import pytest
import yaml

import tpmlib
from tpmlib.authoring.facilitate import facilitate
from tpmlib.authoring.new import cell_of
from tpmlib.authoring.notebooks import calls
from tpmlib.authoring.pace import running_order
from tpmlib.kit import content, figures, questions

LESSONS = [lesson["id"] for lesson in content.course()["lessons"]]


@pytest.fixture
def data(tmp_path, monkeypatch):
    """The data of a copy of the course, in use until the test ends."""
    copy = shutil.copytree(content.root() / "data", tmp_path / "data")
    monkeypatch.setenv("TPM_COURSE", str(tmp_path))
    return copy


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_misconception_and_right_answer_is_there(lesson):
    plan = facilitate(lesson)
    quiz = questions.quiz(lesson)
    options = [option for question in quiz.questions for option in question.options]
    named = [option for option in options if option.misconception]
    right = [option for option in options if option.right]
    right += [question for question in quiz.questions if question.kind == "number"]
    order = running_order(lesson)
    decks = [deck for name in content.decks() if (deck := content.deck(name))["lesson"] == lesson]
    cards = [card for deck in decks for card in deck["cards"]]
    tables = [order, named, right, quiz.predictions, quiz.reflections, cards]
    assert plan.page.count("<tr>") == sum(len(rows) + 1 for rows in tables if rows)
    assert all(escape(each.text) in plan.page for each in quiz.reflections)
    filled = [prediction.filled() for prediction in quiz.predictions]
    predicted = [option for each in filled for option in each.options if option.right]
    points = [point for each in quiz.reflections for point in each.points]
    for text in [option.why for option in predicted] + [point.text for point in points]:
        assert text in unescape(plan.page)
    assert "{" not in plan.page


def test_every_text_of_a_plan_is_escaped(data):
    path = data / "course.yml"
    course = yaml.safe_load(path.read_text())
    teaching = course["lessons"][1]["teaching"]
    texts = [*teaching["discuss"], teaching["mixed"]]
    path.write_text(json.dumps(course))
    for number, text in enumerate(texts):
        path.write_text(
            path.read_text().replace(json.dumps(text)[1:-1], f"<b id={number}> bold", 1)
        )
    page = facilitate("titles").page
    assert [f"&lt;b id={number}&gt;" in page for number in range(len(texts))] == [True] * len(texts)
    assert "<b id" not in page


def test_a_lesson_without_a_plan_says_so_and_has_its_answers(data):
    path = data / "course.yml"
    text = path.read_text()
    start = text.index("    teaching:", text.index("id: capstone"))
    path.write_text(text[:start])
    page = facilitate("capstone").page
    assert "Not planned yet: see `teaching`" in page and "Right answers, with reasons" in page


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_running_order_has_every_part_and_shares_out_the_whole_time(lesson):
    order = running_order(lesson)
    notebook = json.loads((content.root() / content.lesson(lesson)["file"]).read_text())
    headings = [
        line.lstrip("#").strip()
        for cell in notebook["cells"]
        if cell["cell_type"] == "markdown"
        for line in "".join(cell["source"]).splitlines()
        if line.startswith(("# ", "## "))
    ]
    assert [part for part, _, _ in order] == headings
    assert sum(share for _, share, _ in order) == pytest.approx(1)


def test_everything_there_is_to_do_has_its_minutes():
    paced = set(content.course()["pace"]["calls"])
    assert paced <= set(tpmlib.__all__)
    paths = [content.root() / lesson["file"] for lesson in content.course()["lessons"]]
    cells = [cell for path in paths for cell in json.loads(path.read_text())["cells"]]
    called = {name for _, name, _ in calls(cells)}
    assert called - paced == {"lesson"}


def test_a_part_takes_the_time_of_its_words_and_of_what_it_asks(data):
    ask = 'tpm.judge("C03")\ntpm.unknown()'
    texts = [("markdown", "## First\n" + "word " * 98), ("code", ask)]
    cells = [cell_of(kind, str(place), text) for place, (kind, text) in enumerate(texts)]
    book = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (data.parent / "notebooks").mkdir()
    (data.parent / content.lesson("responsibilities")["file"]).write_text(json.dumps(book))
    ((title, _, made),) = running_order("responsibilities")
    assert (title, made) == ("First", "1 verdict")


def test_a_belief_is_shown_as_a_sentence():
    known = dict(content.table("misconceptions")[["misconception_id", "belief"]].to_numpy())
    for lesson in LESSONS:
        page = facilitate(lesson).page
        for question in questions.quiz(lesson).questions:
            for option in question.options:
                assert escape(known.get(option.misconception, "")) in page


def test_each_heading_of_the_page_names_the_lesson_that_is_planned_below_it():
    page = content.root() / "notebooks/instructor/facilitate.ipynb"
    sources = ["".join(cell["source"]) for cell in json.loads(page.read_text())["cells"]]
    planned = [
        (text[0].splitlines()[0], text[1])
        for text in zip(sources, sources[1:], strict=False)
        if text[1].startswith("tpm.facilitate(")
    ]
    lessons = content.course()["lessons"]
    assert planned == [
        (f"## {each['number']} {each['title']}", f'tpm.facilitate("{each["id"]}")')
        for each in lessons
    ]


def test_the_page_names_the_adverts_of_the_first_lesson():
    page = (content.root() / "notebooks/instructor/facilitate.ipynb").read_text()
    pairs = figures.frame("pairs")
    one, two, three = ("A" if first == "tpm" else "B" for first in pairs["first"])
    trap = ["first", "second", "third"][list(pairs["obvious"]).index(False)]
    assert f"the TPM's are {one}, {two} and {three}; the {trap} pair is the trap." in page
