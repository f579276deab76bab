"""The hiring kit and Should I become one?: drawn from the learner's own map, week and lines."""

import pytest

from tpmlib.kit import content, figures
from tpmlib.kit.documents import markdown
from tpmlib.kit.record import record
from tpmlib.kit.sheets import choices
from tpmlib.lessons.adverts.assign import duties
from tpmlib.lessons.adverts.made import role_charter
from tpmlib.lessons.look_back.become import become
from tpmlib.lessons.look_back.hiring import hiring_kit

HIRING = content.hiring()
STAND = {
    row["id"]
    for row in figures.frame("role_profile").to_dict("records")
    if row["word"] in ("clear", "hint") and row["tpm_rate"] > row["other_rate"]
}


def duties_asked():
    """The choices of the sheet of duties but the last, which says that it is none of them."""
    (field,) = content.sheet("own_duties")["fields"]
    *duties, (nothing, _) = choices(field).items()
    assert nothing == "nothing"
    return dict(duties)


def section(document, title):
    return next(each for each in document.sections if each.title.startswith(title))


def assign(**people):
    for duty, (does, answers) in people.items():
        record().add("assign", duty, {"does": does, "answers": answers}, lesson="titles")


def test_the_interview_and_the_sheet_ask_for_the_duties_that_stand():
    names = content.table("responsibilities").set_index("responsibility_id")["name"]
    asked = {each["duty"] for each in HIRING["interview"] if "tpm" in each.get("jobs", ["tpm"])}
    assert asked == STAND
    assert {*duties_asked().values()} == {names[id] for id in STAND}


def test_the_advert_is_drafted_from_the_map_and_names_its_gaps():
    assign(prioritise_features=("tpm", "pm"), set_product_vision=("pm", "pm"))
    assign(remove_blockers=("tpm", "nobody"), manage_stakeholders=("", "em"))
    rows = dict(section(hiring_kit(record()), "An advert").rows)
    assert (
        rows["You do these, and others answer for them"] == "Prioritise features; Remove blockers"
    )
    assert rows["Not yours, but near you"] == "Set product vision"
    assert rows["To settle before you publish this"] == "Remove blockers; Manage stakeholders"


def test_without_a_duty_for_the_holder_there_is_no_advert():
    assign(set_product_vision=("pm", "pm"))
    assert "Not made yet: lesson 02, " in section(hiring_kit(record()), "An advert").text


def test_the_duties_of_lesson_02_s_sheet_are_the_new_person_s_whoever_does_them_today():
    """The map of a team without a TPM names nobody of that title, and so made no advert."""
    assign(assess_technical_feasibility=("engineers", "em"), set_product_vision=("pm", "pm"))
    duties = ["define_apis_and_integration_contracts", "assess_technical_feasibility", "else"]
    week = {
        f"{row}.duty": duty for row, duty in zip(("first", "second", "third"), duties, strict=True)
    }
    record().add("sheet", "hire", {"week": week}, lesson="responsibilities")
    kit = hiring_kit(record())
    rows = dict(section(kit, "An advert").rows)
    names = content.table("responsibilities").set_index("responsibility_id")["name"]
    assert rows["You do these, and answer for them"] == "; ".join(names[duties[:2]])
    assert rows["Not yours, but near you"] == names["set_product_vision"]
    assert names[duties[1]] in [row[0] for row in section(kit, "Interview").rows]


@pytest.mark.parametrize("advice, head", [("pm", "Product manager (PM)"), ("tpm", "Technical pro")])
def test_the_advert_is_for_whom_the_memo_recommends(advice, head, monkeypatch):
    monkeypatch.setattr(
        "tpmlib.lessons.look_back.hiring._advice", lambda _: {"id": advice, "label": "x"}
    )
    assign(prioritise_features=(advice, advice))
    assert section(hiring_kit(record()), "An advert").head[1].startswith(head)


def test_the_interview_leaves_out_what_others_do_and_says_so():
    assign(prioritise_features=("pm", "pm"), hands_on_coding_or_scripting=("tpm", "tpm"))
    assign(assess_technical_feasibility=("engineers", "tpm"))  # hers to answer for
    interview = section(hiring_kit(record()), "Interview")
    duties = [row[0] for row in interview.rows]
    assert "Prioritise features" not in duties and "Hands-on coding or scripting" in duties
    assert "Assess technical feasibility" in duties
    assert "Left out, since others do them on your map: Prioritise features." in interview.text
    assert "ssumed, by the course" in interview.text and all(
        row[-1] == "" for row in interview.rows
    )


def advise(monkeypatch, id):
    advice = lambda _: {"id": id, "label": "This"}  # noqa: E731
    monkeypatch.setattr("tpmlib.lessons.look_back.hiring._advice", advice)


