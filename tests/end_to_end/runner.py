"""GitHub Actions on this machine: `act` runs the callers of examples/, with RAT from this work tree.

They run as they stand but for the lines `cache-mode: none` and `queue: max`, newer than act 0.2.89, which refuses
what it does not know.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
STUBS = Path(__file__).parent / "stubs"
SHIPPED = ("action.yml", "action", "prompts", "rat", "requirements", ".github/workflows")
"""What a consumer's job uses of this repository."""

LIMIT_SECONDS = 200
_OWN_ACTION = re.compile(r"uses: ([\w.-]+/[\w.-]+)((?:/[\w./-]+)?)@([0-9a-f]{40})")
_NETWORK = re.compile(r"UV_|PIP_|SSL_|REQUESTS_|(HTTPS?|NO)_PROXY$", re.IGNORECASE)
"""What a machine needs to reach a package index; nothing else of the developer's environment comes in."""


@dataclass(frozen=True, kw_only=True)
class Run:
    """What a run of a workflow did: its *results* by job, step *outputs* by job, *summary* and *log* as text."""

    code: int
    results: Mapping[str, str]
    outputs: Mapping[str, Mapping[str, str]]
    summary: str
    log: str


@dataclass(frozen=True, kw_only=True)
class Actions:
    """A machine that runs workflows of *consumer*, a git work tree, against the GitHub at *api*."""

    consumer: Path
    home: Path
    rat: Path
    api: str
    environ: dict[str, str] = field(default_factory=dict)

    def run(self, event: str, payload: Mapping[str, object], workflow: str, **options: Mapping[str, str]) -> Run:
        """Let *event* with *payload* happen; *options* are `secrets`, `vars` and `inputs` of the workflow."""
        event_file = self.home / "event.json"
        event_file.write_text(json.dumps(payload), encoding="utf-8")
        artifacts = self.home / "artifacts"
        shutil.rmtree(artifacts, ignore_errors=True)
        artifacts.mkdir()
        folders = {"ARTIFACTS": str(artifacts), "CHECKOUTS": str(self._checkouts()), "UV_CACHE_DIR": _uv_cache()}
        env = {"GITHUB_API_URL": self.api, **folders, **self.environ}
        secrets = {"GITHUB_TOKEN": "ghs_actions", **options.get("secrets", {})}
        words = [str(Path(sys.executable).parent / "act"), event, "-e", str(event_file), "-W", workflow, "--json"]
        words += ["-P", "ubuntu-24.04=-self-hosted", "-P", "self-hosted=-self-hosted", "--no-cache-server"]
        words += [f"--env={name}={value}" for name, value in env.items()]
        words += [f"--secret={name}={value}" for name, value in secrets.items()]
        words += [f"--var={name}={value}" for name, value in options.get("vars", {}).items()]
        words += [f"--input={name}={value}" for name, value in options.get("inputs", {}).items()]
        words += [f"--local-repository={name}={folder}" for name, folder in self._repositories().items()]
        return _read(*self._execute(words))

    def add_workflow(self, name: str, text: str) -> str:
        """Copy a workflow into the consumer's repository, as a user does; returns its path there."""
        path = f".github/workflows/{name}"
        (self.consumer / path).write_text(text, encoding="utf-8")
        _commit(self.consumer, f"ci: add {name}")
        return path

    def _repositories(self) -> dict[str, Path]:
        """Every remote action that a workflow of the consumer or of RAT uses, and what stands in for it."""
        found = {}
        for folder in (self.consumer, self.rat):
            for path in (folder / ".github" / "workflows").glob("*.yml"):
                for name, _, ref in _OWN_ACTION.findall(path.read_text(encoding="utf-8")):
                    stub = STUBS / name.partition("/")[2]
                    found[f"{name}@{ref}"] = stub if name.startswith("actions/") else self.rat
        return found

    def _checkouts(self) -> Path:
        """The work trees that stand for repositories, by `owner/repo`: this consumer's, and what a test adds."""
        own = self.home / "checkouts" / "alice" / "demo"
        own.parent.mkdir(parents=True, exist_ok=True)
        if not own.is_symlink():
            own.symlink_to(self.consumer)
        return self.home / "checkouts"

    def _execute(self, words: list[str]) -> tuple[int, str]:
        tools = [str(ROOT / ".tools" / "uv" / "bin"), str(Path(sys.executable).parent), os.environ["PATH"]]
        network = {name: value for name, value in os.environ.items() if _NETWORK.match(name)}
        environ = {**network, "HOME": str(self.home), "PATH": os.pathsep.join(tools), "LANG": "C.UTF-8"}
        process = subprocess.Popen(
            words,
            cwd=self.consumer,
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        try:
            log, _ = process.communicate(timeout=LIMIT_SECONDS)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.communicate()
        return process.returncode, log


def consumer_with(folder: Path, files: Mapping[str, str]) -> Path:
    """A git work tree at *folder* with *files*, as the repository alice/demo."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for words in (["init", "-q", "-b", "main"], ["remote", "add", "origin", "https://github.com/alice/demo.git"]):
        subprocess.run(["git", *words], cwd=folder, check=True)
    _commit(folder, "feat: sign people in")
    return folder


def shipped_copy(folder: Path) -> Path:
    """What this work tree ships, without environments and caches, as a checkout of RAT at *folder*."""
    for name in SHIPPED:
        source, target = ROOT / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    for path in (folder / ".github" / "workflows").glob("*.yml"):
        path.write_text(_known_to_act(path), encoding="utf-8")
    return folder


def example(name: str) -> str:
    """The text of a caller, as a user copies it."""
    return _known_to_act(ROOT / "examples" / name)


def triggers_of(name: str) -> Mapping[str, Any]:
    """What starts the caller *name*. YAML 1.1 reads the key `on` as true."""
    return dict(yaml.safe_load(example(name))[True])


def _known_to_act(path: Path) -> str:
    newer = r"^(?:cache-mode: none| +queue: max).*\n"
    return re.sub(newer, "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)


def _commit(folder: Path, message: str) -> None:
    identity = ["-c", "user.name=Alice", "-c", "user.email=alice@example.org"]
    for words in (["add", "-A"], [*identity, "commit", "-q", "-m", message]):
        subprocess.run(["git", *words], cwd=folder, check=True)


def _uv_cache() -> str:
    return os.environ.get("UV_CACHE_DIR") or str(Path.home() / ".cache" / "uv")


def _read(code: int, log: str) -> Run:
    results: dict[str, str] = {}
    outputs: dict[str, dict[str, str]] = {}
    summary, lines = [], []
    for line in log.splitlines():
        entry = json.loads(line) if line.startswith("{") else {"msg": line}
        job = str(entry.get("jobID") or "")
        if entry.get("jobResult"):
            results[job] = entry["jobResult"]
        if entry.get("command") == "set-output":
            outputs.setdefault(job, {})[entry["name"]] = entry["arg"]
        if entry.get("command") == "summary":
            summary.append(entry["content"])
        lines.append(f"{job}: {entry['msg']}")
    return Run(code=code, results=results, outputs=outputs, summary="\n".join(summary), log="\n".join(lines))
