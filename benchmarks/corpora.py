"""Public texts of attacks, disguised, through every slot, writer and write: how many cases, and what came to life.

`make corpora` installs the packages of requirements/corpora.txt below `.tools/corpora` and runs this. It prints a line
for each corpus and each write, and ends with 1 on any find. A number after the folder takes every so manieth text
alone. `benchmarks/corpora.md` says what a case is, and has the last figures and the licences.
"""

import itertools
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.corpora_texts import CORPORA, texts_of
from benchmarks.corpora_writes import WRITES, Supply
from rat.cleaning import is_invisible
from rat.publishing.document import Block
from rat.templates import Templates
from tests.unit.publishing.payloads import DISGUISES
from tests.unit.publishing.test_writers import SLOTS, all_alive, document

SEED = 20261123
Case = tuple[str, str, str]
"""A text, and the names of the disguise and the slot that it has."""


def main(root: Path, step: int = 1) -> int:
    """Run over every *step*th text, print, and end with 1 where anything came to life."""
    texts, finds = list[str](), 0
    for name in CORPORA:
        own = texts_of(name, root)[::step]
        found = [*_in_slots(own), *_in_fences(own)]
        _say(f"{name}: {len(own)} texts x {len(DISGUISES)} disguises, {len(found)} alive", found)
        texts, finds = texts + own, finds + len(found)
    written = 0
    for name, supply in _in_writes(texts):
        _say(f"{name}: {supply.given} texts, {supply.judged} outgoing texts, {len(supply.finds)} alive", supply.finds)
        finds, written = finds + len(supply.finds), written + supply.given
    slots = len(texts) * len(DISGUISES) * 3
    _say(f"{len(texts)} texts: {slots} cases in slots, {len(texts)} in fences, {written} in writes, {finds} alive", [])
    return min(1, finds + (not texts))


def cases(texts: Sequence[str]) -> Iterator[Case]:
    """Each text once in each disguise; as there are more of those than slots, each text once in each slot as well."""
    slots = list(SLOTS)
    for place, text in enumerate(texts):
        for turn, disguise in enumerate(DISGUISES):
            yield text, disguise, slots[(place + turn) % len(slots)]


def _in_slots(texts: Sequence[str]) -> Iterator[str]:
    """What is alive, a line each: the cases stand side by side in documents; one where anything is, is taken apart."""
    every = cases(texts)
    while sheet := list(itertools.islice(every, len(SLOTS))):
        if all_alive(document(*map(_block, sheet))):
            alone = [(case, found) for case in sheet if (found := all_alive(document(_block(case))))]
            yield from (
                f"{text[:200]!r}, {disguise}, in {slot}: {found[:3]}" for (text, disguise, slot), found in alone
            )
            if not alone:
                yield f"{sheet[0][0][:200]!r}, beside others"


def _block(case: Case) -> Block:
    text, disguise, slot = case
    return SLOTS[slot](DISGUISES[disguise](text))


def _in_fences(texts: Sequence[str]) -> Iterator[str]:
    templates = Templates()
    for text in texts:
        fenced = templates.fence(text)
        closed = fenced.count(templates.nonce) == len(("opened", "closed"))
        if not closed or "<!--" in fenced or any(map(is_invisible, fenced)):
            yield f"{text[:200]!r} in a fence"


def _in_writes(texts: Sequence[str]) -> Iterator[tuple[str, Supply]]:
    """Each write with the texts that went through it: every one of them once, in a disguise drawn by lot."""
    chance, disguises = random.Random(SEED), list(DISGUISES.values())
    for name, write in WRITES.items():
        supply = Supply([chance.choice(disguises)(text) for text in texts])
        while not supply.is_used_up:
            supply.judge(write)
        yield name, supply


def _say(line: str, finds: Sequence[str]) -> None:
    sys.stdout.write("\n  ".join((line, *finds)) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *map(int, sys.argv[2:])))