def test_a_pm_is_not_scored_on_technical_duties(monkeypatch):
    advise(monkeypatch, "pm")
    made = hiring_kit(record())
    names = content.table("responsibilities").set_index("responsibility_id")["name"]
    asked = {row[0] for row in section(made, "Interview").rows}
    assert asked & {names[id] for id in STAND} == {"Prioritise features"} and len(asked) == 5


@pytest.mark.parametrize("id", [each["id"] for each in content.decision()["recommendations"]])
def test_where_the_memo_names_no_such_hire_the_kit_begins_with_that(monkeypatch, id):
    advise(monkeypatch, id)
    assert (len(hiring_kit(record()).sections) == 2) is (id not in ("pm", "tpm"))
    assert ("PM or TPM to hire yet" in hiring_kit(record()).text) is (id not in ("pm", "tpm"))


def test_each_company_and_each_figure_names_where_it_is_from():
    made = hiring_kit(record())
    assert all("https://" in row[-1] for row in section(made, "Companies").rows)
    for row, each in zip(section(made, "What is said of pay").rows, HIRING["pay"], strict=True):
        source = content.source(content.fact(each["fact"])["source_id"])
        assert row[-1].endswith(source["url"] or source["title"])


def test_a_charter_names_the_lessons_whose_duties_are_missing():
    assign(prioritise_features=("tpm", "pm"))
    lessons = [each for each in content.course()["lessons"] if duties(each["id"])]
    numbers = ", ".join(each["number"] for each in lessons)
    assert role_charter(record()).sections[-1].text == f"See lessons {numbers}."
    for lesson in lessons[:-1]:
        assign(**dict.fromkeys(duties(lesson["id"]), ("pm", "pm")))
    assert role_charter(record()).sections[-1].text == "See lesson 11."


def test_a_charter_leaves_to_decide_what_falls_to_somebody_whom_the_team_has_not():
    assign(prioritise_features=("tpm", "pm"), set_product_vision=("pm", "pm"))
    assert role_charter(record()).sections[0].title == "Named, to agree"
    values = {"pms": 1, "tpms": 0, "engineers": 12, "complexity": 1.5}
    record().add("sheet", "team", values, lesson="staffing")
    gaps, agreed, _ = role_charter(record()).sections
    assert gaps.title == "To decide" and gaps.rows == [["Prioritise features", "TPM", "PM"]]
    assert agreed.rows == [["Set product vision", "PM", "PM"]]


def test_every_duty_not_done_has_a_trial_and_none_is_left_out():
    record().add("sheet", "own_duties", {"done": ["nothing"]}, lesson="capstone")
    rows = section(become(record()), "What to try next").rows
    assert len(rows) == len(STAND) and all(all(row) for row in rows)
    assert all("trial" in each for each in HIRING["interview"] if each["duty"] in STAND)


def test_pay_names_year_country_and_trust_and_is_not_for_setting_pay():
    pay = section(hiring_kit(record()), "What is said of pay")
    assert [row[3][:3] for row in pay.rows] == ["F28", "F29", "F30", "F31", "F32", "F33"]
    assert all(all(row) for row in pay.rows) and "Not for setting pay" in pay.text
    assert [row[1] for row in pay.rows if row[3].startswith("F32")] == ["not said"]


def line(name, **answer):
    record().add("sheet", f"own_{name}", answer, lesson=name)


def test_should_i_become_one_gathers_the_lines_and_the_duties():
    line("priorities", like_it="more", could_do_it="now", would_learn="To say no.")
    line("messages", like_it="none", could_do_it="now")
    done = {"done": ["hands_on_coding_or_scripting"]}
    record().add("sheet", "own_duties", done, lesson="capstone")
    made = become(record())
    assert section(made, "In short").text == (
        "Of the 9 duties that TPM adverts name more often I have done 1 at work and not yet 8. Of "
        "the 5 lessons of work I have tried 2; still open: 07, 08, 10. Not every "
        "advert asks for every duty: 24 of the 34 TPM adverts name “Prioritise features” and 5 "
        "name “Set technical or platform roadmap”."
    )
    tried = {row[0][:2]: row[1:] for row in section(made, "The work").rows}
    assert tried["06"] == ["Yes, I would do more of it", "Yes, as I am", "To say no."]
    assert tried["07"][0] == "lesson 07 not done" and list(tried) == ["06", "07", "08", "09", "10"]
    coding, *others = section(made, "How I stand").rows
    assert coding == [
        "Hands-on coding or scripting",
        "I have done it",
        "32% (11 of 34)",
        "11% (50 of 454)",
    ]
    assert len(others) == 8 and {row[1] for row in others} == {"Not yet"}


def test_should_i_become_one_says_what_is_missing_by_title():
    text = markdown(become(record()))
    for title in ("06, What do we build next?", "11, "):
        assert f"Not made yet: lesson {title}" in text
    assert "My week" not in text  # a deeper page asks for it
