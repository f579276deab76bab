"""The memo and the question log: of an empty, a half and a full record."""

import re

import pytest
from front import HOSTILE, click, tags
from test_decide import DECISION, TALLY, keep
from test_rules import TEAM, TEAMS, given

import tpmlib as tpm
from tpmlib.kit import content
from tpmlib.kit.documents import STYLE, markdown, page
from tpmlib.kit.panels.form import Form
from tpmlib.kit.panels.made import documents
from tpmlib.kit.record import record
from tpmlib.lessons.decide.made import memo, question_log
from tpmlib.lessons.decide.rules import changes

PARTS = ["Recommendation", "Why", "Cost", "For four weeks", "Then"]
PARTS += ["What would change it", "Rests on"]
LETTERS = 3_400  # of a page of A4 with a table of nine rows, measured in Chromium


def test_the_memo_of_an_empty_record_says_where_it_is_made():
    assert (
        "Not made yet: lesson 05, One person or two?, asks for it (9 questions about your team, 0"
        in memo(record()).text
    )


def test_the_memo_of_half_a_record_says_how_many_are_missing():
    keep(dict(list(TALLY.items())[:4]))
    assert memo(record()).sections == [] and "4 answered" in memo(record()).text


@TEAM
def test_the_memo_of_a_full_record_has_all_its_parts_on_one_page(team):
    keep(given(team))
    made = memo(record())
    assert [section.title for section in made.sections] == PARTS
    assert all(name in made.text for name in ("From: ...", "To: ...", "Date: ..."))
    assert all(section.text for section in made.sections)
    single = {id for each in changes(DECISION, given(team)) for id in each.answers}
    assert len(made.sections[-2].rows) == len(single)
    assert len(re.sub("<[^>]*>", "", page(made).replace(STYLE, ""))) < LETTERS


@TEAM
def test_the_memo_speaks_in_words_and_says_what_its_figures_rest_on(team):
    keep(given(team))
    words = markdown(memo(record()))
    assert "engineer-equivalent" not in words and not re.findall(r"\{\w+\}", words)
    rests = memo(record()).sections[-1].text
    assert re.search(r"[Aa]ssumed|\(F\d+\)|second study", rests)


def test_a_memo_has_two_voices_the_team_s_and_the_course_s():
    """What it repeats from the data names neither its writer nor its maker by a pronoun."""
    fields = ("now", "clause", "why", "label", "text", "hangs", "after", "meanwhile", "cost")
    parts = [each for question in DECISION["questions"] for each in question["options"]]
    told = [part[field] for part in parts for field in ("now", "clause") if field in part]
    for name in ("rules", "recommendations", "grounds"):
        told += [part[field] for part in DECISION[name] for field in fields if field in part]
    told += [str(value) for value in DECISION["otherwise"].values()]
    voices = re.compile(r"\b(you|your|yours|we|our|us|I|my)\b", re.IGNORECASE)
    assert [text for text in told if voices.search(text)] == []


def test_each_recommendation_says_where_its_cost_comes_from():
    assumed = [each["id"] for each in DECISION["recommendations"] if "assumed" in each["rests"]]
    assert len(assumed) == len(DECISION["recommendations"])


LONE = {"engineers": "up_to_20", "who": "one_far", "hours": "up_to_15", "left": "gone"}


def then(**answers):
    keep(TALLY | LONE | {"settle": "unknown"} | answers)
    return memo(record()).sections[PARTS.index("Then")].text


def test_the_memo_of_a_lone_pm_tells_what_the_log_decides_where_that_is_not_known():
    log = "Of the questions in the log that product did not answer, count"
    assert then().startswith(log) and log in tpm.decide().advice.value
    assert log not in then(settle="few") and log not in then(who="one_does")
    assert (told := then(specs="unknown")).startswith("Of the quest") and log not in told


def test_the_memo_and_the_panel_call_another_answer_s_advice_by_the_same_name():
    then(settle="few", left="kept", who="one_learns", hours="under_5", specs="nobody")
    table = str(memo(record()).sections[-2].rows)
    assert "If “One, whose work is not technical”" in table and "probably a TPM: measure" in table
    keep({"who": "one_far"})
    assert "Probably a TPM: measure for four weeks first" in tpm.decide().advice.value


def test_a_lone_pm_is_not_told_to_lock_hours_and_then_that_it_brings_little():
    then()
    text = memo(record()).sections[0].text
    assert text.startswith("Hire nobody yet: protect a day first. Instead of a hire: strike out m")
    assert "nobody may ask" not in text


def test_hostile_text_is_escaped(monkeypatch):
    keep(TALLY)
    hostile = content.decision()
    for each in hostile["recommendations"]:
        each.update(label=HOSTILE, text=HOSTILE, hangs=HOSTILE, after=HOSTILE, cost=HOSTILE)
    for each in hostile["rules"]:
        each["why"] = HOSTILE
    monkeypatch.setattr(content, "decision", lambda: hostile)
    assert {"script", "b"}.isdisjoint({tag for tag, _ in tags(page(memo(record())))})
    assert "<script" not in markdown(memo(record()))


def test_the_question_log_is_an_empty_table():
    made = question_log(record())
    (section,) = made.sections
    assert section.head == DECISION["log"]["columns"] and not any(map(any, section.rows))
    assert page(made).count("<tr>") == DECISION["log"]["rows"] + 1


def test_both_are_in_the_portfolio():
    names = [document.name for document in documents(record())]
    assert names.count("memo") == names.count("question-log") == 1


@pytest.mark.parametrize("button, name", [("memo", "memo"), ("question_log", "question-log")])
def test_each_is_offered_alone_in_the_portfolio(button, name, monkeypatch):
    keep(dict(list(TALLY.items())[:1]))
    sent, portfolio = [], tpm.portfolio()
    monkeypatch.setattr(Form, "send", lambda form, content: sent.append(content))
    (found,) = [each["id"] for each in portfolio.form.buttons if each["id"].startswith(button)]
    click(portfolio.form, found)
    assert sent[0]["download"] == f"{name}.html" and "<h1>" in sent[0]["text"]


def test_two_who_do_not_agree_get_memos_that_say_so():
    keep(given(TEAMS[0]))
    first = memo(record())
    keep(given(TEAMS[1]))
    assert first.sections[0].text != memo(record()).sections[0].text
