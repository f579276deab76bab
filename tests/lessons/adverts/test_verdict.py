"""A text that says too little gets a reason and no verdict; each rule has a text of its own."""

import numpy as np
import pytest

from tpmlib.kit import content
from tpmlib.lessons.adverts.advert import leave_one_out, of_both_roles, read_advert, score
from tpmlib.lessons.adverts.advert_panel import ReadAdvert
from tpmlib.lessons.adverts.verdict import other_title, withheld

RULES = content.scenario("adverts")["verdict"]
LEAST = {rule["measure"]: rule["least"] for rule in RULES["rules"]}
DUTIES = "You own the product roadmap, APIs, architecture, security, databases and specifications. "
WITHHELD = {
    "lorem ipsum dolor sit amet roadmap backlog scrum " * 12: "Hardly a word in it",
    "Der Produktmanager plant Roadmap, Backlog, Sprint und die Release-Termine mit uns. "
    * 8: "Hard",
    "Technical Program Manager (TPM). " + DUTIES * 8: "opens with another title, technical program",
    "Senior Product Owner at the bank. " + DUTIES * 8: "opens with another title, product owner.",
    "A nurse who will train the team, keep to regulations and document for our ward. "
    * 8: "neither",
    "A product manager who is kind to the people and owns the roadmap for us. "
    * 8: "mentions 1 of",
}


@pytest.mark.parametrize("text, reason", WITHHELD.items(), ids=WITHHELD.values())
def test_a_text_that_says_too_little_is_not_judged(text, reason):
    sentence = ReadAdvert(text).sentence()
    assert reason in sentence and "nearer" not in sentence and "{" not in sentence


def test_wording_in_the_middle_is_not_judged():
    text = (
        "The product manager plans sprints and releases, and is a kind stakeholder of pricing. " * 8
    )
    near = {"duties": 9, "counted": 62, "own": 0.9 * LEAST["score"]}
    assert "in the middle between TPM and PM" in withheld(text, RULES, near)
    assert not withheld(text, RULES, near | {"own": -1.1 * LEAST["score"]})


def test_each_example_with_duties_is_judged():
    judged = {name for name in ReadAdvert().examples if "nearer" in _sentence(name)}
    assert judged == {"tally_technical", "tally_general"}


def _sentence(name: str) -> str:
    return ReadAdvert(ReadAdvert().examples[name]["text"]).sentence()


def test_few_of_the_counted_adverts_would_not_be_judged(adverts, responsibilities):
    hits, is_tpm = of_both_roles(adverts, responsibilities)
    few = hits.sum(axis=1) < LEAST["duties"]
    near = abs(leave_one_out(hits, is_tpm)) < LEAST["score"]
    assert (few.sum(), near.sum(), (few | near).sum()) == (6, 71, 74)


@pytest.mark.parametrize(
    "head, title",
    [
        ("senior product manager, beside a program manager", ""),
        ("program manager, beside a product manager", "program manager"),
        ("tpm: technical program manager", "technical program manager"),
        ("we sell ovens", ""),
        ("scrum masters wanted", "scrum master"),
    ],
)
def test_the_first_title_counts(head, title):
    assert other_title(head, **RULES["titles"]) == title


def test_the_duties_are_those_of_the_text(adverts, responsibilities):
    tables = {"adverts": adverts, "responsibilities": responsibilities}
    near = read_advert(text="Backlog, backlog, scrum " * 20, **tables).iloc[0]
    assert (near["duties"], near["counted"]) == (2, 62)


def test_the_score_of_a_text_is_that_of_the_others_profiles(golden):
    hits, is_tpm = of_both_roles(golden["adverts"], golden["responsibilities"])
    hits = np.column_stack([hits, np.zeros(len(hits))])  # a duty that nobody names counts as well
    scores = leave_one_out(hits, is_tpm)
    for text in range(0, len(hits), 7):
        rest = np.arange(len(hits)) != text
        tpm, pm = (hits[rest & own].sum(axis=0) for own in (is_tpm, ~is_tpm))
        assert scores[text] == pytest.approx(float(score(hits[text], tpm, pm)))
