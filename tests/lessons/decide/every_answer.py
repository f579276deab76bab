"""Which rule speaks for every combination of answers at once: a second way beside `speaking`."""

import numpy as np

from tpmlib.errors import CourseError
from tpmlib.lessons.decide import rules

MOST = 4_000_000  # combinations of answers that are looked through


def table(decision: rules.Decision) -> np.ndarray:
    """The place of the rule that speaks, for every combination of answers.

    Returns an array with an axis a question and, along it, an entry an option.
    Raises CourseError for more than MOST combinations.
    """
    shape = [len(question["options"]) for question in decision["questions"]]
    if np.prod(shape) > MOST:
        raise CourseError(f"{np.prod(shape):,} combinations of answers; {MOST:,} at most")
    spoken, is_open = np.full(shape, -1), np.ones(shape, dtype=bool)
    for place, rule in enumerate(rules.every_rule(decision)):
        holds = is_open.copy()
        for condition in rule["when"]:
            holds &= where(decision, condition)
        spoken[holds] = place
        is_open &= ~holds
    return spoken


def where(decision: rules.Decision, condition: rules.Part) -> np.ndarray:
    """Where a condition holds, in a shape that broadcasts to all combinations."""
    if "count" in condition:
        of = rules.named(decision["counts"], condition["count"])["of"]
        number = sum(where(decision, each).astype(int) for each in of)
        least, most = condition.get("at_least", 0), condition.get("at_most", len(of))
        return np.asarray((number >= least) & (number <= most))
    axis = [question["id"] for question in decision["questions"]].index(condition["question"])
    offered = np.array(rules.options(decision["questions"][axis]))
    refused = condition.get("is_not_one_of")
    chosen = refused or condition.get("is_one_of", [condition.get("is")])
    holds = np.isin(offered, chosen, invert=bool(refused))
    return holds.reshape([-1 if n == axis else 1 for n in range(len(decision["questions"]))])


def recommended(decision: rules.Decision) -> np.ndarray:
    """The place of the recommendation, for every combination of answers; shaped as `table`."""
    ids = [each["id"] for each in decision["recommendations"]]
    places = [ids.index(rule["recommendation"]) for rule in rules.every_rule(decision)]
    return np.asarray(np.array(places)[table(decision)])
