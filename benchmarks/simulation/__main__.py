"""Play the scenarios and print the table.

    python -m benchmarks.simulation [--tickets 100 1000 10000] [--only NAME]

Everything follows from the seeds: the same program prints the same table.
"""

import argparse
import logging
import sys
import time

from benchmarks.simulation.measure import HEAD, row, simulate
from benchmarks.simulation.scenario import table


def main() -> None:
    """Print the table; details of whatever was a violation, lost or doubled go below it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tickets", type=int, nargs="*", default=[100, 1000, 1250, 10_000])
    parser.add_argument("--only", default="", help="the name of one kind of scenario")
    parser.add_argument("--rows", type=int, nargs="*", help="these rows of the table alone, counted from 0")
    wanted = parser.parse_args()
    logging.getLogger("rat").setLevel(logging.CRITICAL)
    print(HEAD)
    bad = []
    for number, scenario in enumerate(table()):
        if wanted.rows is not None and number not in wanted.rows:
            continue
        if scenario.tickets not in wanted.tickets or (wanted.only and wanted.only != scenario.name):
            continue
        begun = time.monotonic()
        figures = simulate(scenario)
        print(row(figures), flush=True)
        print(f"{time.monotonic() - begun:.0f} s, {dict(figures.requests)}", file=sys.stderr, flush=True)
        if figures.violations or figures.unfinished or figures.doubled:
            bad.append(
                f"{scenario.name}, {scenario.tickets}: {dict(figures.violations)}, {figures.unfinished} unfinished"
            )
    print("\n".join(["", *bad]) if bad else "\nNo violation, nothing lost, nothing doubled.")


if __name__ == "__main__":
    main()
