"""Install packages with uv, quick, but from where and with whatever trust pip has on this machine.

python tools/install.py -r requirements.txt    one sentence if it fails, the rest in LOG
python tools/install.py uv pip compile ...     uv itself
"""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

VERSION = "0.13.9"  # of uv
PROGRAM = Path(sys.executable).with_name("uv")
UV = (sys.executable, __file__, "uv")  # as other tools call it
LOG = Path(".venv/install.log")
STORE = Path(
    "/etc/ssl/certs"
)  # whom Linux trusts; uv stops if it is empty, pip has a list of its own
# an option of pip, and the variables that tell uv: the first is set if none of them is
OPTIONS = {
    "index-url": ("UV_DEFAULT_INDEX", "UV_INDEX_URL"),
    "extra-index-url": ("UV_INDEX", "UV_EXTRA_INDEX_URL"),
    "find-links": ("UV_FIND_LINKS",),
    "trusted-host": ("UV_INSECURE_HOST",),
    "cert": ("SSL_CERT_FILE",),
    "client-cert": ("SSL_CLIENT_CERT",),
    "proxy": ("ALL_PROXY", "all_proxy", "HTTPS_PROXY", "https_proxy"),
}
# what a failed command says, and what to do about it; the first that fits counts
CAUSES = {
    r"No space left|os error 28\b|Disk quota exceeded": (
        "the disk is full: free about 1 GB, then run make again"
    ),
    r"UnknownIssuer|CERTIFICATE_VERIFY|certificate verify failed|invalid peer certificate": (
        "a certificate is not trusted, as behind a company's proxy that opens what passes: name"
        " the company's own, as in: PIP_CERT=/path/to/company.pem make lab"
    ),
    r"\b407\b|Proxy Authentication": (
        "the proxy asks who you are: HTTPS_PROXY=http://name:password@host:port make lab"
    ),
    r"\b40[13] (Forbidden|Unauthorized|Client Error)|status code 40[13]": (
        "the package index refused: see what pip config list names, and its password"
    ),
    r"name resolution|dns error|lookup address|[Nn]ame or service|[Nn]odename|No route to host"
    r"|[Cc]onnection refused|[Cc]onnect ?[Tt]ime|timed out|unreachable|[Cc]onnection reset"
    r"|NewConnectionError|error sending request|[Cc]onnect error|ProxyError": (
        "the network does not answer: check it, and behind a proxy HTTPS_PROXY, then run make again"
    ),
    r"Permission denied|os error 13\b|Read-only file system": (
        "a file cannot be written: copy the course into a folder of your own and run make there"
    ),
    r"Requires-Python|a different Python|not satisfy Python|matching Python|Python ABI": (
        "this Python ({python}) cannot have them: make clean, then name another, as in:"
        " make lab PYTHON=python3.13"
    ),
    r"No matching distribution|[Nn]ot found in the|no versions? of|not find a version": (
        "the package index lacks one: see what pip config list names"
    ),
    "": "run make again",
}


def environment(listed: Iterable[str], variables: Mapping[str, str] = os.environ) -> dict[str, str]:
    """These variables and what uv needs to go where pip goes. listed: what pip config list prints.

    A variable that is set already stays. uv trusts whom the system trusts, as pip does.
    """
    told, pip = dict(variables), options(listed)
    for name in ("CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE"):  # pip reads them, the last one first
        pip["cert"] = told.get(name) or pip.get("cert", "")
    if not told.get("UV_NATIVE_TLS") and (sys.platform != "linux" or any(STORE.glob("*"))):
        told.setdefault("UV_SYSTEM_CERTS", "1")
    for option, names in OPTIONS.items():
        if pip.get(option) and not any(told.get(name) for name in names):
            comma = "," if option == "find-links" else " "
            value = pip[option]
            told[names[0]] = value if "cert" in option else comma.join(value.split())
            if option == "extra-index-url":  # pip takes the best of all its indexes
                told.setdefault("UV_INDEX_STRATEGY", "unsafe-best-match")
    return told


def options(listed: Iterable[str]) -> dict[str, str]:
    """pip's options by name. A variable beats what is set for install, and that what is for all."""
    lines = [re.fullmatch(r"(global|install|:env:)\.([\w-]+)=(['\"].*)", each) for each in listed]
    found = [(line[1], line[2], str(ast.literal_eval(line[3]))) for line in lines if line]
    found.sort(key=lambda option: ("global", "install", ":env:").index(option[0]))
    return {name: value for _, name, value in found}


def here() -> dict[str, str]:
    """The variables for uv on this machine."""
    command = [sys.executable, "-m", "pip", "config", "list"]
    return environment(subprocess.run(command, capture_output=True, text=True).stdout.splitlines())


def cause(words: str) -> str:
    """What to do about a command that failed with these words."""
    advice = next(advice for pattern, advice in CAUSES.items() if re.search(pattern, words))
    return advice.format(python=".".join(map(str, sys.version_info[:3])))


def logged(command: list[str], variables: dict[str, str]) -> None:
    """Run a command whose words go into LOG; ends this program in a sentence if it fails."""
    done = subprocess.run(
        command, env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, errors="replace"
    )
    with LOG.open("a", encoding="utf-8", errors="replace") as log:
        log.write(done.stdout)
    if done.returncode:
        advice = cause(done.stdout)
        sys.exit(f"The packages could not be installed: {advice} (details in {LOG})")


def install(arguments: list[str]) -> None:
    """uv by pip if this environment has not got it, then the rest by uv."""
    python = sys.executable
    try:
        is_there = version("uv") == VERSION
    except PackageNotFoundError:
        is_there = False
    if not is_there:
        logged(
            [python, "-m", "pip", "install", "--retries", "1", f"uv=={VERSION}"], dict(os.environ)
        )
    command = [str(PROGRAM), "pip", "install", "--compile-bytecode", "--python", python]
    logged([*command, *arguments], here())


if __name__ == "__main__":
    if sys.argv[1] == "uv":
        os.execve(PROGRAM, sys.argv[1:], here())
    install(sys.argv[1:])
