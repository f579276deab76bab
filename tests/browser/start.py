"""JupyterLab without a fault of jupyter_server 2.21 that fails a test once in a while.

A kernel is listed a moment before its last activity is set; a page that asks for the list of
kernels in that moment gets a 500, shows nothing of it, and asks again ten seconds later.
"""

from datetime import datetime

from jupyter_server._tz import utcnow
from jupyter_server.services.kernels.kernelmanager import ServerKernelManager
from jupyterlab.labapp import LabApp
from traitlets import default


class Kernel(ServerKernelManager):
    """A kernel that was last active when first asked."""

    @default("last_activity")
    def _now(self) -> datetime:
        return utcnow()


if __name__ == "__main__":
    LabApp.launch_instance()
