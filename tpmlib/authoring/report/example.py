"""A synthetic class: learners' records made of the course's own questions, the same for a seed."""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from tpmlib.errors import outside
from tpmlib.kit import content, questions
from tpmlib.kit.panels.judge import VERDICTS
from tpmlib.kit.questions import Prediction, Question, text_hash
from tpmlib.kit.record import SCHEMA
from tpmlib.lessons.adverts.assign import COLUMNS, PEOPLE

MOST = 500  # learners of a class
LEARNERS, STAYS = 40, 0.93  # of those who do a lesson, the share that does the next (assumed)
LEARNED = 0.9  # logits by which the second form of the starting questions is easier (assumed)
KNOWS = 0.5  # chance that a verdict is the course's, else it is drawn (assumed)
REWORDED = 6  # each sixth learner answered question 6 of the first lesson in an older wording
WORDS = tuple(f"A synthetic text, number {number}." for number in range(1, 7))
Claim = dict[str, Any]
# by the lesson's id: kind of event, id of the item, the item, hash of its text
Lessons = dict[str, list[tuple[str, str, Question | Prediction | Claim, str]]]


def write_class(folder: Path, learners: int = LEARNERS, seed: int = 0) -> None:
    """Write one download a learner, and what a real class brings: a copy, a torn file, an old one.

    learners: how many [1 to 500]; CourseError otherwise.   seed: the same seed, the same bytes.

    Every answer is drawn (synthetic): a Rasch model, in which the chance of a right answer is
    logistic in the learner's skill less the question's difficulty, both standard normal. Each
    answer has a generator of its own, so that a question more or less changes no other answer.
    """
    if not 1 <= learners <= MOST:
        raise outside("learners", learners, 1, MOST)
    folder.mkdir(parents=True, exist_ok=True)
    lessons = _lessons()
    numbers = range(1, learners + 1)
    texts = {f"learner-{n:02d}": "".join(_lines(n, lessons, seed)) for n in numbers}
    first = texts["learner-01"]
    texts |= {"learner-01 (1)": first, "torn": first[: len(first) // 3] + "\n", "empty": ""}
    for name, text in texts.items():
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8", newline="\n")


def _lessons() -> Lessons:
    """What each ready lesson asks, in the order in which it is answered here."""
    lessons: Lessons = {}
    for lesson in content.ready():
        quiz, claims = questions.quiz(lesson["id"]), map(content.claim, lesson["claims"])
        asked = lessons[lesson["id"]] = []
        asked += [("predict", item.id, item, item.text_hash) for item in quiz.predictions]
        asked += [("quiz", item.id, item, item.text_hash) for item in quiz.questions]
        for claim in (each for each in claims if each["lesson"] == lesson["id"]):
            text = text_hash({"text": claim["claim"]})
            asked.append(("judge", claim["claim_id"], claim, text))
        asked += [("reflect", task.id, {}, task.text_hash) for task in quiz.reflections]
        asked += [("assign", duty, {}, "") for duty in quiz.assign]
        decks = [content.deck(name) for name in content.decks()]
        own = [deck for deck in decks if deck["lesson"] == lesson["id"]]
        asked += [("cards", deck["id"], deck, "") for deck in own]
    return lessons


def _random(seed: int, *names: str | int) -> np.random.Generator:
    """A generator for this learner, item, ... alone."""
    return np.random.default_rng([seed, crc32(" ".join(map(str, names)).encode())])


def _lines(number: int, lessons: Lessons, seed: int) -> Iterator[str]:
    """The record of one learner."""
    skill = _random(seed, number).normal()
    session, sequence = sha256(f"synthetic learner {number}".encode()).hexdigest()[:16], 0
    first = [id for kind, id, _, _ in next(iter(lessons.values())) if kind == "quiz"]
    reworded = first[REWORDED - 1] if number % REWORDED == 0 else ""
    for lesson, asked in lessons.items():
        for kind, id, item, text in asked:
            random, right = _random(seed, number, id), None
            if isinstance(item, Prediction):
                answer, right = _prediction(item, random)
            elif isinstance(item, Question):
                hard = _random(seed, item.parallel or id).normal(-0.4)
                ease = LEARNED if item.parallel else 0
                knows = random.random() < 1 / (1 + np.exp(hard - skill - ease))
                answer = _answer(item, bool(knows), random)
                right = item.grade(answer).right
            else:
                answer = _made(kind, item, random)
            if id == reworded:
                text = text_hash({"text": "An older wording"})
            sequence += 1
            event: dict[str, Any] = {"kind": kind, "item": id, "lesson": lesson, "text_hash": text}
            event |= {"answer": answer, "right": right, "schema": SCHEMA, "session": session}
            yield json.dumps(event | {"sequence": sequence, "time": "2026-01-01T00:00:00Z"}) + "\n"
        if _random(seed, number, lesson).random() > STAYS:
            return


def _prediction(item: Prediction, random: np.random.Generator) -> tuple[dict[str, Any], bool]:
    """A guess without any skill, and whether it came true."""
    guess: float | str
    if item.kind == "number":
        steps = round((item.max - item.min) / item.step)
        guess = float(item.min + item.step * random.integers(steps + 1))
        right = bool(random.random() < 0.4)
    else:
        option = item.options[random.integers(len(item.options))]
        guess, right = option.id, option.right
    return {"answer": guess, "confidence": int(5 * random.integers(8, 20))}, right


def _answer(item: Question, knows: bool, random: np.random.Generator) -> Any:
    """A right answer, or a wrong one: of several wrong options the first is taken most often."""
    if item.answer:
        return item.answer.rounded() + (not knows) * (10 * item.tolerance + 1)
    good = [option.id for option in item.options if option.right]
    bad = [option.id for option in item.options if not option.right]
    if item.kind == "many":
        return good if knows or not bad else [bad[0]]
    if knows or not bad:
        return good[0]
    weights = np.arange(len(bad), 0, -1, dtype=float)
    return str(random.choice(bad, p=weights / weights.sum()))


def _made(kind: str, item: Claim, random: np.random.Generator) -> dict[str, Any]:
    """What has no right answer: a verdict with its reason, a text, a map, piles of cards."""
    if kind == "judge":
        return _verdict(item, random)
    if kind == "reflect":
        return {"text": str(random.choice(WORDS))}
    if kind == "assign":
        return {column: str(random.choice(list(PEOPLE)[1:])) for column in COLUMNS}
    piles = [pile["id"] for pile in item["piles"]]
    return {card["id"]: str(random.choice(piles)) for card in item["cards"]}


def _verdict(claim: Claim, random: np.random.Generator) -> dict[str, Any]:
    drawn = random.random() >= KNOWS or not claim["verdict"]
    verdict = random.choice(list(VERDICTS)) if drawn else claim["verdict"]
    return {"verdict": str(verdict), "confidence": 60, "reason": str(random.choice(["", *WORDS]))}
