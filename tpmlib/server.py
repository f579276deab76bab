"""An extension of Jupyter's server: a lesson opens with its pictures where no widget lives.

A notebook that was saved while it ran holds a view of each widget, and JupyterLab shows an error
for a view whose widget is gone, though a picture or a table of the same stands beside it. So such
views are left out as the notebook is read. The file stays as it is. Each kernel is asked which
widgets it has, on the channel that a busy one answers too.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from jupyter_core.utils import ensure_async

VIEW = "application/vnd.jupyter.widget-view+json"
PATIENCE = 5  # seconds that a kernel which starts has to answer


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "tpmlib.server"}]


def _load_jupyter_server_extension(server: Any) -> None:
    # there is no hook for reading
    server.contents_manager.get = reading(server, server.contents_manager.get)


def reading(server: Any, get: Callable[..., Any]) -> Callable[..., Any]:
    """`get` of a contents manager, without dead views in the notebooks of the course."""

    @wraps(get)
    async def read(path: str, *arguments: Any, **options: Any) -> dict[str, Any]:
        model: dict[str, Any] = await ensure_async(get(path, *arguments, **options))
        if model["type"] == "notebook" and model["content"] and is_ours(model["content"]):
            try:
                leave_out(model["content"], await living(server, path.strip("/")))
            except Exception:  # whatever it is, the notebook opens
                server.log.warning("%s: its views are left as they are", path, exc_info=True)
        return model

    return read


def is_ours(notebook: dict[str, Any]) -> bool:
    return any("tpmlib" in cell["source"] for cell in notebook["cells"])


def leave_out(notebook: dict[str, Any], alive: set[str]) -> None:
    """Leave out the view of each widget that is not alive and has another form beside it."""
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            is_dead = VIEW in data and data[VIEW].get("model_id") not in alive
            if is_dead and ("text/html" in data or "image/png" in data):
                del data[VIEW]


async def living(server: Any, path: str) -> set[str]:
    """The widgets that the kernels of a notebook have; an error if one does not answer."""
    sessions = await ensure_async(server.session_manager.list_sessions())
    alive: set[str] = set()
    for session in sessions:
        if session["path"].strip("/") == path and session["kernel"]:
            client = server.kernel_manager.get_kernel(session["kernel"]["id"]).client()
            channel = client.control_channel
            try:
                channel.send(client.session.msg("comm_info_request", {}))
                reply = await ensure_async(channel.get_msg(timeout=PATIENCE))
                alive |= set(reply["content"]["comms"])
            finally:
                channel.stop()
    return alive
