"""GitHub's API as the npm package emulate plays it, behind our recording proxy."""

import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.node import ROOT, node_environment, node_folder
from tests.stand_ins.proxy import Proxy

if TYPE_CHECKING:
    from github import Github
    from github.Repository import Repository

REPOSITORY = "alice/demo"
ALICE, MALLORY, ACTIONS = "tok_alice", "tok_mallory", "ghs_actions"


@dataclass(frozen=True, kw_only=True)
class GitHubStandIn:
    """A GitHub with the repositories `alice/demo` and `alice/other`: `url` is its API, `proxy` sees each request."""

    proxy: Proxy
    process: "subprocess.Popen[str]"

    @property
    def url(self) -> str:
        """The API's address."""
        return self.proxy.url

    def client(self, token: str = ALICE) -> "Github":
        """A client to arrange data with, as the owner of *token*."""
        from github import Auth, Github

        return Github(
            auth=Auth.Token(token), base_url=self.url, retry=None, seconds_between_requests=0, seconds_between_writes=0
        )

    def repository(self, token: str = ALICE) -> "Repository":
        """`alice/demo`, to arrange data in."""
        return self.client(token).get_repo(REPOSITORY)

    def reset(self) -> None:
        """Back to the seed, nothing recorded, no faults."""
        _command(self.process, "reset", "RESET")
        self.proxy.forget()
        self.proxy.answer_first(None)


@contextmanager
def run_github() -> Iterator[GitHubStandIn]:
    """A GitHub for the length of the block."""
    if not (ROOT / "node_modules" / "emulate").is_dir():
        raise RuntimeError("The stand-in for GitHub is not installed. Run `make test`, or `python tests/node.py ci`.")
    with Proxy().serve() as proxy:
        port = free_port()
        proxy.target = f"http://127.0.0.1:{port}"
        script = Path(__file__).with_name("emulate_github.mjs")
        command = [str(node_folder() / "node"), str(script), str(port), proxy.url]
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=node_environment(), cwd=ROOT
        )
        try:
            _expect(process, "READY")
            yield GitHubStandIn(proxy=proxy, process=process)
        finally:
            process.kill()
            process.communicate(timeout=10)


def free_port() -> int:
    """A port on loopback that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _command(process: "subprocess.Popen[str]", line: str, reply: str) -> None:
    assert process.stdin is not None
    process.stdin.write(line + "\n")
    process.stdin.flush()
    _expect(process, reply)


def _expect(process: "subprocess.Popen[str]", reply: str) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        if line.strip() == reply:
            return
    raise RuntimeError(f"The stand-in for GitHub ended without saying {reply}.")
