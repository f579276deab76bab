"""The pictures of lesson 07: the data drawn are the frame, and what leaves the frame is marked."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from tpmlib.kit import content, figures
from tpmlib.lessons.staffing import drift_picture as year
from tpmlib.lessons.staffing import staffing_map_picture as staffing_map
from tpmlib.lessons.staffing import staffing_sensitivity_picture as staffing_sensitivity
from tpmlib.lessons.staffing.drift import view
from tpmlib.lessons.staffing.staffing_map import view as of_map


def drawn(module, frame):
    figure = Figure(figsize=module.SIZE, dpi=100)
    FigureCanvasAgg(figure)
    module.draw(figure, frame)(frame)
    return figure


def frame_of(model, preset="default", **settings):
    return figures.frame(model, preset, **content.models()[model]["moving"] | settings)


def test_lines_and_dots_of_the_year_are_the_frame():
    frame = view(frame_of("drift"), show="all").set_index("staffing", drop=False)
    left, right = drawn(year, frame).axes
    for place, (name, line, dot) in enumerate(
        zip(year.STYLES, left.lines, right.lines, strict=True)
    ):
        np.testing.assert_allclose(line.get_ydata(), frame.loc[name, "path"])
        share = frame.loc[name, "value"] / frame.loc[name, "engineers"]
        assert (dot.get_xdata()[0], dot.get_ydata()[0]) == (pytest.approx(share), place)


def test_a_staffing_that_is_not_on_show_is_not_drawn():
    _, right = drawn(year, view(frame_of("drift"), show="one")).axes
    assert [dot.get_visible() for dot in right.lines] == [True, True, False, False, False]


def test_a_value_beyond_the_axis_of_the_year_gets_an_arrow():
    frame = view(frame_of("drift", engineers=2, cost=3.0), show="all")
    _, right = drawn(year, frame).axes
    assert (frame["value"] / 2 < year.ENDS[0]).all()
    assert {dot.get_marker() for dot in right.lines} == {"<"}


def test_a_cell_of_the_map_has_the_colour_of_its_staffing_and_the_depth_of_its_lead():
    frame = of_map(frame_of("staffing_map"), engineers=24, complexity=1)
    cells = staffing_map.shades(frame).reshape(-1, 3)
    for at in (0, 137, 399):
        row = frame.iloc[at]
        depth = staffing_map.FAINT
        depth += (1 - staffing_map.FAINT) * min(1, row["lead"] / staffing_map.FULL)
        expected = 1 - depth * (1 - np.array(to_rgb(staffing_map.COLOURS[row["best"]])))
        np.testing.assert_allclose(cells[at], expected)


def test_cells_not_computed_yet_are_white():
    part = frame_of("staffing_map").head(40)
    assert (staffing_map.shades(part).reshape(-1, 3)[40:] == 1).all()


def test_the_ring_of_the_map_stands_at_the_team():
    frame = of_map(frame_of("staffing_map"), engineers=33, complexity=1.7)
    ring = drawn(staffing_map, frame).axes[0].lines[-1]
    assert (ring.get_xdata()[0], ring.get_ydata()[0]) == (33, 1.7)


def test_the_ends_of_the_tornado_are_the_leads():
    frame = frame_of("staffing_sensitivity")
    low, high = drawn(staffing_sensitivity, frame).axes[0].lines[1:3]
    for end, side in ((low, "low"), (high, "high")):
        np.testing.assert_allclose(end.get_xdata(), frame[f"lead_{side}"])


@pytest.mark.parametrize("side, mark, at", [(1, ">", 4), (0, "<", 3)])
def test_a_lead_beyond_the_tornado_gets_an_arrow_in_its_row(side, mark, at):
    frame = frame_of("staffing_sensitivity")
    frame.loc[at, "lead_low"] = staffing_sensitivity.REACH[side] * 2
    arrows = [
        line
        for line in drawn(staffing_sensitivity, frame).axes[0].lines
        if line.get_marker() == mark
    ]
    assert [list(line.get_ydata()) for line in arrows] == [[at]]
