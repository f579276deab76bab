"""What a cell leaves in a saved notebook: the same each time, readable by itself, never markup."""

import base64
import json
import math
import re
import threading
from html import escape

import pytest
from front import (
    HOSTILE,
    add_local,
    click,
    displayed,
    edit,
    edit_rows,
    is_plain,
    judge,
    put,
    quizzes,
)

from tpmlib.kit import content, questions
from tpmlib.kit.documents import markdown, page
from tpmlib.kit.html import rounded
from tpmlib.kit.panels import base
from tpmlib.kit.panels.base import CHART, VIEW, Panel
from tpmlib.kit.panels.calibrate import Calibrate
from tpmlib.kit.panels.cards import SortCards
from tpmlib.kit.panels.cite import Cite
from tpmlib.kit.panels.explorer import Explorer
from tpmlib.kit.panels.header import Lesson
from tpmlib.kit.panels.judge import Judge
from tpmlib.kit.panels.made import answers
from tpmlib.kit.panels.portfolio import Portfolio
from tpmlib.kit.panels.quiz import Quiz
from tpmlib.kit.panels.reflect import Reflect
from tpmlib.kit.panels.sheet import Sheet
from tpmlib.kit.panels.stage import Stage
from tpmlib.kit.record import record
from tpmlib.lessons.adverts.advert_panel import ReadAdvert
from tpmlib.lessons.adverts.assign import Assign
from tpmlib.lessons.adverts.pairs_panel import Pairs
from tpmlib.lessons.adverts.titles import CompareTitles
from tpmlib.lessons.architecture.mark_threats import MarkThreats
from tpmlib.lessons.company.company_panel import Company
from tpmlib.lessons.company.compare_company import ASKED, CompareCompany
from tpmlib.lessons.decide.panel import Decide
from tpmlib.lessons.look_back.look_back import LookBack
from tpmlib.lessons.look_back.verdicts import Verdicts
from tpmlib.lessons.start_here.environment import Environment
from tpmlib.lessons.start_here.paths import Paths
from tpmlib.lessons.who_does_what.profile_panel import Profile

STAGES = sorted(path.stem for path in (content.root() / "data/stages").glob("*.yml"))
MAKERS = {
    "explore": lambda: Explorer("role_profile", "areas"),
    "read_advert": ReadAdvert,
    "too_short": lambda: ReadAdvert("too short"),
    "portfolio": Portfolio,
    "profile": Profile,
    "calibrate": lambda: Calibrate("first"),
    "company": Company,
    **{f"beside {name}": lambda name=name: CompareCompany(name) for name in ASKED},
    "mark_threats": MarkThreats,
    "decide": Decide,
    "look_back": LookBack,
    "verdicts": Verdicts,
    "reflect": lambda: Reflect("priorities-objective"),
    "compare_titles": CompareTitles,
    "pairs": Pairs,
    "paths": Paths,
    **{f"sheet {name}": lambda name=name: Sheet(name) for name in content.sheets()},
    **{f"stage {name}": lambda name=name: Stage(name) for name in STAGES},
    **{f"quiz {name}": lambda name=name: Quiz(name) for name in quizzes()},
    **{f"assign {name}": lambda name=name: Assign(name) for name in quizzes()},
    **{f"lesson {name}": lambda name=name: Lesson(name) for name in quizzes()},
    **{f"deck {name}": lambda name=name: SortCards(name) for name in content.decks()},
    **{name: lambda name=name: Judge(name) for name in ("C01", "C03", "C12", "C13", "C14", "C15")},
}
WITHOUT_A_WIDGET = {"cite": lambda: Cite("F71"), "check_environment": Environment}


def kept(bundles):
    """What a saved notebook keeps: all but the view, whose id is new each time."""
    return [{kind: what for kind, what in one.items() if kind != VIEW} for one in bundles]


@pytest.mark.parametrize("name", MAKERS | WITHOUT_A_WIDGET)
def test_two_builds_leave_the_same_outputs(monkeypatch, name):
    make = (MAKERS | WITHOUT_A_WIDGET)[name]
    first, second = (kept(displayed(make(), monkeypatch)) for _ in "12")
    assert first == second and not re.search(r" at 0x|[0-9a-f]{32}", str([*map(str, first)]))


@pytest.mark.parametrize("name", MAKERS | WITHOUT_A_WIDGET)
def test_every_output_has_text_and_a_form_for_readers(monkeypatch, name):
    for bundle in displayed((MAKERS | WITHOUT_A_WIDGET)[name](), monkeypatch):
        assert bundle["text/plain"].strip()
        assert is_plain(bundle.get("text/html", "")) and {"text/html", "image/png"} & bundle.keys()
        if "image/png" in bundle:
            assert base64.b64decode(bundle["image/png"]).startswith(b"\x89PNG")


@pytest.mark.parametrize("name", MAKERS)
def test_a_picture_is_shown_with_its_finding_as_alternative_text(monkeypatch, name):
    shown = []
    monkeypatch.setattr(base, "display", lambda bundle, **more: shown.append((bundle, more)))
    MAKERS[name]()._ipython_display_()
    for bundle, metadata in ((bundle, more["metadata"]) for bundle, more in shown):
        assert "alt" not in bundle and metadata.keys() == bundle.keys() & {"image/png"}
        assert all(len(one["alt"].split()) > 3 for one in metadata.values())


