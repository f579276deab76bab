"""Controls are counted as they are chosen; only a set within the budget is kept; then the best."""

import pytest
from front import HOSTILE, click, edit_rows, is_plain, put, restart

from tpmlib.errors import CourseError
from tpmlib.kit import content, figures
from tpmlib.kit.record import record
from tpmlib.lessons.architecture.choose_controls import ChooseControls

BEST = figures.frame("controls").set_index("way").loc["best"]


def take(panel, *names):
    put(panel.form, grid={f"{name}.take": "yes" for name in names})


def said(panel):
    return panel.form.feedback["grid"]["text"]


def test_each_choice_is_counted_at_once():
    panel = ChooseControls()
    assert "costs 0 of 10 thousand dollars, 10 is left. It takes away 0.0 of 90" in said(panel)
    take(panel, "c01")
    assert "costs 4 of 10" in said(panel) and "takes away 26.0 of 90" in said(panel)
    assert "Second factor at sign-in: 26.0 beyond the others, 26.0 by itself." in said(panel)


def test_overlap_shows_as_less_than_each_by_itself():
    panel = ChooseControls()
    take(panel, "c01", "c03")
    row = next(line for line in said(panel).splitlines() if line.startswith("Rights checked"))
    beyond, alone = (float(word) for word in row.split() if word.replace(".", "", 1).isdigit())
    assert 0 < beyond < alone


def test_the_best_shows_once_a_set_is_kept_and_goes_when_it_changes():
    panel = ChooseControls()
    take(panel, "c07")
    assert "best" not in said(panel)
    click(panel.form, "keep")
    assert f"takes away {BEST['removed']:.1f}: {BEST['names']}" in said(panel)
    assert "No single step improves yours: several" in said(panel)
    take(panel, "c02")
    assert "best" not in said(panel)
    click(panel.form, "keep")
    assert "best single step: without Signed webhooks from banks and with " in said(panel)


def test_the_best_set_itself_reaches_all_of_it():
    panel = ChooseControls()
    take(panel, *BEST["chosen"].split())
    click(panel.form, "keep")
    assert "Yours reaches 100% of it." in said(panel) and "step" not in said(panel)


@pytest.mark.parametrize("names", [(), ("c01", "c03", "c07")])
def test_nothing_and_too_much_are_said_and_not_kept(names):
    panel = ChooseControls()
    take(panel, *names)
    click(panel.form, "keep")
    assert panel.form.message and record().events() == []
    assert ("9 too much: take one out" in said(panel)) == bool(names)


def test_a_kept_set_is_there_again_and_kept_once():
    panel = ChooseControls()
    take(panel, "c03", "c05", "c08")
    click(panel.form, "keep")
    click(panel.form, "keep")
    restart()
    again = ChooseControls()
    assert again.form.values == panel.form.values and len(record().events()) == 1
    assert said(again) == said(panel) and "Yours reaches" in said(again)


def test_the_losses_are_those_of_the_preset():
    assert "120 by leaks and 5 by outages" in ChooseControls("tally").html()
    with pytest.raises(CourseError, match="'talley' is not one of"):
        ChooseControls("talley")


def test_a_hostile_name_is_escaped(data):
    edit_rows(data / "controls.csv", lambda rows: rows[0].update(name=HOSTILE[:34]))
    page = ChooseControls().html()
    assert is_plain(page) and "&lt;script&gt;" in page


def test_the_page_without_a_kernel_shows_controls_and_the_best():
    page = ChooseControls().html()
    assert page.count("<tr>") == 1 + len(content.table("controls")) + 2
    assert BEST["names"] in page
