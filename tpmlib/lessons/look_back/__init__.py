"""What the learner has done: gain, verdicts, and a document of both."""

from tpmlib.kit.registry import Part

LESSON = Part(
    __name__,
    panels={"look_back": "look_back.LookBack", "verdicts": "verdicts.Verdicts"},
    documents=("made.looked_back",),
)
