"""One step of the Action on this machine, as action.yml calls it."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.stand_ins.github import GitHubStandIn


@dataclass(frozen=True, kw_only=True)
class Ended:
    """How a step ended."""

    code: int
    summary: str
    log: str
    outputs: str


def step(folder: Path, event: str, payload: Any, **inputs: str) -> Ended:
    """One step in *folder*; *inputs* are the variables that action.yml sets."""
    temp = folder.parent
    (temp / "event.json").write_text(json.dumps(payload))
    environ = {
        "PATH": os.environ["PATH"],
        "HOME": str(temp),
        "RUNNER_TEMP": str(temp),
        "GITHUB_EVENT_NAME": event,
        "GITHUB_EVENT_PATH": str(temp / "event.json"),
        "GITHUB_REPOSITORY": "alice/demo",
        "GITHUB_OUTPUT": str(temp / "outputs"),
        "GITHUB_STEP_SUMMARY": str(temp / "summary"),
        **inputs,
    }
    done = subprocess.run(
        [sys.executable, "-I", "-m", "rat", "action"],
        cwd=folder,
        env=environ,
        check=False,
        capture_output=True,
        text=True,
        timeout=100,
    )
    texts = [(temp / name).read_text() if (temp / name).exists() else "" for name in ("summary", "outputs")]
    return Ended(code=done.returncode, summary=texts[0], log=done.stdout + done.stderr, outputs=texts[1])


def on(github: GitHubStandIn) -> dict[str, str]:
    """The inputs that lead to *github*."""
    return {"GITHUB_TOKEN": "ghs_actions", "GITHUB_API_URL": github.url}
