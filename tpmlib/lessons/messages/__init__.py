"""How a message survives from desk to desk."""

from tpmlib.kit.registry import Part

LESSON = Part(
    __name__,
    models=("messages",),
)
