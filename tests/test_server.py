"""What the server leaves out of a notebook that it reads; what a fresh kernel has."""

import asyncio
import logging
from types import SimpleNamespace

import pytest
from jupyter_client import AsyncMultiKernelManager
from jupyter_client.manager import run_kernel

from tpmlib import server

PNG = {"image/png": "iVBO"}


def notebook(source, **data):
    cells = [{"source": source, "outputs": [{"data": data}]}, {"source": "some text"}]
    return {"type": "notebook", "content": {"cells": cells}}


def sessions(*kernels):
    """A session manager with a session of the lesson for each kernel."""

    async def list_sessions():
        return [{"path": "lesson.ipynb", "kernel": {"id": kernel}} for kernel in kernels]

    return SimpleNamespace(list_sessions=list_sessions)


def opened(model, *kernels):
    """What an output holds once the notebook was read."""
    app = SimpleNamespace(session_manager=sessions(*kernels), log=logging.getLogger("server"))
    asyncio.run(server.reading(app, lambda path: model)("lesson.ipynb"))
    return model["content"]["cells"][0]["outputs"][0]["data"]


VIEW = {server.VIEW: {"model_id": "7"}}


@pytest.mark.parametrize("beside", [PNG, {"text/html": "<p>1</p>"}])
def test_a_dead_view_gives_way_to_the_picture_or_table_beside_it(beside):
    assert opened(notebook("import tpmlib as tpm", **VIEW, **beside)) == beside


def test_a_view_with_nothing_beside_it_stays():
    assert opened(notebook("import tpmlib as tpm", **VIEW)) == VIEW


def test_a_view_whose_widget_lives_stays():
    model = notebook("import tpmlib as tpm", **VIEW, **PNG)
    server.leave_out(model["content"], {"7"})
    assert model == notebook("import tpmlib as tpm", **VIEW, **PNG)


def test_a_notebook_of_somebody_else_is_left_alone():
    assert opened(notebook("import others", **VIEW, **PNG)) == VIEW | PNG


@pytest.mark.allow_logged
def test_a_kernel_that_cannot_be_asked_leaves_the_notebook_as_it_is(caplog):
    assert opened(notebook("import tpmlib as tpm", **VIEW, **PNG), "gone") == VIEW | PNG
    assert "lesson.ipynb: its views are left as they are" in caplog.text


async def asked_while_busy(code):
    """The widgets that a kernel names after `code`, while a cell runs that never ends."""
    kernels = AsyncMultiKernelManager()
    kernel = await kernels.start_kernel(kernel_name="python3")
    client = kernels.get_kernel(kernel).client()
    client.start_channels()
    await client.wait_for_ready(timeout=60)
    await client.execute(code, reply=True, timeout=60)
    client.execute("import threading; threading.Event().wait()")
    app = SimpleNamespace(session_manager=sessions(kernel), kernel_manager=kernels)
    try:
        return await server.living(app, "lesson.ipynb")
    finally:
        client.stop_channels()
        await kernels.shutdown_kernel(kernel, now=True)


def test_a_busy_kernel_names_the_widgets_that_live():
    slider = "import ipywidgets; slider = ipywidgets.IntSlider()"
    assert len(asyncio.run(asked_while_busy(slider))) == 3  # with its layout and its style


def test_any_cell_runs_alone_in_a_fresh_kernel():
    with run_kernel(kernel_name="python3") as client:
        reply = client.execute_interactive("tpm.tables()", timeout=60, allow_stdin=False)
    assert reply["content"]["status"] == "ok"
