"""The sheet of lesson 02: for every choice the title, the figures and the words that follow."""

import re
from functools import cache
from itertools import product
from types import SimpleNamespace

import pytest

from tpmlib.kit import content, figures, sheets
from tpmlib.lessons.adverts.subject import GROUPS

HIRE = content.sheet("hire")
LABELS = sheets.choices(HIRE["fields"][0]["columns"][0])
ROWS = [row["id"] for row in HIRE["fields"][0]["rows"]]
REVENUE, ELSE = "own_revenue_and_growth_targets", "else"
SCHEDULES = "manage_schedules_and_milestones"
TPM, PM, SUBJECT, NONE = (
    "Advertise for a Technical Product Manager.",
    "By default, advertise for a Product Manager.",
    "Advertise for a Product Manager with the subject in the title (",
    "No title yet.",
)
WITH = re.compile(r"in the title \(Product Manager, (\w+)\)\.")
NAMED = {
    "define_apis_and_integration_contracts": "API",
    "data_models_pipelines_and_infrastructure": "Data",
    "take_part_in_architecture_decisions": "Platform",
    "security_and_privacy": "Security",
}


@pytest.fixture(scope="module")
def answers():
    """The answer to each week of three duties, the largest first; the template is read once."""
    with pytest.MonkeyPatch.context() as patch:
        read = SimpleNamespace(from_string=cache(sheets.templates().from_string))
        patch.setattr(sheets, "templates", lambda: read)
        return {week: answer(*week) for week in product(LABELS, repeat=3)}


def answer(*week):
    cells = {f"{row}.duty": duty for row, duty in zip(ROWS, week, strict=False)}
    return sheets.made(HIRE, {"week": cells})


@cache
def of(kind):
    """The duties of the sheet that go with the title, or with the subject, by the counts."""
    frame = figures.frame("subject").set_index("id")["goes_with"]
    return {duty for duty in LABELS if frame.get(duty) == kind}


def counted():
    return figures.frame("role_profile").set_index("id")


def test_the_kinds_of_duties_are_those_of_the_counts():
    rows = counted()
    words = {duty: rows.loc[duty, "word"] for duty in LABELS if duty != ELSE}
    assert set(NAMED) == of("subject") and len(of("title")) == 3
    assert {duty for duty in words if words[duty] in ("clear", "hint")} - {REVENUE} == (
        of("title") | of("subject") - {"security_and_privacy"}
    )
    assert words[REVENUE] == "hint" and rows.loc[REVENUE, "difference"] < 0


def test_the_largest_part_weighs_most_and_the_last_decides_nothing(answers):
    for week, text in answers.items():
        first, large = week[0], set(week[:2])
        if first == ELSE:
            assert text.startswith(NONE)
        elif first != REVENUE and large & of("title"):
            assert text.startswith(TPM)
        else:
            (titled,) = WITH.findall(text.splitlines()[0]) or [None]
            assert titled == next((NAMED[duty] for duty in week[:2] if duty in NAMED), None)
            plain = PM.replace("By default, advertise", "Advertise") if REVENUE in large else PM
            assert text.startswith(SUBJECT if titled else plain)
            assert ("(Product Manager, " in text.split("For your boss: ")[1]) == bool(titled)


def test_every_share_is_that_of_its_duty(answers):
    rows, frame = counted(), figures.frame("subject").set_index("id")
    for week, text in answers.items():
        closing, _, lines = text.rpartition("\n\n")
        assert closing.endswith("perhaps hire nobody: see lesson 05 first.")
        for duty, told in zip(dict.fromkeys(week), lines.splitlines(), strict=True):
            assert told.lower().startswith(f"{LABELS[duty].lower()}: ")
            shares = re.findall(r"(\d+)%", told)
            if duty == ELSE:
                assert told.endswith("not counted.")
            elif duty in NAMED:
                row = frame.loc[duty]
                assert shares == [f"{100 * row[f'{group}_rate']:.0f}" for group in GROUPS]
            else:
                row = rows.loc[duty]
                assert shares == [f"{100 * row[f'{role}_rate']:.0f}" for role in ("tpm", "other")]
                assert told.endswith(f"% of PM adverts ({row['word']}).")