@pytest.mark.parametrize("name", MAKERS)
def test_a_panel_shows_its_live_view_once(monkeypatch, name):
    panel = MAKERS[name]()
    views = [b[VIEW]["model_id"] for b in displayed(panel, monkeypatch) if VIEW in b]
    assert views.count(panel.widget.model_id) == 1 and len(set(views)) == len(views)


@pytest.mark.parametrize("name", MAKERS)
def test_the_text_of_a_panel_is_its_repr_and_short(name):
    panel = MAKERS[name]()
    assert repr(panel) == panel.text() == panel.bundles()[0]["text/plain"]
    assert len(repr(panel)) < 1500


@pytest.mark.parametrize("name", MAKERS)
def test_a_bundle_is_json(monkeypatch, name):
    for bundle in displayed(MAKERS[name](), monkeypatch):
        assert json.loads(json.dumps(bundle, allow_nan=False)) == bundle


def numbers(data):
    if isinstance(data, dict | list):
        return [
            n for part in (data.values() if isinstance(data, dict) else data) for n in numbers(part)
        ]
    return [data] if isinstance(data, int | float) else []


@pytest.mark.parametrize("name", ["explore", "read_advert"])
def test_the_numbers_of_a_chart_are_finite_and_rounded(name):
    data = MAKERS[name]().bundles()[0][CHART]
    found = numbers(data)
    assert len(found) > 20 and all(math.isfinite(n) for n in found)
    assert all(len(re.sub(r"e.*|[-.]", "", f"{n}").strip("0")) <= 6 for n in found)


@pytest.mark.parametrize(
    "value, told",
    [
        (math.nan, None),
        (-math.inf, None),
        (1 / 3, 0.333333),
        (2.0, 2),
        (-0.0, 0),
        (123456789, 123457000),
        (True, True),
        ("x", "x"),
        (None, None),
        ({1: (math.nan, 1e-9)}, {"1": [None, 1e-09]}),
    ],
)
def test_a_number_has_six_digits_and_nothing_is_infinite(value, told):
    assert rounded(value) == told


def test_a_row_without_counts_is_null_in_the_data_of_the_chart(data):
    add_local(data, responsibility_id="own_row", name="Feed the cat")
    chart = Explorer("role_profile").bundles()[0][CHART]
    at = chart["id"].index("own_row")
    assert chart["tpm_rate"][at] is None and chart["p"][at] is None


def test_answers_do_not_change_what_a_notebook_keeps(monkeypatch):
    untouched = {name: kept(displayed(make(), monkeypatch)) for name, make in MAKERS.items()}
    for name, prediction in questions.predictions().items():
        answer = {"answer": prediction.max or prediction.options[0].id, "confidence": 35}
        record().add("predict", name, answer, lesson="responsibilities")
    record().add("quiz", "responsibilities-clearest", "engineering", lesson="responsibilities")
    record().add(
        "judge", "C03", {"verdict": "holds", "reason": "secret"}, lesson="responsibilities"
    )
    touched = {name: kept(displayed(make(), monkeypatch)) for name, make in MAKERS.items()}
    assert touched == untouched


def test_two_threads_of_answers_lose_none_and_never_wait_for_each_other():
    items = ["C03", "C12"]
    panels = [Judge(item) for item in items]

    def commit(panel):
        for number in range(10):
            judge(panel, verdict="holds", reason=str(number))

    threads = [threading.Thread(target=commit, args=[panel], daemon=True) for panel in panels]
    [thread.start() for thread in threads], [thread.join(30) for thread in threads]
    assert not any(thread.is_alive() for thread in threads)
    for item in items:
        why = [event["answer"].get("reason") for event in record().history(item, "judge")]
        assert why == [None, *map(str, range(10))]  # the click on the verdict comes first


def broken(*_):
    raise ZeroDivisionError("in a callback")


CALLBACKS = {
    "quiz": (lambda: Quiz("responsibilities"), "_check", "check responsibilities-clearest"),
    "stage": (lambda: Stage("first_study"), "_commit", "commit"),
    "judge": (lambda: Judge("C03"), "_judge", "judge"),
    "assign": (lambda: Assign("responsibilities"), "_keep", "keep"),
    "cards": (lambda: SortCards("responsibilities"), "_check", "check"),
    "reflect": (lambda: Reflect("priorities-objective"), "_keep", "keep"),
    "calibrate": (lambda: Calibrate("first"), "_keep", "keep"),
    "portfolio": (Portfolio, "_event", "all"),
}


