"""What a learner believes who chooses a wrong option, as a sentence."""

from collections.abc import Iterable

from tpmlib.kit import content


def beliefs(names: Iterable[str]) -> list[str]:
    """The sentence of each misconception in data/misconceptions.csv; without one, its name.

    An empty name stays empty.
    """
    known = dict(content.table("misconceptions")[["misconception_id", "belief"]].to_numpy())
    return [known.get(name, name.replace("-", " ")) for name in names]
