"""How lessons of the second edition read: a short way in, joints, "you", few terms and figures."""

import re

import pytest

from tpmlib.authoring.cells import calls, prose, read
from tpmlib.authoring.notebooks import CELLS
from tpmlib.kit import content, questions

COURSE = content.course()
ENTRIES = {each["id"]: each for each in COURSE["lessons"]}
FILES = {name: entry["file"] for name, entry in ENTRIES.items()} | {"help": "notebooks/help.ipynb"}
FIRST = {"start_here": 120, "responsibilities": 60}  # words before the first click, at most
PICTURE, FACTS, TO_DO = 300, 2, 14  # words before the first picture; facts; things to do: at most
A_CHOICE = 0.5  # minutes for each thing to choose or to press, beside its words (assumed)
AN_ADVERT, A_TEXT = 10, 8  # such things in reading an advert, and in writing a text (assumed)
A_TABLE = 6  # in looking through the table of verdicts and judging those that are open (assumed)
A_YEAR = 21  # such things in four quarters: people, work, from April a date, and presses
NUMBERS = 3  # of a paragraph, at most
JOINTS, READER, TERMS, FIGURES = 0.8, 2.5, 1.2, 1.5  # per 100 words; the first two at least

WORD = re.compile(r"[^\W_](?:[\w’'.-]*\w)?")
FIGURE = re.compile(r"(?<![\w.])\d[\d,.]*(?<![.,])%?(?!\])")
PARAGRAPH = re.compile(r"\n\s*\n|\n(?=- )")
LINK = re.compile(r"\[[^\]]*\]\([^)]*\)")  # the number of a lesson in one is a name
JOINT = re.compile(
    r"\b(but|so|because|although|though|while|whereas|yet|since|unless|until|if)\b", re.I
)
YOU = re.compile(r"\b(you|yours?|yourself|we|ours?|us)\b", re.I)
FOLDED = re.compile(r"<details.*?</details>|<style.*?</style>", re.S)

LESSON = pytest.mark.parametrize("lesson", ENTRIES)
PAGE = pytest.mark.parametrize("page", FILES)


def cells_of(page):
    return read(content.root() / FILES[page])["cells"]


def steps_of(cells):
    """The steps of each stage, by its cell."""
    stages = [(place, value) for place, name, value in calls(cells) if name == "stage"]
    return {place: content.stage(value)["steps"] for place, value in stages}


def paragraphs(cells):
    """All that is told in order, with the sentences of stages: cell and paragraph."""
    told = [(place, part) for place, text in prose(cells) for part in PARAGRAPH.split(text)]
    told += [(place, step["say"]) for place, steps in steps_of(cells).items() for step in steps]
    return sorted(((place, text) for place, text in told if text.strip()), key=lambda part: part[0])


def words(*texts):
    return sum(len(WORD.findall(text)) for text in texts)


def shown(cell, folded=FOLDED):
    """The words of what a cell shows, but for the parts that are folded."""
    pages = ["".join(out.get("data", {}).get("text/html", "")) for out in cell.get("outputs", [])]
    return words(*(re.sub(r"<[^>]+>", " ", folded.sub(" ", page)) for page in pages))


def per_hundred(pattern, page):
    told = [LINK.sub(" ", text) for _, text in paragraphs(cells_of(page))]
    return 100 * sum(len(pattern.findall(text)) for text in told) / words(*told)


def to_do(cells):
    """What a learner does, a thing each: panels, and predictions on a stage."""
    asked = [step for steps in steps_of(cells).values() for step in steps if "ask" in step]
    read_only = {"lesson", "stage", "cite", "short_answer", "what_stands", "table"}
    return len(asked) + sum(name not in read_only for _, name, _ in calls(cells))


def choices(cells):
    """All that is chosen or pressed, a press for each step of a stage among it."""
    number = {"judge": 1, "paths": 1, "pairs": 3, "read_advert": AN_ADVERT}
    number |= {"reflect": A_TEXT, "mark_threats": 9, "verdicts": A_TABLE}
    number |= {"company": A_YEAR, "compare_company": 3}
    total = sum(number.get(name, 0) for _, name, _ in calls(cells))
    total += sum(1 + ("ask" in step) for steps in steps_of(cells).values() for step in steps[:-1])
    for _, name, value in calls(cells):
        total += len(questions.quiz(value).questions) if name == "quiz" else 0
        total += 2 * len(questions.quiz(value).assign) if name == "assign" else 0
        total += len(content.deck(value)["cards"]) if name == "sort_cards" else 0
        if name == "calibrate":
            total += len(content.calibration_round(value)["questions"])
    return total


def feedback(lesson):
    """The words that come back at the most: the longest reason of each item, and what follows."""
    quiz = questions.quiz(lesson)
    items = [*quiz.predictions, *(quiz.questions if quiz.reveal != "later" else ())]
    reasons = [max((each.why for each in item.options), key=len, default="") for item in items]
    return words(*reasons, *(item.why for item in items))


