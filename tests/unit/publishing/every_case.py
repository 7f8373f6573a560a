"""Runs every hostile text in every disguise through every slot and every writer, and counts what came to life.

Run it with `python -m tests.unit.publishing.every_case`; it takes about two minutes and exits with 1 on any find.
"""

import sys

from tests.unit.publishing.payloads import DISGUISES, PAYLOADS
from tests.unit.publishing.test_writers import SLOTS, all_alive, document


def main() -> int:
    cases, found = 0, 0
    for disguise in DISGUISES.values():
        for payload in PAYLOADS:
            for slot in SLOTS.values():
                cases += 1
                found += bool(all_alive(document(slot(disguise(payload)))))
    sys.stdout.write(f"{len(PAYLOADS)} payloads, {len(DISGUISES)} disguises, {len(SLOTS)} slots, 3 writers: ")
    sys.stdout.write(f"{cases} cases, {found} alive\n")
    return min(found, 1)


if __name__ == "__main__":
    sys.exit(main())
