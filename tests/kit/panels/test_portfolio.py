"""All work can be taken away, brought back and shown; no word of it becomes markup."""

import io
import json
import re
import zipfile

import pytest
from front import HOSTILE, click, displayed, is_plain, tags, upload

from tpmlib.kit import content, registry
from tpmlib.kit.documents import markdown, page
from tpmlib.kit.panels import portfolio as module
from tpmlib.kit.panels.base import VIEW
from tpmlib.kit.panels.header import Lesson
from tpmlib.kit.panels.made import answers, documents
from tpmlib.kit.panels.portfolio import Portfolio
from tpmlib.kit.panels.progress import asked, minutes
from tpmlib.kit.panels.saving import MOST_BYTES
from tpmlib.kit.panels.stage import Stage
from tpmlib.kit.record import SCHEMA, record
from tpmlib.lessons.architecture import made

REASONS = [
    HOSTILE,
    "<img src=x onerror=alert(1)>",
    "a | b || c",
    "one\ntwo\r\n\n# three\n| four |",
    "`code` ```\n**bold** _it_ [x](javascript:alert(1)) ![y](z) ~~no~~ \\| \\\\|",
    "\u202eright to left\u2066 isolate \u200f",
    "",
    "&lt;b&gt; &amp; &#60;script&#62;",
    "{claim} {{}} %s %d",
    "x" * 1_000_000,
]
PAGE_TAGS = {"html", "meta", "title", "style", "h1", "h2"}
PAGE_ATTRIBUTES = {"lang", "charset"}


def judged(reason, claim="C03"):
    answer = {"verdict": "holds", "confidence": 70, "reason": reason}
    record().add("judge", claim, answer, lesson="responsibilities")


def some_work():
    judged("since")
    record().add(
        "predict",
        "responsibilities-widest",
        {"answer": "strategy", "confidence": 40},
        lesson="responsibilities",
    )
    record().add(
        "assign", "set_product_vision", {"does": "pm", "answers": "em"}, lesson="responsibilities"
    )
    return record().lines()


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """Another computer: an empty record."""

    def go(name="elsewhere"):
        monkeypatch.setenv("TPM_RECORD", str(tmp_path / name))
        return Portfolio()

    return go


def test_documents_are_offered_once_a_lesson_that_makes_something_is_begun():
    panel, documents = Portfolio(), set(registry.documents())
    record().add("pair", "pair-1", "A", lesson="start_here", right=True)
    panel.refresh()
    assert [button["id"] for button in panel.form.buttons] == ["save"]
    judged("since")
    panel.refresh()
    assert documents | {"all", "save"} == {button["id"] for button in panel.form.buttons}


@pytest.fixture
def sent(monkeypatch):
    """The custom messages that a form sends to the page."""
    found = []
    monkeypatch.setattr(module.Form, "send", lambda form, content: found.append(content))
    return found


def test_saving_sends_every_line_of_the_record(sent):
    lines = some_work()
    click(Portfolio().form, "save")
    file = {"download": "tpm-or-pm.jsonl", "text": lines, "type": "application/jsonl"}
    assert sent == [file] and len(lines.splitlines()) == 3


def test_answers_can_be_taken_away_to_read(sent):
    some_work()
    panel = Portfolio()
    click(panel.form, "answers")
    assert sent[0]["download"] == "my-answers.html" and "set_product" not in sent[0]["text"]
    for text in (
        "since",
        "“Strategy: vision, roadmap”, 40% sure",
        "It holds",
    ):
        assert text in sent[0]["text"]
    assert panel.form.message == "Saved as my-answers.html in your browser's download folder."


def test_each_document_has_its_button(sent):
    panel = Portfolio()
    for words in registry.documents():
        click(panel.form, words)
    names = [f"{document.name}.html" for document in documents(record())]
    assert [message["download"] for message in sent] == names and len(set(names)) == len(names)


def test_saved_work_comes_back_elsewhere(elsewhere):
    lines = some_work()
    panel = elsewhere()
    upload(panel.form, "restore", lines)
    assert panel.form.message.startswith("3 answers brought back, 0 were here already. ")
    assert record().lines() == lines


