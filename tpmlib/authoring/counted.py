"""Numbers of questions, cards, adverts, ... that texts give, against what is asked and counted."""

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from tpmlib.authoring.cells import Cell, called, nodes, prose, text_of
from tpmlib.authoring.gather import Course
from tpmlib.kit.questions import Quiz

PART = re.compile(r"^## +(.+?) *#*$", re.M)
SMALL = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen \
fifteen sixteen seventeen eighteen nineteen twenty".split()
NOUNS = {  # what a call asks for, as prose calls it
    "assign": "duties",
    "calibrate": "ranges",
    "judge": "claims|verdicts",
    "quiz": "questions",
    "sort_cards": "badges|cards|duties|responsibilities",
}
NUMBER = (
    re.compile(  # where a sentence begins: Eight questions, Sort 24 cards, Judge the two claims
        rf"(?:^|[.!?:] |^#+ )(?:[A-Z]\w+ (?:all |the |these )?)?\b({'|'.join(SMALL)}|\d+)"
        rf"(?: \w+)? ({'|'.join(NOUNS.values())})\b",
        re.I | re.M,
    )
)
TYPED = (
    re.compile(  # a whole that a text names: all 76 adverts, 13 of the 16 TPM adverts, 62 duties
        r"(?:^|\b(?:all|in|makes|of|the) |(?=\b\d+ (?:whole|counted) ))(\d{2,4}) "
        r"(?:(?:whole|counted|[Tt]\w*M|PM) )*(adverts|duties|responsibilities|claims)\b",
        re.I,
    )
)
LAST = re.compile(rf"last ({'|'.join(SMALL)}|\d+) [^.]*\bfrom lessons? [^.]+", re.I)


def counted(cells: list[Cell], course: Course) -> Iterator[tuple[str, str]]:
    """A number of things at the start of a sentence is how many its part of the lesson asks."""
    texts = [text_of(cell) if cell["cell_type"] == "markdown" else "" for cell in cells]
    heads = [bool(PART.search(text)) for text in texts]
    part = [sum(heads[: place + 1]) for place in range(len(texts))]
    asked: dict[tuple[int, str], list[int]] = defaultdict(list)
    for place, node in nodes(cells):
        if isinstance(node, ast.Call) and called(node) in NOUNS:
            asked[part[place - 1], called(node)].append(_asked(node, course))
    for place, text in prose(cells):
        for number, noun in NUMBER.findall(text):
            kinds = [kind for kind, nouns in NOUNS.items() if noun.lower() in nouns.split("|")]
            each = [asked[part[place - 1], kind] for kind in kinds]
            real = [count for counts in each for count in (sum(counts), *counts) if count]
            if real and value(number) not in real:
                yield f"cell {place}", f"{number} {noun}; {real[0]}, as many as are asked"


def returning(cells: list[Cell], quiz: Quiz, course: Course) -> Iterator[tuple[str, str]]:
    """Where prose says that the last questions come back from earlier lessons, they do."""
    numbers = {lesson["id"]: lesson["number"] for _, lesson in course.lessons}
    for place, text in prose(cells):
        for sentence in LAST.finditer(text):
            last = [
                numbers.get(each.returns or "") for each in quiz.questions[-value(sentence[1]) :]
            ]
            if {*last} != {*re.findall(r"\d\d", sentence[0])}:
                shown = ", ".join(number or "none" for number in last)
                yield f"cell {place}", f"{sentence[0]!r}; the last come from {shown}"


def of_data(course: Course) -> Iterator[str]:
    """A whole that a text of the data names is as large as it says."""
    texts = ((where, text) for _, where, text in course.texts)
    return (f"{where}: {problem}" for where, problem in typed(course, texts))


def typed(course: Course, texts: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Each text, by its place, that names a whole of our adverts, duties or claims as it is not."""
    sizes = _sizes(course)
    for where, text in texts:
        for match in TYPED.finditer(text):
            size = sizes[match[2].lower()]
            if size and int(match[1]) not in size:
                numbers = ", ".join(map(str, sorted(size)))
                yield where, f"{match[0].strip()!r}; {match[2]} that there are: {numbers}"


def _sizes(course: Course) -> dict[str, set[int]]:
    """How many adverts (of a study, and of a role in it), duties and claims there are."""

    def rows(name: str, *columns: str) -> list[Any]:
        table = course.tables.get(name)
        return [cells for _, *cells in table.cells(*columns)] if table else []

    roles = [("first", role) for (role,) in rows("first_study", "role")]
    roles += [(batch, role) for batch, role in rows("adverts", "batch", "role") if batch != "class"]
    both = [study for study, role in roles if role in ("tpm", "pm")]
    duties = {rows("responsibilities", "source").count(["counted"])} - {0}
    whole = {"first_study", "adverts"} <= course.tables.keys()  # else told elsewhere
    adverts = {*Counter(roles).values(), *Counter(both).values()} if whole else set()
    claims = {len(rows("claims", "claim_id"))} - {0}
    return {"adverts": adverts, "duties": duties, "responsibilities": duties, "claims": claims}


def value(number: str) -> int:
    return int(number) if number.isdigit() else SMALL.index(number.lower())


def _asked(node: ast.Call, course: Course) -> int:
    """How many things a call asks for; 0 if it shows an outcome, or cannot be looked up."""
    name = called(node)
    value = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else None
    if name == "judge":
        return 1
    if name == "sort_cards":
        decks = [file.data for file in course.of("deck")]
        return sum(len(deck["cards"]) for deck in decks if deck["id"] == value)
    if name == "calibrate":
        rounds = (
            each
            for file in course.of("scenario")
            for each in file.data.get("calibration", {"rounds": []})["rounds"]
        )
        return sum(len(each["questions"]) for each in rounds if each["id"] == value)
    quizzes = course.quizzes_of(str(value))
    return sum(len(quiz.assign if name == "assign" else quiz.questions) for _, quiz in quizzes)
