"""A year of outages by month, counted against a promise, and what the lesson says of it."""

import re

import pytest
from matplotlib.figure import Figure

from tpmlib.errors import CourseError
from tpmlib.kit import content, figures, questions, stages
from tpmlib.kit.ranges import limits
from tpmlib.lessons.architecture import outages_picture as chart
from tpmlib.lessons.architecture.outages import RELEASE, outages

TABLE = content.table("outages")
BASE = dict(slo=99.9, copies=1, back=70, excluded="none")
STEPS = {step["id"]: step["say"] for step in content.stage("promise")["steps"]}


def year(**changed):
    return outages(outages=TABLE, **BASE | changed)


def test_the_year_is_that_of_the_monolith_with_one_copy_and_its_shared_part_that_of_tally():
    # so that the log and the formula of the costs speak of one system
    down = figures.frame("architecture", "default").set_index("architecture_id")["down"]["monolith"]
    assert TABLE["minutes"].sum() == pytest.approx(12 * down, rel=0.01)
    every = TABLE.loc[TABLE["every_copy"] == 1, "minutes"].sum()
    shared = content.settings("architecture", "tally")["shared"]
    assert every / TABLE["minutes"].sum() == pytest.approx(shared, abs=0.005)


@pytest.mark.parametrize("copies", [1, 2, 3])
@pytest.mark.parametrize("back", [40, 70])
def test_the_months_add_up_to_all_that_counts(copies, back):
    frame = year(copies=copies, back=back)
    counts = (TABLE["every_copy"] == 1) | (copies == 1)
    saved = max(0, 64 - back)  # April's bug alone, however many copies
    assert frame["down"].sum() == pytest.approx(TABLE["minutes"][counts].sum() - saved)
    assert frame["mean"].iloc[0] == pytest.approx(frame["down"].sum() / 12)
    assert frame.drop_duplicates("month")["total"].sum() == pytest.approx(frame["down"].sum())


def test_blocks_of_a_month_stand_on_one_another():
    for _, month in year().groupby("month"):
        assert list(month["start"]) == [0, *month["down"].cumsum()][:-1]


def test_a_third_copy_changes_nothing_that_a_second_did_not():
    assert year(copies=3)["down"].equals(year(copies=2)["down"])


def test_a_stricter_promise_never_breaks_in_fewer_months():
    broken = [year(slo=slo)["broken"].iloc[0] for slo in (99, 99.5, 99.7, 99.9, 99.99)]
    assert broken == sorted(broken) and broken[0] == 0 and broken[-1] == 12


@pytest.mark.parametrize(
    "name, other", [("slo", 99), ("copies", 2), ("back", 50), ("excluded", "fan")]
)
def test_every_setting_matters(name, other):
    assert not year().equals(year(**{name: other}))


def test_what_the_contract_leaves_out_is_never_down_and_says_so_on_the_picture():
    frame, figure = year(excluded="bank"), Figure(figsize=chart.SIZE)
    chart.draw(figure, frame)(frame)
    left_out = frame[frame["excluded"]]
    assert set(left_out["cause"]) == {"bank"} and not left_out["down"].any()
    told = [text.get_text() for text in figure.axes[0].texts]
    assert told.count("bank\nleft out") == len(left_out) and "bank" not in told


def test_a_cause_that_is_not_in_the_year_is_named():
    with pytest.raises(CourseError, match="^excluded: 'banc' is not one of"):
        year(excluded="banc")


@pytest.mark.parametrize("name", limits(outages))
@pytest.mark.parametrize("bad", [-1, 1e6])
def test_out_of_range_is_named(name, bad):
    with pytest.raises(CourseError, match=f"^{name}: {bad} is outside"):
        year(**{name: bad})


def test_the_lesson_says_when_the_average_keeps_what_two_months_break():
    one, two = year().iloc[0], year(copies=2).iloc[0]
    assert len(TABLE) == 15 and (year(copies=2)["down"] == 0).sum() == 13
    assert (one["broken"], two["broken"]) == (10, 2) and round(two["mean"]) == 10
    assert (
        two["mean"] < two["budget"] / 4
        and "a quarter of what the promise allows" in STEPS["copies"]
    )
    assert not year(slo=99.5)["broken"].any()  # "it held all year, without a second copy"


