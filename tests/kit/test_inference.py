"""The statistics agree with second methods, and their ends are sane."""

from fractions import Fraction
from math import comb

import numpy as np
import pytest

from tpmlib.kit.inference import (
    NINETY,
    WORDS,
    as_wide,
    by_luck,
    newcombe,
    pooled,
    redrawn,
    wilson,
    word,
)

TABLES = [(n, m) for n in (1, 2, 5, 9) for m in (1, 4, 7)]


def exact(a: int, n: int, b: int, m: int) -> Fraction:
    """The share of all deals with a gap at least as wide, by counting them in whole numbers."""
    ways = {x: comb(n, x) * comb(m, a + b - x) for x in range(n + 1) if 0 <= a + b - x <= m}
    gap = abs(Fraction(a, n) - Fraction(b, m))
    wide = [x for x in ways if abs(Fraction(x, n) - Fraction(a + b - x, m)) >= gap]
    return Fraction(sum(ways[x] for x in wide), comb(n + m, a + b))


def p_of(a: int, n: int, b: int, m: int) -> float:
    return float(as_wide(np.array([a]), n, np.array([b]), m)[0])


@pytest.mark.parametrize("n, m", [*TABLES, (16, 60)])
def test_p_agrees_with_counting_every_deal(n, m):
    a, b = (grid.ravel() for grid in np.meshgrid(np.arange(n + 1), np.arange(m + 1)))
    wanted = [float(exact(int(x), n, int(y), m)) for x, y in zip(a, b, strict=True)]
    assert as_wide(a, n, b, m) == pytest.approx(wanted, abs=1e-12)


def test_p_is_what_shuffling_finds():
    generator = np.random.default_rng(1)
    dealt = generator.hypergeometric(39, 37, 16, 40_000)
    wide = np.abs(dealt / 16 - (39 - dealt) / 60) >= abs(13 / 16 - 26 / 60) - 1e-9
    assert wide.mean() == pytest.approx(p_of(13, 16, 26, 60), abs=0.002)


def test_p_on_the_lady_tasting_tea_is_that_of_fisher():
    assert p_of(3, 4, 1, 4) == pytest.approx(34 / 70)


@pytest.mark.parametrize("a, b", [(0, 13), (7, 6), (16, 0), (9, 12)])
def test_p_does_not_mind_which_role_or_which_answer_comes_first(a, b):
    assert p_of(a, 16, b, 60) == pytest.approx(p_of(b, 60, a, 16))
    assert p_of(a, 16, b, 60) == pytest.approx(p_of(16 - a, 16, 60 - b, 60))


def test_luck_gives_a_small_p_as_often_as_counting_every_deal_says():
    # two of four texts mention it: a third of the deals part the piles wholly, with p = 1/3
    assert by_luck(np.array([2]), 2, 2, level=0.34) == pytest.approx(1 / 3)
    assert by_luck(np.array([2, 2]), 2, 2, level=0.33) == 0
    total, n, m = np.array([3, 40, 200]), 34, 454
    assert 0 < by_luck(total, n, m) < 0.05 * len(total)


def test_p_is_one_where_a_pile_is_empty():
    assert list(as_wide(np.array([0, 0]), 0, np.array([1, 2]), 3)) == [1, 1]


def test_p_is_one_when_there_is_nothing_to_tell_apart():
    assert [p_of(0, 16, 0, 60), p_of(16, 16, 60, 60), p_of(4, 16, 15, 60)] == pytest.approx([1] * 3)


@pytest.mark.parametrize("n", [1, 2, 8, 16, 60, 1000])
def test_wilson_solves_its_defining_equation(n):
    count = np.arange(n + 1)
    for end in wilson(count, n):
        inner = (end > 1e-9) & (end < 1 - 1e-9)
        gap, error = np.abs(count / n - end), NINETY * np.sqrt(end * (1 - end) / n)
        assert gap[inner] == pytest.approx(error[inner], abs=1e-12)


@pytest.mark.parametrize("n", [1, 16, 60])
def test_wilson_stays_inside_and_holds_the_share(n):
    count = np.linspace(0, n, 41)
    low, high = wilson(count, n)
    assert (low >= 0).all() and (high <= 1).all()
    assert (low <= count / n + 1e-12).all() and (high >= count / n - 1e-12).all()


@pytest.mark.parametrize("n", [1, 16, 60, 10_000])
def test_wilson_is_never_of_zero_width(n):
    low, high = wilson(np.array([0, n]), n)
    square = NINETY**2
    assert high - low == pytest.approx([square / (n + square)] * 2)


def test_wilson_knows_nothing_without_adverts():
    assert [list(end) for end in wilson(np.zeros(2), 0)] == [[0, 0], [1, 1]]


def test_newcombe_is_the_published_example():
    """Newcombe 1998, table II: 56 of 70 against 48 of 80, at 95%; here its 90% twin by hand."""
    low, high = newcombe(np.array([56]), 70, np.array([48]), 80)
    gap, ends = 56 / 70 - 48 / 80, [wilson(np.array([x]), n) for x, n in ((56, 70), (48, 80))]
    below = np.hypot(56 / 70 - ends[0][0], ends[1][1] - 48 / 80)
    above = np.hypot(ends[0][1] - 56 / 70, 48 / 80 - ends[1][0])
    assert [low[0], high[0]] == pytest.approx([gap - below[0], gap + above[0]])
    assert 0.05 < low[0] < 0.2 < high[0] < 0.33


def test_newcombe_turns_around_with_the_roles():
    low, high = newcombe(np.array([9]), 34, np.array([31]), 454)
    assert newcombe(np.array([31]), 454, np.array([9]), 34) == (pytest.approx(-high), -low)


def said(count: int, n: int, other: int, m: int, family: int = 9) -> str:
    pair = np.array([count]), n, np.array([other]), m
    return str(word(*pair, as_wide(*pair), family)[0])


def test_the_four_words():
    cases = [(27, 34, 207, 454), (17, 34, 326, 454), (33, 34, 400, 454), (10, 34, 100, 454)]
    assert tuple(said(*case) for case in cases) == WORDS


def test_a_clear_difference_among_nine_rows_is_a_hint_among_many():
    assert [said(18, 34, 105, 454, family) for family in (9, 900)] == ["clear", "hint"]


def test_rare_rows_are_never_called_alike():
    assert said(1, 34, 20, 454) == "cannot tell"


@pytest.mark.parametrize("n, m", [(29, 454), (34, 29)])
def test_fewer_than_thirty_texts_a_side_get_no_word(n, m):
    assert said(n, n, 0, m) == ""


def test_a_text_counts_once_for_a_group():
    hits = np.array([[1, 1, 0], [0, 0, 1]])
    assert pooled(hits, [np.array([0, 1]), np.array([], dtype=int)]).tolist() == [[1, 0], [0, 0]]


def test_drawing_again_keeps_the_number_of_texts():
    hits = np.ones((5, 2))
    assert (redrawn(hits, 20, np.random.default_rng(1)) == 5).all()
    assert (redrawn(hits, 20, np.random.default_rng(1), 3) == 3).all()
