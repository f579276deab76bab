"""Pairs of adverts are drawn by rule, the first guess counts, and the share is computed."""

from itertools import product

import pytest
from front import click, displayed, restart

from tpmlib.errors import CourseError
from tpmlib.kit import content
from tpmlib.kit.record import record
from tpmlib.lessons.adverts.mentions import counted, second_study
from tpmlib.lessons.adverts.pairs import APART, JOINT, TECHNICAL, pairs
from tpmlib.lessons.adverts.pairs_panel import Pairs, asked

TABLES = {name: content.table(name) for name in ("adverts", "responsibilities")}
DUTIES = counted(TABLES["responsibilities"]).set_index("name")


def drawn(**changed):
    return pairs(**TABLES | content.settings("pairs") | changed)


def depth(duties):
    """Engineering duties, counted from the table once more."""
    counts = DUTIES.loc[duties]
    return (counts["cluster"].isin(TECHNICAL) & counts["counted_in_cluster"].astype(bool)).sum()


def lists(frame):
    return [[row[role].split(JOINT) for role in ("tpm", "pm")] for _, row in frame.iterrows()]


def by_hand():
    """All pairs with as many precise duties and engineering duties that part, one after another."""
    precise = DUTIES[DUTIES["precision"] != "low"]
    ids = dict(zip(precise["responsibility_id"], precise.index, strict=True))
    texts = second_study(TABLES["adverts"])
    named = {
        role: [
            [ids[id] for id in ids if row[id]] for _, row in texts[texts["role"] == role].iterrows()
        ]
        for role in ("tpm", "pm")
    }
    gaps = [
        depth(tpm) - depth(pm)
        for tpm, pm in product(named["tpm"], named["pm"])
        if len(tpm) == len(pm)
    ]
    return [gap for gap in gaps if abs(gap) >= APART]


SEEDS = pytest.mark.parametrize("seed", range(5))


@SEEDS
def test_both_adverts_of_a_pair_have_as_many_duties_and_part_on_engineering(seed):
    frame = drawn(seed=seed)
    for row, (tpm, pm) in zip(frame.itertuples(), lists(frame), strict=True):
        assert len(tpm) == len(pm)
        assert (depth(tpm), depth(pm)) == (row.tpm_depth, row.pm_depth)
        assert abs(depth(tpm) - depth(pm)) >= APART
        assert row.obvious == (depth(tpm) > depth(pm))


@SEEDS
def test_no_list_that_is_often_wrong_is_used_and_no_advert_twice(seed):
    each = lists(drawn(seed=seed))
    duties = [duty for two in each for one in two for duty in one]
    assert "low" not in set(DUTIES.loc[duties, "precision"])
    for side in (0, 1):
        assert len({tuple(two[side]) for two in each}) == len(each)


def test_same_seed_same_pairs_and_another_seed_others():
    assert drawn(seed=1).equals(drawn(seed=1)) and not drawn(seed=1).equals(drawn(seed=2))


@pytest.mark.parametrize("name, value", [("obvious", 3), ("caught", 2)])
def test_as_many_pairs_as_asked_for(name, value):
    settings = content.settings("pairs") | {name: value}
    frame = drawn(**{name: value})
    assert frame["obvious"].sum() == settings["obvious"]
    assert (~frame["obvious"]).sum() == settings["caught"]


def test_no_list_is_longer_or_shorter_than_asked_for():
    frame = drawn(fewest=10, most=12)
    assert {len(one) for two in lists(frame) for one in two} <= {10, 11, 12}


def test_too_few_pairs_are_refused():
    with pytest.raises(CourseError, match="^pairs: 0 in these adverts; 2$"):
        drawn(fewest=60, most=62)


@pytest.mark.parametrize(
    "name, bad", [("obvious", 11), ("caught", -1), ("fewest", 0), ("most", 63)]
)
def test_out_of_range_is_named(name, bad):
    with pytest.raises(CourseError, match=f"^{name}: {bad} is outside"):
        drawn(**{name: bad})


def test_the_share_is_that_of_all_such_pairs():
    gaps, frame = by_hand(), drawn()
    assert set(frame["number"]) == {len(gaps)}
    assert frame["share"].iloc[0] == pytest.approx(sum(gap > 0 for gap in gaps) / len(gaps))


def test_in_the_lesson_the_second_pair_catches_and_the_sides_vary():
    assert drawn()["obvious"].tolist() == [True, False, True]
    assert set(drawn()["first"]) == {"tpm", "pm"}


def guess(panel, right):
    side = "A" if (panel.rows[panel.place]["first"] == "tpm") is right else "B"
    click(panel.form, side)
    return panel


def test_the_first_guess_counts_and_is_told_with_the_titles():
    panel = Pairs()
    assert "technical product manager" not in panel.page.value and "<b>" not in panel.page.value
    guess(panel, False), guess(panel, True)
    assert [event["right"] for event in record().history("pair-1", "pair")] == [False]
    assert panel.form.message.startswith("No, ") and "<b>" in panel.page.value
    assert "technical product manager" in panel.page.value


def test_the_next_pair_comes_only_after_a_guess():
    panel = Pairs()
    click(panel.form, "next")
    assert panel.place == 1
    click(guess(panel, True).form, "next")
    assert panel.place == 2 and panel.form.message == ""


def test_a_pair_that_catches_says_so():
    panel = Pairs()
    click(guess(panel, True).form, "next")
    row = panel.rows[2]
    told = f"Yet the PM advert names {row['pm_depth']} engineering duties"
    assert told in guess(panel, False).form.message


def finished(*guesses):
    panel = Pairs()
    for right in guesses:
        click(guess(panel, right).form, "next")
    return panel


def test_the_end_says_how_often_the_obvious_guess_is_right():
    frame = drawn()
    words = f"the one with more is the TPM's in {100 * frame['share'][0]:.0f} of 100 pairs."
    panel = finished(True, False, True)
    assert "You were right in 2 of 3" in panel.form.message and words in panel.form.message
    assert [button["id"] for button in panel.form.buttons] == ["onward"]
    assert "How did we pick the pairs?" in panel.page.value


def test_after_a_restart_it_goes_on_where_it_was():
    finished(True, False)
    restart()
    assert Pairs().place == 3
    finished(True)
    assert "You were right in 2 of 3" in Pairs().form.message


def test_a_saved_notebook_tells_no_title(monkeypatch):
    finished(True, True, True)
    (bundle,) = displayed(Pairs(), monkeypatch)
    assert "product manager" not in bundle["text/html"] and "<b>" not in bundle["text/html"]


def test_each_pair_is_asked_for_in_its_lesson_alone():
    assert asked("start_here") == ["pair-1", "pair-2", "pair-3"] and asked("titles") == []


def test_a_record_changed_by_hand_breaks_nothing():
    record().add("pair", "pair-1", {"a": 1}, lesson="start_here")
    assert Pairs().place == 2
