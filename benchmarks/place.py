"""Whether the place of a ticket counts as known when its first file is right; and which references count as dead.

    python benchmarks/place.py localize_dev.jsonl --mirrors DIR [--a-repository 3]

DIR holds the git directories as `run_cli.py` of the benchmark wants them, `<mirror>/repo`.
"""

import argparse
import json
import subprocess
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from rat.checkout import open_checkout
from rat.model import Ticket, TicketRef, TrackerKind
from rat.readiness import classify
from rat.readiness.place import is_known
from rat.readiness.references import dead_references
from rat.search import rank, read_tree


def looked_at(row: dict[str, Any], mirrors: Path) -> tuple[bool, bool, list[str]] | None:
    """Whether the place of one ticket counts as known, whether the first file is right, and its dead references."""
    ticket = Ticket(ref=TicketRef(tracker=TrackerKind.FILE, key=row["id"]), title=row["title"], body=row["body"])
    with tempfile.TemporaryDirectory() as folder:
        archive = ["git", "-C", str(mirrors / row["mirror"] / "repo"), "archive", row["base_commit"]]
        with subprocess.Popen(archive, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as packed:
            unpacked = subprocess.run(
                ["tar", "x", "-C", folder], stdin=packed.stdout, stderr=subprocess.DEVNULL, check=False
            )
        if unpacked.returncode:
            return None
        checkout = open_checkout(Path(folder))
        files = rank(title=ticket.title, body=ticket.body, tree=read_tree(checkout), top=10).files
        dead = [finding.message for finding in dead_references(ticket, classify(ticket), checkout)]
    return is_known(files), bool(files) and files[0].path in row["gold_files"], dead


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tickets", type=Path)
    parser.add_argument("--mirrors", type=Path, required=True)
    parser.add_argument("--a-repository", type=int, default=3)
    options = parser.parse_args()
    taken: Counter[str] = Counter()
    counted: Counter[tuple[bool, bool]] = Counter()
    for row in map(json.loads, options.tickets.read_text(encoding="utf-8").splitlines()):
        if taken[row["mirror"]] >= options.a_repository or (seen := looked_at(row, options.mirrors)) is None:
            continue
        taken[row["mirror"]] += 1
        counted[seen[:2]] += 1
        for message in seen[2]:
            print(f"{row['id']}: {message}")
    for known in (True, False):
        right, wrong = counted[known, True], counted[known, False]
        print(f"place {'known' if known else 'unknown'}: {right} of {right + wrong} times the first file is right")


if __name__ == "__main__":
    main()
