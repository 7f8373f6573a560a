"""How long the Action takes from its start to RAT's first line of work: `python benchmarks/action_install.py`.

Cold has an empty cache of packages, warm a filled one; "again" is a second step of the same job; "no uv" installs the
pinned uv first. The event asks for nothing, so that what is measured is starting.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
UV = ROOT / ".tools" / "uv" / "bin"
RUNS = 3
PLAIN_PATH = f"{Path(sys.executable).resolve().parent}{os.pathsep}/usr/bin{os.pathsep}/bin"


def start(temp: Path, cache: Path, path: str) -> tuple[float, float]:
    """Seconds of wall clock and of processors for one start of the Action in *temp* with uv's *cache*."""
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
    begin, spent = time.perf_counter(), _spent()
    subprocess.run([python, "-I", str(ROOT / "action" / "start.py")], env=environ, check=True, capture_output=True)
    return time.perf_counter() - begin, _spent() - spent


def _spent() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def measure() -> dict[str, list[tuple[float, float]]]:
    """What RUNS starts of each kind took."""
    taken: dict[str, list[tuple[float, float]]] = {"cold": [], "warm": [], "again": [], "no uv, cold": []}
    with_uv = f"{UV}{os.pathsep}{PLAIN_PATH}"
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            temps = [place / name for name in ("one", "two", "three")]
            for temp in temps:
                temp.mkdir()
            taken["cold"].append(start(temps[0], place / "cache", with_uv))
            taken["warm"].append(start(temps[1], place / "cache", with_uv))
            taken["again"].append(start(temps[1], place / "cache", with_uv))
            taken["no uv, cold"].append(start(temps[2], place / "other cache", PLAIN_PATH))
    return taken


def main() -> None:
    """Print a table and how busy the machine was."""
    busy = os.getloadavg()[0]
    print("| start | wall s, best | wall s, all | processor s, best |\n|---|---|---|---|")
    for name, taken in measure().items():
        walls = ", ".join(f"{wall:.2f}" for wall, _ in taken)
        print(f"| {name} | {min(taken)[0]:.2f} | {walls} | {min(cpu for _, cpu in taken):.2f} |")
    print(f"\nLoad average before {busy:.1f}, after {os.getloadavg()[0]:.1f}, on {os.cpu_count()} processors.")


if __name__ == "__main__":
    main()
