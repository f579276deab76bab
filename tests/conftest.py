"""What every test gets: a learner's record of its own, and no error that passes unseen."""

from pathlib import Path

import pandas as pd
import pytest

GOLDEN = Path(__file__).parent / "golden"


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
    """The published adverts and responsibilities, frozen: an instructor's rows break no test."""
    adverts, rows = (
        pd.read_csv(GOLDEN / f"{name}.csv", keep_default_na=False)
        for name in ("adverts", "responsibilities")
    )
    return {
        "adverts": adverts.astype({"full_text": bool}),
        "responsibilities": rows.astype({"counted_in_cluster": bool}).assign(source="counted"),
    }


@pytest.fixture
def adverts(golden):
    """A copy of the published adverts."""
    return golden["adverts"].copy()


@pytest.fixture
def responsibilities(golden):
    """A copy of the published responsibilities, with their published counts."""
    return golden["responsibilities"].copy()
