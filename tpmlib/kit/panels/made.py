"""The documents of the portfolio: what a learner made, as each part of the course says it."""

from tpmlib.kit import content, questions, registry
from tpmlib.kit.documents import Document, Section, headed
from tpmlib.kit.panels.base import parts
from tpmlib.kit.panels.judge import verdicts
from tpmlib.kit.panels.progress import asked
from tpmlib.kit.record import Record
from tpmlib.kit.words import say

ANSWERS = "my-answers"


def documents(record: Record) -> list[Document]:
    """All documents, those that are not begun too."""
    return [registry.load(place)(record) for place in registry.documents().values()]


def answers(record: Record) -> Document:
    """Whatever was answered or made; of what is not made yet, the lessons that ask for it."""
    lessons = {
        lesson["number"]: {kind for kind, _ in asked(lesson["id"])} for lesson in content.ready()
    }
    sections: list[Section] = []
    for kind, made in registry.made().items():
        numbers = ", ".join(number for number, kinds in lessons.items() if kind in kinds)
        missing = say("documents.waits", lessons=numbers) if numbers else say("documents.unasked")
        sections += [
            section if section.rows else Section(section.title, [], [], section.text or missing)
            for section in made(record)
        ]
    return Document(ANSWERS, say("documents.answers"), sections, say("documents.long"))


def predicted(record: Record) -> list[Section]:
    predictions, rows = questions.predictions(), []
    for item, event in record.items("predict").items():
        if item in predictions:
            prediction = predictions[item].filled()
            rows.append([prediction.text, prediction.words(parts(event))])
    return [headed("documents.predictions", rows)]


def judged(record: Record) -> list[Section]:
    claims, rows = content.table("claims").set_index("claim_id")["claim"], []
    for item, event in record.items("judge").items():
        if item in claims:
            answer = parts(event)
            verdict = verdicts().get(str(answer.get("verdict")), "")
            rows.append([f"{item} {claims[item]}", verdict, str(answer.get("reason", ""))])
    table, width = headed("documents.verdicts", rows), 2 + any(row[2] for row in rows)
    return [table._replace(head=table.head[:width], rows=[row[:width] for row in rows])]


def texts(record: Record) -> list[Section]:
    tasks = {
        task.id: task.filled().text
        for lesson in content.ready()
        for task in questions.quiz(lesson["id"]).reflections
    }
    rows = [
        [tasks[item], str(parts(event).get("text", ""))]
        for item, event in record.items("reflect").items()
        if item in tasks
    ]
    return [headed("documents.texts", rows)]


def sorted_cards(record: Record) -> list[Section]:
    rows = []
    names = content.table("responsibilities").set_index("responsibility_id")["name"]
    for name in content.decks():
        deck, places = content.deck(name), parts(record.latest(name, "cards"))
        piles = {pile["id"]: pile["label"] for pile in deck["piles"]}
        for card in deck["cards"]:
            pile = piles.get(str(places.get(card["id"])))
            text = str(card.get("text") or names.get(card["id"], card["id"]))
            rows += [[text, pile]] if pile else []
    return [headed("documents.cards", rows)]
