"""Questions that explain every option, right or wrong."""

from collections.abc import Iterable
from html import escape
from typing import Any

from tpmlib.kit import questions
from tpmlib.kit.html import folded
from tpmlib.kit.panels.base import Panel
from tpmlib.kit.panels.form import Field, Form, fitting
from tpmlib.kit.questions import Feedback, Grade, Question
from tpmlib.kit.record import Event
from tpmlib.kit.words import number, say

TONES = {True: "right", False: "wrong", None: ""}
KINDS = {"one": "radio", "many": "checks", "number": "number"}  # of field, by kind of question
EMPTY: tuple[object, ...] = (None, [])  # nothing typed or chosen, no option ticked
TELL = "tell"


class Quiz(Panel):
    """`quiz(lesson)`: each question checked alone, as often as the learner likes; all are kept.

    Where no button asks for the reasons, an option is kept as soon as it is chosen.
    """

    def __init__(self, lesson: str) -> None:
        super().__init__()
        quiz = questions.quiz(lesson)
        self.lesson, self.later = quiz.lesson, quiz.reveal == "later"
        self.clicks = quiz.reveal != "now"  # whether choosing an option keeps it, without a button
        self.questions = {question.id: question.filled() for question in quiz.questions}
        numbered = enumerate(self.questions.values(), 1)
        fields = [field for number, asked in numbered for field in self._fields(number, asked)]
        self.form = self.widget = Form(fields=fields)
        self.form.name_item("quiz", quiz.lesson)
        self.told = not self.later  # whether the answers may be explained
        self.shown: dict[str, Event] = {}  # the answers explained
        self.graded: dict[str, Grade] = {}  # those just given, which are not explained yet
        self.form.on_event(lambda event: self.run(self._check, event))
        self.refresh()
        self.on(self.form, "values", self._chosen)

    def _fields(self, number: int, question: Question) -> list[Field]:
        label = f"{number}. {question.text}"
        field: Field = {"id": question.id, "label": label, "kind": KINDS[question.kind]}
        if question.kind == "number":
            field |= {"min": -1e9, "max": 1e9, "unit": question.unit}
        else:
            shown = question.as_shown()
            field["options"] = [{"value": option.id, "label": option.text} for option in shown]
        if question.hint:
            field["help"] = say("quiz.hint", hint=question.hint)
        if self._at_once(question):
            return [field]
        action = say("quiz.keep") if self.later else say("quiz.check", number=number)
        button = {"id": f"check {question.id}", "kind": "button", "label": action, "plain": True}
        return [field, button]

    def _at_once(self, question: Question) -> bool:
        return self.clicks and question.kind == "one"

    def _chosen(self) -> None:
        for id, question in self.questions.items():
            answer = self.form.values.get(id)
            if self._at_once(question) and answer not in (*EMPTY, self.form.base.get(id)):
                self._keep(question, answer)

    def _check(self, event: dict[str, Any]) -> None:
        if event.get("click") == TELL:
            return self._tell()
        question = self.questions.get(str(event.get("click", "")).removeprefix("check "))
        if question is None or self._at_once(question):
            return
        answer = self.form.values.get(question.id)
        if answer in EMPTY:
            self._say(question, {"tone": "", "text": say("quiz.first")})
            return
        self._keep(question, answer)

    def _keep(self, question: Question, answer: Any) -> None:
        grade = self.graded[question.id] = question.grade(answer)
        details = {"lesson": self.lesson, "text": question.text_hash, "right": grade.right}
        self.keep("quiz", question.id, answer, **details)  # which explains it too, in `refresh`

    def _explain(self, question: Question, grade: Grade) -> None:
        if not self.told:
            if not self._at_once(question):
                self._say(question, {"tone": "", "text": self.kept()})
        elif self.later and grade.right:  # of a whole form only what was wrong is told at once
            right = [each for each in grade.options if each.right]
            head = grade.summary if right else say(f"question.{TONES[grade.right]}")
            told = _whys(question, right) or grade.summary
            self._say(question, {"more": [say("quiz.why", summary=head), told]})
        elif question.kind == "one":
            self._say(question, self._beside(question, grade))
        else:
            reply = {"tone": TONES[grade.right], "text": grade.summary}
            self._say(question, reply | {"options": beside(grade.options)})

    def _beside(self, question: Question, grade: Grade) -> dict[str, Any]:
        """The reasons of the chosen and of the right option; those of the others on a click."""
        chosen = self.form.base.get(question.id)
        first, others = list[Feedback](), list[Feedback]()
        for each in grade.options:
            (first if each.right or each.id == chosen else others).append(each)
        more = (
            {"more": [say("quiz.others", n=len(others)), _whys(question, others)]} if others else {}
        )
        noted = {"text": grade.summary} if grade.right is None else {}
        return {"options": beside(first)} | more | noted

    def _tell(self) -> None:
        """Explain what was to be explained later, since all of it is answered."""
        self.told = True
        for id, question in self.questions.items():
            self._explain(question, question.grade(self.form.base[id]))
        self.refresh()

    def _say(self, question: Question, reply: dict[str, Any]) -> None:
        self.form.feedback = {**self.form.feedback, question.id: reply}

    def _sum_up(self, first: list[Event]) -> None:
        """Say how many are answered, and how many were right at the first try."""
        right = sum(bool(event["right"]) for event in first)
        places = {"done": len(first), "all": len(self.questions), "right": right}
        words = [say("quiz.right" if self.told else "quiz.answered", **places)]
        words += [say("quiz.later")] if self.later and first else []
        self.form.message = " ".join(filter(None, [*words, self.record.problem]))
        is_done = len(first) == len(self.questions)
        tell = {"id": TELL, "label": say("quiz.tell"), "plain": True}
        self.form.buttons = [tell] if is_done and not self.told else []

    def refresh(self) -> None:
        record = self.record
        histories = {id: record.history(id, "quiz") for id in self.questions}
        latest = {id: events[-1] for id, events in histories.items() if events}
        kept = {id: event["answer"] for id, event in latest.items() if self._shows(event)}
        self.form.recall(fitting(self.form.fields, kept))
        fresh = {id: event for id, event in latest.items() if event != self.shown.get(id)}
        self.shown = latest
        for id, event in fresh.items():
            question, answer = self.questions[id], self.form.base.get(id)
            # an answer to an older wording is shown, but the present reasons do not fit it
            if event["text_hash"] == question.text_hash and answer not in EMPTY:
                just = self.graded.pop(id) if id in self.graded else None
                self._explain(question, just or question.grade(answer))
        self._sum_up([events[0] for events in histories.values() if events])

    def _shows(self, event: Event) -> bool:
        """Whether a kept answer is chosen again; what is kept at once must be to this wording."""
        question = self.questions[event["item"]]
        return event["text_hash"] == question.text_hash or not self._at_once(question)

    def text(self) -> str:
        return say("quiz.text", lesson=self.lesson, n=len(self.questions))

    def html(self) -> str:
        return "".join(
            self._page(number, question)
            for number, question in enumerate(self.questions.values(), 1)
        )

    def _page(self, number: int, question: Question) -> str:
        options = "".join(f"<li>{escape(option.text)}</li>" for option in question.as_shown())
        page = f"<p><b>{number}.</b> {escape(question.text)}</p><ul>{options}</ul>"
        return page if self.later else page + folded(say("quiz.reasons"), _reasons(question))


def beside(feedback: Iterable[Feedback]) -> dict[str, dict[str, str]]:
    """What a form says under each option, as it wants it."""
    return {each.id: {"text": each.text, "tone": TONES[each.right]} for each in feedback}


def _whys(question: Question, feedback: Iterable[Feedback]) -> str:
    """What is to be said of some options, each with its text, in the order on show."""
    whys = {each.id: each.text for each in feedback}
    shown = [each for each in question.as_shown() if each.id in whys]
    quoted = [f"{say('question.quoted', text=each.text)} {whys[each.id]}" for each in shown]
    return "\n\n".join(quoted)


def _reasons(question: Question) -> str:
    if question.answer:
        return f"<p>{number(question.answer.digits())} {escape(question.why)}</p>"
    rows = "".join(
        f"<li><b>{say('quiz.marked', option='right' if option.right else 'wrong')}</b> "
        f"{escape(option.text)} {escape(option.why)}</li>"
        for option in question.options
    )
    return f"<ul>{rows}</ul>"
