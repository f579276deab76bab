"""JupyterLab or Notebook 7, without a fault of jupyter_server that fails a test once in a while.

jupyter_server 2.21 lists a kernel a moment before its last activity is set. A page that asks for
the list of kernels in that moment gets a 500, shows nothing of it, and asks again in ten seconds.
"""

import sys
from datetime import datetime
from importlib import import_module

from jupyter_server._tz import utcnow
from jupyter_server.services.kernels.kernelmanager import ServerKernelManager
from traitlets import default

APPS = {
    "lab": ("jupyterlab.labapp", "LabApp", ["--LabApp.extension_manager=readonly"]),
    "notebook": ("notebook.app", "JupyterNotebookApp", []),
}


class Kernel(ServerKernelManager):
    """A kernel that was last active when first asked."""

    @default("last_activity")
    def _now(self) -> datetime:
        return utcnow()


if __name__ == "__main__":
    module, name, own = APPS[sys.argv[1]]
    app = getattr(import_module(module), name)
    own += [f"--{name}.expose_app_in_browser=True"]
    own += ["--AsyncMappingKernelManager.kernel_manager_class=start.Kernel"]
    app.launch_instance([*sys.argv[2:], *own])
