"""The port that `make lab` and `make app` serve on."""

import re
import socket
import sys


def port_of(arguments: list[str], default: int, command: str) -> tuple[int, bool]:
    """The port, and whether the arguments name one; ends the program if it is taken."""
    given = re.search(r"--(?:\w+\.)?port[= ](\d+)", " ".join(arguments))
    port = int(given[1]) if given else default
    with socket.socket() as probe:
        # as the server does, so that a port closed a moment ago counts as free
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            other = f"make {command} ARGS=--port={port + 2}"
            sys.exit(f"Port {port} is taken: choose another, as in: {other}")
    return port, bool(given)
