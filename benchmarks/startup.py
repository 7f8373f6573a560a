"""Start-up: `rat --help` as a multiple of `python -c "import click"`, both with this interpreter, in one run.

    python benchmarks/startup.py [--runs 15]

Prints the medians and their ratio, and which heavy modules each command loads.
"""

import argparse
import statistics
import subprocess
import sys
import time

HEAVY = ("openai", "github", "jira", "git", "pydantic")
LOADED = (
    "import importlib, sys; importlib.import_module('rat.commands.{name}'); "
    "print(' '.join(m for m in {heavy!r} if m in sys.modules))"
)


def seconds(*arguments: str) -> float:
    """How long one run of this Python with *arguments* takes."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-I", *arguments], check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    pairs = [(seconds("-c", "import click"), seconds("-m", "rat", "--help")) for _ in range(runs)]
    click, rat = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"import click {click * 1000:.0f} ms, rat --help {rat * 1000:.0f} ms, ratio {rat / click:.2f} (limit 2.5)")
    from rat.cli import COMMANDS

    for name in COMMANDS:
        code = LOADED.format(name=name, heavy=HEAVY)
        loaded = subprocess.run([sys.executable, "-I", "-c", code], check=True, capture_output=True, text=True).stdout
        print(f"  importing the command {name:10} loads: {loaded.strip() or 'none of ' + ', '.join(HEAVY)}")


if __name__ == "__main__":
    main()
