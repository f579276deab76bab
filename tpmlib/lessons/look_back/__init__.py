"""What the learner has done: what was learnt, all verdicts, and the documents of the whole."""

from tpmlib.kit.registry import Part

LESSON = Part(
    __name__,
    panels={"look_back": "look_back.LookBack", "verdicts": "verdicts.Verdicts"},
    shows={"verdicts": ("table claims",)},
    acts_as={"verdicts": "judge"},
    documents={
        "hiring_kit": "hiring.hiring_kit",
        "become": "become.become",
        "my_record": "made.my_record",
    },
)
