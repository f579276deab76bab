"""The panel of the decision: one question at a time, kept at once, advice that follows."""

import re
from html import escape

import numpy as np
import pytest
import yaml
from front import HOSTILE, click, displayed, put, tags
from test_rules import TEAMS, given

import tpmlib as tpm
from tpmlib.kit import content, figures
from tpmlib.kit.panels.base import Panel
from tpmlib.kit.panels.progress import progress
from tpmlib.kit.panels.sheet import start
from tpmlib.kit.record import record
from tpmlib.lessons.decide import panel as module
from tpmlib.lessons.decide.made import memo, question_log
from tpmlib.lessons.decide.rules import KIND, changes, every_rule, fewest, named, options, speaking
from tpmlib.lessons.decide.team import answered, contrary, fitted, own_team, suggested
from tpmlib.lessons.decide.words import how_firm, recommendation

DECISION = content.decision()
QUESTIONS = DECISION["questions"]
TALLY = given(TEAMS[0])


def keep(answers):
    for id, option in answers.items():
        record().add(KIND, id, option, lesson=DECISION["lesson"])


def turning(team):
    own = fitted(DECISION, team)["open"]["text"]
    return int(own.split("about ")[1].split("%")[0]) / 100


def asked(form):
    return [field["id"] for field in form.fields if field["kind"] != "note"]


def walked():
    """The panel, all questions answered one after the other."""
    panel = tpm.decide()
    for question in QUESTIONS:
        put(panel.form, **{question["id"]: TALLY[question["id"]]})
        click(panel.form, module.NEXT)
    return panel


def test_one_question_is_asked_at_a_time_with_why():
    panel = tpm.decide()
    for question in QUESTIONS:
        assert asked(panel.form) == [question["id"]]
        assert panel.form.fields[-1]["help"].startswith(f"Why we ask: {question['why']}")
        click(panel.form, module.NEXT)
    assert asked(panel.form) == [QUESTIONS[-1]["id"]]  # nothing comes after the last


def test_a_bare_choice_is_kept_at_once_by_its_id():
    panel = tpm.decide()
    put(panel.form, engineers="over_20")
    event = record().latest("engineers", KIND)
    assert (event["answer"], event["lesson"]) == ("over_20", "staffing") and event["text_hash"]
    assert panel.form.base == {"engineers": "over_20"}
    put(panel.form, engineers="over_20")
    assert len(record().history("engineers", KIND)) == 1


def test_it_goes_on_with_the_first_open_question_and_shows_what_is_kept():
    keep({"engineers": "over_20", "who": "one_far"})
    panel = tpm.decide()
    assert asked(panel.form) == ["hours"]
    click(panel.form, module.BACK)
    assert panel.form.values == {"who": "one_far"}


def test_there_is_no_advice_before_all_is_answered_and_none_of_it_can_be_taken_away():
    panel = tpm.decide()
    assert panel.advice.value == panel.more.value == "" and panel.take.buttons == []
    click(panel.form, module.ALL)
    assert asked(panel.form) == ["engineers"]


def test_from_the_last_question_it_goes_to_the_first_that_is_open():
    keep({"engineers": "over_20", "who": "one_far"})
    panel = tpm.decide()
    for _ in QUESTIONS[3:]:
        click(panel.form, module.NEXT)
    assert asked(panel.form) == [QUESTIONS[-1]["id"]]
    assert panel.form.buttons[0]["label"] == "To the first open question"
    click(panel.form, module.ALL)
    assert asked(panel.form) == ["hours"]
    keep({id: option for id, option in TALLY.items() if id != QUESTIONS[-1]["id"]})
    click((panel := tpm.decide()).form, module.ALL)
    assert panel.form.buttons[0]["label"] == "To the recommendation"


def test_the_advice_appears_with_the_last_answer_and_names_its_rule():
    panel = walked()
    assert "Recommendation: Hire a PM." in panel.form.message
    place = [rule["id"] for rule in every_rule(DECISION)].index("second_pm") + 1
    spoke = f"Rule {place}, the first to hold: Who does product now: “One, who does the"
    assert f"What this rests on</summary>{spoke}" in panel.advice.value


