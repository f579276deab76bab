"""The documents of the portfolio hold what the learner made, as text, all in one file."""

import base64
import io
import re
import zipfile
from dataclasses import replace
from html.parser import HTMLParser

import mistune
import pytest
from front import HOSTILE, click, tags, upload
from whole import answer_everything

from tpmlib.kit import content, questions
from tpmlib.kit.documents import STYLE, Document, Section, markdown, page
from tpmlib.kit.panels import made
from tpmlib.kit.panels import portfolio as module
from tpmlib.kit.panels.portfolio import Portfolio
from tpmlib.kit.record import record
from tpmlib.lessons.adverts.made import role_charter
from tpmlib.lessons.company.games import Game, answer
from tpmlib.lessons.company.policies import fixed
from tpmlib.lessons.company.world import tally_world

PAGE_TAGS = {"html", "meta", "title", "style", "h1", "h2"}


@pytest.fixture
def sent(monkeypatch):
    """The custom messages that a form sends to the page."""
    found = []
    monkeypatch.setattr(module.Form, "send", lambda form, content: found.append(content))
    return found


def much_work():
    """Something of every kind that a learner makes, with words that would be markup."""
    for claim, reason in (("C03", "since"), ("C13", HOSTILE)):
        said = {"verdict": "holds", "confidence": 70, "reason": reason}
        record().add("judge", claim, said, lesson="responsibilities")
    record().add(
        "predict",
        "responsibilities-widest",
        {"answer": "strategy", "confidence": 40},
        lesson="responsibilities",
    )
    record().add(
        "assign", "set_product_vision", {"does": "pm", "answers": "em"}, lesson="responsibilities"
    )
    record().add(
        "profile", "own-week", {"strategy": 7, "engineering_depth": 21}, lesson="who_does_what"
    )
    team = {"engineers": 23, "complexity": 1.5, "meetings": 18, "protected": 4, "cost": 0.9}
    record().add("sheet", "team", team, lesson="staffing")
    for question in content.decision()["questions"]:
        record().add("decide", question["id"], question["options"][-1]["id"], lesson="staffing")
    record().add(
        "reflect", "priorities-objective", {"text": f"My own words. {HOSTILE}"}, lesson="priorities"
    )
    task = content.sheet("release")["fields"][0]["rows"][0]["id"]
    record().add("sheet", "release", {"who": {f"{task}.pm": "AR"}}, lesson="who_does_what")
    fact = content.calibration_round("first")["questions"][0]["fact"]
    record().add(
        "calibrate", "calibration-first", {f"{fact}.low": 3, f"{fact}.high": 41}, lesson="estimates"
    )
    deck = content.deck("responsibilities")
    record().add(
        "cards",
        deck["id"],
        {deck["cards"][0]["id"]: deck["piles"][0]["id"]},
        lesson="responsibilities",
    )
    initiative = content.table("initiatives")["initiative_id"][0]
    record().add("own", "split", {initiative: 37}, lesson="allocation")
    flow = content.table("flows")["flow_id"][0]
    record().add("threats", f"threats-{flow}", ["spoofing"], lesson="architecture")
    plan = fixed(tally_world(), "pm_tpm", 1)
    record().add("company", "company-tally", answer(Game(), plan[0]), lesson="capstone")


def unpacked(sent):
    """The files of the archive as the page would save them."""
    (message,) = sent
    packed = base64.b64decode(message["base64"])
    with zipfile.ZipFile(io.BytesIO(packed)) as file:
        assert file.testzip() is None
        return {name: file.read(name).decode() for name in file.namelist()}


@pytest.fixture
def files(sent):
    much_work()
    click(Portfolio().form, "all")
    return unpacked(sent)


