"""Where the course begins: the paths through it, the answer in a few lines, and what is missing."""

from tpmlib.kit.registry import Part

LESSON = Part(
    __name__,
    panels={
        "check_environment": "environment.Environment",
        "paths": "paths.Paths",
        "short_answer": "answer.short_answer",
    },
    shows={"paths": ("paths",), "short_answer": ("scenario answer",)},
)
