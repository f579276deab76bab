"""Whether a lesson is older than the course that runs it, and how to take the new one."""

import json
import os
import sys
from importlib.metadata import version
from pathlib import Path, PurePosixPath

from tpmlib.kit import content
from tpmlib.kit.words import say

MARK = "tpmlib"  # in a notebook's metadata: the version that saved it, written by `tpm run`


def older(lesson: str) -> str:
    """One sentence if the notebook of a lesson is not of this version of the course, else nothing.

    Jupyter's server says which notebook it is; elsewhere it lies in the folder where Python runs.
    """
    files = {
        entry["id"]: PurePosixPath(entry["file"]).name for entry in content.course()["lessons"]
    }
    own = Path(os.environ.get("JPY_SESSION_NAME") or files.get(lesson, ""))
    try:
        mark = json.loads(own.read_text(encoding="utf-8"))["metadata"].get(
            MARK, say("lesson.earlier")
        )
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return ""  # an editor that keeps it elsewhere, or no notebook at all
    if mark == version("tpmlib"):
        return ""
    where = "site" if sys.platform == "emscripten" else "checkout"
    where = "hub" if "JUPYTERHUB_USER" in os.environ else where
    return say("lesson.older", where=where, mark=str(mark)[:20], version=version("tpmlib"))
