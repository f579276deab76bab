"""Whether a lesson is older than the course that runs it, and how to take the new one."""

import json
import os
import sys
from importlib.metadata import version
from pathlib import Path, PurePosixPath

from tpmlib.kit import content

MARK = "tpmlib"  # in a notebook's metadata: the version that saved it, written by `tpm run`
CHECKOUT = "run git restore notebooks, then git pull and make lab, in the folder of the course"
HUB = "delete it in the list of files and start your server again, by File > Hub Control Panel"
SITE = "delete it in the list of files and load the page again"


def older(lesson: str) -> str:
    """One sentence if the notebook of a lesson is not of this version of the course, else nothing.

    Jupyter's server says which notebook it is; elsewhere it lies in the folder where Python runs.
    """
    files = {
        entry["id"]: PurePosixPath(entry["file"]).name for entry in content.course()["lessons"]
    }
    own = Path(os.environ.get("JPY_SESSION_NAME") or files.get(lesson, ""))
    try:
        mark = json.loads(own.read_text(encoding="utf-8"))["metadata"].get(MARK, "an earlier one")
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return ""  # an editor that keeps it elsewhere, or no notebook at all
    if mark == version("tpmlib"):
        return ""
    how = SITE if sys.platform == "emscripten" else CHECKOUT
    how = HUB if "JUPYTERHUB_USER" in os.environ else how
    return (
        f"This lesson is of another version ({str(mark)[:20]}) than the course "
        f"({version('tpmlib')}). Take the new lesson: {how}. Your answers stay."
    )
