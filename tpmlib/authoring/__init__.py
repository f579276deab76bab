"""What an instructor does to the course: check it, run its lessons, add to it."""

# before nbformat, which would build a grammar with jsonschema for a second and more
import tpmlib.kit.content.jsonschema_import  # noqa: F401
