"""Opens the course as pages without code, where the learner left off; run by `make app`."""

import os
import sys
import threading
import webbrowser
from pathlib import Path

from serving import left_off, port_of
from voila.app import Voila

from tpmlib.kit import content

args = sys.argv[1:]
port, given = port_of(args, 8866, "app")
templates = str(Path(__file__).resolve().parents[1] / "deploy/app")
os.environ["JUPYTER_PATH"] = os.pathsep.join([templates, os.environ.get("JUPYTER_PATH", "")])
options = [
    "--Voila.ip=127.0.0.1",
    "--VoilaConfiguration.template=tpm",
    # else every extension of JupyterLab is loaded, and not all of them can be
    "--VoilaConfiguration.extension_allowlist=@voila-dashboards/widgets-manager8",
    "--VoilaConfiguration.extension_allowlist=@jupyter-widgets/jupyterlab-manager",
    "--VoilaConfiguration.extension_allowlist=anywidget",
    # else a page that is left cannot end its kernel (voila issue 1458); only this computer can ask
    "--Voila.tornado_settings=disable_check_xsrf=True",
    "--MappingKernelManager.cull_idle_timeout=3600",  # a page left open keeps a kernel
    "--MappingKernelManager.cull_interval=300",
    "--Voila.log_level=ERROR",
    "--VoilaExecutor.cell_error_instruction=Your answers are kept. Load the page again; if that "
    "does not help, make check says what is wrong with the course.",
]
if not given:
    options.append(f"--port={port}")
served = "." if content.local() else "notebooks"  # lessons of one's own lie beside them
lesson = f"http://127.0.0.1:{port}/voila/render/{os.path.relpath(left_off(), served)}"


class App(Voila):  # type: ignore[misc]
    """Voila, which would open its list of files."""

    def launch_browser(self) -> None:
        threading.Thread(target=webbrowser.open, args=[lesson], daemon=True).start()


print(f"The course is at {lesson}; Ctrl-C here stops it", flush=True)
App.launch_instance([*options, *args, served])
