"""Figures typed into the prose of a lesson are those that its models and tables give."""

from dataclasses import replace
from itertools import pairwise

import nbformat
import numpy as np
import pytest

from tpmlib.kit import content, figures, questions
from tpmlib.lessons.architecture.architecture import architecture, error_budget
from tpmlib.lessons.architecture.controls import controls


def prose(lesson):
    """The text cells of a lesson and its questions, each stretch of white space as one space."""
    path = content.root() / content.lesson(lesson)["file"]
    cells = nbformat.read(path, as_version=4)["cells"]
    quiz = questions.quiz(lesson)
    texts = [cell["source"] for cell in cells if cell["cell_type"] == "markdown"]
    texts += [item.text for item in [*quiz.predictions, *quiz.questions]]
    return " ".join(" ".join(texts).split())


def four(**changed):
    tables = {name: content.table(name) for name in ("architectures", "components")}
    settings = content.settings("architecture", "tally")
    return architecture(**tables | settings | changed).set_index("architecture_id")


def mentioned(preset, row):
    """One row of the comparison of roles."""
    return figures.frame("role_profile", preset).set_index("id").loc[row]


def budgets_and_what_comes_first():
    beside, first = (
        mentioned(preset, row)
        for preset, row in (
            ("delivery", "manage_budgets_and_resources"),
            ("default", "prioritise_features"),
        )
    )
    assert (beside["word"], first["word"]) == ("clear", "hint")
    return (
        "Only beside the TPgM is there a clear difference: budgets and resources stand in "
        f"{beside['other_rate']:.0%} of those adverts and in {beside['tpm_rate']:.0%} of the TPM",
        f"{first['tpm_rate']:.0%} against {first['other_rate']:.0%}, which is a hint",
    )


def people_and_budgets_alone():
    rows = [
        mentioned("default", row)
        for row in ("manage_budgets_and_resources", "manage_or_mentor_people")
    ]
    assert all(abs(row["difference"]) < 0.02 and row["word"] == "cannot tell" for row in rows)
    return "each alone is as rare in the adverts of either title"


def specifications():
    row = mentioned("areas", "Specifications and estimates")
    assert (
        mentioned("default", "estimate_effort_and_capacity")[["tpm_rate", "other_rate"]].max()
        < 0.02
    )
    return (
        f"{row['tpm_rate']:.0%} of TPM and {row['other_rate']:.0%} of PM adverts, a {row['word']} d"
    )


def parts_in_a_row():
    return f"each works 99.94% of the time, which alone is about {error_budget(99.94):.0f} minutes"


def cheapest():
    at = [four(shops=shops)["cost"].idxmin() for shops in range(1, 200)]
    turns = [(number, new) for number, (old, new) in enumerate(pairwise(at), 2) if old != new]
    first, last = turns[0], turns[-1]
    assert at[0] == "managed" and "managed" not in at[first[0] - 1 :]
    assert {name for _, name in turns[:-1]} == {"monolith", "modular"} and last[1] == "services"
    up, down = -(-first[0] // 10) * 10, last[0] // 10 * 10
    return f"just below {up} thousand", f"from just above {down} thousand the services are cheapest"


def gateway():
    return f"below its {four(copies=3, shared=0)['down']['managed']:.1f} minutes"


def an_hour_at_a_time():
    down = four()["down"][four()["cost"].idxmin()]
    return f"the cheapest choice above would break it in {-np.expm1(-down / 60):.0%} of the months"


def copies_together():
    two, three = (four(slo=99.99, copies=copies, shared=0.3)["down"] for copies in (2, 3))
    return f"{two['monolith']:.1f} minutes for the monolith, against {three['monolith']:.1f}"


def band():
    kept = [bool(four(slo=slo)["kept"].any()) for slo in (99.9, 99.99)]
    assert kept == [True, False] and four()["kept"].all()
    return "at 99.99% with Tally's copies none does"


def sets_that_fit():
    table, budget = content.table("controls"), content.settings("controls", "default")["budget"]
    fit = sum(table["cost"].to_numpy()[one].sum() <= budget for one in choices())
    return f"the best of the {fit} that fit the budget"


def a_quarter_more():
    table = content.table("controls")
    settings = content.settings("controls", "default")
    best = {
        share: controls(controls=table, **settings | {"leak": settings["leak"] * share})
        for share in (1, 1.2, 1.25)
    }
    names = [frame.set_index("way")["names"]["best"] for frame in best.values()]
    assert names[0] == names[1] != names[2]
    return "If you feared leaks a quarter more, the best set would be another"


def named_from_the_first_day():
    duties = ["own_reliability_performance_and_scalability", "handle_incidents_and_operations"]
    first, second = (mentioned("default", duty) for duty in duties)
    return (
        f"{first['tpm_count']:.0f} of {first['tpm_n']:.0f} name reliability and "
        f"{second['tpm_count']:.0f} incidents"
    )


def choices():
    size = len(content.table("controls"))
    return [np.array(list(f"{number:0{size}b}")) == "1" for number in range(2**size)]


def rivals():
    row = mentioned("default", "competitor_analysis")
    assert row["word"] == "cannot tell"
    return (
        f"{row['tpm_count']:.0f} of {row['tpm_n']:.0f} TPM adverts name competitors and "
        f"{row['other_count']:.0f} of {row['other_n']:.0f} PM adverts"
    )


@pytest.mark.parametrize(
    "lesson, phrases",
    [
        ("allocation", budgets_and_what_comes_first),
        ("allocation", people_and_budgets_alone),
        ("estimates", specifications),
        ("architecture", parts_in_a_row),
        ("architecture", cheapest),
        ("architecture", gateway),
        ("architecture", rivals),
        ("architecture", an_hour_at_a_time),
        ("architecture", copies_together),
        ("architecture", band),
        ("architecture", sets_that_fit),
        ("architecture", a_quarter_more),
        ("architecture", named_from_the_first_day),
    ],
)
def test_the_prose_says_what_is_counted(lesson, phrases):
    counted = phrases()
    for phrase in (counted,) if isinstance(counted, str) else counted:
        assert phrase in prose(lesson)


@pytest.mark.parametrize("lesson", [lesson["id"] for lesson in content.course()["lessons"]])
def test_a_prediction_of_counted_adverts_ranges_over_all_of_them(lesson):
    for item in questions.quiz(lesson).predictions:
        if getattr(item.outcome, "column", "") == "tpm_count":
            size = replace(item.outcome, column="tpm_n").exact()
            assert (item.min, item.max, item.unit) == (0, size, f"of {size:.0f}")


def test_the_adverts_as_printed_have_more_duties_under_the_loose_cut_than_any_deal():
    path = content.root() / "notebooks/deeper/02_responsibilities.ipynb"
    cells = {cell["id"]: cell for cell in nbformat.read(path, as_version=4)["cells"]}
    dealt, cut = (cells[name]["outputs"][0]["data"]["text/plain"] for name in ("shuffles", "cut"))
    as_printed = [int(line.split()[-1]) for line in cut.splitlines()[-2:]]
    assert as_printed[0] > max(int(line.split()[0]) for line in dealt.splitlines()[2:])
    assert as_printed[1] == 1 and "in more than the one clear duty" in cells["cut-said"]["source"]
