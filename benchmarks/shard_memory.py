"""Peak memory of one shard: 100 tickets refined by one process against a repository of 30,000 files.

    python benchmarks/shard_memory.py TREE TICKETS.jsonl [--files 30000] [--count 100]

The repository is made of copies of the files of TREE, as in `localize_cost.py`. The shard is `rat refine` as the Action
calls it, in a process of its own: with no model, and with the honest scripted model in another process, eight calls at
once. Peak resident memory is what the system says of the process when it ends.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.localize_cost import copies, timed

GOAL_MIB = 400
MODEL = Path(__file__).with_name("team_throughput.py")


def tickets_in(path: Path, count: int) -> str:
    """The first *count* tickets of *path*, as `rat refine` takes them."""
    lines = path.read_text(encoding="utf-8").splitlines()[:count]
    return "".join(json.dumps({key: json.loads(line)[key] for key in ("id", "title", "body")}) + "\n" for line in lines)


def shard(root: Path, tickets: Path, out: Path, *, model: str) -> str:
    """A row of the table: refine *tickets* in a process of its own."""
    command = [sys.executable, "-m", "rat", "refine", str(tickets), "--repo", str(root), "--out", str(out)]
    seconds, peak = timed([*command, "--model", model, "--format", "text", "--max-tickets", "10000"])
    done = len(json.loads((out / "run.json").read_bytes())["tickets"])
    return f"| {model} | {done} | {seconds:.0f} | {peak:.0f} | {GOAL_MIB} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tree", type=Path)
    parser.add_argument("tickets", type=Path)
    parser.add_argument("--files", type=int, default=30_000)
    parser.add_argument("--count", type=int, default=100)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root, tickets = Path(folder, "repository"), Path(folder, "tickets.jsonl")
        root.mkdir()
        copies(options.tree, root, options.files)
        tickets.write_text(tickets_in(options.tickets, options.count), encoding="utf-8")
        print("| model | tickets | s | peak MiB | goal |\n|---|---|---|---|---|")
        print(shard(root, tickets, Path(folder, "out"), model="none"), flush=True)
        command = [sys.executable, str(MODEL), "--serve", "--seconds", "0"]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
            try:
                assert child.stdout is not None
                os.environ["OPENAI_BASE_URL"] = child.stdout.readline().strip()
                print(shard(root, tickets, Path(folder, "with-model"), model="scripted"), flush=True)
            finally:
                child.kill()


if __name__ == "__main__":
    main()
