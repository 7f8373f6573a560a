"""The main job as a new user meets it: `make demo` in a fresh clone with cold caches, refining, requests a ticket.

    python benchmarks/main_job.py

Clones this repository's HEAD into a temporary folder, gives it empty caches of pip and uv, and times `make demo`; then
times refining alone; then counts, at a stand-in for GitHub, the requests that a ticket costs (needs `make test` once).
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BODY = "`gather` reads the same file twice in the checkout. It should read it once."


def run(*command: object, cwd: Path, **environment: str) -> float:
    """Run *command* and give the seconds that it took. Ends the benchmark with its output where it fails."""
    start = time.perf_counter()
    arguments = [str(part) for part in command]
    done = subprocess.run(
        arguments, cwd=cwd, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{' '.join(arguments)} ended with {done.returncode}:\n{done.stderr[-2000:]}")
    return time.perf_counter() - start


def demo(folder: Path) -> None:
    """Time the README's first command in a fresh clone."""
    clone = folder / "clone"
    run("git", "clone", "--quiet", ROOT, clone, cwd=folder)
    caches = {"UV_CACHE_DIR": str(folder / "uv"), "PIP_CACHE_DIR": str(folder / "pip")}
    cold = run("make", "demo", cwd=clone, **caches)
    again = min(run("make", "demo", cwd=clone, **caches) for _ in range(3))
    print(f"make demo, fresh clone, cold caches: {cold:.1f} s (limit 60)")
    print(f"make demo again, three tickets with start-up: {again:.2f} s, {again / 3:.2f} s a ticket (limit 2)")


def requests(folder: Path) -> None:
    """Count the requests of one issue: with a new comment, then with nothing changed."""
    sys.path.insert(0, str(ROOT))
    from tests.stand_ins.github import ACTIONS, run_github

    with run_github() as github:
        repository = github.repository()
        issue = repository.create_issue("The checkout is read twice", body=BODY)
        issue.create_comment("I see it too.")
        place = {"GITHUB_TOKEN": ACTIONS, "GITHUB_API_URL": github.url, "GITHUB_REPOSITORY": "alice/demo"}
        refine = (sys.executable, "-I", "-m", "rat", "refine", f"#{issue.number}", "--publish", "--model", "none")
        for what, limit in (("with a new comment", 7), ("with nothing changed", 4)):
            github.proxy.forget()
            run(*refine, "--out", folder / "out", cwd=ROOT, **place)
            print(f"requests for a ticket {what}: {len(github.proxy.requests)} (limit {limit})")


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        demo(Path(name))
        requests(Path(name))


if __name__ == "__main__":
    main()
