"""One folder a lesson; each says in its `__init__` what it gives. A new one is named here."""

from importlib import import_module

from tpmlib.kit.registry import Part

FOLDERS = """
adverts allocation architecture company decide estimates look_back
messages org_size priorities staffing start_here who_does_what
""".split()
LESSONS: tuple[Part, ...] = tuple(import_module(f"{__name__}.{name}").LESSON for name in FOLDERS)