def test_at_a_glance_each_answer_can_be_changed_and_the_advice_follows():
    panel = walked()
    click(panel.form, module.ALL)
    assert asked(panel.glance) == [each["id"] for each in QUESTIONS] and panel.form.fields == []
    put(panel.glance, late="none")
    assert "Hire nobody yet: protect a day first" in panel.advice.value
    assert record().latest("late", KIND)["answer"] == "none"
    assert len(record().history("who", KIND)) == 1  # what did not change is not kept again
    click(panel.form, module.ONE)
    assert asked(panel.form) == ["engineers"] and panel.glance.fields == []


def test_every_single_answer_that_changes_it_is_shown_with_what_it_leads_to():
    panel = walked()
    cells = re.findall(r"<td[^>]*>(.*?)</td>", panel.more.value.split("Every rule")[0])
    changing = {id for change in changes(DECISION, TALLY) for id in change.answers}
    assert "If “Fewer than 8”: protect a day first." in cells
    assert len(cells) == 2 * len(changing)


def test_pairs_are_shown_where_no_single_answer_changes_it():
    keep(given(next(team for team in TEAMS if team.get("fewest") == 2)))
    words = tpm.decide().advice.value
    assert "This advice is two answers away from “" in words


def test_what_comes_after_is_shown_where_it_is_worth_hearing():
    keep(given(next(team for team in TEAMS if "then" in team)))
    assert "What comes after.</b> Once that is settled, hire a TPM." in tpm.decide().advice.value


SEVERAL = {"engineers": "over_20", "who": "several_far", "hours": "under_5", "left": "open"}


def test_what_comes_after_the_waiting_says_nothing_that_is_not_so():
    keep(TALLY | SEVERAL | {"specs": "product", "late": "waited", "teams": "two_three"})
    for words in (tpm.decide().advice.value, str(memo(record()).sections)):
        assert "Get a program manager" in words and "So hire nobody else yet." in words
        assert "Hire nobody yet" not in words and "few or ship alone" not in words


def test_of_a_third_person_it_is_told_that_the_model_knows_two():
    keep(TALLY | SEVERAL | {"late": "misjudged"})
    assert "more than another PM would (in a model of two" in tpm.decide().advice.value
    keep({"who": "one_far", "engineers": "up_to_20"})
    assert "more than another PM would." in tpm.decide().advice.value


def test_what_nobody_has_to_count_is_not_among_what_to_check_first():
    keep(TALLY)
    for words in (tpm.decide().advice.value, str(memo(record()).sections)):
        first = words.split("away from “")[1].split("What would")[0].split("Meanwhile")[0]
        assert "Count those hours first." in first and "Who does product now" not in first


def drawn(seed, count):
    """Some sets of answers, by chance."""
    generator = np.random.default_rng(seed)
    return [{q["id"]: str(generator.choice(options(q))) for q in QUESTIONS} for _ in range(count)]


def led(answers, found):
    """What changes lead to, as it is told."""
    others = (speaking(DECISION, answers | each.answers) for each in found)
    return {recommendation(DECISION, rule)["brief"] for rule in others}


def test_the_case_that_is_told_leads_where_it_says_and_nothing_nearer_does():
    for answers in drawn(3, 60):
        rule, number = speaking(DECISION, answers), 1
        found = fewest(DECISION, answers, rule["first"]) if "first" in rule else []
        found = found or fewest(DECISION, answers)
        number = ("one answer", "two answers", "three answers")[len(found[0].answers) - 1]
        told = re.match("This advice is (.*?) away from “(.*?)”", how_firm(DECISION, answers))
        assert told[1] == number and told[2] in led(answers, found)


def test_a_case_that_is_told_names_no_answer_that_is_given_already():
    for answers in drawn(4, 60):
        given = [named(q["options"], answers[q["id"]]).get("clause") for q in QUESTIONS]
        case = how_firm(DECISION, answers)
        assert not [clause for clause in given if clause and clause in case]


