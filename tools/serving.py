"""The port that `make lab` and `make app` serve on, and the lesson that they open."""

import re
import socket
import sys
from pathlib import PurePosixPath

from tpmlib.errors import CourseError
from tpmlib.kit import content
from tpmlib.kit.record import record


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


def left_off() -> str:
    """The notebook of the lesson answered last, from the course's folder; else the first one."""
    try:
        lessons = content.course()["lessons"]
    except CourseError as error:  # the page says so too, but here it can be read
        print(error, file=sys.stderr)
        return "notebooks/00_start_here.ipynb"
    files = {lesson["id"]: lesson["file"] for lesson in lessons if lesson["status"] == "ready"}
    answered = [event["lesson"] for event in record().events() if event["lesson"] in files]
    return str(files[answered[-1]] if answered else lessons[0]["file"])


def out() -> list[str]:
    """The notebooks of the lessons that are left out, by their names in the list of files."""
    try:
        return [PurePosixPath(each["file"]).name for each in content.course()["out"].values()]
    except CourseError:  # told by left_off
        return []
