"""Duties by name on one list or on both, as the cut moves."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from tpmlib.errors import CourseError
from tpmlib.kit import content, figures
from tpmlib.lessons.who_does_what.duty_lists import (
    LISTS,
    MOVES,
    ROWS,
    duty_lists,
    unseen,
)
from tpmlib.lessons.who_does_what.duty_lists_picture import draw, numbers

BASE = dict(cut=20)


@pytest.fixture
def lists(golden):
    def make(**changed):
        tables = {name: golden[name] for name in ("adverts", "responsibilities")}
        return duty_lists(**tables, **BASE | changed)

    return make


@pytest.mark.parametrize("cut", [1, 3, 20, 45, 60])
def test_the_lists_are_as_long_as_the_curves_say(lists, cut):
    """A second method: the sizes that `containment` counts at this cut."""
    frame = figures.frame("containment").set_index("cut").loc[cut]
    row, sizes = lists(cut=cut).iloc[0], lists(cut=cut).groupby("list").size()
    assert list(row[["tpm_list", "pm_list", "shared"]]) == list(frame[["tpm", "pm", "both"]])
    assert sizes.get("TPM only", 0) == frame["tpm"] - frame["both"]
    assert sizes.get("PM only", 0) == frame["pm"] - frame["both"]


def test_every_duty_stands_once_and_no_two_in_one_place(lists):
    frame = lists(cut=15)
    assert frame["name"].is_unique and len(frame) == 62
    shown = frame[frame["seen"] > 0]
    assert not shown.duplicated(["x", "y"]).any() and (shown["y"] < ROWS).all()


def test_what_has_no_room_is_counted(lists):
    frame = lists(cut=3)
    assert unseen(frame, "both") == frame["shared"].iloc[0] - ROWS
    assert unseen(frame, "PM only") == 0


def test_the_steps_of_the_stage_say_what_is_counted(lists):
    """Level at 60%; the TPM list is the shorter at 40%, the longer at 20%, the shorter at 3%."""
    rows = {cut: lists(cut=cut).iloc[0] for cut in (60, 40, 20, 3)}
    longer = {cut: row["tpm_list"] - row["pm_list"] for cut, row in rows.items()}
    assert longer[60] == 0 and longer[40] < 0 < longer[20] and longer[3] < 0
    steps = {step["id"]: step for step in content.stage("duty_lists")["steps"]}
    assert steps["fifth"]["values"]["cut"] == 20
    assert "At one advert in five, thirteen duties" in steps["fifth"]["say"]
    assert rows[20]["tpm_list"] - rows[20]["shared"] == 13
    assert rows[3]["tpm_list"] == rows[3]["shared"] and "At 3% the left" in steps["three"]["say"]
    assert (rows[3][["tpm_list", "pm_list", "shared"]] >= 58).all()  # of 62: "nearly every duty"
    least = [-(-3 * rows[3][f"{role}_n"] // 100) for role in ("tpm", "pm")]
    assert least == [2, 14] and "Two of our 34 TPM adverts" in steps["three"]["say"]
    assert steps["three"]["values"]["cut"] == 3 and steps["three"]["free"] == ["cut"]


def test_names_stand_where_the_frame_has_them(lists):
    figure, frame = Figure(), lists(cut=20)
    draw(figure, frame)(frame)
    texts = {text.get_text(): text for text in figure.axes[0].texts if text.get_visible()}
    left, right = (
        texts[name].get_position()[0] for name in ("Remove blockers", "Set product vision")
    )
    assert left < right and "TPM list only: 13" in texts
    assert len(numbers(frame)) == 1 + (frame["list"] != LISTS[-1]).sum()


def test_what_moves_is_a_number_for_every_duty(lists):
    assert np.isfinite(lists(cut=60)[list(MOVES)]).all(axis=None)


@pytest.mark.parametrize("name, bad", [("cut", 0), ("cut", 61)])
def test_out_of_range_is_named(lists, name, bad):
    with pytest.raises(CourseError, match=f"^{name}: {bad} is outside"):
        lists(**{name: bad})
