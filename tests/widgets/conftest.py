"""A page of its own for every test, a course to spoil, and the messages a page gets."""

import shutil

import comm
import pytest
from comm.base_comm import BaseComm

from tpmlib import content
from tpmlib.widgets.base import Panel
from tpmlib.widgets.rest import Rest


@pytest.fixture(autouse=True)
def own_page(monkeypatch):
    """No panel of an earlier test is told of an answer; no test depends on where Binder runs."""
    Panel._alive.clear()
    for name in ("BINDER_SERVICE_HOST", "BINDER_LAUNCH_HOST"):
        monkeypatch.delenv(name, raising=False)
    yield
    Panel._alive.clear()


@pytest.fixture(autouse=True)
def no_pause(request, monkeypatch):
    """No thread computes in full behind a test's back: a test that wants it calls settle()."""
    if not request.node.get_closest_marker("rests"):
        monkeypatch.setattr(Rest, "later", lambda self: None)


@pytest.fixture
def data(tmp_path, monkeypatch):
    """The data folder of a copy of the course, in use until the test ends."""
    copy = shutil.copytree(content.root() / "data", tmp_path / "course" / "data")
    monkeypatch.setenv("TPM_COURSE", str(tmp_path / "course"))
    return copy


@pytest.fixture
def no_disk(tmp_path, monkeypatch):
    """A record that cannot be written, even by root: its home lies under a file."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("TPM_RECORD", str(tmp_path / "file" / "record"))


@pytest.fixture
def messages(monkeypatch):
    """What widgets made from now on send to the page."""
    sent = []

    class Recorder(BaseComm):
        def publish_msg(self, msg_type, data=None, metadata=None, buffers=None, **keys):
            sent.append(data)

    monkeypatch.setattr(comm, "create_comm", lambda *_, **keys: Recorder(**keys))
    return sent
