"""What the learner has done: gain, verdicts, documents and the portfolio."""

from tpmlib.kit.registry import Part

LESSON = Part(
    __name__,
    panels={"look_back": "look_back.LookBack", "portfolio": "portfolio.Portfolio"},
)
