"""How well decisions, requests and similar tickets are read and found: `python benchmarks/knowledge.py REPOSITORIES`.

REPOSITORIES is a folder of checkouts of public projects (benchmarks/knowledge.md names those used). Prints
what was found in each, with its time as a multiple of just reading and parsing the same documents; known-item search
over decisions; and, with the data beside the checkout, vague tickets against full ones, and our own conflict cases.
`--sample N` prints N decisions beside what their files say, to be compared by eye.
"""

import argparse
import json
import random
import re
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from markdown_it import MarkdownIt

from rat.checkout import open_checkout
from rat.model import Refinement, Ticket, TicketRef, TrackerKind
from rat.model.settings import Project, Sources
from rat.ports import Checkout
from rat.sources import adrs
from rat.sources.conflicts import find_conflicts
from rat.sources.decision import CONTEXT, Decision
from rat.sources.decision_log import DecisionLog, read_decisions
from rat.sources.library import Library
from rat.sources.request_files import RequestList, read_requests
from rat.sources.rulings import rulings_of
from rat.sources.tickets import similar

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "bench"
CASES = ROOT / "tests" / "fixtures" / "decisions"
SHORTEST = 8
"""Words of a context section below which it says nothing to search for."""


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("repositories", type=Path, nargs="?", help="folder of checkouts")
    parser.add_argument("--data", type=Path, default=SHARED, help="folder of readiness_pairs_dev.jsonl")
    parser.add_argument("--sample", type=int, default=0, help="print so many decisions beside their files")
    options = parser.parse_args()
    roots = sorted(path for path in options.repositories.iterdir() if path.is_dir()) if options.repositories else []
    checkouts: dict[str, Checkout] = {root.name: open_checkout(root) for root in roots}
    if options.sample:
        _sample(checkouts, options.sample)
        return
    for name, checkout in checkouts.items():
        print(_reading(name, checkout))
    print(_known_items(checkouts))
    if (options.data / "readiness_pairs_dev.jsonl").exists():
        print(_pairs(options.data / "readiness_pairs_dev.jsonl"))
    for half in ("dev", "held_out"):
        print(_conflicts(half))


def _reading(name: str, checkout: Checkout) -> str:
    """How many decisions and requests *checkout* has, and the time against that of the Markdown library on them."""
    checkout.files()
    begun = time.perf_counter()
    log = read_decisions(checkout)
    requests = read_requests(checkout, decisions=frozenset(decision.path for decision in log.decisions))
    ours = time.perf_counter() - begun
    begun = time.perf_counter()
    library = MarkdownIt("commonmark").enable("table")
    for path in _paths(log, requests):
        library.parse((checkout.read(path) or b"").decode("utf-8", "replace"))
    theirs = time.perf_counter() - begun
    counts = f"{len(log.decisions)} decisions, {len(requests.requests)} requests"
    problems = len(log.problems) + len(requests.problems)
    return f"{name}: {counts}, {problems} problems, {ours:.2f} s, {ours / theirs if theirs else 0:.2f} of parsing them"


def _paths(log: DecisionLog, requests: RequestList) -> list[str]:
    metadata = [request.metadata for request in requests.requests if request.metadata]
    return [*(decision.path for decision in log.decisions), *(request.path for request in requests.requests), *metadata]


def _known_items(checkouts: dict[str, Checkout]) -> str:
    """With a decision's context as the ticket, how often that decision comes first, and among the first three."""
    first = third = count = 0
    for checkout in checkouts.values():
        library = Library(checkout=checkout, tracker=None, sources=Sources(), project=Project())
        for decision, context in _contexts(adrs.decisions_of(library)):
            found = [
                evidence.id
                for evidence in adrs.gather(_refinement(context.split("\n")[0][:80], context), library).evidence
            ]
            first, third, count = first + (found[:1] == [decision.id]), third + (decision.id in found[:3]), count + 1
    return f"known item: {count} decisions, first {_share(first, count)}, in the first three {_share(third, count)}"


def _contexts(log: DecisionLog) -> Iterator[tuple[Decision, str]]:
    for decision in log.decisions:
        section = decision.section(CONTEXT)
        context = decision.document.below(section).strip() if section else ""
        if len(context.split()) >= SHORTEST:
            yield decision, context


def _pairs(path: Path) -> str:
    """With the vague version of a ticket, how often its full one is the first similar ticket of its repository."""
    repositories = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        pair = json.loads(line)
        repositories[pair["id"].rsplit("-", 1)[0]].append(pair)
    right = count = 0
    for pairs in repositories.values():
        others = [_ticket(pair["full"]["title"], pair["full"]["body"], pair["id"]) for pair in pairs]
        for pair in pairs:
            found = similar(_refinement(pair["vague"]["title"], pair["vague"]["body"]), others)
            right, count = right + (bool(found) and found[0].id == pair["id"]), count + 1
    return f"vague to full: {count} pairs, first {_share(right, count)}"


def _conflicts(half: str) -> str:
    """Precision and recall on one half of our own cases."""
    log = read_decisions(open_checkout(CASES), ("log",))
    rulings = [(decision, rulings_of(decision)) for decision in log.decisions]
    right = false = missed = 0
    for line in (CASES / f"conflicts_{half}.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        found = {
            decision.number for decision, _, _ in find_conflicts(_refinement(case["title"], case["body"]), rulings)
        }
        wanted = set(case["conflicts"])
        right, false, missed = right + len(found & wanted), false + len(found - wanted), missed + len(wanted - found)
    return f"conflicts, {half}: precision {_share(right, right + false)}, recall {_share(right, right + missed)}"


def _sample(checkouts: dict[str, Checkout], count: int) -> None:
    """Print *count* decisions, always the same ones, with what was read and the lines of the file that say it."""
    logs = {name: read_decisions(checkout).decisions for name, checkout in checkouts.items()}
    every = [(name, decision) for name, decisions in logs.items() for decision in decisions]
    for name, read in random.Random(7).sample(every, min(count, len(every))):
        lines = [line.strip()[:120] for line in read.document.lines if re.search(r"(?i)^#|status|super[sc]ed", line)]
        print(f"{name}/{read.path}\n  read: {read.title} | {read.status} | {read.raw_status} | {read.date}")
        print(f"        supersedes {read.supersedes}, superseded by {read.superseded_by}")
        print(f"  file: {' ¶ '.join(lines[:6])}")


def _ticket(title: str, body: str, key: str = "the ticket") -> Ticket:
    return Ticket(ref=TicketRef(tracker=TrackerKind.FILE, key=key), title=title, body=body)


def _refinement(title: str, body: str) -> Refinement:
    return Refinement(ticket=_ticket(title, body))


def _share(part: int, whole: int) -> str:
    return f"{part}/{whole} ({part / whole:.1%})" if whole else "none"


if __name__ == "__main__":
    main()
