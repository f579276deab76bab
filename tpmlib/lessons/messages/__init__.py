"""How many messages arrive whole, direct or through somebody in the middle."""

from tpmlib.kit.registry import Part

LESSON = Part(__name__, models=("messages",))