def test_what_is_here_already_is_not_added_twice():
    lines = some_work()
    panel = Portfolio()
    upload(panel.form, "restore", lines + lines)
    assert panel.form.message.startswith("0 answers brought back, 3 were here already. ")
    assert record().lines() == lines


def test_two_computers_add_up(elsewhere):
    first = some_work()
    panel = elsewhere()
    judged("since then", "C12")
    upload(panel.form, "restore", first)
    assert set(first.splitlines()) < set(record().lines().splitlines())
    assert set(record().items("judge")) == {"C03", "C12"}


def test_damaged_lines_are_counted_by_number_and_the_rest_comes_back(elsewhere):
    first, second, third = some_work().splitlines()
    panel = elsewhere()
    upload(panel.form, "restore", "\n".join([first, "{torn", second, "", '{"a": 1}', third[:-9]]))
    assert panel.form.message.startswith("2 answers brought back, 0 were here already")
    assert "3 damaged lines were left out (line 2, 5, 6)" in panel.form.message


NO_RECORDS = ["", "\n", "[]", "null\n1\n", "{" * 9999, b"%PDF-1.7\n\xff\xfe\0", b"\xff\xfe\0"]


@pytest.mark.parametrize("data", NO_RECORDS)
def test_a_file_that_is_no_record_brings_nothing_and_says_so(elsewhere, data):
    panel = elsewhere()
    upload(panel.form, "restore", data)
    assert panel.form.message.startswith("That file holds no answers saved by this course")
    assert record().events() == []


def zipped(files, **how):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, **how) as file:
        [file.writestr(name, text) for name, text in files.items()]
    return packed.getvalue()


def test_what_is_brought_back_to_a_full_disk_is_said_to_be_in_memory_only(no_disk):
    panel = Portfolio()
    judged("since")
    upload(panel.form, "restore", record().lines())
    assert "1 was here already" in panel.form.message and "in memory only" in panel.form.message


def test_everything_in_one_file_can_be_brought_back(elsewhere):
    lines, packed = some_work(), Portfolio().archive()
    panel = elsewhere()
    upload(panel.form, "restore", packed)
    assert panel.form.message.startswith("3 answers brought back, 0 were here already. ")
    assert record().lines() == lines


def test_a_name_in_a_zip_is_no_path(elsewhere, tmp_path):
    packed = zipped({"../../x.jsonl": some_work(), "__MACOSX/._x.jsonl": "\0", "a.md": "a"})
    panel = elsewhere()
    upload(panel.form, "restore", packed)
    assert panel.form.message.startswith("3 answers brought back, 0 were here already. ")
    assert not [*tmp_path.parent.rglob("x.jsonl")]


BOMB = {f"{name}.jsonl": bytes(20_000_000) for name in "abc"}


@pytest.mark.parametrize(
    "data, why",
    [
        (b"PK\x03\x04\0", "cannot be read"),
        (zipped({"a.jsonl": "{}\n" * 999})[:-99], "cannot be read"),
        (zipped({"a.jsonl": "{}\n" * 999}).replace(b"a.jsonl", b"b.jsonl", 1), "cannot be read"),
        (zipped({"a.txt": "x"}), "holds no answers"),
        (zipped(BOMB), "more than 50 MB"),
    ],
    ids=["stump", "cut", "renamed", "none", "bomb"],
)
def test_a_zip_without_a_record_is_refused_in_one_sentence(data, why):
    panel = Portfolio()
    upload(panel.form, "restore", data)
    assert panel.form.message.startswith("That ") and why in panel.form.message
    assert record().lines() == ""


@pytest.mark.parametrize("code", ["utf-16", "utf-8-sig"])
def test_a_record_in_another_encoding_is_brought_back(elsewhere, code):
    lines = some_work()
    upload(elsewhere().form, "restore", lines.encode(code))
    assert record().lines() == lines


def test_a_slice_that_is_missing_or_came_twice_is_asked_for_again(elsewhere, monkeypatch):
    data = some_work().encode()
    panel, size, asked = elsewhere(), len(data), []
    monkeypatch.setattr(panel.form, "send", lambda message: asked.append(message["from"]))
    for start in (100, 0, 0, 200, 100, 0, 100, 100, 200):
        end = size if start == 200 else start + 100
        upload(panel.form, "restore", data[start:end], start=start, size=size)
    assert asked == [0, 100, 100, 100, 200, 100, 200, 200, size]
    assert panel.form.message.startswith("3 answers brought back")


