"""Lists made by a cut: how much of each lies in the other, beside what luck gives."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from tpmlib.authoring.cells import read
from tpmlib.errors import CourseError
from tpmlib.kit import content, figures
from tpmlib.kit.ranges import Range, limits
from tpmlib.lessons.who_does_what.containment import (
    CUTS,
    containment,
    describe,
    view,
)
from tpmlib.lessons.who_does_what.containment_picture import (
    STYLES,
    draw,
    finding,
    numbers,
)

PILES = ("counted", "shuffled")
BASE = dict(piles="counted", draws=60, seed=3)


@pytest.fixture
def tables(golden):
    return {name: golden[name] for name in ("adverts", "responsibilities")}


@pytest.fixture
def base(tables):
    return tables | BASE


def of_study(tables, role):
    """The role's adverts of the second study."""
    adverts = tables["adverts"]
    return adverts[(adverts["batch"] == "second") & (adverts["role"] == role)]


def row_of(frame, cut):
    return frame[frame["cut"] == cut].iloc[0]


@pytest.mark.parametrize("cut, sizes", [(3, (58, 60, 58)), (5, (58, 58, 57)), (20, (40, 30, 27))])
def test_the_published_lists(base, cut, sizes):
    """What the lesson says: the direction changes with the cut."""
    assert tuple(row_of(containment(**base), cut)[["tpm", "pm", "both"]]) == sizes


@pytest.mark.parametrize("cut", [1, 5, 6, 7, 20, 25, 60])
def test_a_list_holds_what_enough_adverts_name(base, tables, cut):
    """A second method, on sets."""
    ids = list(tables["responsibilities"]["responsibility_id"])
    rates = {role: of_study(tables, role)[ids].mean() for role in ("tpm", "pm")}
    tpm, pm = (set(rate.index[rate >= cut / 100 - 1e-9]) for rate in rates.values())
    row = row_of(containment(**base), cut)
    assert (row["tpm"], row["pm"], row["both"]) == (len(tpm), len(pm), len(tpm & pm))


@pytest.mark.parametrize("piles", PILES)
def test_the_shorter_list_lies_further_inside(base, piles):
    """The law the lesson states: direction is length and nothing else."""
    frame = containment(**base | {"piles": piles}).dropna(subset=list(STYLES))
    assert (frame["both"] <= frame[["tpm", "pm"]].min(axis=1) + 1e-9).all()
    ahead = np.sign((frame["tpm_in_pm"] - frame["pm_in_tpm"]).round(9))
    assert (ahead == np.sign((frame["pm"] - frame["tpm"]).round(9))).all()


@pytest.mark.parametrize("piles", PILES)
def test_a_higher_cut_never_lengthens_a_list(base, piles):
    frame = containment(**base | {"piles": piles})
    assert (frame[["tpm", "pm", "both"]].diff().dropna() <= 1e-9).all(axis=None)


def test_one_role_against_itself_is_wholly_inside(base, tables):
    tpm = of_study(tables, "tpm")
    both = pd.concat([tpm, tpm.assign(role="pm")], ignore_index=True)
    frame = containment(**base | {"adverts": both}).dropna(subset=list(STYLES))
    assert (frame[["tpm_in_pm", "pm_in_tpm"]] == 1).all(axis=None)


def test_random_titles_turn_the_direction_as_well(tables):
    """What the lesson says of the crossing: at a low cut one way, at a higher one the other."""
    frame = containment(**tables, **BASE | {"piles": "shuffled", "draws": 500})
    low, high = row_of(frame, 3), row_of(frame, 20)
    assert low["tpm_in_pm"] > low["pm_in_tpm"] and high["tpm_in_pm"] < high["pm_in_tpm"]


def test_less_of_the_tpm_list_is_inside_than_luck_leaves(tables):
    """What the lesson and the reading of C14 say of the level."""
    frame = containment(**tables, **BASE | {"draws": 500}).set_index("cut")
    under = frame["tpm_in_pm"] < frame["tpm_in_pm_low"]
    assert under[9:28].all() and not under[8] and not under[29]


def test_an_empty_list_has_no_share_and_says_so(base, adverts):
    ids = list(base["responsibilities"]["responsibility_id"])
    adverts.loc[adverts["role"] == "pm", ids] = 0
    frame = view(containment(**base | {"adverts": adverts}), cut=10)
    assert frame["pm_in_tpm"].isna().all() and "The PM list is empty." in describe(frame)


