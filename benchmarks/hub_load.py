"""A class opens the course on a hub of this machine: does everybody finish, and what does it take?

    .venv/bin/python benchmarks/hub_load.py 50

Starts deploy/jupyterhub/jupyterhub_config.py as a trial, in a temporary folder and on free ports.
Each learner opens JupyterLab, runs LESSON, moves a slider ten times and commits a prediction.
Then each learner's record has to hold that prediction and nothing else. It ends what it started.
"""

import asyncio
import json
import os
import re
import secrets
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path
from typing import Any

import nbformat
from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest, HTTPResponse
from tornado.websocket import WebSocketClientConnection, websocket_connect

ROOT = Path(__file__).resolve().parents[1]
LESSON = next((ROOT / "notebooks").glob("*_responsibilities.ipynb"))
PREDICTION = "responsibilities-widest"  # which the first stage of the lesson asks
PANEL = 'tpm.explore("allocation")'  # moved
PROXY = "configurable-http-proxy@5.3.0"
LIMIT = 1200  # seconds for one learner, start included
MOVES = 10
HERE = "127.0.0.1"


class Learner:
    """One learner: what they do, and how long it took."""

    def __init__(self, number: int, address: str, token: str) -> None:
        self.number, self.name = number, f"learner{number:02}"
        self.address, self.head = address, {"Authorization": f"token {token}"}
        self.seconds: dict[str, float] = {}
        self.moves: list[float] = []
        self.error = ""
        self.forms: list[tuple[str, dict[str, Any]]] = []
        self.answer = ""  # id of the option that was predicted

    async def ask(self, method: str, path: str, body: Any = None) -> HTTPResponse:
        text = None if method in ("GET", "DELETE") else json.dumps(body or {})
        request = HTTPRequest(self.address + path, method, self.head, text, request_timeout=LIMIT)
        return await AsyncHTTPClient().fetch(request)

    async def study(self) -> None:
        try:
            await asyncio.wait_for(self._study(), LIMIT)
        except Exception as error:
            self.error = f"{type(error).__name__}: {error}"[:200]

    async def _study(self) -> None:
        start = time.monotonic()
        await self._server()
        self.seconds["server ready"] = time.monotonic() - start
        page = (await self.ask("GET", f"/user/{self.name}/lab")).body.decode()
        for script in re.findall(r'src="(/[^"]+\.js[^"]*)"', page):
            await self.ask("GET", script)
        opened = time.monotonic()
        made = await self.ask(
            "POST", f"/user/{self.name}/api/kernels", {"name": "python3", "path": "notebooks"}
        )
        kernel = json.loads(made.body)["id"]
        socket_ = f"{self.address}/user/{self.name}/api/kernels/{kernel}/channels"
        request = HTTPRequest(socket_.replace("http", "ws", 1), headers=self.head)
        line = await websocket_connect(request, max_message_size=2**26)
        cells = nbformat.read(LESSON, 4).cells
        for code in [*(cell.source for cell in cells if cell.cell_type == "code"), PANEL]:
            await self._do(line, "execute_request", code=code, silent=False)
            if self.forms:
                self.seconds.setdefault("first widget", time.monotonic() - opened)
        self.seconds["whole lesson"] = time.monotonic() - opened
        await self._move(line)
        await self._answer(line)
        line.close()

    async def _server(self) -> None:
        await self.ask("POST", f"/hub/api/users/{self.name}")
        while True:
            try:
                await self.ask("POST", f"/hub/api/users/{self.name}/server")
                break
            except HTTPClientError as error:
                if error.code != 429:  # the hub asks to come back later
                    raise
                await asyncio.sleep(1 + self.number % 5)
        while True:
            user = json.loads((await self.ask("GET", f"/hub/api/users/{self.name}")).body)
            server = user["servers"].get("")
            if server and server["ready"]:
                return
            if not server:
                raise RuntimeError("the server did not start")
            await asyncio.sleep(0.5)

    async def _do(self, line: WebSocketClientConnection, kind: str, **content: Any) -> None:
        """One message, until the kernel is idle again; notes the forms that were made."""
        name = uuid.uuid4().hex
        header = {"msg_id": name, "msg_type": kind, "username": "", "session": "", "version": "5.3"}
        message = {"header": header, "parent_header": {}, "metadata": {}, "content": content}
        await line.write_message(json.dumps(message | {"channel": "shell", "buffers": []}))
        while True:
            raw = await line.read_message()
            if raw is None:
                raise RuntimeError("the kernel hung up")
            raw = _json_of(raw) if isinstance(raw, bytes) else raw  # bytes: with pictures
            said = json.loads(raw)
            if said["parent_header"].get("msg_id") != name:
                continue
            if said["msg_type"] == "error":
                raise RuntimeError(said["content"]["evalue"])
            if said["msg_type"] == "comm_open":
                state = said["content"]["data"]["state"]
                if "fields" in state:
                    self.forms.append((said["content"]["comm_id"], state))
            if said["msg_type"] == "comm_msg":  # a stage is filled after it was made
                for form, state in self.forms:
                    if form == said["content"]["comm_id"]:
                        state |= said["content"]["data"].get("state", {})
            if said["msg_type"] == "status" and said["content"]["execution_state"] == "idle":
                return

    async def _send(self, line: WebSocketClientConnection, form: str, **state: Any) -> None:
        data = {"method": "update", "state": state, "buffer_paths": []}
        await self._do(line, "comm_msg", comm_id=form, data=data)

    async def _move(self, line: WebSocketClientConnection) -> None:
        form, state, field = next(
            (form, state, field)
            for form, state in self.forms
            for field in state["fields"]
            if field["kind"] == "range" and "reset" in str(state["buttons"])
        )
        for move in range(MOVES):
            value = field["min"] + (move % 2) * field["step"]
            start = time.monotonic()
            await self._send(line, form, values=state["values"] | {field["id"]: value})
            self.moves.append(time.monotonic() - start)

    async def _answer(self, line: WebSocketClientConnection) -> None:
        form, state = next(one for one in self.forms if "commit" in str(one[1]["buttons"]))
        options = next(field["options"] for field in state["fields"] if field["id"] == "answer")
        self.answer = options[self.number % len(options)]["value"]
        values = state["values"] | {"answer": self.answer, "confidence": 50}
        await self._send(line, form, values=values)
        await self._send(line, form, clicked={"id": "commit", "n": 1})


