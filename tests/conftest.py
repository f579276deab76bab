"""What every test gets: a record and a page of its own, and no error that passes unseen."""

import os
import shutil
from pathlib import Path

import comm
import pandas as pd
import pytest
from comm.base_comm import BaseComm

from tpmlib.kit import content
from tpmlib.kit.panels.base import Panel
from tpmlib.kit.panels.debounce import Debounce

GOLDEN = Path(__file__).parent / "golden"
os.environ["TPM_LOCAL"] = "none"  # the course as it is, whatever lies in local/ here


@pytest.fixture(autouse=True, scope="session")
def own_cache(tmp_path_factory):
    """What `tpm check` keeps lies in a fresh folder, not in yours."""
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(autouse=True, scope="module")
def the_same_course():
    """The tests of a module leave the course and the folder beside it that the next ones read."""
    before = [os.environ.get(name) for name in ("TPM_COURSE", "TPM_LOCAL")]
    yield
    assert [os.environ.get(name) for name in ("TPM_COURSE", "TPM_LOCAL")] == before


@pytest.fixture(autouse=True)
def own_record(tmp_path_factory, monkeypatch):
    """A learner's record in a fresh folder, so that no test reads or writes yours."""
    monkeypatch.setenv("TPM_RECORD", str(tmp_path_factory.mktemp("record")))


@pytest.fixture(autouse=True)
def no_error_only_logged(request, caplog):
    """Fail a test during which an exception was logged: ipywidgets logs what a callback raises."""
    yield
    if not request.node.get_closest_marker("allow_logged"):
        records = [*caplog.get_records("setup"), *caplog.get_records("call")]
        logged = [record for record in records if record.exc_info]
        assert not logged, f"only logged: {logged[0].getMessage()}"


@pytest.fixture(scope="session")
def golden():
    """The published counts, frozen: an instructor's rows break no test."""
    names = ("adverts", "responsibilities", "first_study", "old_lists")
    tables = {name: pd.read_csv(GOLDEN / f"{name}.csv", keep_default_na=False) for name in names}
    for name, column in (("adverts", "full_text"), ("adverts", "domain")):
        tables[name] = tables[name].astype({column: bool})
    counted = tables["responsibilities"].astype({"counted_in_cluster": bool})
    return tables | {"responsibilities": counted}


@pytest.fixture
def adverts(golden):
    """A copy of the published adverts."""
    return golden["adverts"].copy()


@pytest.fixture
def responsibilities(golden):
    """A copy of the published responsibilities."""
    return golden["responsibilities"].copy()


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
        monkeypatch.setattr(Debounce, "later", lambda *_: None)


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
