"""A hub for a class: its configuration starts, two learners finish, each keeps an own record."""

import asyncio
import os
import runpy
import subprocess
from importlib.metadata import entry_points
from pathlib import Path

import hub_load
import pytest
import yaml
from lab import ROOT
from traitlets.config import Config

CONFIG = ROOT / "deploy/jupyterhub/jupyterhub_config.py"


def configured(monkeypatch: pytest.MonkeyPatch, trial: str) -> Config:
    monkeypatch.setenv("TPM_HUB_TRIAL", trial)
    config = Config()
    runpy.run_path(str(CONFIG), {"get_config": lambda: config})
    return config


def test_only_a_trial_lets_anybody_in_and_that_from_this_computer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real, trial = configured(monkeypatch, ""), configured(monkeypatch, "1")
    assert real.JupyterHub.authenticator_class == "pam"
    assert trial.JupyterHub.authenticator_class == "dummy"
    assert trial.JupyterHub.bind_url.startswith("http://127.0.0.1:")
    assert real.Spawner.mem_limit and real.Spawner.cpu_limit


@pytest.mark.parametrize("trial", ["", "1"])
def test_what_the_configuration_names_is_installed(
    monkeypatch: pytest.MonkeyPatch, trial: str
) -> None:
    hub = configured(monkeypatch, trial).JupyterHub
    for kind in ("spawner", "authenticator"):
        known = {one.name for one in entry_points(group=f"jupyterhub.{kind}s")}
        assert hub[f"{kind}_class"] in known


def test_a_lesson_that_is_missing_comes_and_one_that_is_there_stays(tmp_path: Path) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "jupyterhub-singleuser").write_text("#!/bin/sh\npwd\n")
    (programs / "jupyterhub-singleuser").chmod(0o755)
    own = {"HOME": str(tmp_path), "TPM_COURSE": str(ROOT), "TPM_HUB_PROGRAMS": str(programs)}
    lesson = tmp_path / "tpm-or-pm/notebooks/02_responsibilities.ipynb"
    other = lesson.with_name("03_who_does_what.ipynb")
    for _ in range(2):
        command = [str(CONFIG.with_name("start"))]
        done = subprocess.run(command, env=os.environ | own, capture_output=True, text=True)
        assert done.stdout == f"{tmp_path}/tpm-or-pm\n", done.stderr
        assert lesson.is_file() and other.is_file()
        lesson.write_text("mine")
        other.unlink()
    assert lesson.read_text() == "mine"


def test_the_values_for_kubernetes_keep_answers_on_the_learner_s_own_disk() -> None:
    user = yaml.safe_load(CONFIG.with_name("values.yaml").read_text())["singleuser"]
    assert user["extraEnv"]["TPM_RECORD"].startswith(user["storage"]["homeMountPath"] + "/")
    assert user["storage"]["homeMountPath"] != "/home/jovyan"  # else it hides the lessons


def test_two_learners_finish_and_each_keeps_an_own_answer(tmp_path: Path) -> None:
    try:
        hub_load.proxy(ROOT / "build/hub")
    except RuntimeError as why:
        pytest.skip(f"THE HUB WAS NOT STARTED: {why}")
    learners, wrong, held = asyncio.run(hub_load.run(2, tmp_path))
    assert [one.error for one in learners] == ["", ""]
    assert wrong == []
    assert len(held) == 2 and all(100 < size < 1000 for size in held)
    assert hub_load.processes(tmp_path) == {}
