"""How long the Action takes from its start to RAT's first line of work: `python benchmarks/action_install.py`.

Cold has an empty cache of packages, warm a filled one; "again" is a second step of the same job; "no uv" installs the
pinned uv first. The event asks for nothing, so that what is measured is starting.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
UV = ROOT / ".tools" / "uv" / "bin"
RUNS = 3
PLAIN_PATH = f"{Path(sys.executable).resolve().parent}{os.pathsep}/usr/bin{os.pathsep}/bin"


def start(temp: Path, cache: Path, path: str) -> float:
    """Seconds for one start of the Action in *temp* with uv's *cache*."""
    event = temp / "event.json"
    event.write_text(json.dumps({"action": "closed", "issue": {"number": 1}}), encoding="utf-8")
    environ = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("UV_", "PYTHON"))},
        "RUNNER_TEMP": str(temp),
        "UV_CACHE_DIR": str(cache),
        "GITHUB_EVENT_NAME": "issues",
        "GITHUB_EVENT_PATH": str(event),
        "PATH": path,
    }
    python = str(Path(sys.executable).resolve())
    begin = time.perf_counter()
    subprocess.run([python, "-I", str(ROOT / "action" / "start.py")], env=environ, check=True, capture_output=True)
    return time.perf_counter() - begin


def measure() -> dict[str, list[float]]:
    """Seconds of RUNS starts of each kind."""
    seconds: dict[str, list[float]] = {"cold": [], "warm": [], "again": [], "no uv, cold": []}
    with_uv = f"{UV}{os.pathsep}{PLAIN_PATH}"
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            temps = [place / name for name in ("one", "two", "three")]
            for temp in temps:
                temp.mkdir()
            seconds["cold"].append(start(temps[0], place / "cache", with_uv))
            seconds["warm"].append(start(temps[1], place / "cache", with_uv))
            seconds["again"].append(start(temps[1], place / "cache", with_uv))
            seconds["no uv, cold"].append(start(temps[2], place / "other cache", PLAIN_PATH))
    return seconds


def main() -> None:
    """Print a table."""
    print("| start | median s | all s |\n|---|---|---|")
    for name, values in measure().items():
        print(f"| {name} | {statistics.median(values):.2f} | {', '.join(f'{value:.2f}' for value in values)} |")


if __name__ == "__main__":
    main()
