"""All intervals first, the figures after; kept whole, never lost."""

import pytest
from front import HOSTILE, click, edit, is_plain, put, restart

from tpmlib.authoring.check import check
from tpmlib.errors import CourseError
from tpmlib.kit import content
from tpmlib.kit.panels.calibrate import ITEM, Calibrate
from tpmlib.kit.record import record

ROUNDS = content.calibration_rounds()
EACH = pytest.mark.parametrize("name", ROUNDS)
YAML = "data/scenarios/calibration.yml"


def figures(panel):
    return {name: fact["figure"] for name, fact in panel.facts.items()}


def fill(panel, low=0.5, high=2.0):
    """Intervals from `low` to `high` times the figure."""
    ends = {"low": low, "high": high}
    cells = {f"{n}.{end}": f * by for n, f in figures(panel).items() for end, by in ends.items()}
    put(panel.form, grid=cells)
    return cells


def test_a_round_asks_for_five_figures():
    assert [len(Calibrate(name).facts) for name in ROUNDS] == [5] * len(ROUNDS)


@EACH
def test_no_figure_shows_before_all_intervals_are_kept(name):
    panel = Calibrate(name)
    fill(panel)
    assert not panel.picture.png and panel.page.value == ""
    put(panel.form, grid=panel.form.values["grid"] | {next(iter(panel.facts)) + ".high": None})
    click(panel.form, "keep")
    assert panel.form.message == "Question 1 has no high number yet." and record().events() == []


@pytest.mark.parametrize("low, high", [(0, 5), (6, 5), (-1, 5)])
def test_an_interval_that_cannot_be_scored_is_named(low, high):
    panel = Calibrate(ROUNDS[0])
    last = list(panel.facts)[-1]
    put(panel.form, grid=fill(panel) | {f"{last}.low": low, f"{last}.high": high})
    click(panel.form, "keep")
    assert panel.form.message.startswith("Question 5: ") and record().events() == []


@EACH
def test_what_holds_and_what_misses_is_counted(name):
    panel = Calibrate(name)
    cells = fill(panel)
    for one in list(panel.facts)[:2]:
        cells[f"{one}.high"] = cells[f"{one}.low"]
    put(panel.form, grid=cells)
    click(panel.form, "keep")
    assert panel.picture.alt == "3 of your 5 held; at 80% you want 4"
    assert panel.picture.png and panel.page.value.count("<tr>") == 6
    (event,) = record().events()
    assert (event["kind"], event["item"], event["lesson"]) == (
        "calibrate",
        ITEM.format(name),
        "estimates",
    )
    assert event["answer"] == cells


def test_all_is_there_again_after_a_restart():
    panel = Calibrate(ROUNDS[0])
    fill(panel, high=0.6)
    click(panel.form, "keep")
    restart()
    again = Calibrate(ROUNDS[0])
    assert again.form.values == panel.form.values
    assert again.picture.sentence == panel.picture.sentence


def test_the_same_answers_are_kept_once():
    panel = Calibrate(ROUNDS[0])
    fill(panel)
    click(panel.form, "keep")
    click(panel.form, "keep")
    assert len(record().events()) == 1


@pytest.mark.parametrize("answer", ["?", None, {}, {"F15.low": "a"}, {"F99.low": 1}, [1]])
def test_a_record_changed_by_hand_breaks_nothing(answer):
    record().add("calibrate", ITEM.format(ROUNDS[0]), answer, lesson="estimates")
    panel = Calibrate(ROUNDS[0])
    fill(panel)
    click(panel.form, "keep")
    assert "are too few to tell" in panel.picture.sentence


@EACH
def test_a_reader_without_a_kernel_sees_questions_and_folded_figures(name):
    panel = Calibrate(name)
    assert is_plain(panel.html()) and "<details>" in panel.html()
    assert all(f"{one:g}" in panel.html() for one in figures(panel).values())


def test_hostile_words_of_a_file_are_escaped(data):
    path = data / "scenarios/calibration.yml"
    edit(path, lambda one: one["calibration"]["rounds"][0]["questions"][0].update(text=HOSTILE))
    panel = Calibrate(ROUNDS[0])
    fill(panel)
    click(panel.form, "keep")
    assert is_plain(panel.html()) and is_plain(panel.page.value)


def test_without_a_disk_it_stays_in_memory_and_says_so(no_disk):
    panel = Calibrate(ROUNDS[0])
    fill(panel)
    click(panel.form, "keep")
    assert "Your answers are in memory only" in panel.form.message


def test_an_unknown_round_is_named():
    with pytest.raises(CourseError, match="^calibration: 'frist' is not one of 'first'"):
        Calibrate("frist")


PLANTED = {
    "F13 has no figure above 0; a fact that has one": "F13",
    "F36 is asked already; each fact once a round": "F36",
    "'F00' is not one of": "F00",
}


@pytest.mark.parametrize("text", PLANTED)
def test_a_question_without_a_figure_gives_its_line(data, text):
    rounds = data / "scenarios/calibration.yml"
    edit(
        rounds,
        lambda one: one["calibration"]["rounds"][0]["questions"][0].update(fact=PLANTED[text]),
    )
    assert [line for line in check(data.parent) if YAML in line and text in line]


def test_the_sentence_names_the_factor_by_which_the_misses_would_hold():
    """By hand: three hold, and the next nearest miss is by 2."""
    panel = Calibrate(ROUNDS[0])
    cells = fill(panel)
    for name, by in zip(panel.facts, (2, 3), strict=False):
        cells |= {
            f"{name}.low": by * figures(panel)[name],
            f"{name}.high": 9 * figures(panel)[name],
        }
    put(panel.form, grid=cells)
    click(panel.form, "keep")
    assert "2 times as far down and up, 4 of the 5 would have held" in panel.picture.sentence


@pytest.mark.parametrize("high, told", [(1000, ""), (1e9, "1,000,000,000 times the low one")])
def test_a_range_that_hits_always_is_told_how_wide_it_is_and_shows_no_figure(high, told):
    panel = Calibrate(ROUNDS[0])
    name = next(iter(panel.facts))
    put(panel.form, grid=fill(panel) | {f"{name}.low": 1, f"{name}.high": high})
    click(panel.form, "keep")
    assert told in panel.form.message and bool(told) == ("says nothing" in panel.form.message)
    assert bool(record().events()) == (not told) == bool(panel.picture.png)