@pytest.mark.parametrize("piles", PILES)
def test_the_intervals_are_shares_in_order(base, piles):
    frame = containment(**base | {"piles": piles}).dropna(subset=list(STYLES))
    for name in ("tpm_in_pm", "pm_in_tpm"):
        assert (frame[f"{name}_low"] <= frame[f"{name}_high"]).all()
        assert frame[[f"{name}_low", f"{name}_high"]].stack().between(0, 1).all()


def test_a_row_without_a_count_never_enters(base, responsibilities):
    local = responsibilities.head(1).assign(responsibility_id="own", source="local")
    both = pd.concat([responsibilities, local], ignore_index=True)
    pd.testing.assert_frame_equal(
        containment(**base | {"responsibilities": both}), containment(**base)
    )


def test_the_same_seed_gives_the_same_rows(base):
    pd.testing.assert_frame_equal(containment(**base), containment(**base))


@pytest.mark.parametrize("name, other", [("piles", "shuffled"), ("draws", 99), ("seed", 4)])
def test_every_argument_matters(base, name, other):
    assert not containment(**base).equals(containment(**base | {name: other}))


@pytest.mark.parametrize("name, bad", [("draws", 19), ("draws", 5001), ("seed", -1)])
def test_out_of_range_is_named(base, name, bad):
    with pytest.raises(CourseError, match=f"^{name}: {bad} is outside"):
        containment(**base | {name: bad})


@pytest.mark.parametrize("bad", [0, 61])
def test_a_cut_out_of_range_is_named(base, bad):
    assert limits(view)["cut"] == Range(CUTS[0], CUTS[-1])
    with pytest.raises(CourseError, match=f"^cut: {bad} is outside 1 to 60$"):
        view(containment(**base), cut=bad)


def test_an_unknown_choice_is_named(base):
    with pytest.raises(CourseError, match="^piles: 'x' is not one of"):
        containment(**base | {"piles": "x"})


def test_the_title_and_the_table_hold_the_numbers(base):
    frame = view(containment(**base), cut=20)
    assert finding(frame) == "Cut 20%: 68% of the TPM list in the PM list, 90% the other way"
    first = numbers(frame)[1]
    assert first[:5] == ["20%", "40", "30", "27", "68%"]
    assert "nan" not in str(numbers(view(containment(**base | {"piles": PILES[1]}), cut=60)))


@pytest.mark.parametrize("piles, cut", [("counted", 25), ("shuffled", 5)])
def test_curves_band_and_dots_are_those_of_the_frame(base, piles, cut):
    figure, frame = Figure(), view(containment(**base | {"piles": piles}), cut=cut)
    draw(figure, frame)(frame)
    axes, row = figure.axes[0], row_of(frame, cut)
    moving = [line for line in axes.lines if line.get_animated()]
    for name, (colour, *_) in STYLES.items():
        curve, dot = [line for line in moving if line.get_color() == colour]
        np.testing.assert_array_equal(curve.get_ydata(), frame[name])
        np.testing.assert_array_equal(dot.get_data(), [[cut], [row[name]]])
    (band,) = [part for part in axes.collections if part.get_animated()]
    heights = band.get_paths()[0].vertices[:, 1]
    ends = [frame["tpm_in_pm_low"].min(), frame["tpm_in_pm_high"].max()]
    assert [heights.min(), heights.max()] == ends


def test_lesson_03_and_its_verdict_say_at_which_cuts_luck_does_not_make_the_lists():
    rows = figures.frame("containment").set_index("cut")
    apart = rows["tpm_in_pm"] < rows["tpm_in_pm_low"]
    assert not apart[[40, 3]].any() and not apart[[8, 29]].any() and apart[9:28].all()
    assert not (rows["pm_in_tpm"] < rows["pm_in_tpm_low"]).any()
    cells = read(content.root() / content.lesson("who_does_what")["file"])["cells"]
    lesson = "".join("".join(cell["source"]) for cell in cells)
    assert "from 9% to 28% luck would hardly leave so many duties on" in lesson
    told = "thirteen duties stand on the TPM list alone: a third of it, where luck seldom leaves"
    assert f"{told} more than a fifth" in content.stage("duty_lists")["steps"][1]["say"]
    fifth = rows.loc[20]
    assert round(1 - fifth["tpm_in_pm"], 1) == 0.3 and 1 - fifth["tpm_in_pm_low"] < 0.22
    assert "whether luck alone would make such lists. At 3% it might." in lesson
    reading = content.claim("C14")["reading"]
    assert "from 9% to 28% the TPM list holds more" in reading
    assert "at 3% luck alone may have emptied it" in reading