NAMES = """role-charter memo question-log hiring-kit should-i-become-one my-record
my-answers"""
EACH = pytest.mark.parametrize("name", NAMES.split())
THEIRS = {
    "role-charter": ["| Set product vision | PM | Engineering manager |", "## Named, to agree"],
    "memo": ["From: ....", "What would change it", "ssumed"],
    "question-log": ["Settled well?"],
    "hiring-kit": [
        "Who answers for the date?",
        "FlowFuse",
        "Your memo says: Hire nobody yet",
        "named practitioner, company handbook",
    ],
    "should-i-become-one": ["In short", "A trial stands here for each duty"],
    "my-record": ["2 of 25 claims are judged", "02 What is different? | 4 of", "no certificate"],
    "my-answers": [
        *(
            "since",
            "“Strategy: vision, roadmap”, 40% sure",
            "My own words.",
            "PM: AR",
            "| 3 | 41 |",
        ),
        *("| 37 % |", "| Bank to API | spoofing |", "Game 1, quarter 1"),
    ],
}


def test_everything_is_in_one_file(files):
    both = [f"{name}.{end}" for name in NAMES.split() for end in ("html", "md")]
    assert set(files) == {"index.html", "tpm-or-pm.jsonl", *both}
    links = {at["href"] for tag, at in tags(files["index.html"]) if tag == "a"}
    assert links == set(both)


def test_the_record_in_the_archive_brings_all_back(files, tmp_path, monkeypatch):
    monkeypatch.setenv("TPM_RECORD", str(tmp_path / "elsewhere"))
    panel = Portfolio()
    upload(panel.form, "restore", files["tpm-or-pm.jsonl"])
    assert record().lines() == files["tpm-or-pm.jsonl"] and "damaged" not in panel.form.message


@EACH
def test_a_document_holds_what_the_learner_made(files, name):
    for text in THEIRS[name]:
        assert text in files[f"{name}.md"]


@EACH
def test_a_document_of_the_archive_is_only_text(files, name):
    page, text = files[f"{name}.html"], files[f"{name}.md"]
    allowed = PAGE_TAGS | {"p", "table", "thead", "tbody", "tr", "th", "td"}
    assert {tag for tag, _ in tags(page)} <= allowed and "<" not in re.sub("</?span>", "", text)
    known = {"style", "scope", "lang", "charset"}
    assert all(at.keys() <= known for _, at in tags(page))


def test_equal_work_gives_an_equal_archive(files):
    assert Portfolio().archive() == Portfolio().archive()


def test_an_empty_record_gives_every_document_and_says_where_to_begin(sent):
    click(Portfolio().form, "all")
    files = unpacked(sent)
    made_in = {"role-charter": "02", "memo": "05", "hiring-kit": "05"}
    for name, number in made_in.items():
        (title,) = (
            each["title"] for each in content.course()["lessons"] if each["number"] == number
        )
        assert f"Not made yet: lesson {number}, {title}, asks for it" in files[f"{name}.md"]
    assert "A trial stands here for each duty" in files["should-i-become-one.md"]
    assert files["tpm-or-pm.jsonl"] == ""


@pytest.mark.parametrize("broken", ["?", None, ["a"], {"strategy": "x", "text": [1]}, 7])
def test_documents_of_a_record_changed_by_hand_break_nothing(sent, broken):
    much_work()
    for event in record().events():
        record().add(event["kind"], event["item"], broken, lesson=HOSTILE)
    click(Portfolio().form, "all")
    assert "Not made yet: lesson 05, " in unpacked(sent)["memo.md"]


STATES = {"empty": 10**6, "half": 2, "full": 1}
RAW = re.compile(r"\{\w+\}|\bNone\b(?! of )|\b(?:nan|NaN|inf)\b|<NA>")


@pytest.fixture(params=STATES)
def rendered(request):
    """Every document of a record with nothing in it, a half, or all, whose words are hostile."""
    answer_everything(STATES[request.param], f"Mine. {HOSTILE}")
    return made.documents(record())


def test_no_document_shows_the_name_of_a_figure_or_a_missing_value(rendered):
    for document in rendered:
        text = markdown(document) + page(document).replace(STYLE, "")
        assert RAW.findall(text) == [], document.name


def test_no_document_holds_markup_of_a_learner(rendered):
    allowed = PAGE_TAGS | {"p", "table", "thead", "tbody", "tr", "th", "td"}
    for document in rendered:
        assert {tag for tag, _ in tags(page(document))} <= allowed, document.name
        assert "<" not in re.sub("</?span>", "", markdown(document)), document.name