def _json_of(raw: bytes) -> str:
    """The JSON part of a message with buffers: count, places of the parts, the parts."""
    count = int.from_bytes(raw[:4], "big")
    places = [int.from_bytes(raw[4 * at : 4 * at + 4], "big") for at in range(1, count + 1)]
    return raw[places[0] : places[1] if count > 1 else None].decode()


def proxy(folder: Path) -> Path:
    """The hub's proxy, fetched once; raises RuntimeError if it cannot be had."""
    program = folder / "node_modules/.bin/configurable-http-proxy"
    if not program.exists():
        folder.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--silent", "--prefix", str(folder), PROXY]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=300)
        except (OSError, subprocess.SubprocessError) as error:
            raise RuntimeError(f"{PROXY} cannot be had: {error}") from error
    return program


def free_ports() -> int:
    """The first of three free ports in a row."""
    while True:
        with socket.socket() as probe:
            probe.bind((HERE, 0))
            first = int(probe.getsockname()[1])
        if first < 65000 and all(_free(first + more) for more in (0, 1, 2)):
            return first


def _free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HERE, port)) != 0


async def ready(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + 90
    while time.monotonic() < end and process.poll() is None:
        try:
            await AsyncHTTPClient().fetch(f"{address}/hub/api/")
            return
        except (HTTPClientError, OSError):
            await asyncio.sleep(0.3)
    raise RuntimeError(f"the hub did not start:\n{log.read_text()[-3000:]}")


def processes(state: Path) -> dict[str, list[int]]:
    """The processes of each learner, by their home."""
    found: dict[str, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*"):
        try:
            environment = (path / "environ").read_bytes().decode(errors="replace")
        except OSError:
            continue
        home = re.search(rf"\bHOME={re.escape(str(state))}/homes/([^/\0]+)", environment)
        if home:
            found.setdefault(home[1], []).append(int(path.name))
    return found


def megabytes(process: int) -> float:
    """What a process holds, shared pages divided among those that share them."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    return int(re.search(r"^Pss:\s+(\d+)", text, re.M)[1]) / 1024  # type: ignore[index]


def wrong_records(state: Path, learners: list[Learner]) -> list[str]:
    """Learners whose record does not hold their one answer and no other."""
    wrong = []
    for one in learners:
        files = [*(state / "homes" / one.name / ".local").rglob("*.jsonl")]
        kept = [json.loads(line) for file in files for line in file.read_text().splitlines()]
        told = [event for event in kept if event["kind"] == "predict"]
        answers = [(event["item"], event["answer"]["answer"]) for event in told]
        if answers != [(PREDICTION, one.answer)]:
            wrong.append(f"{one.name}: {answers}")
    return wrong


async def run(count: int, state: Path) -> tuple[list[Learner], list[str], list[float]]:
    """The learners, what is wrong with their records, and megabytes for each of them."""
    port, token = free_ports(), secrets.token_hex(16)
    own = {"TPM_HUB_TRIAL": "1", "TPM_HUB_STATE": str(state), "TPM_HUB_PORT": str(port)}
    own |= {"TPM_HUB_TOKEN": token, "TPM_HUB_PROXY": str(proxy(ROOT / "build/hub"))}
    config = str(ROOT / "deploy/jupyterhub/jupyterhub_config.py")
    command = [sys.executable, "-m", "jupyterhub", "--config", config]
    address, log = f"http://{HERE}:{port}", state / "hub.log"
    AsyncHTTPClient.configure(None, max_clients=4 * count + 10)
    with log.open("w") as out:
        process = subprocess.Popen(command, env=os.environ | own, cwd=state, stdout=out, stderr=out)
    try:
        await ready(address, process, log)
        learners = [Learner(number, address, token) for number in range(count)]
        await asyncio.gather(*(one.study() for one in learners))
        held = [sum(map(megabytes, ids)) for ids in processes(state).values()]
        return learners, wrong_records(state, learners), held
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(120)
        except subprocess.TimeoutExpired:
            process.kill()
        for left in [one for ids in processes(state).values() for one in ids]:
            os.kill(left, signal.SIGKILL)


def said(name: str, values: list[float], unit: str) -> str:
    """Median and 95th percentile in one line."""
    values = sorted(values)
    high = values[min(len(values) - 1, int(0.95 * len(values)))]
    return f"{name:14} median {statistics.median(values):8.2f}, 95% {high:8.2f} {unit}"


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    start = time.monotonic()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        learners, wrong, held = asyncio.run(run(count, Path(folder)))
    done = [one for one in learners if not one.error]
    print(f"{len(done)} of {count} finished, {time.monotonic() - start:.0f} s in all")
    print(f"{count - len(wrong)} of {count} records hold just what was answered")
    for name in ("server ready", "first widget", "whole lesson"):
        if times := [one.seconds[name] for one in learners if name in one.seconds]:
            print(said(name, times, "s"))
    if moves := [move for one in done for move in one.moves]:
        print(said("slider", moves, "s"))
    if held:
        print(said("memory", held, "MB a learner"))
    for line in [f"{one.name}: {one.error}" for one in learners if one.error] + wrong:
        print(line, file=sys.stderr)
    return 1 if wrong or len(done) < count else 0


if __name__ == "__main__":
    sys.exit(main())
