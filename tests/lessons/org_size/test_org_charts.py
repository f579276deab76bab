"""The two pictures of lesson 04 show their frames: weeks, people, ranges, words."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.text import Text

from tpmlib.kit import figures
from tpmlib.lessons.org_size import org_growth, org_growth_picture, org_spread, org_spread_picture


def weeks(firsts=True, **changed):
    return org_growth.view(figures.frame("org_growth", **changed), firsts=firsts)


def ranges(shown="all", **changed):
    return org_spread.view(figures.frame("org_spread", **changed), shown=shown)


def drawn(chart, frame):
    figure = Figure(figsize=chart.SIZE, dpi=100)
    FigureCanvasAgg(figure)
    chart.draw(figure, frame)(frame)
    return figure


def words(figure):
    texts = figure.findobj(Text)
    return [text.get_text() for text in texts if text.get_visible() and text.get_text()]


@pytest.mark.parametrize("division", ["by_kind", "shared"])
@pytest.mark.parametrize("engineers", [1, 12, 23, 40])
def test_the_weeks_hold_every_hour_and_none_more_than_one_week(engineers, division):
    frame = weeks(engineers=engineers, division=division)
    filled = np.zeros(org_growth_picture.WEEKS)
    for row, low, high, _ in org_growth_picture.pieces(frame):
        filled[int(row)] += high - low
    assert filled.max() <= 40 + 1e-9
    assert filled.sum() == pytest.approx(min(frame["hours"].sum(), 200))


def test_the_technical_kinds_come_first_so_that_a_tpm_has_the_first_week():
    frame = weeks(engineers=23)
    first = [piece for piece in org_growth_picture.pieces(frame) if piece[0] == 0]
    kinds = list(np.flatnonzero(frame["of_tpm"]))
    assert [kind for *_, kind in first][: len(kinds)] == kinds
    assert first[len(kinds) - 1][2] == pytest.approx(frame["technical_hours"].iloc[0])


def test_the_blue_kinds_are_named_below_at_any_size():
    named = "Blue: specifications and feasibility, engineering depth, security and compliance. "
    assert f"{named}Grey: the rest" in words(drawn(org_growth_picture, weeks(engineers=9)))
    narrow = "Blue: engineering depth. Grey: the rest"
    assert narrow in words(drawn(org_growth_picture, weeks(tpm_means="narrow")))


@pytest.mark.parametrize("factor, shown", [(0, False), (0.5, True), (9, True)])
def test_a_dashed_box_holds_the_technical_hours_of_the_guess_up_to_a_week(factor, shown):
    frame = weeks().assign(firsts=False)
    guess = {"ghost_hours": frame["hours"] * factor, "ghost_minutes": 72}
    figure = drawn(org_growth_picture, frame.assign(**guess))
    (box,) = (line for line in figure.axes[0].lines if line.get_linestyle() == "--")
    hours = min(frame["technical_hours"].iloc[0] * factor, 40)
    assert max(box.get_xdata(), default=0) == pytest.approx(hours)
    assert ("Dashed: your guess, 72 minutes, ours 54" in words(figure)) == shown
    told = frame.assign(ghost_hours=frame["hours"], firsts=True)  # at any size, so without the box
    assert "your guess" not in " ".join(words(drawn(org_growth_picture, told)))


@pytest.mark.parametrize("engineers, people, tpm", [(7, 0, False), (12, 1, False), (23, 2, True)])
def test_a_disc_stands_before_each_week_that_is_full_enough(engineers, people, tpm):
    shown = words(drawn(org_growth_picture, weeks(engineers=engineers)))
    wanted = ["TPM" if tpm and not n else str(n + 1) for n in range(people)]
    assert [text for text in shown if text in [*"12345", "TPM"]] == wanted


def test_shared_work_stands_in_each_week_with_all_its_kinds():
    pieces = org_growth_picture.pieces(weeks(engineers=40, division="shared"))
    for row in range(4):
        assert len({kind for at, *_, kind in pieces if at == row}) == 9


def test_hours_beyond_the_weeks_drawn_are_told():
    frame = weeks(engineers=40, complexity=2.5)
    more = frame["hours"].sum() - 200
    assert more > 0 and f"+ {more:.0f} h" in words(drawn(org_growth_picture, frame))


@pytest.mark.parametrize(
    "engineers, title",
    [
        (1, "1 engineer: 4 hours, too little for one job"),
        (9, "9 engineers: 38 hours, 1 job"),
        (12, "12 engineers: 49 hours, 1 job and 9 hours more"),
        (23, "23 engineers: 107 hours, 2 jobs (1 of them a TPM's) and 27 hours more"),
    ],
)
def test_the_title_counts_hours_and_people(engineers, title):
    assert org_growth_picture.finding(weeks(engineers=engineers)) == title


def test_where_roles_begin_is_drawn_only_once_it_is_told():
    told, kept = (words(drawn(org_growth_picture, weeks(firsts=told))) for told in (True, False))
    assert any("23: a TPM's job" in text for text in told) and "23" not in " ".join(kept)


def test_a_range_runs_from_the_lowest_to_the_highest():
    frame = ranges()
    figure = drawn(org_spread_picture, frame)
    [bars] = [each for each in figure.axes[0].collections if isinstance(each, LineCollection)]
    ends = [[bar[0, 0], bar[1, 0]] for bar in bars.get_segments()]
    assert ends == frame[["low", "high"]].to_numpy().tolist()
    assert {*frame["name"], "7 to 106"} <= set(words(figure))


def test_the_place_of_a_row_holds_its_numbers_so_that_no_badge_covers_them():
    frame = ranges("each")
    figure = drawn(org_spread_picture, frame)
    figure.canvas.draw()
    right = {text.get_text(): text.get_window_extent().x1 for text in figure.findobj(Text)}
    for place, row in zip(org_spread_picture.places(frame), frame.itertuples(), strict=False):
        left, _, width, _ = place["box"]
        numbers = right[f"{row.low:.0f} to {row.high:.0f}"] / figure.bbox.width
        assert numbers < left + width < 0.95  # from there on the badge would stand inside


def test_all_at_once_and_the_choice_are_neither_drawn_nor_told_before_their_step():
    figure = drawn(org_spread_picture, ranges("each"))
    assert "All four at once" not in words(figure) and "with delivery" not in words(figure)
    assert len(org_spread_picture.numbers(ranges("each"))) == 5
    assert org_spread_picture.numbers(ranges("names")) == [["Moved"]]


def test_every_row_can_be_clicked_and_is_an_option():
    names = [place["id"] for place in org_spread_picture.places(ranges("names"))]
    assert names == [*org_spread.MOVED]
