"""uv goes where pip goes, and a failed installation names what its log shows."""

import os
import re
import sys
import sysconfig
from pathlib import Path

import install
import pytest
from install import cause, environment, logged, options

ROOT = Path(__file__).resolve().parents[1]
MIRROR, OTHER = "https://mirror.invalid/simple", "https://other.invalid/simple"
LISTED = [
    f"global.index-url='{OTHER}'",
    f"install.index-url='{MIRROR}'",
    "global.proxy='http://proxy.invalid:3128'",
    f"global.extra-index-url='\\n{OTHER}\\n{MIRROR}'",
    "global.trusted-host='mirror.invalid other.invalid:8443'",
    "global.find-links='/wheels /more'",
    "global.cert='/company/own.pem'",
    "global.client-cert='/company/my own.pem'",
    "list.format='columns'",
]
TOLD = {
    "UV_DEFAULT_INDEX": MIRROR,
    "UV_INDEX": f"{OTHER} {MIRROR}",
    "UV_INDEX_STRATEGY": "unsafe-best-match",
    "UV_INSECURE_HOST": "mirror.invalid other.invalid:8443",
    "UV_FIND_LINKS": "/wheels,/more",
    "ALL_PROXY": "http://proxy.invalid:3128",
    "SSL_CERT_FILE": "/company/own.pem",
    "SSL_CLIENT_CERT": "/company/my own.pem",
}
PLANTED = {
    "invalid peer certificate: UnknownIssuer": "PIP_CERT=",
    "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed": "PIP_CERT=",
    "OSError: [Errno 28] No space left on device": "the disk is full",
    "failed to write: No space left on device (os error 28)": "the disk is full",
    "Failed to establish a new connection: [Errno -3] Temporary failure in name resolution\n"
    "ERROR: No matching distribution found for uv": "the network does not answer",
    "dns error\n failed to lookup address information: Name or service not known": "the network",
    "tcp connect error\n Connection refused (os error 111)": "the network does not answer",
    "ReadTimeoutError: Read timed out.": "the network does not answer",
    "Tunnel connection failed: 407 Proxy Authentication Required": "the proxy asks who you are",
    "HTTP status client error (403 Forbidden) for url": "the package index refused",
    "Permission denied (os error 13)": "a file cannot be written",
    "ERROR: Ignored the following versions that require a different python version: 2.4.6"
    " Requires-Python >=3.11": "this Python (",
    "the current Python version (3.15.0) does not satisfy Python>=3.11,<3.15": "this Python (",
    "Because there is no version of numpy==2.4.6": "the package index lacks one",
    "ERROR: No matching distribution found for uv==0.13.9": "the package index lacks one",
    "Segmentation fault": "run make again",
}


def test_uv_is_told_what_pip_is_set_to(monkeypatch, tmp_path):
    monkeypatch.setattr(install, "STORE", tmp_path)
    assert environment(LISTED, {}) == TOLD


def test_a_variable_of_pip_beats_its_files():
    assert options([f":env:.index-url='{OTHER}'", *LISTED])["index-url"] == OTHER


@pytest.mark.parametrize("name", [*TOLD, "UV_INDEX_URL", "UV_EXTRA_INDEX_URL", "https_proxy"])
def test_what_uv_is_told_already_stays(name):
    same = next((names for names in install.OPTIONS.values() if name in names), (name,))
    told = environment(LISTED, {name: "mine"})
    assert {key: told[key] for key in same if key in told} == {name: "mine"}


def test_uv_trusts_whom_the_system_trusts_unless_told_or_the_system_trusts_nobody(
    monkeypatch, tmp_path
):
    monkeypatch.setattr(install, "STORE", tmp_path)
    assert "UV_SYSTEM_CERTS" not in environment([], {}) or sys.platform != "linux"
    (tmp_path / "own.pem").touch()
    assert environment([], {}) == {"UV_SYSTEM_CERTS": "1"}
    assert environment([], {"UV_SYSTEM_CERTS": "0"}) == {"UV_SYSTEM_CERTS": "0"}


@pytest.mark.parametrize("name", ["CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE"])
def test_certificates_that_only_pip_reads_are_handed_on(name):
    assert environment(LISTED, {name: "/mine.pem"})["SSL_CERT_FILE"] == "/mine.pem"


@pytest.mark.parametrize("words", PLANTED)
def test_a_log_tells_the_cause(words):
    assert PLANTED[words] in cause(f"Resolved 9 packages\nerror: {words}\n")


def test_a_failed_command_is_a_sentence_and_a_log(monkeypatch, tmp_path):
    monkeypatch.setattr(install, "LOG", tmp_path / "install.log")
    (tmp_path / "install.log").write_text("UnknownIssuer, of a day before\n")
    script = "print('No space left on device'); raise SystemExit(2)"
    with pytest.raises(SystemExit, match="^The packages could not .*: the disk is full: .*log\\)$"):
        logged([sys.executable, "-c", script], dict(os.environ))
    assert (tmp_path / "install.log").read_text().endswith("No space left on device\n")


def test_uv_is_called_in_one_place():
    texts = {
        path.name: path.read_text()
        for path in [ROOT / "Makefile", *ROOT.glob("tools/*")]
        if path.is_file()
    }
    called = r"""bin\)?/uv\b|with_name\("uv"\)|["']uv["'],"""
    assert [name for name, text in texts.items() if re.search(called, text)] == ["install.py"]


def test_no_letter_of_the_folder_is_read_in_another_encoding():
    """Python before 3.12.4 reads these files in the locale's encoding."""
    packages = Path(sysconfig.get_path("purelib"))
    (file,) = packages.glob("*tpmlib.pth")
    assert file.read_bytes().isascii() and not Path(file.read_text().strip()).is_absolute()
    assert (packages / file.read_text().strip()).resolve() == ROOT
