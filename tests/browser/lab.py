"""A JupyterLab of our own on a copy of the course, and a lesson open in a page of it."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import nbformat
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tpmlib.authoring.run import run

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60_000  # milliseconds: others may share the cores
HERE = "127.0.0.1"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SETTINGS = {
    # else outputs beyond the screen are not in the page
    "notebook-extension/tracker": {"windowingMode": "none"},
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    # else two tabs of one lesson quarrel about its file
    "docmanager-extension/plugin": {"autosave": False},
}
IDLE = """() => window.jupyterapp?.shell.currentWidget?.context?.sessionContext
    ?.session?.kernel?.status === "idle" """
PLACE = """source => window.jupyterapp.shell.currentWidget.content.widgets.findIndex(
    cell => cell.model.sharedModel.source.includes(source))"""
COUNT = "() => window.jupyterapp.shell.currentWidget.content.widgets.length"
ACTIVE = "() => window.jupyterapp.shell.currentWidget.content.activeCellIndex"


def copy_of_course(folder: Path) -> Path:
    """The lessons and data in `folder`; lessons that were saved without outputs are run there."""
    for name in ("notebooks", "data"):
        shutil.copytree(ROOT / name, folder / name)
    lessons = sorted((folder / "notebooks").glob("*.ipynb"))
    list(run([str(path) for path in lessons if not _has_outputs(path)], root=folder) if any(
        not _has_outputs(path) for path in lessons) else [])
    return folder
