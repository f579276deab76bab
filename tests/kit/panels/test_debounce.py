"""A heavy model answers a moving control with less, and in full when the control rests."""

import threading

import pytest
from front import put

import tpmlib as tpm
from tpmlib.kit.panels import debounce
from tpmlib.kit.panels.debounce import Debounce
from tpmlib.kit.words import say


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(debounce, "PAUSE", 0.01)


def finish():
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and thread.daemon:
            thread.join(timeout=5)


def test_while_it_moves_there_are_fewer_runs_and_the_sentence_says_so():
    explorer = tpm.explore("drift")
    assert "2,000 simulated years" in explorer.picture.sentence
    put(explorer.form, engineers=30)
    assert "200 simulated years" in explorer.picture.sentence
    explorer.settle()
    assert "2,000 simulated years" in explorer.picture.sentence


@pytest.mark.rests
def test_when_it_rests_the_full_number_follows_by_itself(quick):
    explorer = tpm.explore("drift")
    put(explorer.form, engineers=30)
    finish()
    assert "2,000 simulated years" in explorer.picture.sentence


@pytest.mark.rests
def test_only_the_last_of_many_moves_is_computed_in_full(monkeypatch):
    monkeypatch.setattr(debounce, "PAUSE", 0.5)  # longer than the three moves take
    explorer, seen = tpm.explore("drift"), []
    explorer.picture.observe(lambda change: seen.append(change["new"]), "sentence")
    for engineers in (30, 32, 34):
        put(explorer.form, engineers=engineers)
    finish()
    full = [sentence for sentence in seen if "2,000 simulated" in sentence]
    (sentence,) = full
    assert "34" in sentence.split() and explorer._less == {}


@pytest.mark.rests
def test_a_move_back_to_a_full_picture_ends_what_waits(monkeypatch):
    monkeypatch.setattr(debounce, "PAUSE", 0.2)
    explorer, runs, real = tpm.explore("drift"), [], tpm.models.drift
    monkeypatch.setattr(explorer.formula, "drift", lambda **k: runs.append(k["runs"]) or real(**k))
    put(explorer.form, engineers=30)
    put(explorer.form, engineers=24)
    finish()
    assert runs == [200]


def test_going_back_to_a_full_picture_is_full_at_once():
    explorer = tpm.explore("drift")
    put(explorer.form, engineers=30)
    put(explorer.form, engineers=24)
    assert "2,000 simulated years" in explorer.picture.sentence


def test_without_threads_the_work_is_done_at_once(monkeypatch):
    def no_threads(self):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", no_threads)
    done = []
    REAL(Debounce(lambda current: done.append(current())))
    assert done == [True]


REAL = Debounce.later


def test_trouble_in_the_full_model_is_told_in_one_sentence(monkeypatch):
    explorer = tpm.explore("drift")
    put(explorer.form, engineers=30)
    monkeypatch.setattr(explorer.formula, "drift", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        explorer.settle()
    assert explorer.form.message == say("panel.sorry", error="ZeroDivisionError")