def test_of_the_three_things_the_third_copy_alone_changes_nothing_and_two_are_needed():
    both = dict(copies=2, back=40, excluded="bank")
    assert "Which of them do you need" in STEPS["left"]
    assert not year(**both)["broken"].any() and not year(**both | {"copies": 3})["broken"].any()
    for without, month in (({"back": 70}, 4), ({"excluded": "none"}, 10)):
        frame = year(**both | without)
        assert set(frame.query("total > budget")["month"]) == {month}
    april = TABLE.loc[TABLE["cause"] == RELEASE, ["month", "minutes"]].values.tolist()
    assert april == [[4, 64]] and "took 64 minutes" in str(content.model("outages"))
    assert year(back=30)["budget"].iloc[0] > 30  # "within half an hour", as the offer says


def test_the_right_options_are_what_the_table_says():
    options = questions.prediction("architecture-cause").options
    right, causes = {o.id for o in options if o.right}, {o.id for o in options}
    hit = set(TABLE.loc[TABLE["every_copy"] == 1, "cause"])
    assert right == causes & hit


def test_a_promise_for_each_month_is_not_one_for_the_year():
    months, minutes = 5, 50
    assert minutes > year()["budget"].iloc[0] > months * minutes / 12
    assert months * minutes < 0.5 * 0.001 * 12 * 43_200  # "far less than the promise allows"


def test_the_title_counts_the_broken_months():
    assert chart.finding(year()) == "A promise of 99.9%, broken in 10 of 12 months"
    assert chart.finding(year(slo=99.5)) == "A promise of 99.5%, kept in all 12 months"


def test_a_block_stands_at_its_month_and_a_place_lies_on_it():
    frame, figure = year(), Figure(figsize=chart.SIZE)
    chart.draw(figure, frame)(frame)
    moving = figure.axes[0].collections[1].get_paths()
    tops = [path.vertices[:, 1].max() for path in moving]
    assert tops == pytest.approx(list(frame["start"] + frame["down"]))
    _, bottom, _, height = chart.BOX
    for spot, block in zip(chart.places(frame), frame.to_dict("records"), strict=True):
        top = (1 - bottom - spot["box"][1]) / height * chart.MOST
        assert spot["id"] == block["cause"]
        assert top == pytest.approx(block["start"] + block["down"])


def test_the_line_that_the_learner_signed_stays_until_the_promise_is_the_same():
    stage, figure = content.stage("promise"), Figure(figsize=chart.SIZE)
    step = stage["steps"][1]
    same, other = (stages.rows(stage, step, {"sign": {"slo": slo}}) for slo in (99.9, 99.6))
    update = chart.draw(figure, same)
    (own,) = [line for line in figure.axes[0].lines if line.get_linestyle() == "--"]
    for frame, label in ((same, 0), (other, 1)):
        update(frame)
        assert own.get_ydata()[0] == pytest.approx(frame["ghost_budget"].iloc[0])
        told = [text.get_text() for text in figure.axes[0].texts]
        assert told.count("you offered\n99.6%") == label


def test_what_the_contract_leaves_out_is_not_counted_in_the_table_either():
    told = {row[1]: row[2] for row in chart.numbers(year(excluded="bank"))[1:]}
    assert told["bank"] == "not counted" and told["bug"] == "64"


def test_a_condition_is_heard_in_first_and_need_and_when():
    (point,) = [
        point
        for point in questions.reflection("architecture-offer").points
        if point.text == "It makes a condition."
    ]
    for said in (
        "For 99.9% we first need a second copy",
        "both live by March once tested",
        "when",
        "Before",
    ):
        assert any(re.search(cue, said, re.I) for cue in point.words)


def test_a_count_of_months_is_no_date_of_an_offer_but_a_month_in_brackets_is():
    date = questions.quiz("architecture").reflections[0].points[1]
    told = "It would have broken in 10 of 12 months; {} it holds."
    assert "Seen" not in date.seek(told.format("later")).text
    assert "[March]" in date.seek(told.format("as of [March]")).text