def test_a_file_that_the_page_cannot_read_is_told(elsewhere):
    panel = elsewhere()
    upload(panel.form, "restore", "", start=-1)
    assert panel.form.message == "That file could not be read to its end: choose it again."


def test_answers_of_a_newer_course_are_kept_and_not_shown(elsewhere):
    event = json.loads(some_work().splitlines()[0]) | {"schema": SCHEMA + 1, "new": HOSTILE}
    panel = elsewhere()
    upload(panel.form, "restore", json.dumps(event))
    assert "1 comes from a newer version of the course and is kept" in panel.form.message
    assert record().events() == [] and json.loads(record().lines()) == event


def test_answers_of_the_first_edition_are_kept_and_told_in_one_line(elsewhere):
    old = [json.loads(line) | {"schema": 1} for line in some_work().splitlines()]
    panel = elsewhere()
    assert "first edition" not in panel.form.fields[0]["label"]
    counted = panel.form.fields[0]["label"]
    upload(panel.form, "restore", "\n".join(map(json.dumps, old)))
    line = "3 answers of the first edition are kept; they are not counted here."
    assert panel.form.fields[0]["label"] == f"{counted}\n{line}"
    assert "3 are answers of the first edition, kept but not counted" in panel.form.message
    assert record().events() == [] and len(record().lines().splitlines()) == 3


@pytest.mark.parametrize("session", ["../../evil", "/etc/x", "a b", "", "A" * 99, 3])
def test_a_file_cannot_choose_where_it_is_written(elsewhere, tmp_path, session):
    event = json.loads(some_work().splitlines()[0]) | {"session": session}
    panel = elsewhere()
    before = set(tmp_path.rglob("*"))
    upload(panel.form, "restore", json.dumps(event))
    assert "nothing was brought back (lines that cannot be read: 1)" in panel.form.message
    assert set(tmp_path.rglob("*")) == before


def test_a_file_too_large_for_a_record_is_refused(elsewhere):
    panel = elsewhere()
    upload(panel.form, "restore", "", size=MOST_BYTES + 1)
    assert panel.form.message == "That file is larger than 50 MB: not a record."


def test_damage_in_the_files_of_the_record_is_told(tmp_path):
    judged("since")
    assert "amaged" not in Portfolio().form.fields[0]["label"] + Lesson("titles").form.message
    (record().home / "ab.jsonl").write_text("{torn")
    for text in (Portfolio().form.fields[0]["label"], Lesson("titles").form.message):
        assert text.endswith(f"Damaged lines in {record().home}: 1, left out and left as they are.")


def test_brought_back_answers_show_in_the_panels_on_show(elsewhere):
    lines = some_work()
    panel, stage = elsewhere(), Stage("first_study")
    upload(panel.form, "restore", lines)
    click(stage.form, "next")
    assert "You predicted “Strategy: vision, roadmap”, 40% sure." in stage.say.value
    assert "02 (2 of " in panel.form.fields[0]["label"]


@pytest.mark.parametrize("reason", REASONS, ids=lambda reason: ascii(reason[:20]))
def test_a_reason_stays_one_cell_of_the_markdown(reason):
    judged(reason)
    text = markdown(answers(record()))
    (line,) = [line for line in text.splitlines() if "C03 " in line]
    unescaped = line.replace("\\\\", "").replace("\\|", "")
    assert unescaped.count("|") == 3 + bool(reason) and "\n\n\n" not in text
    assert "<" not in re.sub("</?span>", "", text)
    for mark in "`*_[]":
        assert mark not in unescaped.replace(f"\\{mark}", "")


@pytest.mark.parametrize("reason", REASONS, ids=lambda reason: ascii(reason[:20]))
def test_a_reason_stays_text_on_the_page(reason):
    judged(reason)
    html = page(answers(record()))
    found = [(tag, at) for tag, at in tags(html) if tag not in PAGE_TAGS]
    assert all(at.keys() <= {"style", "scope"} for _, at in found)
    assert [tag for tag, _ in found].count("tbody") == 1 and not is_plain(html)
    assert {tag for tag, _ in found} == {"p", "table", "thead", "tbody", "tr", "th", "td"}


