"""The overlap of two roles' adverts obeys its laws and stands beside what luck gives."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle, StepPatch

from tpmlib.errors import CourseError
from tpmlib.kit.ranges import limits
from tpmlib.lessons.overlap.overlap import describe, most_named, overlap, profile_of, shared
from tpmlib.lessons.overlap.overlap_picture import SIZE, draw, finding, numbers

BASE = dict(compare="pm", texts="all", length="all", shuffles=200, seed=3)


@pytest.fixture
def base(golden):
    return golden | BASE


def row(frame, kind="observed"):
    return frame[frame["kind"] == kind].iloc[0]


def test_the_published_overlap_and_range_of_luck(golden):
    """COURSE.md: 0.75 against 0.80 to 0.87 under 5,000 shuffles."""
    seen = row(overlap(**golden, **BASE | {"shuffles": 5000}))
    assert (round(seen["overlap"], 2), seen["tpm_n"], seen["other_n"]) == (0.75, 16, 60)
    assert (seen["low"], seen["high"]) == pytest.approx((0.80, 0.87), abs=0.01)
    assert seen["below"] < 0.001


def test_overlap_is_one_less_half_the_differences(golden):
    """A second method, on plain counts."""
    adverts, ids = golden["adverts"], list(golden["responsibilities"]["responsibility_id"])
    parts = [adverts[adverts["role"] == role][ids].sum() for role in ("tpm", "pm")]
    tpm, pm = (part / part.sum() for part in parts)
    seen = row(overlap(**golden, **BASE))["overlap"]
    assert seen == pytest.approx(1 - (tpm - pm).abs().sum() / 2)


def test_equal_profiles_overlap_whole_and_disjoint_ones_not_at_all(base, adverts):
    ids = list(base["responsibilities"]["responsibility_id"])
    pm = adverts["role"] == "pm"
    adverts[ids] = 0
    adverts.loc[~pm, ids[0]] = 1
    adverts.loc[pm, ids[1]] = 1
    assert row(overlap(**base | {"adverts": adverts}))["overlap"] == 0
    adverts[ids[1]] = adverts[ids[0]] = 1
    assert row(overlap(**base | {"adverts": adverts}))["overlap"] == 1


def test_overlap_is_the_same_from_either_side():
    one, other = np.random.default_rng(1).dirichlet(np.ones(9), 2)
    assert shared(one, other) == shared(other, one) < shared(one, one) == pytest.approx(1)


def test_a_profile_ignores_how_often_the_pile_is_repeated():
    hits = np.array([[1.0, 0, 1], [1, 1, 0]])
    np.testing.assert_allclose(profile_of(hits), profile_of(np.vstack([hits] * 5)))


def test_an_advert_without_a_mention_breaks_nothing(base, adverts):
    ids = list(base["responsibilities"]["responsibility_id"])
    adverts.loc[adverts["role"] == "tpm", ids] = 0
    frame = overlap(**base | {"adverts": adverts})
    assert row(frame)["overlap"] == 0 and frame["overlap"].notna().all()


def test_two_piles_of_one_role_lie_inside_luck(base, adverts):
    """Half of the PM adverts, drawn at random and renamed, are not told from the rest."""
    pm = adverts[adverts["role"] == "pm"].copy()
    pm.loc[pm.sample(16, random_state=1).index, "role"] = "tpm"
    seen = row(overlap(**base | {"adverts": pm}))
    assert seen["low"] < seen["overlap"] < 1 and seen["below"] > 0.05


def test_whole_texts_alone_do_not_show_a_difference(base):
    """The preset under which the finding fails."""
    seen = row(overlap(**base | {"texts": "full", "shuffles": 2000}))
    assert seen["tpm_n"] == 8 and seen["low"] < seen["overlap"] < seen["high"]
    assert "inside that range" in describe(overlap(**base | {"texts": "full"}))


@pytest.mark.parametrize("length, few", [("short", 30), ("long", 30)])
def test_either_half_of_the_pm_adverts_lies_under_luck(base, length, few):
    seen = row(overlap(**base | {"length": length, "shuffles": 2000}))
    assert seen["other_n"] == few and seen["overlap"] < seen["low"]


def test_single_adverts_are_averaged_over_all_pairs(golden):
    """A second method: pair by pair."""
    adverts, ids = golden["adverts"], list(golden["responsibilities"]["responsibility_id"])
    rows = {role: adverts[adverts["role"] == role][ids].to_numpy(float) for role in ("tpm", "pm")}
    rows = {role: part / part.sum(axis=1, keepdims=True) for role, part in rows.items()}
    alike = [float(shared(a, b)) for a, b in combinations(rows["tpm"], 2)]
    mixed = [float(shared(a, b)) for a in rows["tpm"] for b in rows["pm"]]
    frame = overlap(**golden, **BASE)
    assert row(frame, "two TPM")["overlap"] == pytest.approx(np.mean(alike))
    assert row(frame, "one of each")["overlap"] == pytest.approx(np.mean(mixed))
    assert abs(np.mean(alike) - np.mean(mixed)) < 0.05  # what the lesson says of single adverts


def test_the_bars_hold_every_shuffle(base):
    frame = overlap(**base)
    bars = frame[frame["kind"] == "bar"]
    assert bars["shuffles"].sum() == BASE["shuffles"] == row(frame)["shuffles"]
    middle = np.average(bars["overlap"] + 0.005, weights=bars["shuffles"])
    assert row(frame)["low"] < middle < row(frame)["high"]


def test_a_row_without_a_count_never_enters(base, responsibilities):
    local = responsibilities.head(1).assign(responsibility_id="own", source="local")
    both = pd.concat([responsibilities, local], ignore_index=True)
    pd.testing.assert_frame_equal(overlap(**base | {"responsibilities": both}), overlap(**base))


def test_the_same_seed_gives_the_same_rows(base):
    pd.testing.assert_frame_equal(overlap(**base), overlap(**base))


@pytest.mark.parametrize(
    "name, other",
    [("compare", "tpgm"), ("texts", "full"), ("length", "short"), ("shuffles", 99), ("seed", 4)],
)
def test_every_argument_matters(base, name, other):
    assert not overlap(**base).equals(overlap(**base | {name: other}))


@pytest.mark.parametrize("name", ["shuffles", "seed"])
@pytest.mark.parametrize("end, beyond", [(0, -1), (1, 1)])
def test_out_of_range_is_named(base, name, end, beyond):
    limit = limits(overlap)[name]
    bad = (limit.low, limit.high)[end] + beyond
    with pytest.raises(CourseError, match=f"^{name}: {bad} is outside"):
        overlap(**base | {name: bad})


@pytest.mark.parametrize("name", ["compare", "texts", "length"])
def test_an_unknown_choice_is_named(base, name):
    with pytest.raises(CourseError, match=f"^{name}: 'x' is not one of"):
        overlap(**base | {name: "x"})


@pytest.mark.parametrize("role", ["tpm", "pm"])
def test_a_role_without_adverts_is_named(base, adverts, role):
    with pytest.raises(CourseError, match=f"^adverts: none of role '{role}'"):
        overlap(**base | {"adverts": adverts[adverts["role"] != role]})


# --- the picture


@pytest.mark.parametrize("changed", [{}, {"length": "short"}, {"compare": "tpgm"}])
def test_bars_band_and_mark_are_those_of_the_frame(base, changed):
    figure, frame = Figure(figsize=SIZE), overlap(**base | changed)
    draw(figure, overlap(**base))(frame)
    (bars,) = figure.axes[0].findobj(StepPatch)
    counts = frame.loc[frame["kind"] == "bar", "shuffles"]
    np.testing.assert_allclose(bars.get_data().values, counts / BASE["shuffles"])
    (band,) = figure.axes[0].findobj(lambda a: isinstance(a, Rectangle) and a.get_animated())
    assert band.get_x() == row(frame)["low"]
    assert band.get_x() + band.get_width() == pytest.approx(row(frame)["high"])
    (mark,) = [line for line in figure.axes[0].lines if line.get_animated()]
    assert set(mark.get_xdata()) == {row(frame)["overlap"]}
    assert bars.get_data().values.max() < figure.axes[0].get_ylim()[1]


def test_the_title_and_the_table_hold_the_numbers(base):
    frame = overlap(**base)
    ends = f"{row(frame)['low']:.0%} to {row(frame)['high']:.0%}"
    assert finding(frame) == f"TPM and PM adverts overlap by 75%; nine shuffles in ten give {ends}"
    table = dict(numbers(frame))
    assert table["Adverts"] == "16 TPM, 60 PM"
    assert table["Overlap, titles as printed"] == "74.9%"
    assert table["Shuffles with no more overlap"] == "none of 200"
    shuffles = [int(value) for name, value in table.items() if name.startswith("Shuffles from")]
    assert sum(shuffles) == BASE["shuffles"]


LISTS = dict(texts="all", length=25, shuffles=500, seed=3)


def test_equally_long_lists_share_what_sorting_by_hand_gives(golden):
    """At every length at which no tie stands on the edge of a list."""
    adverts, ids = golden["adverts"], list(golden["responsibilities"]["responsibility_id"])
    rates = [adverts[adverts["role"] == role][ids].mean() for role in ("tpm", "pm")]
    for length in range(1, 62):
        cuts = [rate.sort_values().iloc[-length - 1 : len(ids) - length + 1] for rate in rates]
        if any(cut.iloc[0] == cut.iloc[1] for cut in cuts):
            continue
        first, second = (set(rate.nlargest(length).index) for rate in rates)
        seen = most_named(**golden, **LISTS | {"length": length})["both"].iloc[0]
        assert seen == len(first & second)


def test_whole_lists_and_equal_piles_leave_nothing_to_luck(golden):
    seen = most_named(**golden, **LISTS | {"length": 62}).iloc[0]
    assert seen["both"] == seen["low"] == seen["high"] == 62


def test_equally_long_lists_share_less_than_luck_but_not_in_whole_texts(golden):
    every, whole = (
        most_named(**golden, **LISTS | {"texts": texts}).iloc[0] for texts in ("all", "full")
    )
    assert every["both"] < every["low"] and whole["low"] < whole["both"] < whole["high"]


@pytest.mark.parametrize(
    "name, other", [("texts", "full"), ("length", 20), ("shuffles", 30), ("seed", 4)]
)
def test_every_argument_of_the_lists_matters(golden, name, other):
    assert not most_named(**golden, **LISTS).equals(most_named(**golden, **LISTS | {name: other}))


@pytest.mark.parametrize(
    "name, bad", [("length", 0), ("length", 63), ("shuffles", 19), ("seed", -1)]
)
def test_a_list_out_of_range_is_named(golden, name, bad):
    with pytest.raises(CourseError, match=f"^{name}: {bad} is outside"):
        most_named(**golden, **LISTS | {name: bad})