@pytest.mark.allow_logged
@pytest.mark.parametrize("name", CALLBACKS)
def test_a_broken_callback_is_one_sentence_for_the_learner_and_an_error_for_a_test(
    monkeypatch, caplog, name
):
    make, method, button = CALLBACKS[name]
    monkeypatch.setattr(make().__class__, method, broken)
    panel = make()
    clicked = getattr(panel, "board", getattr(panel, "form", panel.widget))
    click(clicked, button)
    assert clicked.message.startswith("Something went wrong in the course, not in your answer")
    assert [line.exc_info[0] for line in caplog.records if line.exc_info] == [ZeroDivisionError]
    with pytest.raises(ZeroDivisionError):
        clicked.click(button)


@pytest.mark.allow_logged
def test_the_trouble_of_one_panel_does_not_reach_the_answer_in_another(monkeypatch, caplog):
    monkeypatch.setattr(Lesson, "refresh", lambda self: None)
    head, panel = Lesson("estimates"), Judge("C03")
    monkeypatch.setattr(Lesson, "refresh", broken)
    judge(panel, verdict="holds")
    assert record().latest("C03", "judge") and "(Zero" in head.form.message
    assert len([line for line in caplog.records if line.exc_info]) == 1


LENGTHY = f"{HOSTILE} " + "very long " * 900


@pytest.fixture
def hostile(data):
    """A course in which every text that an instructor writes is hostile."""

    def spoil_quiz(quiz):
        for raw in [*quiz["questions"], *quiz["predictions"]]:
            raw["text"], raw["why"] = f"{HOSTILE} is it so?", HOSTILE
            raw.pop("values", None)
            raw.update({"unit": "of 34"} if "unit" in raw else {})
            for number, option in enumerate(raw.get("options", [])):
                option["text"], option["why"] = f"{HOSTILE} {number}", HOSTILE

    def spoil_deck(deck):
        deck["title"] = deck["text"] = deck["piles"][0]["label"] = HOSTILE[:40]
        deck["cards"].append({"id": "own_row"})
        deck["cards"].append({"id": "other", "text": HOSTILE, "why": HOSTILE, "pile": "tpm"})

    def spoil_stage(stage):
        stage["title"] = HOSTILE
        for step in stage["steps"]:
            step["say"], step["next"] = f"{HOSTILE} is it so?", HOSTILE[:40]

    def spoil_course(course):
        for one in course["lessons"]:
            one["title"] = one["summary"] = one["outcomes"][0]["text"] = HOSTILE

    for path in (data / "quizzes").glob("*.yml"):
        edit(path, spoil_quiz)
    for path in (data / "stages").glob("*.yml"):
        edit(path, spoil_stage)
    edit(data / "decks/responsibilities.yml", spoil_deck)
    edit(data / "course.yml", spoil_course)
    edit(data / "glossary.yml", lambda all: all["terms"][0].update(term=HOSTILE, meaning=HOSTILE))
    edit_rows(
        data / "facts.csv", lambda rows: [r.update(statement=LENGTHY, note=HOSTILE) for r in rows]
    )
    edit_rows(data / "claims.csv", lambda rows: [r.update(claim=HOSTILE) for r in rows])
    edit_rows(data / "sources.csv", lambda rows: [r.update(title=HOSTILE) for r in rows])
    add_local(data, responsibility_id="own_row", name=HOSTILE, does=HOSTILE)
    edit(data / "quizzes/responsibilities.yml", lambda quiz: quiz["assign"].append("own_row"))


def test_hostile_words_in_the_data_reach_the_reader_only_as_words(hostile, monkeypatch):
    assert content.problems_of_tables() + content.problems_of_documents() == []
    judge = {"verdict": "holds", "confidence": 5, "reason": LENGTHY}
    record().add("judge", "C03", judge, lesson="responsibilities")
    seen = ""
    for name, make in (MAKERS | WITHOUT_A_WIDGET).items():
        pages = [bundle.get("text/html", "") for bundle in displayed(make(), monkeypatch)]
        assert is_plain(*pages), name
        seen += f"{name} " * (escape(HOSTILE) in "".join(pages))
    shown = {
        "portfolio",
        "quiz",
        "assign",
        "lesson",
        "deck",
        "C03",
        "cite",
    } | {"stage"}
    assert shown <= set(seen.split())


def test_a_hostile_row_of_ones_own_is_only_words_in_the_explorer(hostile, monkeypatch):
    explorer = Explorer("role_profile")
    put(explorer.form, select="own_row", order="name")
    assert explorer.picture.alt == f"{HOSTILE}: no count"
    assert is_plain(*(bundle.get("text/html", "") for bundle in explorer.bundles()))
    assert escape(HOSTILE) in explorer.bundles()[1]["text/html"]


def test_hostile_words_are_only_words_in_what_can_be_taken_away(hostile):
    record().add(
        "predict",
        "estimates-plan",
        {"answer": 5, "confidence": 5},
        lesson="estimates",
    )
    mine = answers(record())
    assert HOSTILE[:8] not in page(mine) + markdown(mine)
    assert page(mine).count(escape(HOSTILE)) == 2


def test_every_panel_of_the_course_is_tried_here():
    tried = {type(make()) for make in MAKERS.values()}
    assert leaves(Panel) - {Panel} <= tried


def leaves(kind):
    """The classes that extend this one and are not extended."""
    below = kind.__subclasses__()
    return set().union(*map(leaves, below)) if below else {kind}
