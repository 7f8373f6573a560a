"""What the best files say of others: changed together, imported, importing, of the same name, in the same folder."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rat.search.inside import Inside
from rat.search.signals import Signals
from rat.search.tree import Tree

LEADERS = 20
"""Files that may speak for others, each as much as it is likely itself."""


def partner_signals(ranked: Sequence[tuple[int, float]], inside: Mapping[int, Inside], tree: Tree) -> Signals:
    """The signals that need a first ranking: *ranked* is file number and score, best first."""
    top = ranked[0][1] if ranked else 0.0
    whole = sum(math.exp(score - top) for _, score in ranked)
    found: defaultdict[str, defaultdict[int, float]] = defaultdict(lambda: defaultdict(float))
    groups = _groups(inside, tree)
    for leader, score in ranked[:LEADERS]:
        sure = math.exp(score - top) / whole
        for name, number, value in _partners(leader, inside, groups, tree):
            found[name][number] += sure * value
    return {
        name: {number: math.sqrt(min(1.0, value)) for number, value in values.items()} for name, values in found.items()
    }


class Groups(NamedTuple):
    """The likely files by what they import, by their folder, and by their name without suffix."""

    importers: Mapping[str, Sequence[int]]
    siblings: Mapping[str, Sequence[int]]
    twins: Mapping[str, Sequence[int]]


def _groups(inside: Mapping[int, Inside], tree: Tree) -> Groups:
    importers: defaultdict[str, list[int]] = defaultdict(list)
    siblings: defaultdict[str, list[int]] = defaultdict(list)
    twins: defaultdict[str, list[int]] = defaultdict(list)
    for number, inner in inside.items():
        for path in inner.imported:
            importers[path].append(number)
        folder, stem = _folder_and_stem(tree.paths[number])
        siblings[folder].append(number)
        twins[stem].append(number)
    return Groups(importers, siblings, twins)


def _partners(leader: int, inside: Mapping[int, Inside], groups: Groups, tree: Tree) -> list[tuple[str, int, float]]:
    path = tree.paths[leader]
    found = [("imported", tree.numbers[other], 1.0) for other in inside[leader].imported if other in tree.numbers]
    found += [("importing", number, 1.0) for number in groups.importers.get(path, ())]
    found += [
        ("together", tree.numbers[other], share)
        for other, share in tree.history.together(path).items()
        if other in tree.numbers
    ]
    folder, stem = _folder_and_stem(path)
    found += [("sibling", number, 1.0) for number in groups.siblings[folder]]
    found += [("twin", number, 1.0) for number in groups.twins[stem]]
    return [(name, number, value) for name, number, value in found if number != leader and number in inside]


def _folder_and_stem(path: str) -> tuple[str, str]:
    folder, _, name = path.rpartition("/")
    return folder, name.partition(".")[0].lower()
