"""How much memory a learner needs, and how fast clicks are when a whole workshop clicks at once.

``python tests/deploy/load.py --kernels 20 --clicks 20`` starts one Jupyter server on loopback and as many kernels at the same
time, each of which shows a Workbench and then gets clicks as a page would send them, with a pause between two.
The click is a real comm message to the forest plot; it is answered when the kernel is idle again.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import psutil
from tornado.websocket import websocket_connect

IMPORT = "import netmeta as nm"
SHOW = "bench = nm.Workbench()\nbench"
ASK = "print(bench.forest.chart.model_id, bench.analysis.outcome.k, *bench.analysis.selected.keys, sep='\\t')"


@dataclass
class Learner:
    """One kernel, and what was measured of it; seconds and MB."""

    kernel: str
    socket: object = None
    started: float = 0.0
    imported: float = 0.0
    shown: float = 0.0
    clicks: list[float] = field(default_factory=list)
    k: list[int] = field(default_factory=list)
    chart: str = ""
    trials: list[str] = field(default_factory=list)

    async def open(self, url: str, token: str) -> None:
        self.socket = await websocket_connect(
            f"{url.replace('http', 'ws', 1)}/api/kernels/{self.kernel}/channels?token={token}",
            max_message_size=10**8,
        )

    def send(self, kind: str, content: dict[str, object], channel: str = "shell") -> str:
        name = uuid4().hex
        header = {
            "msg_id": name,
            "username": "",
            "session": self.kernel,
            "msg_type": kind,
            "version": "5.3",
            "date": "",
        }
        message = {
            "header": header,
            "parent_header": {},
            "metadata": {},
            "content": content,
            "buffers": [],
            "channel": channel,
        }
        self.socket.write_message(json.dumps(message))
        return name

    async def done(self, name: str) -> str:
        """Wait until the kernel has nothing more to do for a message; return what it printed."""
        said = ""
        while True:
            message = await self.socket.read_message()
            if message is None:
                raise RuntimeError(f"kernel {self.kernel} hung up")
            if isinstance(message, bytes):
                continue
            message = json.loads(message)
            if message["parent_header"].get("msg_id") != name:
                continue
            kind, content = message["msg_type"], message["content"]
            if kind == "error":
                raise RuntimeError("\n".join(content["traceback"]))
            if kind == "stream":
                said += content["text"]
            if kind == "status" and content["execution_state"] == "idle":
                return said

    async def run(self, code: str) -> str:
        return await self.done(
            self.send(
                "execute_request",
                {
                    "code": code,
                    "silent": False,
                    "store_history": False,
                    "user_expressions": {},
                    "allow_stdin": False,
                    "stop_on_error": True,
                },
            )
        )

    async def begin(self) -> None:
        start = time.perf_counter()
        await self.run("0")
        self.started, start = time.perf_counter() - start, time.perf_counter()
        await self.run(IMPORT)
        self.imported, start = time.perf_counter() - start, time.perf_counter()
        await self.run(SHOW)
        self.shown = time.perf_counter() - start
        self.chart, _k, *self.trials = (await self.run(ASK)).split("\t")

    async def click(self, trial: str) -> None:
        start = time.perf_counter()
        data = {"method": "custom", "content": {"kind": "pick", "id": trial}}
        await self.done(self.send("comm_msg", {"comm_id": self.chart, "data": data}))
        self.clicks.append((time.perf_counter() - start) * 1000)

    async def learn(self, clicks: int, pause: float, seed: int) -> None:
        """Take trials out and back in, as somebody does who looks at each answer."""
        chance = random.Random(seed)  # noqa: S311
        for _ in range(clicks):
            await asyncio.sleep(chance.uniform(0, 2 * pause))
            await self.click(chance.choice(self.trials).strip())
        self.k.append(int((await self.run(ASK)).split("\t")[1]))


class Server:
    """A Jupyter server of its own on loopback, with the folders of nobody else."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            self.port = found.getsockname()[1]
        self.token = secrets.token_hex(12)
        self.url = f"http://127.0.0.1:{self.port}"
        names = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
        env = {
            **os.environ,
            **{name: str(folder / name.lower()) for name in names},
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
        }
        command = [
            sys.executable,
            "-m",
            "jupyter_server",
            "--no-browser",
            "--allow-root",
            "--ip=127.0.0.1",
            f"--port={self.port}",
            f"--IdentityProvider.token={self.token}",
            f"--ServerApp.root_dir={folder}",
            "--ServerApp.iopub_data_rate_limit=1e10",
            "--ZMQChannelsWebsocketConnection.iopub_msg_rate_limit=0",
        ]
        self.log = (folder / "server.log").open("w")
        self.process = subprocess.Popen(command, env=env, cwd=folder, stdout=self.log, stderr=subprocess.STDOUT)

    def ask(self, path: str, body: dict[str, str] | None = None) -> dict[str, str]:
        request = urllib.request.Request(f"{self.url}{path}", headers={"Authorization": f"token {self.token}"})
        request.data = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(request, timeout=120) as answer:
            return json.load(answer)

    async def ready(self) -> None:
        for _ in range(600):
            try:
                self.ask("/api/status")
            except (urllib.error.URLError, ConnectionError):
                await asyncio.sleep(0.1)
            else:
                return
        raise RuntimeError("the server does not answer")

    def kernels(self) -> list[psutil.Process]:
        return [
            child
            for child in psutil.Process(self.process.pid).children(recursive=True)
            if any("ipykernel_launcher" in part for part in child.cmdline())
        ]

    def stop(self) -> None:
        for child in self.kernels():
            child.terminate()
        self.process.terminate()
        self.process.wait(20)
        self.log.close()