def test_the_reason_for_the_boss_is_a_duty_of_the_first_two_rows(answers):
    deciding = {TPM: of("title"), PM: set(NAMED) | {REVENUE}}
    for week, text in answers.items():
        title, boss, *_ = text.splitlines()
        fit = {duty for duty in week[:2] if duty in deciding[TPM if title == TPM else PM]}
        if week[0] == ELSE or not fit:
            assert ", because" not in boss
            continue
        because = boss.split(", because ")[1]
        if not title.startswith(SUBJECT):
            assert because.split(" ask for ")[1].split(". ")[0] in {LABELS[duty] for duty in fit}
            continue
        row = figures.frame("subject").set_index("id").loc[next(d for d in week if d in NAMED)]
        named, told = because.removeprefix("firms ask PMs with a technical subject for ").split(
            ", too "
        )
        assert named in {LABELS[duty] for duty in fit} and row["goes_with"] == "subject"
        assert told.startswith(f"({row['subject_rate']:.0%}; TPMs {row['tpm_rate']:.0%})")


def test_what_speaks_otherwise_is_told_and_nothing_is_called_open_that_is_not(answers):
    for week, text in answers.items():
        duties, first = set(week), text.splitlines()[0]
        open_ = week[0] != ELSE and not set(week[:2]) & ({REVENUE, *NAMED} | of("title"))
        assert ("do not tell the two titles apart by what fills most" in text) == open_
        assert ("How sure? Not very: these counts do not tell" in text) == open_
        small = f" Only {LABELS[week[2]]} speaks for " in text
        assert small == (open_ and week[2] in {*NAMED} | of("title"))
        told = "but as a smaller part: just list it" in text or small  # once, not twice
        assert not (small and "but as a smaller part: just list it" in text)
        if first.startswith(TPM):
            assert told == (REVENUE in duties)
        elif WITH.search(first):
            assert told == bool(duties & of("title"))
        elif first.startswith(PM):
            assert told == bool(duties & (of("title") | set(NAMED)))


def test_a_clear_gap_that_is_narrower_than_a_hint_is_explained_with_both(answers):
    rows, clear = counted(), "assess_technical_feasibility"
    shares = [
        f"{rows.loc[id, 'tpm_rate']:.0%} against {rows.loc[id, 'other_rate']:.0%}"
        for id in (clear, "write_technical_specifications")
    ]
    told = f"the harder its gap is for luck: {shares[0]} is clear, {shares[1]} a hint. "
    for week, text in answers.items():
        both = clear in week and bool(set(week) & (of("title") - {clear}))
        assert (told in text) == (both and text.startswith(TPM))


def test_schedules_as_most_of_the_week_make_one_ask_for_a_program_manager_first(answers):
    adverts = content.table("adverts").query("batch == 'second' and role == 'tpgm'")
    share = f"{adverts[SCHEDULES].mean():.0%} of their adverts"
    for week, text in answers.items():
        asked = "ask first whether you want a program manager" in text
        assert asked == (share in text) == (week[0] == SCHEDULES)


def test_no_duty_is_told_twice_and_none_is_left_out(answers):
    roles = content.table("adverts").query("batch == 'second'")["role"].value_counts()
    for week, text in answers.items():
        boss = text.split("For your boss: ")[1]
        assert "\n\n\n" not in text
        if week[0] == ELSE:
            assert "before we choose a title" in boss
            continue
        named = [LABELS[duty].replace("something else", "other work") for duty in week]
        assert f"The week goes into {', then '.join(dict.fromkeys(named))}. " in boss
        assert f"{roles['tpm']} TPM and {roles['pm']} PM adverts: " in boss


@pytest.mark.parametrize("row", ROWS)
def test_a_duty_alone_leads_to_its_title_in_the_first_two_rows(row):
    for duty in of("title"):
        text = sheets.made(HIRE, {"week": {f"{row}.duty": duty}})
        assert text.startswith(TPM)


def test_the_duties_of_tally_lead_to_the_title_that_the_lesson_tells():
    week = ("define_apis_and_integration_contracts", "write_technical_specifications")
    assert "Try Tally's: APIs, specifications, the roadmap." in HIRE["text"]
    assert answer(*week, "own_the_product_roadmap").startswith(TPM)