def test_several_without_a_technical_one_hear_how_many_answers_away_a_tpm_is():
    """While the same people do product."""
    rules = [rule for rule in every_rule(DECISION) if rule.get("first")]
    assert [(rule["id"], rule["first"]) for rule in rules] == [
        ("lost_weeks_far", "tpm"),
        ("teach_several", "tpm"),
    ]
    for team, away in ((10, "one answer"), (-2, "two answers")):
        answers = given(TEAMS[team])
        found = fewest(DECISION, answers, "tpm")
        assert found and not any("who" in each.answers for each in found)
        assert f"This advice is {away} away from “probably a TPM" in how_firm(DECISION, answers)


def test_an_answer_given_on_another_page_is_followed():
    panel, other = walked(), tpm.decide()
    put(other.glance, late="none")
    assert "Hire nobody yet: protect a day first" in panel.advice.value


def keep_team(**values):
    team = start(content.sheet("team")) | dict(pms=1, tpms=0, engineers=14) | values
    record().add("sheet", "team", team, lesson="staffing")
    Panel.tell()


def test_what_the_sheet_says_of_the_team_is_not_asked_and_is_kept_with_the_first_choice():
    panel = tpm.decide()
    keep_team()
    assert asked(panel.form) == ["who"]  # a PM may be near the engineering, or far from it
    assert panel.form.fields[-1]["label"].startswith("1 of 8. ")
    assert panel.form.fields[0]["label"].endswith("Taken from your team above: 14 engineers.")
    assert not record().items(KIND)
    put(panel.form, who="one_far")
    assert record().latest("engineers", KIND)["answer"] == "up_to_20"
    assert panel.form.message == "Kept."


def test_what_the_sheet_has_answered_can_be_changed_at_a_glance():
    keep_team()
    keep({id: option for id, option in TALLY.items() if id != "engineers"})
    panel = tpm.decide()
    assert memo(record()).sections and panel.glance.values["engineers"] == "up_to_20"
    put(panel.glance, engineers="over_20")
    assert record().latest("engineers", KIND)["answer"] == "over_20"
    assert len(record().history("engineers", KIND)) == 1


def test_a_team_kept_after_an_answer_gives_it_anew_and_a_later_answer_counts_again():
    """The memo and the picture then speak of one team."""
    keep(TALLY | {"engineers": "under_8"})
    keep_team(engineers=16)
    panel = tpm.decide()
    assert answered(DECISION, record())["engineers"] == "up_to_20"
    put(panel.glance, engineers="over_20")
    assert answered(DECISION, record())["engineers"] == "over_20"


@pytest.mark.parametrize(
    "pms, tpms, who",
    [(0, 1, "one_does"), (1, 1, "several_do"), (1, 0, None), (4, 0, "several_far")],
)
def test_who_does_product_follows_from_the_sheet_where_it_can(pms, tpms, who):
    keep_team(pms=pms, tpms=tpms)
    assert suggested(DECISION, own_team(record())).get("who") == who


def test_the_advice_and_the_memo_tell_the_figures_of_one_s_own_team():
    keep_team()
    keep(TALLY | {"who": "one_far", "left": "kept", "settle": "few", "specs": "nobody"})
    panel, team = tpm.decide(), own_team(record())
    own = f"until engineers settle about {turning(team):.0%} of the questions"
    for words in (panel.advice.value, memo(record()).text + str(memo(record()).sections)):
        assert "14 engineers" in words and own in words and "24 engineers" not in words
    assert f"more than about {turning(team):.0%}" in str(memo(record()).sections)


