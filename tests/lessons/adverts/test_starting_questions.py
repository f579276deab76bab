"""The starting questions about our counts have their keys in the counts."""

from tpmlib.kit import figures, questions

AREAS = figures.frame("areas").set_index("id")


def right(name):
    (key,) = questions.question(name).right_options()
    return key


def test_about_one_advert_in_ten_names_people_or_budgets():
    row = AREAS.loc["Resources"]
    assert round(10 * row["tpm_rate"]) == round(10 * row["other_rate"]) == 1
    assert right("start_here-budgets") == "about_one"


def test_beside_engineering_specifications_differ_most_clearly():
    rest = AREAS.drop("Engineering depth")
    assert rest["p"].idxmin() == "Specifications and feasibility"
    assert rest["p"].min() == rest.loc[rest["difference"].idxmax(), "p"]
    assert right("start_here-largest-difference") == "specifications_tpm"


def test_the_wrong_areas_of_that_question_are_not_told_apart():
    for name in ("Strategy", "Customer evidence", "Translation and communication"):
        assert AREAS.loc[name, "word"] in ("alike", "cannot tell")
