"""Questions that explain every option, right or wrong."""

from html import escape
from typing import Any

from tpmlib.kit import content, figures
from tpmlib.kit.html import folded
from tpmlib.kit.panels.base import Panel
from tpmlib.kit.panels.form import Field, Form, fitting
from tpmlib.kit.questions import Grade, fill, grade, order, text_hash

TONES = {True: "right", False: "wrong", None: ""}


class Quiz(Panel):
    """`quiz(lesson)`: each question checked alone, as often as the learner likes; all are kept."""

    def __init__(self, lesson: str) -> None:
        super().__init__()
        quiz = content.quiz(lesson)
        self.lesson = quiz["lesson"]
        self.later = quiz["reveal"] == "later"
        self.hashes = {raw["id"]: text_hash(raw) for raw in quiz["questions"]}
        self.questions = {raw["id"]: ready(raw) for raw in quiz["questions"]}
        latest = {name: self.record.latest(name, "quiz") for name in self.questions}
        asked = [self._ask(at, name) for at, name in enumerate(self.questions)]
        fields = [field for pair in asked for field in pair]
        kept = {name: last["answer"] for name, last in latest.items() if last}
        self.form = Form(fields=fields, values=fitting(fields, kept))
        self.form.on_event(lambda event: self.run(self._check, event))
        self.widget = self.form
        for name, last in latest.items():
            if last and self._current(name, last) and self.form.values.get(name) is not None:
                self._explain(name, self.form.values[name])
        self._sum_up()

    def _current(self, name: str, event: dict[str, Any]) -> bool:
        """Whether an old answer was given to the question as it reads now."""
        return bool(event["text_hash"] == self.hashes[name])

    def _ask(self, at: int, name: str) -> list[Field]:
        question = self.questions[name]
        label = f"{at + 1}. {question['text']}"
        if question.get("returns"):
            label += f" (back from lesson {question['returns']})"
        field: Field = {"id": name, "label": label, "kind": "number"}
        if question["kind"] == "number":
            field |= {"min": -1e9, "max": 1e9, "unit": question.get("unit", "")}
        else:
            field["kind"] = {"one": "radio", "many": "checks"}[question["kind"]]
            field["options"] = [
                {"value": place, "label": question["options"][place]["text"]}
                for place in order(question)
            ]
        if question.get("hint"):
            field["help"] = f"Hint: {question['hint']}"
        action = "Keep my answer" if self.later else f"Check question {at + 1}"
        return [field, {"id": f"check {name}", "kind": "button", "label": action, "plain": True}]

    def _check(self, event: dict[str, Any]) -> None:
        name = str(event.get("click", "")).removeprefix("check ")
        if name not in self.questions:
            return
        answer = self.form.values.get(name)
        if answer is None or answer == []:
            self._say(name, {"tone": "", "text": "Choose an answer first."})
            return
        result = grade(self.questions[name], answer)
        self.keep(
            "quiz", name, answer, lesson=self.lesson, text=self.hashes[name], right=result.right
        )
        self._explain(name, answer)

    def _say(self, name: str, said: dict[str, Any]) -> None:
        self.form.feedback = {**self.form.feedback, name: said}

    def _explain(self, name: str, answer: Any) -> None:
        if self.later:
            note = "Kept. You meet this again in the lessons, and the answer at the end."
            self._say(name, {"tone": "", "text": self.record.problem or note})
            return
        result = grade(self.questions[name], answer)
        said: dict[str, Any] = {"tone": TONES[result.right], "text": result.summary}
        if self.questions[name]["kind"] != "number":
            said["options"] = whys(result, self.questions[name]["kind"] == "many")
        else:
            said["text"] += f" {self.questions[name]['why']}"
        self._say(name, said)

    def _sum_up(self) -> None:
        first = [self.record.history(name, "quiz")[:1] for name in self.questions]
        done = [events[0] for events in first if events]
        words = f"{len(done)} of {len(self.questions)} answered"
        if not self.later:
            words += f", {sum(bool(one['right']) for one in done)} right at the first try"
        self.form.message = f"{words}. {self.record.problem}".strip()

    def refresh(self) -> None:
        self._sum_up()

    def fail(self, sentence: str) -> None:
        self.form.message = sentence

    def text(self) -> str:
        return f"Quiz of lesson {self.lesson}: {len(self.questions)} questions"

    def html(self) -> str:
        parts = []
        for at, question in enumerate(self.questions.values()):
            options = "".join(
                f"<li>{escape(question['options'][place]['text'])}</li>"
                for place in (order(question) if "options" in question else [])
            )
            parts.append(f"<p><b>{at + 1}.</b> {escape(question['text'])}</p><ul>{options}</ul>")
            if not self.later:
                parts.append(folded("Answer and reasons", _reasons(question)))
        return "".join(parts)


def ready(raw: dict[str, Any]) -> dict[str, Any]:
    """A question with its computed figures filled in."""
    question = fill(raw, figures.filled(raw))
    if "answer" in raw:
        scale = 100 if raw["answer"].get("format") == "percent" else 1
        exact = float(figures.number(raw["answer"])) * scale
        digits = {"one": 1, "two": 2, "three": 3}.get(raw["answer"].get("format", "integer"), 0)
        question["answer_value"] = round(exact, digits)
    return question


def whys(result: Grade, many: bool) -> dict[str, dict[str, str]]:
    """What to say under each option: every one is explained, right or wrong."""
    said = {}
    for place, option in enumerate(result.feedback):
        missed = "Right, and not ticked. " if many and not option.chosen else "Right. "
        mark = missed if option.right else "Not so. " if option.chosen else ""
        said[str(place)] = {"text": mark + option.why, "tone": TONES[option.right]}
    return said


def _reasons(question: dict[str, Any]) -> str:
    if question["kind"] == "number":
        return f"<p>{question['answer_value']:.0f} {escape(question['why'])}</p>"
    rows = "".join(
        f"<li><b>{'Right' if one.get('right') else 'Not so'}:</b> {escape(one['text'])} "
        f"{escape(one['why'])}</li>"
        for one in question["options"]
    )
    return f"<ul>{rows}</ul>"