def test_an_empty_record_gives_no_table_and_says_where_each_part_is_made():
    text = markdown(answers(record()))
    assert text.splitlines()[0] == "# All my answers" and "|" not in text
    assert text.count("Not made yet (lesson ") == text.count("\n## ") > 10


def test_a_prediction_is_shown_with_its_computed_figures():
    kept = {"answer": 50, "confidence": 60}
    record().add("predict", "estimates-plan", kept, lesson="estimates")
    assert "by the end of day 34" in markdown(answers(record()))
    assert "{" not in markdown(answers(record()))


def test_answers_to_what_left_the_course_are_saved_and_not_shown():
    record().add(
        "predict", "gone-prediction", {"answer": 1, "confidence": 1}, lesson="responsibilities"
    )
    record().add("judge", "C99", {"verdict": "holds"}, lesson="responsibilities")
    assert "gone-prediction" in record().lines() and "<table>" not in page(answers(record()))


@pytest.mark.parametrize("answer", ["?", None, ["a"], {"verdict": ["x"], "reason": {}, "does": 3}])
def test_a_record_changed_by_hand_breaks_nothing(answer):
    for kind, item in (
        ("predict", "responsibilities-widest"),
        ("judge", "C03"),
        ("assign", "set_product_vision"),
    ):
        record().add(kind, item, answer, lesson="responsibilities")
    assert "C03 " in markdown(answers(record())) and "</html>" in page(answers(record()))


def test_everything_that_a_learner_is_asked_to_make_counts_as_progress():
    lessons = [one["id"] for one in content.course()["lessons"] if one["status"] == "ready"]
    counted = {kind for lesson in lessons for kind, _ in asked(lesson)}
    questions = {"predict", "quiz", "judge", "reflect", "cards", "assign"}
    assert counted == questions | {
        *("sheet", "calibrate", "own", "threats", "company", "pair"),
        "path",
        "decide",
    }


def test_ticked_threats_stand_in_the_portfolio():
    record().add("threats", "threats-f3", ["spoofing", "denial"], lesson="architecture")
    (section,) = made.threats(record())
    assert section.rows == [["Bank to API", "spoofing, overload"]]


def test_the_progress_counts_what_is_begun_and_names_the_rest():
    record().add("predict", "estimates-plan", 5, lesson="estimates")
    label = Portfolio().form.fields[0]["label"]
    begun, rest = label.splitlines()
    numbers = [lesson["number"] for lesson in content.course()["lessons"]]
    numbers.remove("08")
    assert begun.startswith("Done so far: 08 (1 of ") and rest == f"Not begun: {', '.join(numbers)}"


def test_on_the_first_day_it_says_what_is_next_and_not_all_that_waits():
    panel = Portfolio()
    record().add("pair", "pair-1", "A", lesson="start_here", right=True)
    panel.refresh()
    *_, last = panel.form.fields[0]["label"].splitlines()
    assert last == f"Next: 01 {content.lesson('titles')['title']}"
    path = next(each for each in content.course()["paths"] if each["steps"][1] != "titles")
    record().add("path", "path", path["id"], lesson="start_here")
    panel.refresh()
    *_, last = panel.form.fields[0]["label"].splitlines()
    assert last.startswith(f"Next: {content.lesson(path['steps'][1])['number']} ")


def test_without_a_disk_the_portfolio_says_so_and_saves_all_the_same(no_disk, sent):
    some_work()
    panel = Portfolio()
    assert "Your answers are in memory only" in panel.form.fields[0]["label"]
    click(panel.form, "save")
    assert len(sent[0]["text"].splitlines()) == 3


def test_a_cell_shows_the_map_of_the_course_apart_from_what_lives(monkeypatch):
    words, live = displayed(Portfolio(), monkeypatch)
    assert is_plain(words["text/html"]) and VIEW not in words and VIEW in live
    for one in content.course()["lessons"]:
        assert minutes(one) in words["text/html"]
