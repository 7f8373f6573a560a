"""A run that is killed in the middle goes on with the tickets that are left and never pays twice for a prompt."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path
from typing import Any

from tests.stand_ins.honest_model import honest
from tests.stand_ins.scripted_model import Answer, Request, serving

TICKETS = [{"id": f"T-{n}", "title": f"Counter {n} fails", "body": f"`count_{n}` gives {n + 7}."} for n in range(4)]
LAST = 12
"""The prompt in the middle of the third ticket of four, at which the power goes out."""


class Endpoint:
    """Answers honestly until prompt number LAST, which it leaves hanging; counts what it was paid for."""

    def __init__(self) -> None:
        self.paid: Counter[str] = Counter()
        self.hangs = threading.Event()
        self.generous = False
        self._lock = threading.Lock()

    def __call__(self, request: Request) -> Answer:
        with self._lock:
            if not self.generous and self.paid.total() >= LAST:
                self.hangs.set()
                return Answer(seconds=60, fault="reset")
            self.paid[without_nonce(request)] += 1
        return honest(request)


def without_nonce(request: Request) -> str:
    return re.sub(r"[0-9a-f]{32}", "", json.dumps(request["messages"]))


def rat(tmp_path: Path, url: str) -> "subprocess.Popen[bytes]":
    tickets = tmp_path / "tickets.jsonl"
    tickets.write_text("".join(json.dumps(ticket) + "\n" for ticket in TICKETS))
    config = tmp_path / "rat.yml"
    config.write_text("model: {concurrency: 1}\nbudget: {prices: {scripted: {input: 1, output: 10}}}\n")
    place = ["--config", str(config), "--base-url", url, "--model", "scripted", "--out", str(tmp_path / "out")]
    command = [sys.executable, "-I", "-m", "rat", "refine", str(tickets), *place, "--format", "json"]
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    (tmp_path / "src").mkdir(exist_ok=True)
    (tmp_path / "src" / "counter.py").write_text("def count_1():\n    return 8\n")
    return subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def run_json(tmp_path: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((tmp_path / "out" / "run.json").read_text())
    return read


def test_a_killed_run_goes_on_where_it_was_and_pays_for_no_prompt_twice(tmp_path: Path) -> None:
    endpoint = Endpoint()
    with serving(endpoint) as model:
        first = rat(tmp_path, model.url)
        assert endpoint.hangs.wait(60)
        first.send_signal(signal.SIGKILL)
        first.communicate()
        before = {path.stem: json.loads(path.read_text()) for path in (tmp_path / "out").glob("T-?.json")}
        assert sorted(before) == ["T-0", "T-1"]
        assert run_json(tmp_path)["finished"] is False

        endpoint.generous = True
        second = rat(tmp_path, model.url)
        shown, said = second.communicate(timeout=60)
    assert second.returncode == 0, said.decode()
    after = {report["ticket"]["key"]: report for report in json.loads(shown)}
    assert list(after) == ["T-0", "T-1", "T-2", "T-3"]
    assert {key: after[key] for key in before} == before
    assert said.count(b"taken over from the run that was cut off") == 2

    assert set(endpoint.paid.values()) == {1}
    assert len((tmp_path / "out" / "spending.jsonl").read_text().splitlines()) == endpoint.paid.total()
    begun = LAST - sum(report["usage"]["calls"] for report in before.values())
    assert begun >= 1
    assert run_json(tmp_path)["finished"] is True
    assert run_json(tmp_path)["usage"]["calls"] == endpoint.paid.total() - begun