def test_a_full_record_leaves_no_document_without_its_parts():
    answer_everything()
    for document in made.documents(record()):
        if document.name != made.ANSWERS:  # which holds kinds of answer that only a panel can give
            assert "Not made yet" not in markdown(document), document.name


def test_an_option_is_exported_with_its_figure(monkeypatch):
    item = next(each for each in questions.predictions().values() if each.options and each.values)
    name, option = next(iter(item.values)), replace(item.options[0], text="About {%s}")
    option = replace(option, text=option.text % name)
    monkeypatch.setattr(
        made.questions, "predictions", lambda: {item.id: replace(item, options=(option,))}
    )
    record().add("predict", item.id, {"answer": option.id, "confidence": 50}, lesson=item.lesson)
    assert f"About {item.values[name].words()}" in markdown(made.answers(record()))


def test_a_duty_given_to_nobody_or_left_open_is_called_so():
    given = {"set_product_vision": ("nobody", ""), "prioritise_features": ("pm", "tpm")}
    given["remove_blockers"] = ("pm", "nobody")
    for duty, (does, answers) in given.items():
        record().add("assign", duty, {"does": does, "answers": answers}, lesson="responsibilities")
    gaps, agreed, missing = role_charter(record()).sections
    assert gaps.title == "To decide"
    assert gaps.rows == [
        ["Remove blockers", "PM", "nobody"],
        ["Set product vision", "nobody", "open"],
    ]
    assert agreed.rows == [["Prioritise features", "PM", "TPM"]]


def test_a_duty_given_to_somebody_who_is_not_on_the_form_is_no_gap():
    given = {"does": "else", "answers": "else"}
    record().add("assign", "set_product_vision", given, lesson="responsibilities")
    agreed, missing = role_charter(record()).sections
    assert agreed.rows == [["Set product vision", "somebody else", "somebody else"]]


def test_every_part_of_a_document_is_escaped():
    section = Section(HOSTILE, [HOSTILE], [[HOSTILE]], HOSTILE)
    one = Document("x", "Title", [section], HOSTILE)
    assert {"script", "b"}.isdisjoint({tag for tag, _ in tags(page(one))})
    assert "<script" not in markdown(one).replace(f"| {HOSTILE} |\n| ---", "")


MARKS = [
    HOSTILE,
    "$5 and $6, $$x$$, ~~no~~, ~a~ ^b^ ==c== ++d++ **e** _f_ `g` !!h!!",
    "\\(x\\) \\[y\\] \\begin{equation}z\\end{equation} \\$ \\\\ \\| C:\\Users",
    *(
        "# head",
        "1. one",
        "2) two",
        "- a",
        "+ a",
        "* a",
        "---",
        "- - -",
        "> said",
        "    code",
        "==",
    ),
    "[x](javascript:alert(1)) ![y](z) [^1] <!-- c --> &lt;b&gt; &amp; &#36;",
    "a | b || c\n\n| d |\r\n| --- |",
    "```\n{raw} :::note {{x}} %%y%% @z",
]
PLUGINS = "table strikethrough math superscript subscript insert mark footnotes def_list spoiler"


class Words(HTMLParser):
    """The words that a browser shows, by the tag around them."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.words = [], ""
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags += [tag] if tag != "span" else []

    def handle_data(self, data):
        self.words += data


@pytest.mark.parametrize("text", MARKS)
def test_what_a_learner_writes_is_shown_as_written_by_a_reader_of_markdown(text):
    read = mistune.create_markdown(escape=False, plugins=PLUGINS.split())
    section = Section(text, ["Task"], [[text]], text)
    shown = Words(read(markdown(Document("name", text, [section], text))))
    flat = " ".join(text.split())
    words = [line.strip() for line in shown.words.splitlines() if line.strip()]
    assert words == [flat, flat, flat, flat, "Task", flat]
    assert set(shown.tags) == {*"h1 h2 p table thead tbody tr th td".split()}
