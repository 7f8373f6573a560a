"""Many tickets at once: the wall time of a batch against the ideal, with a scripted model that takes its time.

    python benchmarks/team_throughput.py [--tickets 200] [--seconds 2] [--at-once 16] [--repo .] [--team-only]

The ideal is what the calls alone need: all calls' time over the number that may run at once, and no less than one
ticket's critical path of three calls. The whole pipeline runs (evidence, team, checks, score); `--team-only` gathers
the evidence of one ticket beforehand, so that only asking and checking are timed.
"""

import argparse
import functools
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from rat import pipeline
from rat.asking import open_asking
from rat.batch import refine_all
from rat.checkout import open_checkout
from rat.llm.openai_chat import connect
from rat.model import Refinement, RunReport, Status, Ticket, TicketRef, TrackerKind
from rat.model.settings import ModelSettings, Project, Settings, Sources
from rat.readiness import classify
from rat.sources import gather
from rat.sources.library import Library
from tests.stand_ins.honest_model import honest
from tests.stand_ins.scripted_model import serving

CRITICAL_PATH = 3
SUBJECTS = (
    "publish",
    "the journal",
    "code search",
    "a Jira ticket",
    "the budget",
    "the sticky comment",
    "an ADR",
    "impact",
)


def ticket(ref: TicketRef) -> Ticket:
    """A short bug report, a different one for each number."""
    number = int(ref.key)
    subject = SUBJECTS[number % len(SUBJECTS)]
    return Ticket(
        ref=ref,
        title=f"Error {number} with {subject} when the folder is missing",
        body=f"Using {subject} on a missing folder ends in a traceback (case {number}). A message is wanted.",
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tickets", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--at-once", type=int, default=16)
    parser.add_argument("--repo", type=Path, default=Path())
    parser.add_argument("--team-only", action="store_true")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.serve:
        serve(wanted.seconds)
        return
    with server(wanted.seconds) as (address, counts):
        wall, cpu = timed(wanted, address)
        calls, at_once = counts()
    ideal = max(calls * wanted.seconds / wanted.at_once, CRITICAL_PATH * wanted.seconds)
    per_ticket = calls / wanted.tickets
    print(f"{wanted.tickets} tickets, {calls} calls ({per_ticket:.2f} a ticket, limit 6), at most {at_once} at once")
    print(f"wall {wall:.1f} s, ideal {ideal:.1f} s, ratio {wall / ideal:.3f} (limit 1.15)")
    print(f"processor time of RAT {cpu:.1f} s; load of the machine in the last minute {os.getloadavg()[0]:.1f}")


def serve(seconds: float) -> None:
    """Be the model: print the address, and the number of calls and the most at once when a line comes in."""
    with serving(functools.partial(honest, seconds=seconds)) as model:
        print(model.url, flush=True)
        sys.stdin.readline()
        print(len(model.requests), model.at_once, flush=True)


@contextmanager
def server(seconds: float) -> Iterator[tuple[str, Callable[[], tuple[int, int]]]]:
    """The model in a process of its own, so that its work is not taken for RAT's: its address, and its counts."""
    command = [sys.executable, __file__, "--serve", "--seconds", str(seconds)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        stdin, stdout = child.stdin, child.stdout

        def counts() -> tuple[int, int]:
            stdin.write("\n")
            stdin.flush()
            calls, at_once = stdout.readline().split()
            return int(calls), int(at_once)

        try:
            yield stdout.readline().strip(), counts
        finally:
            child.kill()


def timed(wanted: argparse.Namespace, address: str) -> tuple[float, float]:
    """The seconds that the batch takes by the clock, indexing included, and of processor time."""
    settings = Settings(model=ModelSettings(name="scripted", concurrency=wanted.at_once))
    refs = [TicketRef(tracker=TrackerKind.FILE, key=str(number)) for number in range(wanted.tickets)]
    with closing(connect(base_url=address, api_key=None)) as llm:
        checkout = open_checkout(wanted.repo)
        library = Library(checkout=checkout, tracker=None, sources=Sources(), project=Project())
        asker_of = open_asking(llm=llm, settings=settings, checkout=checkout)
        gathered = gather(Refinement(ticket=ticket(refs[0])), library) if wanted.team_only else None

        def refine(ref: TicketRef) -> RunReport:
            one, asker = ticket(ref), asker_of(ref.key)
            if gathered is None:
                return pipeline.refine(one, library=library, asker=asker, settings=settings)
            work = replace(gathered, ticket=one, type=classify(one))
            drafted = pipeline.draft(work, library=library, asker=asker, settings=settings)
            return RunReport(refinement=drafted, status=Status.READY, mode="model", head=checkout.head)

        start, worked = time.perf_counter(), time.process_time()
        batch = refine_all(refs, refine, workers=wanted.at_once)
        wall, cpu = time.perf_counter() - start, time.process_time() - worked
    counts = [report.refinement.citations for report in batch.reports]
    print(
        f"{len(batch.reports)} done, {len(batch.failures)} failed; {sum(c.cited for c in counts)} citations published, "
        f"{sum(c.verified for c in counts)} verified, {sum(c.dropped for c in counts)} dropped"
    )
    return wall, cpu


if __name__ == "__main__":
    main()
