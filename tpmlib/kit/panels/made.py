"""The documents of the portfolio: what a learner made, as each part of the course says it."""

from tpmlib.kit import content, questions, registry
from tpmlib.kit.documents import Document, Section
from tpmlib.kit.panels.base import parts
from tpmlib.kit.panels.judge import VERDICTS
from tpmlib.kit.panels.progress import asked
from tpmlib.kit.record import Record

ANSWERS, TITLE = "my-answers", "All my answers"


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
        missing = f"Not made yet (lesson {numbers})." if numbers else "Not asked for here."
        sections += [
            section if section.rows else Section(section.title, [], [], section.text or missing)
            for section in made(record)
        ]
    return Document(ANSWERS, TITLE, sections, "As long as what you did: to look up, not to print.")


def predicted(record: Record) -> list[Section]:
    predictions, rows = questions.predictions(), []
    for item, event in record.items("predict").items():
        if item in predictions:
            prediction = predictions[item].filled()
            rows.append([prediction.text, prediction.words(parts(event))])
    return [Section("My predictions", ["Question", "I predicted"], rows)]


def judged(record: Record) -> list[Section]:
    claims, rows = content.table("claims").set_index("claim_id")["claim"], []
    for item, event in record.items("judge").items():
        if item in claims:
            answer = parts(event)
            verdict = VERDICTS.get(str(answer.get("verdict")), "")
            sure = f"{answer['confidence']}%" if "confidence" in answer else ""
            reason = str(answer.get("reason", ""))
            rows.append([f"{item} {claims[item]}", verdict, sure, reason])
    return [Section("My verdicts", ["Claim", "Verdict", "Sure", "Reason"], rows)]


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
    return [Section("My texts", ["Task", "What I wrote"], rows)]


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
    return [Section("My cards", ["Card", "Pile"], rows)]
