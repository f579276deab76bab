"""The pictures of lesson 05: what is drawn is the frame, and a doubtful cell is marked."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from tpmlib.kit import content, figures
from tpmlib.lessons.staffing import drift_picture as pairs
from tpmlib.lessons.staffing import own_week_picture as week
from tpmlib.lessons.staffing import staffing_map_picture as of_map
from tpmlib.lessons.staffing import staffing_sensitivity_picture as turns
from tpmlib.lessons.staffing.drift import NAMES, read_as
from tpmlib.lessons.staffing.drift import view as of_pairs
from tpmlib.lessons.staffing.own_week import view as of_week
from tpmlib.lessons.staffing.staffing_map import view
from tpmlib.lessons.staffing.staffing_sensitivity import view as of_turns


def drawn(module, frame):
    figure = Figure(figsize=module.SIZE, dpi=100)
    FigureCanvasAgg(figure)
    module.draw(figure, frame)(frame)
    return figure


def frame_of(model, preset="default", **settings):
    moving = content.model(model).get("moving", {})
    return figures.frame(model, preset, **moving | settings)


def week_of(week_over, year_over, **settings):
    frame = figures.frame("own_week", "tally", runs=50, **settings)
    return of_week(frame, week=week_over, year=year_over)


def test_the_year_is_blank_until_it_is_run():
    figure = drawn(week, week_of(True, False))
    (blank,) = figure.artists
    assert blank.get_visible() and blank.get_zorder() < figure.axes[0].lines[0].get_zorder()
    assert not drawn(week, week_of(True, True)).artists[0].get_visible()


@pytest.mark.parametrize("locked", [0, 8, 22])
@pytest.mark.parametrize("over", [False, True])
def test_the_strip_has_forty_squares(locked, over):
    strip = drawn(week, week_of(over, False, protected=locked)).axes[0]
    squares = [x for line in strip.lines if line.get_marker() == "s" for x in line.get_xdata()]
    assert len(squares) == len(set(squares)) == 40


def test_a_person_stands_for_each_question_and_a_cross_for_each_that_waits():
    strip = drawn(week, week_of(True, False, protected=8)).axes[0]
    people = [line for line in strip.lines if line.get_marker() is week.PERSON]
    assert sum(len(line.get_xdata()) for line in people) == 15
    assert [len(line.get_xdata()) for line in strip.lines if line.get_marker() == "x"] == [6]


def test_the_lines_of_the_year_are_the_weeks_of_the_frame():
    frame = week_of(True, True, protected=8)
    lines = drawn(week, frame).axes[1].lines
    for way, line in zip(week.LINES, lines, strict=True):
        np.testing.assert_allclose(line.get_ydata(), frame.loc[frame["way"] == way, "worth"])
    assert all(
        len(line.get_xdata()) == 0 for line in drawn(week, week_of(True, False)).axes[1].lines
    )


def test_a_row_of_engineers_is_filled_to_its_worth_and_the_best_is_on_top():
    frame = of_pairs(frame_of("drift", "tally"), show="all")
    axes = drawn(pairs, frame).axes[0]
    for row, (_, filled) in zip(
        frame.to_dict("records"), np.reshape(axes.lines, (-1, 2)), strict=True
    ):
        end, _ = axes.transData.inverted().transform(filled.get_clip_box().max)
        assert end == pytest.approx(row["value"]) and filled.get_ydata()[0] == row["place"]
    assert frame.loc[frame["value"].idxmax(), "place"] == 0


def test_where_two_pairs_cross_is_told_of_one_s_own_team_only():
    frame = frame_of("drift", "tally")
    own = of_pairs(frame, show="all", pms=1)
    as_good = "a second PM is as good as a TPM."
    assert pairs.turning(own) == f"From about 75 in 100 settled, {as_good}"
    assert pairs.turning(own.assign(turn=1.0)) == "At no share settled do two PMs lead."
    assert pairs.turning(own.assign(enough=0.8)).endswith(
        "From about 80, to hire nobody does as well."
    )
    for pms, tpms, told in ((0, 1, False), (0, 2, False), (1, 1, True), (2, 0, True), (2, 1, True)):
        words = pairs.turning(of_pairs(frame, show="all", pms=pms, tpms=tpms))
        assert words.endswith("two PMs do as well as PM + TPM.") is told
        assert words.startswith("No share settled turns it") is not told
    assert pairs.turning(of_pairs(frame, show="all")) == ""


def test_a_staffing_that_is_not_on_show_is_not_drawn():
    axes = drawn(pairs, of_pairs(frame_of("drift"), show="one")).axes[0]
    assert [line.get_visible() for line in axes.lines[::2]] == [True, True, False, False, False]


def test_a_cell_of_the_map_has_the_colour_of_its_staffing_and_the_depth_of_its_lead():
    frame = view(frame_of("staffing_map"), engineers=24, complexity=1)
    cells = of_map.shades(frame).reshape(-1, 3)
    for place in (0, 137, 399):
        row = frame.iloc[place]
        depth = of_map.FAINT + (1 - of_map.FAINT) * min(1, row["lead"] / of_map.FULL)
        expected = 1 - depth * (1 - np.array(to_rgb(of_map.COLOURS[row["best"]])))
        np.testing.assert_allclose(cells[place], expected)


def test_the_ring_stands_at_the_team_and_a_stroke_on_each_doubtful_cell():
    frame = view(frame_of("staffing_map"), engineers=33, complexity=1.7)
    axes = drawn(of_map, frame).axes[0]
    ring = axes.lines[-1]
    assert (ring.get_xdata()[0], ring.get_ydata()[0]) == (33, 1.7)
    assert len(axes.collections[0].get_segments()) == frame["doubtful"].sum() > 20


def test_the_title_of_the_map_tells_no_turn_before_the_slider_moves():
    none, some = (
        of_map.finding(view(frame_of("staffing_map", settled=share), engineers=24, complexity=1))
        for share in (0, 0.5)
    )
    assert "%" not in none and "draw level at" in some


def test_the_colours_of_a_bar_change_where_the_answer_turns():
    frame = of_turns(frame_of("staffing_sensitivity"), every=True)
    axes = drawn(turns, frame).axes[0]
    parts = [part for bar in axes.collections for part in bar.get_segments()]
    assert len(parts) == frame["names"].map(len).sum()
    row = frame[frame["parameter"] == "settled"].iloc[0]
    ends = sorted(part[1][0] for part in parts if part[0][1] == row.name)
    assert ends == pytest.approx([row["turns"][0], 1.0])


@pytest.mark.parametrize(
    "people, title",
    [
        (dict(pms=1, tpms=1), "Today: 10.0 of 16. Two TPMs instead: 9.9 (level)"),
        (dict(pms=1, tpms=0), "Add a TPM: 10.0 of 16. Add a PM: 6.2. Hire nobody: 4.7"),
        (dict(pms=0, tpms=1), "Add a PM: 10.0 of 16. Add a TPM: 9.9 (level). Hire nobody: 6.1"),
        (dict(pms=2, tpms=0), "Today: 6.2 of 16. A TPM in one PM's place: 10.0"),
        (
            dict(pms=2, tpms=1),
            "Read as PM + TPM: 10.0 of 16. Two TPMs instead: 9.9 (level)",
        ),
    ],
)
def test_today_s_people_are_named_and_a_tie_is_told_as_a_tie(people, title):
    frame = of_pairs(figures.frame("drift", "tally"), show="all", **people)
    assert pairs.finding(frame) == title
    marked = [text.get_text() for text in drawn(pairs, frame).axes[0].texts]
    assert any(text.startswith(("today: ", "read as ")) for text in marked)


def test_to_hire_nobody_is_told_beside_a_hire_and_may_be_level_with_it():
    frame = figures.frame("drift", engineers=9, complexity=1.5, settled=0.8)
    title = pairs.finding(of_pairs(frame, show="all", pms=1))
    assert title == "Add a TPM: 5.8 of 9. Add a PM: 5.4 (level). Hire nobody: 5.4 (level)"


def test_only_what_today_s_people_can_become_is_shown_and_of_three_two_count():
    lone, two = {"PM", "PM + TPM", "PM + PM"}, {"PM + PM", "PM + TPM"}
    for pms, expected in ((0, {*NAMES.values()}), (1, lone), (2, two), (3, two), (9, two)):
        frame = of_pairs(figures.frame("drift", "tally"), show="all", pms=pms)
        assert {*frame.loc[frame["shown"], "name"]} == expected
        assert sorted(frame.loc[frame["shown"], "place"]) == list(range(len(expected)))
    assert read_as(1, 3) == read_as(4, 1) == "pm_tpm" and read_as(0, 3) == "tpm_tpm"


def test_the_bars_do_not_rank_what_is_level():
    frame = of_turns(frame_of("staffing_sensitivity", "tally"), every=False)
    assert turns.finding(frame).startswith("PM + TPM and TPM + TPM are level; ")
