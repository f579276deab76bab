"""A synthetic class: learners' records made of the course's own questions, the same for a seed."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from tpmlib.kit import content
from tpmlib.kit.panels.judge import VERDICTS
from tpmlib.kit.panels.quiz import ready
from tpmlib.kit.questions import grade, text_hash
from tpmlib.kit.record import SCHEMA

LEARNERS, STAYS = 40, 0.93  # of those who do a lesson, the share that does the next (assumed)
LEARNED = 0.9  # logits by which the second form of the starting questions is easier (assumed)
KNOWS = 0.5  # chance that a verdict is the course's, else it is drawn (assumed)
Event = dict[str, Any]


def write_class(folder: Path, learners: int = LEARNERS, seed: int = 0) -> None:
    """Write one download a learner, and what a real class brings: a copy, a torn file, an old one.

    learners: how many [1 to 500].   seed: the same seed, the same bytes.

    Every answer is drawn (synthetic): a Rasch model, in which the chance of a right answer is
    logistic in the learner's skill less the question's difficulty, both standard normal. Each
    answer has a generator of its own, so that a question more or less changes no other answer.
    """
    folder.mkdir(parents=True, exist_ok=True)
    course = _course(seed)
    for number in range(1, learners + 1):
        events = _learner(number, course, seed)
        text = "".join(json.dumps(event) + "\n" for event in events)
        (folder / f"learner-{number:02d}.jsonl").write_text(text, encoding="utf-8", newline="\n")
    one = (folder / "learner-01.jsonl").read_text(encoding="utf-8")
    (folder / "learner-01 (1).jsonl").write_text(one, encoding="utf-8", newline="\n")
    (folder / "torn.jsonl").write_text(one[: len(one) // 3] + "\n", encoding="utf-8", newline="\n")
    (folder / "empty.jsonl").write_text("", encoding="utf-8")


def _random(seed: int, *names: str | int) -> np.random.Generator:
    """A generator for this learner, item, ... alone."""
    return np.random.default_rng([seed, crc32(" ".join(map(str, names)).encode())])


def _course(seed: int) -> list[dict[str, Any]]:
    """Per ready lesson its items, each with a difficulty [logits] and its hash."""
    lessons = []
    for lesson in content.course()["lessons"]:
        if lesson["status"] != "ready":
            continue
        raw = content.quiz(lesson["id"])
        claims = [content.claim(name) for name in lesson["claims"]]
        lessons.append(
            {
                "id": lesson["id"],
                "questions": [
                    (
                        ready(one),
                        text_hash(one),
                        _random(seed, one.get("parallel", one["id"])).normal(-0.4),
                    )
                    for one in raw["questions"]
                ],
                "predictions": [(one, text_hash(one)) for one in raw["predictions"]],
                "claims": [one for one in claims if one["lesson"] == lesson["id"]],
            }
        )
    return lessons


def _learner(number: int, course: list[dict[str, Any]], seed: int) -> list[Event]:
    skill, events = _random(seed, number).normal(), []
    for lesson in course:
        for item, text in lesson["predictions"]:
            random = _random(seed, number, item["id"])
            answer, right = _guess(item, random)
            sure = {"answer": answer, "confidence": int(5 * random.integers(8, 20))}
            events.append(_event("predict", item["id"], lesson["id"], text, sure, right))
        for item, text, hard in lesson["questions"]:
            random = _random(seed, number, item["id"])
            ease = LEARNED if item.get("parallel") else 0
            right = random.random() < 1 / (1 + np.exp(hard - skill - ease))
            old = number % 8 == 0 and item["id"].endswith("-drift") and lesson["id"] == "00"
            text = text_hash({"text": "An older wording"}) if old else text
            answer = _answer(item, bool(right), random)
            result = grade(item, answer).right
            events.append(_event("quiz", item["id"], lesson["id"], text, answer, result))
        for claim in lesson["claims"]:
            random = _random(seed, number, claim["claim_id"])
            drawn = random.random() >= KNOWS or not claim["verdict"]
            verdict = random.choice(list(VERDICTS)) if drawn else claim["verdict"]
            said = {"verdict": str(verdict), "confidence": 60, "reason": ""}
            text = text_hash({"text": claim["claim"]})
            events.append(_event("judge", claim["claim_id"], lesson["id"], text, said, None))
        if _random(seed, number, lesson["id"]).random() > STAYS:
            break
    session = sha256(f"synthetic learner {number}".encode()).hexdigest()[:16]
    return [one | {"session": session, "sequence": at} for at, one in enumerate(events, 1)]


def _guess(item: dict[str, Any], random: np.random.Generator) -> tuple[Any, bool]:
    if item["kind"] == "number":
        steps = round((item["max"] - item["min"]) / item["step"])
        return float(item["min"] + item["step"] * random.integers(steps + 1)), bool(
            random.random() < 0.4
        )
    option = item["options"][random.integers(len(item["options"]))]
    return option["id"], bool(option.get("right"))


def _answer(item: dict[str, Any], right: bool, random: np.random.Generator) -> Any:
    if item["kind"] == "number":
        return (
            item["answer_value"]
            if right
            else item["answer_value"] + 10 * item.get("tolerance", 1) + 1
        )
    good = [at for at, option in enumerate(item["options"]) if option.get("right")]
    bad = [at for at in range(len(item["options"])) if at not in good]
    if item["kind"] == "many":
        return good if right or not bad else [bad[0]]
    if right or not bad:
        return good[0] if good else 0
    weights = np.arange(len(bad), 0, -1, dtype=float)
    return int(random.choice(bad, p=weights / weights.sum()))


def _event(kind: str, item: str, lesson: str, text: str, answer: Any, right: bool | None) -> Event:
    event = {"kind": kind, "item": item, "lesson": lesson, "text_hash": text, "answer": answer}
    return event | {"right": right, "schema": SCHEMA, "time": "2026-01-01T00:00:00Z"}
