"""Figures typed into the prose of a lesson are those that its models and tables give."""

from dataclasses import replace
from itertools import pairwise

import nbformat
import numpy as np
import pytest

from tpmlib.kit import content, figures, questions
from tpmlib.lessons.architecture.architecture import architecture, error_budget
from tpmlib.lessons.architecture.controls import controls
from tpmlib.lessons.messages.messages import SKILLS, common, messages


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


def sent(preset, **changed):
    people, settings = content.table("people"), content.settings("messages", preset)
    return messages(people=people, **settings | changed).set_index("route")


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


def hops():
    people = content.table("people").set_index("person_id")[SKILLS]
    settings = content.settings("messages", "default")
    way = [
        people.loc[name].to_numpy(float)
        for name in (settings["sender"], "tpm", settings["receiver"])
    ]
    plain = settings["plain"]
    first, second, direct = (
        plain + (1 - plain) * common(one, other, settings["against"])
        for one, other in (way[:2], way[1:], way[::2])
    )
    return f"({first:.0%} to her and {second:.0%} from her to the director, against {direct:.0%})"


def shared():
    people = content.table("people").set_index("person_id")[SKILLS]
    engineer, director = people.loc["backend_engineer"], people.loc["finance_director"]
    low, high = np.minimum(engineer, director).sum(), np.maximum(engineer, director).sum()
    plain = content.settings("messages", "default")["plain"]
    kept = plain + (1 - plain) * low / high
    return (
        f"add up to {low:.2f} and the larger ones to {high:.2f}: they share {low / high:.0%}",
        f"keeps {plain} + {1 - plain} × {low / high:.2f} = {kept:.0%}",
    )


def price():
    direct, tpm = (f"{sent('both_languages')['price'][way]:.1f}" for way in ("direct", "tpm"))
    assert direct == tpm
    return f"(*Hours a right message*: {direct} for both)"


def neighbours():
    right = sent("neighbours", against="lesser")["right"]
    return f"it is {right['direct']:.0%} direct and {right['tpm']:.0%} through her"


def helped():
    plain, lesser = (sent(name)[["helped", "asked"]].iloc[0] for name in ("default", "lesser"))
    by = {kept: sent("default", plain=kept)["helped"].iloc[0] for kept in (0, 0.3, 0.4)}
    assert by[0.3] > 0 == by[0.4]
    return (
        f"{plain['asked']} pairs in all: the TPM's way is right more often for {plain['helped']}",
        f"now for {lesser['helped']} of the {lesser['asked']} pairs where it was {plain['helped']}",
        f"({by[0]} at 0, none from 0.4)",
    )


def with_(name, skills):
    """The table of people in which somebody has other skills, and perhaps another desk."""
    table = content.table("people").set_index("person_id")
    for column, value in skills.items():
        table.loc[name, column] = value
    return table.reset_index()


def routes(people, **changed):
    settings = content.settings("messages", "default") | changed
    return messages(people=people, **settings).set_index("route")


def a_permission_alone():
    pm = content.table("people").set_index("person_id").loc["pm"]
    spot = routes(with_("tpm", pm[[*SKILLS, "desk_x", "desk_y"]]), solved=0.5).loc["spot"]
    direct = sent("default").loc["direct"]
    assert spot["right"] < direct["right"]
    return f"with the PM's skills and desk the same permission brings {spot['right']:.0%}"


def kept_words():
    people = content.table("people").set_index("person_id")[SKILLS]
    ends = people.loc[["backend_engineer", "finance_director", "tpm"]].max()
    return f"keeps the rest, it is {routes(with_('tpm', ends))['right']['tpm']:.0%}"


def half_way():
    people = content.table("people").set_index("person_id")[SKILLS]
    names = ("backend_engineer", "tpm", "finance_director")
    way = [people.loc[name].to_numpy(float) for name in names]
    settings = content.settings("messages", "default")
    plain, noticed = settings["plain"], settings["noticed"]

    def right(*hops):
        shares = [2 * np.minimum(a, b).sum() / (a.sum() + b.sum()) for a, b in hops]
        intact = np.prod([plain + (1 - plain) * share for share in shares])
        return intact / (1 - (1 - intact) * noticed)

    direct, tpm = right((way[0], way[2])), right(way[:2], way[1:])
    assert f"{direct:.0%}" == f"{tpm:.0%}"
    return f"ties with the direct way, at {direct:.0%}"


def next_to_nothing():
    skills = dict(zip(SKILLS, (0, 0, 0.05, 0, 0), strict=True))
    assert routes(with_("tpm", skills), against="lesser")["right"]["tpm"] == 1
    return "somebody who knows next to nothing shares all of it"


def where_the_curse_begins():
    lead = {at: sent("curse", lead=at)["right"] for at in (0.55, 0.6, 0.7)}
    assert [one[["direct", "pm", "tpm"]].idxmax() for one in lead.values()] == [
        "direct",
        "pm",
        "tpm",
    ]
    return "to 0.55, and the PM is blind as well; to 0.7, and the TPM is ahead"


@pytest.mark.parametrize(
    "lesson, phrases",
    [
        ("allocation", budgets_and_what_comes_first),
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
        ("messages", hops),
        ("messages", shared),
        ("messages", price),
        ("messages", neighbours),
        ("messages", helped),
        ("messages", a_permission_alone),
        ("messages", kept_words),
        ("messages", half_way),
        ("messages", next_to_nothing),
        ("messages", where_the_curse_begins),
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
