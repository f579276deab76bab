"""German as the proof: of what lessons 00 and 02 say beside their own texts nothing is in Python.

The texts of the lessons themselves (notebooks, quizzes, decks, tables) stay English here.
"""

import json
import re
from pathlib import Path

import matplotlib.text
import pytest
import yaml

import tpmlib as tpm
from tpmlib.kit import content, registry, words
from tpmlib.kit.documents import page
from tpmlib.kit.panels.made import documents
from tpmlib.kit.panels.predict import predict
from tpmlib.kit.record import record
from tpmlib.kit.words import flat

HERE = Path(__file__).parent
LESSONS = ("start_here", "responsibilities")
ENGLISH = flat(yaml.safe_load((content.root() / "data/words/en.yml").read_text("utf-8")))
GERMAN = flat(yaml.safe_load((HERE / "words/de.yml").read_text("utf-8")))
SAME = 3  # words of a sentence that may stand in a text of the lesson as well


@pytest.fixture
def spoken(monkeypatch):
    """The course in German; gives the ids that were asked for and had to be said in English."""
    monkeypatch.setenv("TPM_LOCAL", str(HERE))
    words._read.cache_clear()
    english = set()

    class Told(dict):
        def __getitem__(self, id):
            english.add(id)
            return self.get(id)

    texts = words._texts()
    texts = {**texts, "en": Told(texts["en"])}
    monkeypatch.setattr(words, "_read", lambda *_: texts)
    yield english
    monkeypatch.undo()
    words._read.cache_clear()


def leaves(text):
    """The sentences of a text of en.yml, as they stand with anything in their places."""
    if isinstance(text, dict):
        return [leaf for forms in text.values() for each in forms.values() for leaf in leaves(each)]
    return [text]


def sentences():
    """By what they look like, the English sentences of which the German ones differ."""
    for id, text in ENGLISH.items():
        for leaf in leaves(text):
            plain = [part.strip(" .:;,()") for part in re.split(r"{[^}]*}", leaf)]
            long = [part for part in plain if len(re.findall(r"[A-Za-z]{2,}", part)) > SAME]
            yield from ((id, part) for part in long if part not in str(GERMAN.get(id, "")))


SENTENCES = dict(sentences())


def calls(lesson):
    file = content.root() / content.lesson(lesson)["file"]
    for cell in json.loads(file.read_text(encoding="utf-8"))["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "code" and source.startswith("tpm."):
            yield source.splitlines()[-1]


def shown(panel):
    """All that a panel shows live and saved: the state of its widgets, and its outputs."""
    texts, waiting = [], [getattr(panel, "widget", None)]
    while waiting:
        widget = waiting.pop()
        if hasattr(widget, "get_state"):
            state = widget.get_state()
            waiting += list(state.pop("children", [])) if state else []
            waiting += getattr(widget, "children", ())
            texts.append(str({k: v for k, v in state.items() if k not in ("_esm", "_css", "png")}))
    bundles = panel.bundles() if hasattr(panel, "bundles") else [panel._repr_mimebundle_()]
    texts += [str(b.get(kind, "")) for b in bundles for kind in ("text/plain", "text/html", "alt")]
    return "\n".join(texts)


CALLS = [(lesson, call) for lesson in LESSONS for call in calls(lesson)]


def act(panel):
    """What a learner does: answers, presses every button, fills in and keeps."""
    form = getattr(panel, "form", None) or getattr(panel, "board", None)
    if form is None:
        return
    for field in list(getattr(form, "fields", [])):
        options = field.get("options") or []
        if field["kind"] in ("radio", "select") and options:
            form.put(**{field["id"]: options[-1]["value"]})
    for button in [
        *form.buttons,
        *[f for f in getattr(form, "fields", []) if f["kind"] == "button"],
    ]:
        form.click(button["id"])


@pytest.mark.parametrize("lesson, call", CALLS, ids=[call[4:40] for _, call in CALLS])
def test_a_panel_says_nothing_in_english(spoken, monkeypatch, lesson, call):
    drawn = []
    set_text = matplotlib.text.Text.set_text
    monkeypatch.setattr(
        matplotlib.text.Text, "set_text", lambda t, s: drawn.append(str(s)) or set_text(t, s)
    )
    panel = eval(call, {"tpm": tpm})
    texts = shown(panel)
    for _ in range(3):
        act(panel)
        texts += shown(panel)
    assert spoken == set()
    everything = texts + "\n".join(drawn)
    assert [id for id, part in SENTENCES.items() if part in everything] == []


def test_the_documents_say_nothing_in_english(spoken):
    ours = {"my-answers", "role-charter"}
    texts = [page(each) for each in documents(record()) if each.name in ours]
    assert len(texts) == len(ours)
    assert not {id for id in spoken if id.split(".")[0] in ("documents", "charter", "portfolio")}
    charter = [id for id in SENTENCES if id.startswith(("documents.", "charter."))]
    assert [id for id in charter if any(SENTENCES[id] in text for text in texts)] == []


def test_each_lesson_has_its_predictions_in_german(spoken):
    for lesson in LESSONS:
        for item in registry.asked(lesson):
            if item[0] == "predict":
                shown(predict(item[1]))
    assert spoken == set()


def test_what_is_german_is_known_to_english():
    assert [*GERMAN.keys() - ENGLISH.keys()] == []
