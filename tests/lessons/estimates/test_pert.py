"""PERT-beta values have the mean, the ends and the order of their estimates."""

import numpy as np

from tpmlib.lessons.estimates.pert import pert

PARTS = np.array([[2.0, 3.0, 9.0], [1.0, 5.0, 6.0], [4.0, 4.0, 4.0]])


def draws(parts=PARTS):
    z = np.random.default_rng(3).standard_normal((len(parts), 40_000))
    return pert(parts, z), z


def test_the_mean_weighs_the_likely_value_four_times():
    values, _ = draws()
    mean = (PARTS[:, 0] + 4 * PARTS[:, 1] + PARTS[:, 2]) / 6
    np.testing.assert_allclose(values.mean(axis=1), mean, rtol=0.01)


def test_the_spread_is_that_of_a_beta_of_the_same_mean():
    values, _ = draws(PARTS[:2])
    low, _, high = PARTS[:2].T
    mean = values.mean(axis=1)
    np.testing.assert_allclose(values.var(axis=1), (mean - low) * (high - mean) / 7, rtol=0.03)


def test_no_value_lies_beyond_the_ends_and_a_higher_normal_value_gives_no_lower_one():
    values, z = draws()
    assert (values >= PARTS[:, :1]).all() and (values <= PARTS[:, 2:]).all()
    order = np.argsort(z, axis=1)
    assert (np.diff(np.take_along_axis(values, order, axis=1)) >= 0).all()
