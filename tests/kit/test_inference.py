"""The statistics agree with second methods, and their ends are sane."""

from fractions import Fraction
from math import comb

import numpy as np
import pytest

from tpmlib.kit.inference import (
    NINETY,
    fisher,
    keep_chance,
    lean,
    lean_draws,
    thinned_rates,
    wilson,
)

TABLES = [(n, m) for n in (1, 2, 5, 9) for m in (1, 4, 7)]


def exact(a: int, n: int, b: int, m: int) -> Fraction:
    """Fisher's two-sided p by counting tables in whole numbers."""
    ways = {x: comb(n, x) * comb(m, a + b - x) for x in range(n + 1) if 0 <= a + b - x <= m}
    return Fraction(sum(w for w in ways.values() if w <= ways[a]), comb(n + m, a + b))


def p_of(a: int, n: int, b: int, m: int) -> float:
    return float(fisher(np.array([a]), n, np.array([b]), m)[0])


def generator(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


@pytest.mark.parametrize("n, m", [*TABLES, (16, 60)])
def test_fisher_agrees_with_counting_every_table(n, m):
    a, b = (grid.ravel() for grid in np.meshgrid(np.arange(n + 1), np.arange(m + 1)))
    wanted = [float(exact(int(x), n, int(y), m)) for x, y in zip(a, b, strict=True)]
    assert fisher(a, n, b, m) == pytest.approx(wanted, abs=1e-12)


def test_fisher_on_the_lady_tasting_tea():
    assert p_of(3, 4, 1, 4) == pytest.approx(34 / 70)


@pytest.mark.parametrize("a, b", [(0, 13), (7, 6), (16, 0), (9, 12)])
def test_fisher_does_not_mind_which_role_or_which_answer_comes_first(a, b):
    assert p_of(a, 16, b, 60) == pytest.approx(p_of(b, 60, a, 16))
    assert p_of(a, 16, b, 60) == pytest.approx(p_of(16 - a, 16, 60 - b, 60))


def test_fisher_is_one_when_there_is_nothing_to_tell_apart():
    assert [p_of(0, 16, 0, 60), p_of(16, 16, 60, 60), p_of(4, 16, 15, 60)] == pytest.approx([1] * 3)


def test_fisher_rounds_an_average_to_whole_adverts():
    assert p_of(13, 16, 16.4, 60) == p_of(13, 16, 16, 60)
    assert p_of(13, 16, 16.6, 60) == p_of(13, 16, 17, 60)


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


def test_lean_by_hand():
    assert lean(np.array([3, 0]), np.array([1, 1])) == pytest.approx([np.log2(8 / 5), np.log2(0.4)])


def test_lean_changes_sign_when_the_roles_swap():
    first, second = generator().integers(0, 30, (2, 62))
    assert lean(first, second) == pytest.approx(-lean(second, first))


def test_lean_has_no_length_in_it():
    """Mentions twice as many in every row leave it where it is, but for the smoothing."""
    first, second = generator().integers(1, 30, (2, 62)) * 1000
    assert lean(2 * first, second) == pytest.approx(lean(first, second), abs=0.001)


def hits(adverts: int = 16, share: float = 0.4) -> np.ndarray:
    return (generator(5).random((adverts, 10)) < share).astype(float)


def test_bootstrap_draws_depend_on_the_seed_alone():
    once, again, other = (lean_draws(hits(), hits(60), 50, generator(s)) for s in (1, 1, 2))
    assert (once == again).all() and (once != other).any()


def test_bootstrap_draws_lie_about_the_lean():
    draws = lean_draws(hits(), hits(60), 4000, generator())
    assert np.median(draws, axis=0) == pytest.approx(lean(hits().sum(0), hits(60).sum(0)), abs=0.15)


def test_bootstrap_of_one_advert_never_moves():
    assert np.ptp(lean_draws(hits(1), hits(1), 50, generator()), axis=0) == pytest.approx(0)


def test_four_times_the_adverts_halve_the_bootstrap_interval():
    def width(times: int) -> float:
        many = [np.tile(some, (times, 1)) for some in (hits(), hits(60))]
        return float(np.std(lean_draws(*many, 4000, generator()), axis=0).mean())

    assert 0.45 < width(4) / width(1) < 0.6


def test_a_shorter_advert_is_kept_whole():
    chance = keep_chance(np.array([100, 300, 600]), np.array([300]), generator())
    assert list(chance) == [1, 1, 0.5]


def thin(words: list[float], lengths: list[float], groups: list[list[int]]) -> np.ndarray:
    all_hits = np.ones((len(words), 3))
    columns = [np.array(group) for group in groups]
    return thinned_rates(all_hits, columns, np.array(lengths), np.array(words), 4000, generator())


def test_survivors_match_the_chance():
    rates = thin([300, 400, 1200], [300], [[0], [1], [2]])
    assert rates == pytest.approx(np.array([[1] * 3, [0.75] * 3, [0.25] * 3]), abs=0.03)


def test_survivors_match_the_mean_chance_over_the_lengths():
    rates = thin([400], [100, 300, 900], [[0], [1], [2]])
    assert rates == pytest.approx((0.25 + 0.75 + 1) / 3, abs=0.03)


def test_a_group_survives_with_any_of_its_members():
    """Chance 1 - (1 - 1/2)^k for k members."""
    assert thin([600], [300], [[0], [0, 1], [0, 1, 2]])[0] == pytest.approx(
        [0.5, 0.75, 0.875], abs=0.03
    )


def test_what_was_not_mentioned_never_appears():
    rates = thinned_rates(
        np.zeros((4, 2)), [np.array([0, 1])], np.array([900.0]), np.full(4, 100.0), 20, generator()
    )
    assert not rates.any()