@pytest.mark.parametrize(
    "team, settle, advice, ahead",
    [
        (
            {},
            "half",
            "leave",
            "would hire a TPM. But the advice stays because the model",
        ),
        (
            {},
            "half",
            "pm",
            "You said that engineers settle about half of the questions that nobody in product",
        ),
        (
            {},
            "unknown",
            "measure",
            "For this team the course's model (all assumed) would hire a TPM. But a trial",
        ),
        ({}, "most", "pm", ""),
        ({}, "half", "tpm", ""),  # what the picture says too
        ({"engineers": 4}, "half", "leave", ""),  # a second person is not worth it there
        ({"engineers": 9}, "most", "pm", "that hire adds less than half an engineer"),
        ({"engineers": 9}, "few", "tpm", ""),
        (
            {"pms": 2},
            "half",
            "leave",
            "On that, the course's model (all assumed) would swap one PM for a TPM.",
        ),
        (
            {"pms": 2},
            "half",
            "divide",
            "But a trial comes first because it can be undone",
        ),
        ({"pms": 3}, "few", "deepen", "because it can be undone and a hire cannot"),
        ({"pms": 2, "engineers": 60, "complexity": 0.6}, "most", "divide", ""),  # it helps there
        ({"pms": 2}, "most", "divide", ""),  # level there
        ({"pms": 2}, "few", "tpm", ""),
        ({"engineers": 30}, "half", "tpm", "counted other product people or engineers"),
    ],
)
def test_where_the_picture_of_the_team_says_another_thing_the_advice_and_the_memo_tell_it(
    team, settle, advice, ahead
):
    who = "several_far" if team.get("pms", 1) > 1 else "one_far"
    answers = TALLY | {"settle": settle, "who": who}
    sizes = {4: "under_8", 60: "over_20"}
    answers["engineers"] = sizes.get(team.get("engineers"), "up_to_20")
    assert contrary(DECISION, {}, answers, advice) == ""
    keep_team(**team)
    told = contrary(DECISION, own_team(record()), answers, advice)
    assert bool(told) == bool(ahead) and ahead in told


def test_several_without_a_technical_one_are_told_when_a_tpm_comes_first():
    """Up to twenty engineers no answer led them to a hire, and none of their memos told it."""
    keep(given(TEAMS[-2]))
    assert "it becomes that if technical questions take more than fifteen" in str(
        memo(record()).sections
    )
    keep(given(TEAMS[-1]))
    assert "Probably a TPM: divide for four weeks first" in tpm.decide().advice.value


@pytest.mark.parametrize("settle", ["unknown", "half", "few"])
def test_the_share_is_said_not_to_change_the_advice_only_where_no_other_share_does(settle):
    keep_team(pms=2)
    answers = TALLY | {"who": "several_far", "engineers": "up_to_20", "settle": settle}
    for left, specs in (("gone", "nobody"), ("open", "nobody"), ("open", "unknown")):
        given = answers | {"left": left, "specs": specs}
        advice = speaking(DECISION, given)["recommendation"]
        shares = options(next(each for each in QUESTIONS if each["id"] == "settle"))
        others = {speaking(DECISION, given | {"settle": x})["recommendation"] for x in shares}
        told = contrary(DECISION, own_team(record()), given, advice)
        assert not told or ("whatever that share is" in told) is (others == {advice})


def test_the_memo_says_we_where_the_panel_says_you():
    keep_team(pms=2)
    keep(given(TEAMS[10]))
    assert "Against it.</b> You said that engineers settle" in tpm.decide().advice.value
    assert "We said that engineers settle" in (told := str(memo(record()).sections))
    assert not re.search("[Yy]ou ", told)


def test_releases_that_nobody_wanted_are_treated_whatever_is_recommended():
    keep(given(TEAMS[-2]))
    for words in (tpm.decide().advice.value, str(memo(record()).sections)):
        assert "Hire nobody yet: divide" in words and "talks with customers every week" in words


def test_answers_of_another_number_of_people_than_the_sheet_s_are_told():
    keep_team()
    keep(TALLY | {"who": "several_far"})
    assert "Against it.</b> The sheet of this team counted other" in tpm.decide().advice.value


@pytest.mark.parametrize("team, told", [({}, True), ({"tpms": 1}, False), ({"pms": 0}, False)])
def test_the_turn_of_a_second_person_is_told_of_a_team_with_a_pm_alone(team, told):
    keep_team(**team)
    own = fitted(DECISION, own_team(record()))
    log = question_log(record()).text
    assert ("more than about 85%" in log) is told is ("over about four in five" not in log)
    for part in ("recommendations", "rules"):
        assert (own[part] != DECISION[part]) is told


@pytest.mark.parametrize("engineers, told", [(8, True), (16, False)])
def test_a_lone_pm_s_small_team_is_told_from_where_to_hire_nobody_does_as_well(engineers, told):
    keep_team(engineers=engineers, complexity=1)
    sentence, own = "to hire nobody does as well", fitted(DECISION, own_team(record()))
    assert (sentence in question_log(record()).text) is told
    assert (sentence in str(own["recommendations"])) is told