@LESSON
def test_there_is_something_to_do_after_few_words(lesson):
    cells = cells_of(lesson)
    first = next(place for place, name, _ in calls(cells) if name != "lesson")
    told = [text for place, text in paragraphs(cells) if place < first]
    told += [step["say"] for step in steps_of(cells).get(first, [])[:1]]
    assert words(*told) <= FIRST.get(lesson, 120)


@LESSON
def test_the_first_picture_comes_soon(lesson):
    cells = cells_of(lesson)
    drawn = [
        place
        for place, cell in enumerate(cells, 1)
        if any("image/png" in out.get("data", {}) for out in cell.get("outputs", []))
    ]
    told = [text for place, text in paragraphs(cells) if drawn and place < drawn[0]]
    assert words(*told) <= PICTURE


@PAGE
def test_a_learner_sees_what_a_cell_shows_and_not_its_code(page):
    hidden = [
        cell["metadata"].get("jupyter", {}).get("source_hidden")
        for cell in cells_of(page)
        if cell["cell_type"] == "code"
    ]
    assert hidden and all(hidden)


@PAGE
def test_a_paragraph_holds_few_numbers(page):
    told = [LINK.sub(" ", text) for _, text in paragraphs(cells_of(page))]
    assert [text for text in told if len(FIGURE.findall(text)) > NUMBERS] == []


@PAGE
def test_sentences_have_joints_and_a_reader(page):
    assert per_hundred(JOINT, page) >= JOINTS
    assert per_hundred(YOU, page) >= READER


@PAGE
def test_figures_and_new_terms_are_few(page):
    assert per_hundred(FIGURE, page) <= FIGURES
    earlier = [each for each in ENTRIES.get(page, {}).get("needs", []) if each in ENTRIES]
    before = {term for each in earlier for term in terms(each)}
    told = [text for _, text in paragraphs(cells_of(page))]
    assert 100 * len(terms(page) - before) / words(*told) <= TERMS


def terms(page):
    """The words of the glossary that a page tells, whether a list in one entry or not."""
    told = " ".join(text for _, text in paragraphs(cells_of(page)))
    names = {name for term in content.glossary() for name in re.split(r", | \(|\)", term) if name}
    names -= set(WORD.findall(COURSE["title"]))  # what the course is about
    return {name for name in names if re.search(rf"\b{re.escape(name)}s?\b", told, re.I)}


@LESSON
def test_all_words_and_all_things_to_do_fit_the_minutes(lesson):
    cells = cells_of(lesson)
    answer = {place for place, name, _ in calls(cells) if name == "short_answer"}
    never = re.compile(r"(?!)")  # the answer is folded, and everybody opens it
    panels = [shown(cell, never if n in answer else FOLDED) for n, cell in enumerate(cells, 1)]
    told = words(*(text for _, text in paragraphs(cells)))
    reading = (told + sum(panels) + feedback(lesson)) / COURSE["pace"]["words"]
    minutes = reading + A_CHOICE * choices(cells)
    assert minutes <= ENTRIES[lesson]["minutes"][1]


@PAGE
def test_a_page_has_few_cells_facts_and_things_to_do(page):
    cells = cells_of(page)
    assert len(cells) <= CELLS[1] and to_do(cells) <= TO_DO
    assert sum(name == "cite" for _, name, _ in calls(cells)) <= FACTS


ABSENCE = re.compile(
    r"(?<!found )\bnobody (?:has )?(measured|compared|counted|followed|tested)", re.I
)


def test_what_we_did_not_find_is_not_told_as_absent_in_the_world():
    files = [*content.root().glob("data/**/*.yml"), *content.root().glob("data/*.csv")]
    files += [content.root() / entry["file"] for entry in ENTRIES.values()]
    told = {path.name: ABSENCE.search(path.read_text(encoding="utf-8")) for path in files}
    assert len(files) > 40 and [name for name, match in told.items() if match] == []


def test_a_way_on_names_the_lesson_by_its_number_and_title():
    names = {name["file"].rpartition("/")[2]: name for name in COURSE["lessons"]}
    links = [
        (text, names[file])
        for lesson in COURSE["lessons"]
        for cell in read(content.root() / lesson["file"])["cells"]
        for text, file in re.findall(r"\[(\d\d, [^\]]*)\]\((\w+\.ipynb)\)", "".join(cell["source"]))
    ]
    assert links
    for text, lesson in links:
        assert text == f"{lesson['number']}, {lesson['title']}"


@PAGE
def test_a_link_within_a_page_leads_to_one_of_its_headings(page):
    text = "\n".join("".join(cell["source"]) for cell in cells_of(page))
    headings = [name.replace(" ", "-") for name in re.findall(r"^#+ (.+)$", text, re.M)]
    assert {*re.findall(r"\]\(#([^)\n]+)\)", text)} <= {*headings}