def memory(processes: list[psutil.Process]) -> dict[str, float]:
    """Return MB a process: USS is its own alone, PSS its share of what several hold, RSS all that it maps."""
    found = [process.memory_full_info() for process in processes]
    return {
        kind: round(statistics.mean(getattr(each, kind) for each in found) / 2**20, 1)
        for kind in ("uss", "pss", "rss")
    }


async def load(kernels: int, clicks: int, pause: float) -> dict[str, object]:
    """Run the whole thing and return its figures."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder))
        try:
            await server.ready()
            return await _measured(server, kernels, clicks, pause)
        finally:
            server.stop()


async def _measured(server: Server, kernels: int, clicks: int, pause: float) -> dict[str, object]:
    start = time.perf_counter()
    names = await asyncio.gather(
        *(asyncio.to_thread(server.ask, "/api/kernels", {"name": "python3"}) for _ in range(kernels))
    )
    learners = [Learner(each["id"]) for each in names]
    await asyncio.gather(*(learner.open(server.url, server.token) for learner in learners))
    await asyncio.gather(*(learner.begin() for learner in learners))
    everybody = time.perf_counter() - start
    fresh = memory(server.kernels())
    await asyncio.gather(*(learner.learn(clicks, pause, seed) for seed, learner in enumerate(learners)))
    worked, own = memory(server.kernels()), memory([psutil.Process(server.process.pid)])
    times = sorted(each for learner in learners for each in learner.clicks)
    return {
        "kernels": kernels,
        "clicks": len(times),
        "pause_s": pause,
        "k_at_the_end": [learner.k[-1] for learner in learners],
        "kernel_start_s": _spread([learner.started for learner in learners]),
        "import_s": _spread([learner.imported for learner in learners]),
        "workbench_s": _spread([learner.shown for learner in learners]),
        "everybody_sees_it_s": round(everybody, 1),
        "click_ms": {
            "median": round(statistics.median(times), 1),
            "p95": round(times[min(len(times) - 1, int(0.95 * len(times)))], 1),
            "max": round(times[-1], 1),
        },
        "kernel_mb_when_shown": fresh,
        "kernel_mb_after_clicks": worked,
        "server_mb": own,
        "cores": os.cpu_count(),
    }


def _spread(values: list[float]) -> dict[str, float]:
    return {"median": round(statistics.median(values), 2), "max": round(max(values), 2)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kernels", type=int, default=20)
    parser.add_argument("--clicks", type=int, default=20, help="by each learner")
    parser.add_argument("--pause", type=float, default=2.0, help="mean seconds between two clicks of one learner")
    asked = parser.parse_args()
    print(json.dumps(asyncio.run(load(asked.kernels, asked.clicks, asked.pause)), indent=1))


if __name__ == "__main__":
    main()
