"""A JupyterHub for one class on one machine; README.md beside this file says how to start it.

With TPM_HUB_TRIAL=1 anybody signs in with any password, from this computer only, and no account of
the system is needed: for a first look, and for benchmarks/hub_load.py.
"""

import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
COURSE = HERE.parents[1]
TRIAL = os.environ.get("TPM_HUB_TRIAL") == "1"
STATE = Path(os.environ.get("TPM_HUB_STATE", "/srv/tpm-hub")).resolve()
PORT = int(os.environ.get("TPM_HUB_PORT", "8000"))

c = get_config()  # noqa: F821  # JupyterHub gives it to this file

# --- who may come in
c.Authenticator.allow_all = True  # whoever the authenticator knows
if TRIAL:
    c.JupyterHub.authenticator_class = "dummy"
else:
    c.JupyterHub.authenticator_class = "pam"  # the accounts of this machine
    c.Authenticator.admin_users = set(os.environ.get("TPM_HUB_TEACHERS", "").split())

# --- where it listens: the proxy for all, the hub itself for this machine only
c.JupyterHub.bind_url = f"http://{'127.0.0.1' if TRIAL else ''}:{PORT}"
c.JupyterHub.hub_ip = "127.0.0.1"
c.JupyterHub.hub_port = PORT + 1
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{PORT + 2}"
if "TPM_HUB_PROXY" in os.environ:
    c.ConfigurableHTTPProxy.command = [os.environ["TPM_HUB_PROXY"]]

# --- what it remembers
c.JupyterHub.db_url = f"sqlite:///{STATE}/hub.sqlite"
c.JupyterHub.cookie_secret_file = f"{STATE}/cookie_secret"
c.ConfigurableHTTPProxy.pid_file = f"{STATE}/proxy.pid"

# --- a learner's server: a copy of the lessons at home, everything else shared and read only
c.Spawner.cmd = [str(HERE / "start")]
c.Spawner.default_url = "/lab/tree/notebooks/00_start_here.ipynb"
c.Spawner.environment = {
    "TPM_COURSE": str(COURSE),
    "TPM_HUB_PROGRAMS": str(Path(sys.executable).parent),
    "OPENBLAS_NUM_THREADS": "1",  # fifty learners share the cores already
}
if TRIAL:
    c.JupyterHub.spawner_class = "simple"
    c.SimpleLocalProcessSpawner.home_dir_template = f"{STATE}/homes/{{username}}"
    c.Spawner.args = ["--allow-root"] if os.geteuid() == 0 else []
else:
    c.JupyterHub.spawner_class = "systemd"
    c.Spawner.mem_limit = "1G"  # a learner with one lesson takes about 270 MB
    c.Spawner.cpu_limit = 1.0

# --- fifty at once: a start costs five seconds of a core, so they start in turn and may wait
c.JupyterHub.concurrent_spawn_limit = 3
c.JupyterHub.active_server_limit = 100
c.Spawner.start_timeout = 300
c.Spawner.http_timeout = 300

# --- a server that nobody has used for an hour ends; answers are on disk by then
culler = [sys.executable, "-m", "jupyterhub_idle_culler", "--timeout=3600", "--cull-every=300"]
c.JupyterHub.services = [{"name": "idle-culler", "command": culler}]
culls = ["list:users", "read:users:activity", "read:servers", "delete:servers"]
c.JupyterHub.load_roles = [{"name": "idle-culler", "scopes": culls, "services": ["idle-culler"]}]
if TRIAL and "TPM_HUB_TOKEN" in os.environ:
    c.JupyterHub.services.append({"name": "load", "api_token": os.environ["TPM_HUB_TOKEN"]})
    loads = ["admin:users", "admin:servers", "access:servers"]
    c.JupyterHub.load_roles.append({"name": "load", "scopes": loads, "services": ["load"]})
