"""Rules between the values of one part, which schemas and tables name."""

import pytest

from tpmlib.kit.content.document import document
from tpmlib.kit.content.files import root
from tpmlib.kit.content.relations import off_scale


@pytest.mark.parametrize("low, step", [(0, 0.1), (0.004, 0.002), (99, 0.01), (-3, 0.05), (1, 5)])
def test_every_step_is_on_the_scale_and_no_half_step(low, step):
    scale = {"min": low, "max": low + 100 * step, "step": step}
    for number in range(100):
        assert off_scale(scale, round(low + number * step, 9)) == ""
        assert "is between two steps" in off_scale(scale, round(low + (number + 0.5) * step, 9))


def test_a_step_too_small_to_count_is_refused():
    assert off_scale({"min": 0, "max": 1e9, "step": 1e-320}, 5e8)


@pytest.mark.parametrize(
    "path", sorted((root() / "data/schema").glob("*.json")), ids=lambda p: p.stem
)
def test_a_schema_is_sound(path):
    assert document(path, "schema").problems == []
