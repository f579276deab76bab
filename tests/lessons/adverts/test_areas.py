"""The areas of a stage are those of role_profile, by name, with what each step draws."""

import inspect

import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from tpmlib.errors import CourseError
from tpmlib.kit import content
from tpmlib.kit.words import say
from tpmlib.lessons.adverts.areas import areas, describe, view, widest, worded
from tpmlib.lessons.adverts.areas_picture import draw, numbers
from tpmlib.lessons.adverts.role_profile import Study, role_profile

STUDIES = [study for study in Study.__args__ if study != "class"]  # a class may have counted none
ALL = dict(dots=True, only="all", intervals=True, words=True)
SWITCHES = [name for name, value in ALL.items() if value is True]


@pytest.fixture
def counted(golden):
    """areas on the frozen tables, of one study."""
    return lambda study="second": areas(**golden, study=study, compare="pm")


@pytest.mark.parametrize("study", STUDIES)
def test_the_rows_are_those_of_role_profile(counted, golden, study):
    profile = role_profile(**golden, study=study, compare="pm", level="clusters")
    pd.testing.assert_frame_equal(counted(study), profile.assign(other="PM"))


def test_the_studies_differ(counted):
    first, old, second = (counted(study)["tpm_rate"] for study in ("first", "old_lists", "second"))
    assert not first.equals(second) and not old.equals(second)


@pytest.mark.parametrize("name", inspect.signature(areas).parameters)
def test_every_argument_is_needed(golden, name):
    given = golden | {"study": "second", "compare": "pm"}
    given.pop(name)
    with pytest.raises((CourseError, TypeError), match=name):
        areas(**given)


def test_an_unknown_study_is_named(counted):
    with pytest.raises(CourseError, match="^study: 'third' is not one of"):
        counted("third")


def test_the_view_sorts_by_name_so_that_a_row_keeps_its_place(counted):
    rows = [list(view(counted(study), **ALL)["name"]) for study in STUDIES]
    assert rows[0] == rows[1] == rows[2] == sorted(rows[0]) and len(rows[0]) == 9


@pytest.mark.parametrize("name", SWITCHES)
def test_the_view_says_on_each_row_what_is_drawn(counted, name):
    rows = view(counted(), **ALL | {name: False})
    assert not rows[name].any() and rows[[other for other in SWITCHES if other != name]].all(
        axis=None
    )


def test_the_dots_of_some_areas_alone_can_be_drawn_and_no_other_is_told(counted):
    rows = view(counted(), **ALL | {"only": "Engineering depth, Commercial work"})
    assert set(rows.loc[rows["dots"], "name"]) == {"Engineering depth", "Commercial work"}
    assert "%" not in describe(rows)
    assert [line[0] for line in numbers(rows)] == ["Area", "Commercial work", "Engineering depth"]


def test_a_row_without_dots_has_no_word_beside_it(counted):
    frame, figure = view(counted(), **ALL | {"only": "Resources"}), Figure()
    draw(figure, frame)(frame)
    words = [
        text.get_text() for text in figure.findobj(Text) if text.get_text() in {*frame["word"]}
    ]
    assert words == ["cannot tell"]


def test_the_widest_are_those_with_the_largest_gap_either_way(counted):
    frame = counted("first")
    gaps = frame.set_index(frame["name"].str.lower())["difference"].abs()
    assert widest(frame, 4) == list(gaps.sort_values(ascending=False).index[:4])


@pytest.mark.parametrize("word", ["clear", "hint", "alike", "cannot tell"])
def test_the_areas_with_a_word_come_smallest_p_first(counted, word):
    frame = counted()
    names = worded(frame, word)
    p = frame.set_index(frame["name"].str.lower()).loc[names, "p"]
    assert p.is_monotonic_increasing and len(names) == (frame["word"] == word).sum()


def test_nothing_is_worded_in_the_first_study(counted):
    assert worded(counted("first"), "clear") == worded(counted("first"), "cannot tell") == []


# --- what is said


@pytest.mark.parametrize("study", STUDIES)
def test_the_description_names_the_study_and_its_adverts(counted, study):
    text = describe(view(counted(study), **ALL | {"words": False}))
    number = {"first": (16, 60), "fresh": (28, 413)}.get(study, (34, 454))
    sides = {"tpm_n": number[0], "other_n": number[1], "other": "PM"}
    assert text.startswith(say("areas.counted", study=study, **sides))


def test_before_the_dots_are_drawn_no_share_is_said(counted):
    text = describe(view(counted("first"), **ALL | {"dots": False}))
    assert "%" not in text and not any(name in text for name in widest(counted("first"), 9))


def test_with_words_each_named_area_has_its_shares(counted):
    text = describe(view(counted(), **ALL))
    frame = counted()
    named = worded(frame, "clear") + worded(frame, "hint")
    assert text.count("%") == 2 * len(named)
    for row in frame[frame["name"].str.lower().isin(named)].itertuples():
        assert f"{row.name.lower()} ({row.tpm_rate:.0%} and {row.other_rate:.0%})" in text


def test_without_a_difference_that_is_said(counted):
    assert "No area differs" in describe(view(counted("first"), **ALL))


def test_the_fresh_study_leaves_out_what_the_first_had(counted, golden):
    adverts = golden["adverts"]
    again = adverts[(adverts["batch"] == "second") & adverts["repeated"].astype(bool)]
    sizes = again["role"].value_counts()
    whole, fresh = counted("second"), counted("fresh")
    for side, role in (("tpm", "tpm"), ("other", "pm")):
        assert (whole[f"{side}_n"] - fresh[f"{side}_n"] == sizes[role]).all()
    assert sizes["tpm"] + sizes["pm"] == 47  # as the stage and the lesson say
    assert set(fresh["word"]) == {""}  # fewer than thirty adverts for TPMs
    p, cut = fresh.set_index("id")["p"], 0.05 / len(fresh)
    assert 0.9 * cut < p["Engineering depth"] < cut and p["Specifications and feasibility"] < cut
    assert 0.04 < p["Commercial work"] < 0.05  # "only just a hint"


def test_a_repeated_advert_names_its_row_of_the_first_study(golden):
    provenance = content.table("provenance").set_index("advert_id")["first_study"]
    adverts = golden["adverts"].set_index("advert_id")
    named = provenance.loc[adverts.index] != ""
    assert list(named) == list(adverts["repeated"].astype(bool))
    roles = golden["first_study"].set_index("advert_id")["role"]
    both = provenance[provenance != ""]
    pairs = zip(both.index, both, strict=True)
    assert all(adverts.loc[new, "role"] == roles[old] for new, old in pairs)
