"""Decide: a question at a time, then what the first rule that holds recommends, and why."""

from html import escape
from typing import Any

import ipywidgets

from tpmlib.kit import content
from tpmlib.kit.documents import page
from tpmlib.kit.html import folded, paragraphs, scrolled, table_html
from tpmlib.kit.panels.base import Panel
from tpmlib.kit.panels.form import Field, Form
from tpmlib.kit.questions import text_hash
from tpmlib.kit.words import say
from tpmlib.lessons.decide import words
from tpmlib.lessons.decide.made import LOG, MEMO, memo, question_log
from tpmlib.lessons.decide.rules import KIND, Decision, Part, every_rule, kept, named, speaking
from tpmlib.lessons.decide.team import answered, contrary, fitted, own_team, suggested

BACK, NEXT, ALL, ONE = "back", "next", "all", "one"
TAKE = {"page": f"{MEMO}.html", "log": f"{LOG}.html"}  # what can be taken away, by its button
BUTTONS: list[Field] = [
    {"id": "page", "label": "The memo, a page to print"},
    {"id": "log", "label": "An empty question log to print", "plain": True},
]
HANGS = ["Question", "Your answer", "What another answer would lead to"]
RULE = ["Rule", "Speaks when", "Says", "Rests on"]


class Decide(Panel):
    """`decide()`: what you choose is kept at once; the advice follows it as soon as all is said."""

    def __init__(self) -> None:
        super().__init__()
        self._fit()
        self.form = Form(fields=[])
        self.glance = Form(fields=[], arrangement="controls")
        self.advice = ipywidgets.HTML()
        self.take = Form(fields=[])
        self.more = ipywidgets.HTML()
        self.on(self.form, "values", lambda: self._chosen(self.form))
        self.on(self.glance, "values", lambda: self._chosen(self.glance))
        self.form.on_event(lambda event: self.run(self._turn, event["click"]))
        self.take.on_event(lambda event: self.run(self._send, event["click"]))
        self.widget = ipywidgets.VBox([self.form, self.glance, self.advice, self.take, self.more])
        self.place = self._open()  # of the question on show [from 0]; None for all at a glance
        self._show()

    def _fit(self) -> None:
        """The decision with the figures of one's own team, and the answers that they give."""
        plain, team = content.decision(), own_team(self.record)
        self.decision, self.suggested = fitted(plain, team), suggested(plain, team)
        self.answers = answered(plain, self.record)
        self.questions: list[Part] = self.decision["questions"]
        # what the sheet has answered is not asked again, but can be changed at a glance
        self.asked = [each for each in self.questions if each["id"] not in self.suggested]

    def _open(self) -> int | None:
        """The place of the first question without an answer."""
        given = [each["id"] in self.answers for each in self.asked]
        return None if all(given) else given.index(False)

    def refresh(self) -> None:
        """Follow what has been answered, here or on another page."""
        filled = {*self.suggested}
        self._fit()
        if filled != {*self.suggested} or (self.place is None and self._open() is not None):
            self.place = self._open()
            self._show()
        self._tell()

    def _chosen(self, form: Form) -> None:
        """Keep each answer that is another one than before, and with it those of the sheet."""
        chosen = {id: v for id, v in form.values.items() if v not in (None, form.base.get(id))}
        given = {id: self.answers[id] for id in self.suggested if chosen} | chosen
        last = kept(self.decision, self.record)
        for question in self.questions:
            if given.get(id := question["id"]) not in (None, last.get(id)):
                details = {"lesson": self.decision["lesson"], "text": _hash(question)}
                self.keep(KIND, id, given[id], **details)

    def _turn(self, click: Any) -> None:
        if click == ALL:
            self.place = self._open()
        elif click == ONE:
            self.place = 0
        elif click == BACK and self.place:
            self.place -= 1
        elif click == NEXT and self.place is not None and self.place + 1 < len(self.asked):
            self.place += 1
        else:
            return
        self._show()

    def _show(self) -> None:
        """One question, or all at a glance; each form names what it asks."""
        shown = [] if self.place is None else [self.asked[self.place]]
        given = ((q, self.suggested.get(q["id"])) for q in self.questions)
        filled = "; ".join(named(q["options"], option)["now"] for q, option in given if option)
        text = f"{self.decision['text']} {say('decide.filled', answers=filled) if filled else ''}"
        how: Field = {"id": "how", "kind": "note", "label": text.strip()}
        asked = [how] * (self.place == 0) + [self._radio(each) for each in shown]
        self._put(self.form, asked, f"{self.place}")
        self._put(self.glance, [] if shown else [_select(each) for each in self.questions], ALL)
        self._tell()

    def _radio(self, question: Part) -> Field:
        place = f"{self.asked.index(question) + 1} of {len(self.asked)}"
        field = _select(question) | {"kind": "radio", "label": f"{place}. {question['text']}"}
        return field | {"help": f"Why we ask: {question['why']}"}

    def _put(self, form: Form, fields: list[Field], item: str) -> None:
        with form.hold_sync():
            form.values = {}
            form.fields = fields
            form.name_item(KIND, item)
            form.base = self._given(form)
            form.values = form.base

    def _given(self, form: Form) -> dict[str, str | None]:
        """The answers to what a form asks, as kept, or as the sheet suggests."""
        asked = (field["id"] for field in form.fields if field["kind"] != "note")
        return {id: self.answers.get(id) for id in asked}

    def _buttons(self) -> list[Field]:
        if self.place is None:
            return [{"id": ONE, "label": "One question at a time", "plain": True}]
        back: Field = {"id": BACK, "label": "Back", "plain": True}
        onward: Field = {"id": NEXT, "label": "Next"}
        if self.place + 1 == len(self.asked):
            others = {None: "All answers at once", self.place: "To the recommendation"}
            onward = {"id": ALL, "label": others.get(self._open(), "To the first open question")}
        # onward first: the focus stays on it from question to question
        return [onward, back] if self.place else [onward]

    def _tell(self) -> None:
        """What is kept, and the recommendation once every question is answered."""
        for form in (self.form, self.glance):
            form.recall(self._given(form))
        done = self.place is not None and self.asked[self.place]["id"] in self.answers
        advice = self._advice() if self._open() is None else ""
        rule = speaking(self.decision, self.answers) if advice else {}
        label = words.recommendation(self.decision, rule)["label"] if advice else ""
        told = [say("panel.kept") * done, f"Recommendation: {label}." * bool(advice)]
        message = " ".join([*told, self.record.problem])
        (self.glance if self.place is None else self.form).message = message.strip()
        (self.form if self.place is None else self.glance).message = ""
        self.form.buttons = self._buttons()
        for part, html in ((self.advice, advice), (self.more, self._more() if advice else "")):
            part.value = f'<div class="tpm">{html}</div>' if html else ""
        self.take.message = ""  # what has been saved may say another thing
        self.take.buttons = BUTTONS if advice else []

    def _advice(self) -> str:
        """The recommendation, the rule that spoke, and what would change it."""
        decision, rule = self.decision, speaking(self.decision, self.answers)
        advice, team = words.recommendation(decision, rule), own_team(self.record)
        parts = {
            "Why": rule["why"],
            "Against it": contrary(decision, team, self.answers, rule["recommendation"]),
            "What the log decides": rule["log"],
            "What comes after": words.second(decision, self.answers),
            "What would change it": f"{words.how_firm(decision, self.answers)} {advice['hangs']}",
            "Meanwhile": advice["meanwhile"] + rule["also"],
        }
        lines = [f"<b>{escape(head)}.</b> {escape(text)}" for head, text in parts.items() if text]
        spoke = f"Rule {rule['place']}, the first to hold: {words.conditions(decision, rule)}. "
        rests = folded("What this rests on", escape(spoke + words.grounds(decision, rule, advice)))
        told = "</p><p>".join([escape(advice["text"]), *lines])
        return f'<p class="tpm-head">{escape(advice["label"])}</p><p>{told}</p>{rests}'

    def _more(self) -> str:
        """What each single answer hangs on, and every rule."""
        rows, title = words.hanging(self.decision, self.answers), "Table: which answers change it"
        table = folded(title, scrolled(title, table_html(HANGS, rows))) if rows else ""
        return table + rules_html(self.decision)

    def _send(self, click: Any) -> None:
        """A file for the browser to keep."""
        if click in TAKE and self._open() is None:
            name, document = TAKE[click], (question_log if click == "log" else memo)(self.record)
            self.take.send({"download": name, "text": page(document), "type": "text/html"})
            self.take.message = f"Saved as {name} in your browser's download folder."

    def text(self) -> str:
        asked = "\n".join(f"{each['label']}: {each['text']}" for each in self.questions)
        return f"{self.decision['title']}\n{asked}"

    def html(self) -> str:
        offered = ("; ".join(o["label"] for o in q["options"]) for q in self.questions)
        asked = (f"{q['text']} ({o})" for q, o in zip(self.questions, offered, strict=True))
        listed = "".join(f"<li>{escape(each)}</li>" for each in asked)
        return f"<p>{escape(self.decision['text'])}</p><ul>{listed}</ul>{rules_html(self.decision)}"


def _hash(question: Part) -> str:
    """Of the text and the options, as those of other questions."""
    offered = [{"id": each["id"], "text": each["label"]} for each in question["options"]]
    return text_hash({"text": question["text"], "options": offered})


def _select(question: Part) -> Field:
    offered = [{"value": each["id"], "label": each["label"]} for each in question["options"]]
    name = {"id": question["id"], "kind": "select", "label": question["label"]}
    return name | {"options": offered}


def rules_html(decision: Decision) -> str:
    """Every rule in order, with the numbers of what it rests on."""
    grounds = [*dict.fromkeys(id for rule in every_rule(decision) for id in rule["rests"])]
    rows = []
    for rule in every_rule(decision):
        says = words.recommendation(decision, rule)["label"]
        rests = ", ".join(str(grounds.index(id) + 1) for id in rule["rests"])
        rows.append([f"{rule['place']}", words.conditions(decision, rule), says, rests])
    title = "Every rule, in order: the first that holds speaks"
    told = [f"{n}. {words.ground(decision, id)}" for n, id in enumerate(grounds, 1)]
    return folded(title, scrolled(title, table_html(RULE, rows)) + paragraphs(told))
