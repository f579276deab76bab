"""No answer is lost that was said to be kept, whatever breaks; tests/abuse.py does it 200 times."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ABUSE = Path(__file__).parents[1] / "abuse.py"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="learners are forked")
def test_nothing_said_to_be_kept_is_lost_and_no_head_promises_what_is_not_so():
    command = [sys.executable, ABUSE, "--cases", "7", "--kind", "no mounts"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0 and done.stderr == "", done.stdout + done.stderr
    rows = [line.split(" | ") for line in done.stdout.splitlines()[2:]]
    assert len(rows) == 7 and sum(int(row[2]) for row in rows) > 0
