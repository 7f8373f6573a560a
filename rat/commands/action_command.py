"""A `/rat` command in a workflow: each job does its step of it, with no more rights than that step needs."""

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from rat.commands.action_inputs import Limits
from rat.commands.action_sharding import verified_folders
from rat.errors import RatError
from rat.triggers import Activity, Mode

Call = Callable[[str, list[str]], RatError | None]

STAGES = {
    Mode.SELECT: "decide",
    Mode.ACKNOWLEDGE: "acknowledge",
    Mode.PUBLISH: "finish",
    Mode.COMMAND: "all",
}
"""Which stage of `rat command` a mode is; the mode `refine` refines, in a job that may not write."""


def step(
    activity: Activity, limits: Limits, common: list[str], out: Path, *, environ: Mapping[str, str], call: Call
) -> tuple[Path, RatError | None]:
    """Run the step of *activity* with *call*, which runs a command. Returns the folder of its results, and trouble.

    Without the input `publish` nothing is written: what would be is shown.
    """
    stage = STAGES[activity.mode or Mode.COMMAND]
    folders: tuple[Path, ...] = ()
    if activity.mode is Mode.PUBLISH:
        folders = verified_folders(out, limits.digests) if limits.digests and out.is_dir() else ()
        out = Path(tempfile.mkdtemp(prefix="rat-out-", dir=environ.get("RUNNER_TEMP") or None))
    shown = ["--dry-run"] if limits.dry_run or not activity.publish else []
    budget = [option for option in limits.options if option.startswith(("--max-cost-usd=", "--max-tokens="))]
    options = [f"--stage={stage}", *shown, *budget, f"--out={out}", *(f"--results={folder}" for folder in folders)]
    return out, call("command", [*common, *options])


def told(record: Mapping[str, Any]) -> str:
    """What the job summary says about the command."""
    if record.get("reason"):
        return f"Nothing was done: {record['reason']}."
    said = f"Command `{record['name']}` by {record['by']} on {record['ticket']}."
    return f"{said} {record['message']}" if record.get("message") else said
