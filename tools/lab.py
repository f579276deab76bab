"""Opens the course in JupyterLab, where the learner left off; run by `make lab`."""

import os
import sys

from serving import left_off, out, port_of

HIDDEN = ["__pycache__", "*.pyc", "*.pyo", ".DS_Store", "*~"]  # Jupyter's own
args = sys.argv[1:]
port, given = port_of(args, 8888, "lab")
options = [
    "--ServerApp.port_retries=0",  # never another port than the one the learner reads about
    "--ServerApp.answer_yes=True",  # one Ctrl-C stops it
    "--log-level=WARN",
    f"--LabApp.default_url=/lab/tree/{left_off()}",
    "--LabApp.extension_manager=readonly",  # the other manager asks a registry for packages
]
if hidden := out():
    options.append(f"--ContentsManager.hide_globs={HIDDEN + hidden}")
if not given:
    options.append(f"--port={port}")
if hasattr(os, "geteuid") and os.geteuid() == 0:
    options.append("--allow-root")
print("Opening the course in JupyterLab; Ctrl-C here stops it", flush=True)
os.execv(sys.executable, [sys.executable, "-m", "jupyterlab", *options, *args])
