"""The rules of quizzes and of decks of cards."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from tpmlib.authoring.counted import NOUNS, NUMBER, value
from tpmlib.authoring.gather import Course, attempt, report
from tpmlib.errors import CourseError, nearest, outside
from tpmlib.kit import figures
from tpmlib.kit.content.document import Document
from tpmlib.kit.content.words import Path
from tpmlib.kit.patterns import check_pattern
from tpmlib.kit.questions import Question

QUESTIONS = {"start_here": (6, 6), "capstone": (6, 6)}  # forms A and B of the starting questions
OTHERS = (4, 12)  # nine at most in the course; the rest is for an instructor
RETURNS = 1  # questions of a lesson that come back from an earlier one, at least
DUTIES = (3, 5)  # responsibilities of a lesson that the learner gives to somebody
MAPLESS = {"titles"}  # it has none: its four titles are more than the map can part


def quizzes(course: Course) -> Iterator[str]:
    """Right options exist, and what a question names is of its lesson or an earlier one."""
    for file, quiz in course.quizzes:
        notes = report(file)
        if (stem := file.shown.split("/")[-1].split(".")[0]) != quiz.lesson:
            notes.add(("lesson",), f"{quiz.lesson}; {stem}, as the file is called")
        for number, question in enumerate(quiz.questions):
            right = len(question.right_options())
            place: Path = ("questions", number, "options")
            if question.kind == "one" and right != 1:
                notes.add(place, f"{right} right options; exactly one")
            if question.kind == "many" and not right:
                notes.add(place, "no right option; one or more")
            if question.returns and not course.before(question.returns, quiz.lesson):
                notes.add(("questions", number, "returns"), "not an earlier lesson; an earlier one")
            if question.outcome.split("-")[0] not in (quiz.lesson, question.returns):
                text = f"{question.outcome} is of another lesson; one of {quiz.lesson}"
                notes.add(("questions", number, "outcome"), f"{text}, or of that it returns from")
            for rank, option in enumerate(question.options):
                if option.right and option.misconception:
                    notes.add((*place, rank, "misconception"), "behind a right option; a wrong one")
            _tolerance(course, notes, number, question)
        for number, prediction in enumerate(quiz.predictions):
            if prediction.kind == "choice" and not prediction.right_options():
                notes.add(("predictions", number, "options"), "no right option; one or more")
            if prediction.tolerance * 2 >= (wide := prediction.max - prediction.min) > 0:
                text = f"{prediction.tolerance:g}; below {wide / 2:g}, half of the scale"
                notes.add(("predictions", number, "tolerance"), text)
        yield from notes.problems


def _tolerance(course: Course, notes: Document, number: int, question: Question) -> None:
    """A number is not right whatever it is."""
    answer = question.answer if course.computes and question.tolerance else None
    path: Path = ("questions", number, "answer")
    value = attempt(course, notes, path, answer.number) if answer else None
    if value and question.tolerance >= abs(value):
        text = f"{question.tolerance:g}; below {abs(value):.3g}, which is the answer"
        notes.add(("questions", number, "tolerance"), text)


def shares(course: Course) -> Iterator[str]:
    """A ready lesson has its share of questions, the right options in changing places."""
    for path, lesson in course.ready:
        for file, quiz in course.quizzes_of(lesson["id"]):
            notes, count, duties = report(file), len(quiz.questions), len(quiz.assign)
            low, high = QUESTIONS.get(lesson["id"], OTHERS)
            if not low <= count <= high:
                notes.add(("questions",), str(outside("number of questions", count, low, high)))
            back = sum(bool(question.returns or question.parallel) for question in quiz.questions)
            if path[1] and back < RETURNS:
                text = f"{back} come back from earlier lessons; {RETURNS} or more"
                notes.add(("questions",), text)
            mapped = bool(lesson["claims"]) and lesson["id"] not in MAPLESS
            if (mapped or duties) and not DUTIES[0] <= duties <= DUTIES[1]:
                notes.add(("assign",), str(outside("number of responsibilities", duties, *DUTIES)))
            places = [
                [option.right for option in question.options].index(True) + 1
                for question in quiz.questions
                if question.kind == "one" and question.right_options()
            ]
            if len(places) > 2 and len(set(places)) == 1:
                text = f"the right option is always number {places[0]}; vary its place"
                notes.add(("questions",), text)
            yield from notes.problems


def parallels(course: Course) -> Iterator[str]:
    """Two forms of one test pair off: same claim, none left over, none asked for twice."""
    home = {each.id: (file, quiz) for file, quiz in course.quizzes for each in quiz.questions}
    for file, quiz in course.quizzes:
        paired: dict[str, tuple[int, Question]] = {}
        for number, question in enumerate(quiz.questions):
            place: Path = ("questions", number, "parallel")
            if not (partner := question.parallel):
                if any(each.parallel for each in quiz.questions):
                    text = f"{question.id} has no partner; one, as the others have"
                    yield file.problem(place, text)
            elif partner in paired:
                yield file.problem(place, f"{partner} has a partner already; one each")
            elif partner in home and not course.before(home[partner][1].lesson, quiz.lesson):
                yield file.problem(place, f"{partner} is not of an earlier lesson; one that is")
            elif partner in home:
                paired[partner] = number, question
        for other in {home[partner][0].shown: home[partner][1] for partner in paired}.values():
            for question in other.questions:
                if question.id not in paired:
                    text = f"none is parallel to {question.id}; one for each"
                    yield file.problem(("questions",), text)
                    continue
                number, partner_question = paired[question.id]
                if partner_question.claim != question.claim:
                    place = ("questions", number, "parallel")
                    yield file.problem(place, f"{question.id} treats another claim; the same")


def decks(course: Course) -> Iterator[str]:
    """Every card has a text and a pile that exists, its own or computed."""
    for file in course.of("deck"):
        notes, deck = report(file), file.data
        piles, used = {pile["id"] for pile in deck["piles"]}, set()
        left_out = "answers" in deck and not course.computes
        computed = _computed(course, notes, deck) if "answers" in deck and not left_out else {}
        left_out = left_out or computed is None
        for number, card in enumerate(deck["cards"]):
            if "text" not in card:
                if wrong := course.unknown("responsibilities.responsibility_id", card["id"]):
                    notes.add(("cards", number, "id"), wrong)
            chosen = card.get("pile", (computed or {}).get(card["id"]))
            for pile in [chosen] if isinstance(chosen, str) else chosen or []:
                used.add(pile)
                if pile not in piles:
                    notes.add(("cards", number), f"pile {nearest(pile, piles)}")
            if chosen is None and not left_out and not notes.problems:
                notes.add(("cards", number), "no pile; a pile, or a row of the model that answers")
        # which piles the counts fill is not for the author to say
        for number, pile in enumerate(() if "answers" in deck or notes.problems else deck["piles"]):
            if pile["id"] not in used:
                notes.add(("piles", number), f"no card belongs to {pile['id']}; one or more")
        for number, noun in NUMBER.findall(deck["text"]):
            if noun.lower() in NOUNS["sort_cards"] and value(number) != len(deck["cards"]):
                notes.add(("text",), f"{number} {noun}; {len(deck['cards'])}, or {{cards}}")
        unscored = deck.get("unscored", [])
        for pile in [unscored] if isinstance(unscored, str) else unscored:
            if pile not in piles:
                notes.add(("unscored",), nearest(pile, piles))
        yield from notes.problems


def reflections(course: Course) -> Iterator[str]:
    """The words to look for can be searched, and the model answer passes its own points."""
    for file, quiz in course.quizzes:
        for number, item in enumerate(quiz.reflections):
            for rank, point in enumerate(item.points):
                place: Path = ("reflections", number, "points", rank, "any")
                try:
                    for words in point.words:
                        check_pattern(words)
                    passed = not point.words or point.seek(item.model_answer).right
                except CourseError as error:
                    yield file.problem(place, str(error))
                    continue
                if not passed:
                    yield file.problem(place, "the model answer fails this point; one that passes")


def rounds(course: Course) -> Iterator[str]:
    """Each figure to bracket stands in the table of facts, above 0, once a round."""
    if not (facts := course.tables.get("facts")):
        return
    figure = {name: figure for _, name, figure in facts.cells("fact_id", "figure")}
    for file in course.of("scenario"):
        for number, round_ in enumerate(file.data.get("calibration", {"rounds": []})["rounds"]):
            asked: set[str] = set()
            for rank, question in enumerate(round_["questions"]):
                place: Path = ("calibration", "rounds", number, "questions", rank, "fact")
                name = question["fact"]
                if name in asked:
                    yield file.problem(place, f"{name} is asked already; each fact once a round")
                if name in figure and not (figure[name] or 0) > 0:
                    yield file.problem(place, f"{name} has no figure above 0; a fact that has one")
                asked.add(name)


def _computed(course: Course, notes: Document, deck: dict[str, Any]) -> dict[str, str] | None:
    """The pile of each card by the model that answers; None if it does not."""
    rule = deck["answers"]
    compute = partial(figures.frame, rule["model"], rule["preset"])
    rows = attempt(course, notes, ("answers",), compute)
    if rows is None:
        return None
    for part in ("key", "column"):
        if rule[part] not in rows:
            notes.add(("answers", part), nearest(rule[part], rows))
            return None
    return dict(zip(rows[rule["key"]].astype(str), rows[rule["column"]].astype(str), strict=True))
