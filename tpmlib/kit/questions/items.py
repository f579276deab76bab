"""What has a right answer: questions, which explain every option, and predictions."""

import re
import reprlib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from hashlib import sha256
from typing import Any, Self

from tpmlib.errors import CourseError, nearest
from tpmlib.kit.figures import Figure
from tpmlib.kit.words import joined, number, say, unit_of

NAME = re.compile(r"\{([A-Za-z_]\w*)\}")  # a place for a computed figure, in any text
SLACK = 1e-9  # share of the figure; so that 0.4 is within 0.1 of 0.3 in binary too


@dataclass(frozen=True)
class Feedback:
    """What is said beside one option or one point."""

    id: str
    right: bool | None  # None: nothing here is right or wrong
    text: str


@dataclass(frozen=True)
class Grade:
    """What an answer is worth, and why; `options` explains each option, in their order."""

    right: bool | None  # None: nothing here is right or wrong
    summary: str
    options: tuple[Feedback, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Option:
    """One option of a question or a prediction. An answer is kept by its `id`, never its place."""

    id: str
    text: str
    why: str
    right: bool = False
    right_if: str = ""  # over the figures of `values`; `tpm check` holds `right` to it
    misconception: str = ""
    tone: str = ""  # bold, modest or plain
    idea: str = ""  # of the right option: what a learner uses who finds it


@dataclass(frozen=True, kw_only=True)
class Item:
    """What questions, predictions and free texts share.

    lesson: the noun of the lesson that asks it.   claim: the claim that it treats.
    text_hash: changes with the wording, and so tells answers to an older wording apart.
    values: the figure of each {name} in its texts; they stay as the YAML has them until `filled`,
        since a model takes time, and since a changed table changes its figures.
    """

    id: str
    lesson: str
    text: str
    text_hash: str
    claim: str = ""
    values: Mapping[str, Figure] = field(default_factory=dict)

    def filled(self) -> Self:
        """A copy whose texts hold the computed figures; those of conditions alone are left out."""
        used = {*NAME.findall(repr(self))}
        figures = {name: figure for name, figure in self.values.items() if name in used}
        return self.with_words({name: figure.words() for name, figure in figures.items()})

    def figures(self) -> dict[str, float | str]:
        """The figures exactly, in the unit that a text gives them in: 12 for 12%."""
        return {
            name: str(each.exact()) if each.format == "text" else each.number()
            for name, each in self.values.items()
        }

    def with_words(self, words: Mapping[str, str]) -> Self:
        """A copy with each {name} in its texts replaced; CourseError for a name without words."""

        def put(part: Any) -> Any:
            if isinstance(part, str):
                for name in NAME.findall(part):
                    if name not in words:
                        raise CourseError(f"{self.id} {{{name}}}: {nearest(name, words)}")
                return NAME.sub(lambda match: words[match[1]], part)
            if isinstance(part, tuple):
                return tuple(map(put, part))
            if is_dataclass(part) and not isinstance(part, Figure | type):
                texts = {each.name: put(getattr(part, each.name)) for each in fields(part)}
                return replace(part, **texts)
            return part

        return put(self)  # type: ignore[no-any-return]


@dataclass(frozen=True, kw_only=True)
class Answerable(Item):
    """What questions and predictions share: right options, or a right number.

    tolerance: how far off a number may be and still be right, in `unit`.
    stands: why the key holds whatever the figures in the texts are.
    """

    kind: str
    why: str = ""
    stands: str = ""
    unit: str = ""
    tolerance: float = 0
    options: tuple[Option, ...] = ()

    def right_options(self) -> set[str]:
        """The ids of the options that are right."""
        return {option.id for option in self.options if option.right}


@dataclass(frozen=True, kw_only=True)
class Question(Answerable):
    """A question with feedback on every option. Its kind: one, many (options) or number.

    outcome: the id of what a learner can do after the lesson, in course.yml.
    answer: the right number.   returns: the earlier lesson that it comes back from.
    parallel: the question of an earlier lesson that asks for the same idea.
    about: what one knows who answers it, within a sentence.
    """

    outcome: str
    hint: str = ""
    answer: Figure | None = None
    returns: str = ""
    parallel: str = ""
    about: str = ""
    facts: tuple[str, ...] = ()

    def grade(self, answer: object) -> Grade:
        """Compare an answer with what is right; CourseError for one that nobody could give.

        answer: the id of an option, for kind many a list of ids, for number a number in `unit`;
            that is right if it is the rounded figure or within `tolerance` of it.
        """
        if self.answer:
            return self._grade_number(self.answer.rounded(), answer)
        chosen = answer if self.kind == "many" else [answer]
        if not isinstance(chosen, list):
            raise self._refused(answer, "a list of ids of options")
        ids = [option.id for option in self.options]
        for each in chosen:
            if each not in ids:
                raise self._refused(each, "the id of an option")
        return self._grade_options(set(chosen))

    def _refused(self, answer: object, allowed: str) -> CourseError:
        return CourseError(f"{self.id} answer: {reprlib.repr(answer)} is not {allowed}")

    def _grade_options(self, chosen: set[str]) -> Grade:
        right, many = self.right_options(), self.kind == "many"
        if not right:
            whys = tuple(Feedback(option.id, None, option.why) for option in self.options)
            return Grade(None, say("question.noted"), whys)
        whys = tuple(
            Feedback(option.id, option.right, self._mark(option, chosen) + option.why)
            for option in self.options
        )
        if chosen == right if many else chosen <= right:
            return Grade(True, say("question.right"), whys)
        if not many:
            return Grade(False, say("question.wrong"), whys)
        marked = len(self.options) - len(chosen ^ right)
        return Grade(False, say("question.marked", marked=marked, n=len(self.options)), whys)

    def _mark(self, option: Option, chosen: set[str]) -> str:
        """The word before the why of an option; none before a wrong one that was left alone."""
        if option.right:
            missed = self.kind == "many" and option.id not in chosen
            return f"{say('question.mark', option='missed' if missed else 'right')} "
        return f"{say('question.mark', option='wrong')} " if option.id in chosen else ""

    def _grade_number(self, value: float, answer: object) -> Grade:
        if (
            isinstance(answer, bool)
            or not isinstance(answer, int | float)
            or not abs(answer) < 1e300
        ):
            raise self._refused(answer, "a finite number")
        right = abs(answer - value) <= self.tolerance + SLACK * abs(value)
        id = "question.right_number" if right else "question.wrong_number"
        return Grade(right, f"{say(id, number=value, unit=unit_of(value, self.unit))} {self.why}")

    def as_shown(self) -> list[Option]:
        """The options shuffled by the question's id, so in the same order every time."""

        def place(pair: tuple[int, Option]) -> bytes:  # 15: no key thrice in one place
            return sha256(f"order 15 {self.id}:{pair[0]}".encode()).digest()

        return [option for _, option in sorted(enumerate(self.options), key=place)]


@dataclass(frozen=True, kw_only=True)
class Prediction(Answerable):
    """What a learner predicts before the exploring. Its kind: number or choice.

    min, max, step: of the number, in `unit`.   outcome: the number that came out.
    """

    min: float = 0
    max: float = 0
    step: float = 1
    outcome: Figure | None = None

    def is_right(self, answer: object) -> bool:
        """Whether it came out: a number within the tolerance, or the id of a right option."""
        if self.outcome and isinstance(answer, int | float):
            return abs(answer - self.outcome.number()) <= self.tolerance
        return any(option.right and option.id == answer for option in self.options)

    def outcome_words(self) -> str:
        """What came out, in words: the computed number, or the right options."""
        if self.outcome:
            return self._with_unit(self.outcome.digits())
        return joined("panel.either", (o.text for o in self.options if o.right))

    def words(self, answer: Mapping[str, Any]) -> str:
        """A kept prediction, {answer, confidence}, in words."""
        given = answer.get("answer")
        if self.outcome:
            text = self._with_unit(str(given))
        else:
            options = {o.id: say("question.quoted", text=o.text) for o in self.options}
            text = options.get(str(given), str(given))
        return say("predict.words", answer=text, sure=answer.get("confidence"))

    def _with_unit(self, digits: str) -> str:
        unit = unit_of(int(digits) if digits.isdigit() else digits, self.unit)
        return number(digits + "%") if unit == "%" else f"{number(digits)} {unit}"


def text_hash(item: Mapping[str, Any]) -> str:
    """12 hex digits that change with the text of an item, or with the options, not their places."""
    options = sorted(f"{option['id']} {option['text']}" for option in item.get("options", []))
    texts = "\0".join([item.get("text", ""), *options])
    return sha256(texts.encode("utf-8", "surrogatepass")).hexdigest()[:12]
