"""Figures typed into the prose of a lesson are those that its models and tables give."""

from dataclasses import replace

import nbformat
import pytest

from tpmlib.kit import content, figures, questions


def prose(lesson):
    """The text cells of a lesson and its questions, each stretch of white space as one space."""
    path = content.root() / content.lesson(lesson)["file"]
    cells = nbformat.read(path, as_version=4)["cells"]
    quiz = questions.quiz(lesson)
    texts = [cell["source"] for cell in cells if cell["cell_type"] == "markdown"]
    texts += [item.text for item in [*quiz.predictions, *quiz.questions]]
    return " ".join(" ".join(texts).split())


def mentioned(preset, row):
    """One row of the comparison of roles."""
    return figures.frame("role_profile", preset).set_index("id").loc[row]


def people_or_budgets():
    row = mentioned("areas", "Resources")
    assert row["word"] == "cannot tell"
    count, n = row[["tpm_count", "tpm_n"]].astype(int)
    assert count == 4 and "four of the 34 TPM adverts (12%)" in content.claim("C10")["reading"]
    tpm, pm = (f"{row[f'{who}_rate']:.0%}" for who in ("tpm", "other"))
    return f"four of the {n} TPM adverts ({tpm}) and {pm} of PM adverts name"


def specifications():
    row = mentioned("areas", "Specifications and feasibility")
    alone = mentioned("default", "estimate_effort_and_capacity")
    feasible = mentioned("default", "assess_technical_feasibility")
    shares = f"{feasible['tpm_rate']:.0%} of TPM and {feasible['other_rate']:.0%} of PM adverts ask"
    count, n, others, m = alone[["tpm_count", "tpm_n", "other_count", "other_n"]].astype(int)
    assert count == 0
    rates = f"{row['tpm_rate']:.0%} of TPM and {row['other_rate']:.0%} of PM"
    return (
        f"{rates} adverts, a {row['word']} d",
        f"{shares} for that, a {feasible['word']} difference",
        f"estimating itself is named in none of the {n} TPM and in {others} of the {m} PM adverts",
    )


def depth():
    row = mentioned("areas", "Engineering depth")
    words = [mentioned("areas", "Security and compliance")["word"]]
    words += [mentioned("default", "competitor_analysis")["word"]]
    assert row["word"] == "clear" and words == ["cannot tell"] * 2
    return (
        f"engineering depth, the whole area, stands in {row['tpm_rate']:.0%} of TPM adverts and in "
        f"{row['other_rate']:.0%} of PM adverts, a clear difference (F71)"
    )


@pytest.mark.parametrize(
    "lesson, phrases",
    [
        ("architecture", depth),
        ("allocation", people_or_budgets),
        ("estimates", specifications),
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
            assert (item.min, item.max, item.filled().unit) == (0, size, f"of {size:.0f}")


def test_the_adverts_as_printed_have_more_duties_under_the_loose_cut_than_any_deal():
    path = content.root() / "notebooks/deeper/02_responsibilities.ipynb"
    cells = {cell["id"]: cell for cell in nbformat.read(path, as_version=4)["cells"]}
    dealt, cut = (cells[name]["outputs"][0]["data"]["text/plain"] for name in ("shuffles", "cut"))
    as_printed = [int(line.split()[-1]) for line in cut.splitlines()[-2:]]
    assert as_printed[0] > max(int(line.split()[0]) for line in dealt.splitlines()[2:])
    assert as_printed[1] == 1 and "in more than the one clear duty" in cells["cut-said"]["source"]
