"""Opens lesson 00 in JupyterLab; run by `make lab`."""

import os
import re
import socket
import sys

args = sys.argv[1:]
given = re.search(r"--(?:ServerApp\.)?port[= ](\d+)", " ".join(args))
port = int(given[1]) if given else 8888

with socket.socket() as probe:
    # as the server does, so that a port closed a moment ago counts as free
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        probe.bind(("127.0.0.1", port))
    except (OSError, OverflowError):
        sys.exit(f"Port {port} is taken: choose another, as in: make lab ARGS=--port={port + 2}")

options = [
    "--ServerApp.port_retries=0",  # never another port than the one the learner reads about
    "--ServerApp.answer_yes=True",  # one Ctrl-C stops it
    "--log-level=WARN",
    "--LabApp.default_url=/lab/tree/notebooks/00_start_here.ipynb",
    "--LabApp.extension_manager=readonly",  # the other manager asks a registry for packages
]
if not given:
    options.append(f"--port={port}")
if hasattr(os, "geteuid") and os.geteuid() == 0:
    options.append("--allow-root")
print("Opening the course in JupyterLab; Ctrl-C here stops it", flush=True)
os.execv(sys.executable, [sys.executable, "-m", "jupyterlab", *options, *args])
