"""The overlap of two roles' adverts obeys its laws and stands beside what luck gives."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle, StepPatch

from tpmlib.errors import CourseError
from tpmlib.kit.ranges import limits
from tpmlib.lessons.who_does_what.overlap import overlap, profile_of, shared
from tpmlib.lessons.who_does_what.overlap_picture import SIZE, draw, finding, numbers

BASE = dict(compare="pm", shuffles=200, seed=3)


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


def row(frame, kind="observed"):
    return frame[frame["kind"] == kind].iloc[0]


def test_the_published_overlap_and_range_of_luck(tables):
    """What the lesson says: under all of 5,000 shuffles."""
    seen = row(overlap(**tables, **BASE | {"shuffles": 5000}))
    assert (round(seen["overlap"], 2), seen["tpm_n"], seen["other_n"]) == (0.85, 34, 454)
    assert (seen["low"], seen["high"]) == pytest.approx((0.88, 0.92), abs=0.01)
    assert seen["below"] == 0


def test_overlap_is_one_less_half_the_differences(tables):
    """A second method, on plain counts."""
    ids = list(tables["responsibilities"]["responsibility_id"])
    parts = [of_study(tables, role)[ids].sum() for role in ("tpm", "pm")]
    tpm, pm = (part / part.sum() for part in parts)
    seen = row(overlap(**tables, **BASE))["overlap"]
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
    tpm, pm = np.random.default_rng(1).dirichlet(np.ones(9), 2)
    assert shared(tpm, pm) == shared(pm, tpm) < shared(tpm, tpm) == pytest.approx(1)


def test_a_profile_ignores_how_often_the_pile_is_repeated():
    hits = np.array([[1.0, 0, 1], [1, 1, 0]])
    np.testing.assert_allclose(profile_of(hits), profile_of(np.vstack([hits] * 5)))


def test_an_advert_without_a_mention_breaks_nothing(base, adverts):
    ids = list(base["responsibilities"]["responsibility_id"])
    adverts.loc[adverts["role"] == "tpm", ids] = 0
    frame = overlap(**base | {"adverts": adverts})
    assert row(frame)["overlap"] == 0 and frame["overlap"].notna().all()


def test_two_piles_of_one_role_lie_inside_luck(base, tables):
    """Some of the PM adverts, drawn at random and renamed, are not told from the rest."""
    pm = of_study(tables, "pm").copy()
    pm.loc[pm.sample(34, random_state=1).index, "role"] = "tpm"
    seen = row(overlap(**base | {"adverts": pm}))
    assert seen["low"] < seen["overlap"] < 1 and seen["below"] > 0.05


def test_single_adverts_are_averaged_over_all_pairs(tables):
    """A second method: pair by pair."""
    ids = list(tables["responsibilities"]["responsibility_id"])
    rows = {role: of_study(tables, role)[ids].to_numpy(float) for role in ("tpm", "pm")}
    totals = {role: np.maximum(part.sum(axis=1, keepdims=True), 1) for role, part in rows.items()}
    rows = {role: part / totals[role] for role, part in rows.items()}
    alike = [float(shared(a, b)) for a, b in combinations(rows["tpm"], 2)]
    mixed = [float(shared(a, b)) for a in rows["tpm"] for b in rows["pm"]]
    frame = overlap(**tables, **BASE)
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


@pytest.mark.parametrize("name, other", [("compare", "tpgm"), ("shuffles", 99), ("seed", 4)])
def test_every_argument_matters(base, name, other):
    assert not overlap(**base).equals(overlap(**base | {name: other}))


@pytest.mark.parametrize("name", ["shuffles", "seed"])
@pytest.mark.parametrize("end, beyond", [(0, -1), (1, 1)])
def test_out_of_range_is_named(base, name, end, beyond):
    limit = limits(overlap)[name]
    bad = (limit.low, limit.high)[end] + beyond
    with pytest.raises(CourseError, match=f"^{name}: {bad} is outside"):
        overlap(**base | {name: bad})


def test_an_unknown_choice_is_named(base):
    with pytest.raises(CourseError, match="^compare: 'x' is not one of"):
        overlap(**base | {"compare": "x"})


@pytest.mark.parametrize("role", ["tpm", "pm"])
def test_a_role_without_adverts_is_named(base, adverts, role):
    with pytest.raises(CourseError, match=f"^adverts: none of role '{role}'"):
        overlap(**base | {"adverts": adverts[adverts["role"] != role]})


# --- the picture


@pytest.mark.parametrize("changed", [{}, {"compare": "tpgm"}])
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
    assert finding(frame) == f"TPM and PM adverts overlap by 85%; nine shuffles in ten give {ends}"
    table = dict(numbers(frame))
    assert table["Adverts"] == "34 TPM, 454 PM"
    assert table["Overlap, titles as printed"] == "84.9%"
    assert table["Shuffles with no more overlap"] == "none of 200"
    shuffles = [int(value) for name, value in table.items() if name.startswith("Shuffles from")]
    assert sum(shuffles) == BASE["shuffles"]


LISTS = dict(length=30, shuffles=500, seed=3)