def test_the_advice_and_the_memo_tell_what_the_picture_says_against_them():
    keep_team()
    keep(
        TALLY
        | {"who": "one_far", "left": "kept", "hours": "under_5", "specs": "product", "late": "none"}
    )
    assert "Leave it as it is" in (shown := tpm.decide().advice.value)
    assert "Against it.</b> For this team the course&#x27;s model" in shown
    assert memo(record()).sections[-3].title == "Against it"


def test_the_share_at_which_it_turns_is_where_the_pairs_are_level():
    keep_team()
    team = own_team(record())
    names = {n: team[n] for n in ("engineers", "complexity")}
    below, above = (
        figures.frame("drift", settled=turning(team) + step, **names).set_index("staffing")["value"]
        for step in (-0.03, 0.03)
    )
    assert below["pm_tpm"] > below["pm_pm"] and above["pm_tpm"] < above["pm_pm"]


def test_an_answer_that_is_no_longer_offered_is_asked_again():
    keep(TALLY | {"subject": "gone_since"})
    panel = tpm.decide()
    assert asked(panel.form) == ["subject"] and panel.advice.value == ""


@pytest.mark.parametrize("broken", [None, ["x"], {"a": 1}, 7, HOSTILE])
def test_a_record_changed_by_hand_breaks_nothing(broken):
    keep(TALLY | {"left": broken})
    assert asked(tpm.decide().form) == ["left"]


def test_the_questions_count_as_progress():
    before = progress("staffing", record())
    keep(TALLY)
    assert progress("staffing", record()).done == before.done + len(QUESTIONS)


@pytest.mark.parametrize("button", module.TAKE)
def test_the_memo_and_the_log_are_handed_to_the_browser(button, monkeypatch):
    sent = []
    panel = walked()
    monkeypatch.setattr(module.Form, "send", lambda form, content: sent.append(content))
    click(panel.take, button)
    (file,) = sent
    assert (file["download"], file["type"]) == (module.TAKE[button], "text/html")
    assert file["download"] in panel.take.message
    put(panel.form, teams="four")
    assert panel.take.message == ""


def test_without_a_kernel_the_questions_and_every_rule_can_be_read(monkeypatch):
    (bundle,) = displayed(tpm.decide(), monkeypatch)
    page = bundle["text/html"]
    for question in QUESTIONS:
        assert escape(question["text"]) in page and question["text"] in bundle["text/plain"]
    assert page.count("<tr>") == len(DECISION["rules"]) + 2  # the head and `otherwise`


def test_what_is_saved_does_not_hang_on_the_learner(monkeypatch):
    (before,) = displayed(tpm.decide(), monkeypatch)
    keep(TALLY)
    (after,) = displayed(tpm.decide(), monkeypatch)
    assert [before[kind] for kind in ("text/plain", "text/html")] == [
        after[kind] for kind in ("text/plain", "text/html")
    ]


def test_the_texts_of_the_data_are_escaped(monkeypatch):
    text = yaml.safe_dump(DECISION).replace("engineers", "<i>engineers</i>")
    hostile = yaml.safe_load(text.replace("id: <i>engineers</i>", "id: engineers"))
    for part in [*hostile["rules"], *[c for each in hostile["counts"] for c in each["of"]]]:
        for each in part.get("when", [part]):
            if "question" in each:
                each["question"] = each["question"].replace("<i>engineers</i>", "engineers")
    monkeypatch.setattr(module.content, "decision", lambda: hostile)
    panel = walked()
    page = panel.advice.value + panel.more.value + panel.html()
    assert "&lt;i&gt;" in page and "i" not in {tag for tag, _ in tags(page)}


def test_each_option_can_be_chosen():
    panel = tpm.decide()
    for question in QUESTIONS:
        for option in options(question):
            put(panel.form, **{question["id"]: option})
            assert record().latest(question["id"], KIND)["answer"] == option
        click(panel.form, module.NEXT)
