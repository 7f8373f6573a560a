"""`rat` in a process of its own at the price of a fork: its modules are loaded once, and no pause takes time.

`python -m tests.stand_ins.warm` reads a JSON object a line (`arguments`, `cwd`, `environment`), runs `rat.cli.main` as
the console script does, and answers with `exit_code`, `stdout` and `stderr`.
"""

import importlib
import json
import os
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
LOADED = (
    *("rat.cli", "rat.commands.refine", "rat.commands.publish", "rat.commands.command", "rat.commands.undo"),
    *("rat.orders", "rat.delivery", "rat.bookkeeping", "rat.trackers.github", "rat.trackers.jira"),
)


class Warm:
    """A process that runs commands, one after the other."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def run(self, *arguments: object, cwd: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
        """`rat` with these *arguments*, in *cwd*, with nothing but this *environment* and a path."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        words = [str(word) for word in arguments]
        variables = {"PATH": os.environ["PATH"], "HOME": str(cwd.parent), **environment}
        line = json.dumps({"arguments": words, "cwd": str(cwd), "environment": variables})
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        ended = json.loads(self._process.stdout.readline())
        return subprocess.CompletedProcess(words, ended["exit_code"], ended["stdout"], ended["stderr"])


@contextmanager
def warm_rat() -> Iterator[Warm]:
    """The process, for the length of the block."""
    command = [sys.executable, "-m", "tests.stand_ins.warm"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield Warm(process)
        assert process.stdin is not None
        process.stdin.close()


def main() -> None:
    """Serve until the input ends."""
    time.sleep = lambda _seconds: None  # before anything of RAT takes it as a default
    for name in (*LOADED, "openai", "git"):
        importlib.import_module(name)
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_ended(json.loads(line))) + "\n")
        sys.stdout.flush()


def _ended(asked: dict[str, Any]) -> dict[str, Any]:
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as error:
        child = os.fork()
        if not child:
            os.dup2(out.fileno(), 1)
            os.dup2(error.fileno(), 2)
            _become(**asked)
        _, status = os.waitpid(child, 0)
        out.seek(0)
        error.seek(0)
        return {"exit_code": os.waitstatus_to_exitcode(status), "stdout": out.read(), "stderr": error.read()}


def _become(*, arguments: list[str], cwd: str, environment: dict[str, str]) -> None:
    """Be `rat`, and end as it ends."""
    from rat.cli import main as rat

    sys.argv = ["rat", *arguments]
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(environment)
    code: object = 0
    try:
        rat()
    except SystemExit as ended:
        code = ended.code
    except BaseException:  # noqa: BLE001 - what Python itself does with it
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else int(code is not None))


if __name__ == "__main__":
    main()
