"""Comments counted in four ways: by hand, by law, and what their picture tells when."""

import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from tpmlib.errors import CourseError
from tpmlib.kit import content, stages
from tpmlib.kit.ranges import Choice, limits
from tpmlib.lessons.priorities.themes import COUNTS, describe, themes, view
from tpmlib.lessons.priorities.themes_picture import draw, finding, numbers, places

FEEDBACK = pd.DataFrame(
    {
        "account": ["a1", "a1", "a1", "a2", "a3", "a3"],
        "theme": ["logo", "logo", "logo", "logo", "export", "other"],
        "verbatim": ["a logo", "too long" * 20, "logo?", "our logo", "a file", "hello"],
        "account_value": [10.0, 10.0, 10.0, 1.0, 25.0, 25.0],
    }
)
INITIATIVES = pd.DataFrame({"theme": ["export", "logo", None], "name": ["Export", "Logo", "Store"]})
EVERY = pytest.mark.parametrize("count", COUNTS)


def counted(count):
    frame = themes(feedback=FEEDBACK, initiatives=INITIATIVES, count=count)
    return view(frame, split=True)


@pytest.mark.parametrize(
    "count, logo, largest, export",
    [("comments", 4, 3, 1), ("summed", 31, 30, 25), ("customers", 2, 1, 1), ("money", 11, 10, 25)],
)
def test_each_count_is_that_of_its_definition(count, logo, largest, export):
    rows = counted(count).set_index("theme")
    assert (
        list(rows["value"][["export", "logo"]]) == [export, logo]
        and rows["largest"]["logo"] == largest
    )
    assert rows.loc["logo", ["comments", "most", "customers"]].to_list() == [4, 3, 2]
    assert list(rows["example"][["export", "logo"]]) == ["a file", "a logo"]


@EVERY
def test_bars_are_shares_of_the_longest_and_stand_in_its_order(count):
    rows = counted(count)
    assert rows["length"].iloc[0] == 1 and rows["length"].is_monotonic_decreasing
    assert list(rows["place"]) == [0, 1]
    assert (rows["part"] <= rows["length"]).all()
    assert (rows["part"] > 0).all() == (count != "customers")  # of whom each is one


@EVERY
def test_the_picture_names_the_unit_of_its_count(count):
    frame, figure = counted(count), Figure()
    draw(figure, frame)(frame)
    told = [text.get_text() for text in figure.findobj(Text)]
    assert any(text.startswith(f"bar: {COUNTS[count]}") for text in told)
    assert f"{frame['value'].max():,.0f}" in told and ("[" in COUNTS[count]) == (
        "pay" in COUNTS[count]
    )


def test_a_second_comment_of_a_customer_moves_no_count_that_takes_each_once():
    twice = pd.concat([FEEDBACK, FEEDBACK.head(2)])
    for count in COUNTS:
        more = themes(feedback=twice, initiatives=INITIATIVES, count=count)["value"].sum()
        assert (more > counted(count)["value"].sum()) == (count in ("comments", "summed"))


def test_every_theme_of_the_table_is_an_initiative_or_left_out():
    feedback, initiatives = content.table("feedback"), content.table("initiatives")
    frame = themes(feedback=feedback, initiatives=initiatives, count="comments")
    left = set(feedback["theme"]) - set(frame["theme"])
    assert left == {"other"} and len(frame) == 15 and not frame.isna().any(axis=None)
    assert len(feedback) - frame["value"].sum() == 29  # as the source line of the picture says


def test_no_one_customer_is_told_before_the_bars_are_split():
    frame = view(counted("comments").drop(columns="part"), split=False)
    assert (frame["part"] == 0).all() and "One customer" not in finding(frame)
    assert "customer's" not in describe(frame) and len(numbers(frame)[0]) == 5
    assert finding(counted("comments")).startswith("One customer wrote 3 of the 4")


def test_a_count_of_customers_has_no_part_that_is_the_largest_customers():
    frame = view(counted("customers").drop(columns="part"), split=True)
    assert (frame["part"] == 0).all() and not frame["split"].any()


def test_the_places_of_a_picture_lie_on_it_in_the_order_of_the_bars():
    frame = stages.rows(content.stage("comments"), content.stage("comments")["steps"][3])
    tops = {place["id"]: place["box"][1] for place in places(frame)}
    assert sorted(tops, key=tops.get) == list(frame["theme"])
    assert all(0 < box[1] < box[1] + box[3] < 1 for box in (p["box"] for p in places(frame)))


def test_every_count_has_its_words():
    assert limits(themes)["count"] == Choice(tuple(COUNTS))
    with pytest.raises(CourseError, match="^count: 'heads' is not one of"):
        counted("heads")
