"""What code search costs: a cold run against reading every byte, by size of the repository, and each further ticket.

    python benchmarks/localize_cost.py TREE TICKETS.jsonl [--sizes 1000 10000 100000] [--runs 3]

Trees of the given numbers of files are made by copying TREE's tracked files into numbered folders of a new repository
with one commit. The floor is a Python process that lists the tracked files and reads all of their bytes once. Both are
whole processes, timed in turn; medians are printed. Further tickets are ranked in one process on the tree read once.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

FLOOR = """
import subprocess, sys
listing = subprocess.run(["git", "-C", sys.argv[1], "ls-files", "-z"], capture_output=True, check=True).stdout
names = listing.split(b"\\0")
for name in filter(None, names):
    try:
        open(sys.argv[1].encode() + b"/" + name, "rb").read()
    except OSError:
        pass
"""


def git(root: Path, *arguments: str) -> str:
    """What git prints."""
    done = subprocess.run(["git", "-C", str(root), *arguments], check=True, capture_output=True, text=True)
    return done.stdout


def copies(source: Path, target: Path, count: int) -> None:
    """A repository at *target* of *count* files, copied from *source* as often as needed."""
    paths = [path for path in git(source, "ls-files", "-z").split("\0") if path and (source / path).is_file()]
    for number in range(count):
        path = target / f"copy_{number // len(paths):04}" / paths[number % len(paths)]
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / paths[number % len(paths)], path)
    git(target, "init", "-q")
    git(target, "add", "-A")
    git(target, "-c", "user.name=x", "-c", "user.email=x@y", "commit", "-q", "-m", "Copies")


def timed(command: Sequence[str]) -> tuple[float, float]:
    """Wall seconds and peak resident MiB of one run."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return seconds, usage.ru_maxrss / 1024


def cold(root: Path, ticket: Path, runs: int) -> str:
    """One line of the table for *root*."""
    floor = [sys.executable, "-S", "-c", FLOOR, str(root)]
    command = [sys.executable, "-m", "rat", "localize", "--repo", str(root), "--ticket", str(ticket), "--json"]
    for each in (floor, command):
        timed(each)
    pairs = [(timed(floor)[0], *timed(command)) for _ in range(runs)]
    least, taken = (statistics.median(pair[at] for pair in pairs) for at in (0, 1))
    files = len(git(root, "ls-files", "-z").split("\0")) - 1
    return f"| {files:,} | {least:.2f} | {taken:.2f} | {taken / least:.1f} | {max(pair[2] for pair in pairs):.0f} |"


def further(root: Path, tickets: Sequence[dict[str, str]]) -> str:
    """Processor seconds of the first ticket, reading included, and of each further one, in one process."""
    from rat.checkout import open_checkout
    from rat.search import rank, read_tree

    taken = []
    start = time.process_time()
    tree = read_tree(open_checkout(root))
    for ticket in tickets:
        rank(title=ticket["title"], body=ticket["body"], tree=tree, top=20)
        taken.append(time.process_time() - start)
        start = time.process_time()
    mean = statistics.mean(taken[1:])
    return (
        f"first ticket {taken[0]:.2f} s, {len(taken) - 1} further {mean:.3f} s each: {mean / taken[0]:.2f} of the first"
    )


def main() -> None:
    """Print the table and the line about further tickets."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tree", type=Path)
    parser.add_argument("tickets", type=Path)
    parser.add_argument("--sizes", type=int, nargs="*", default=[1000, 10_000, 100_000])
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    tickets = [json.loads(line) for line in options.tickets.read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        ticket = Path(folder, "ticket.json")
        ticket.write_text(json.dumps({key: tickets[0][key] for key in ("id", "title", "body")}), encoding="utf-8")
        print("| files | floor s | cold s | ratio | MiB |\n|---|---|---|---|---|")
        print(cold(options.tree, ticket, options.runs), "(as it is)", flush=True)
        for size in options.sizes:
            target = Path(folder, str(size))
            copies(options.tree, target, size)
            print(cold(target, ticket, options.runs), flush=True)
            shutil.rmtree(target)
    print(further(options.tree, tickets))


if __name__ == "__main__":
    main()
