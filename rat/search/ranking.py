"""From a ticket to the files that it will touch, best first."""

import functools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from rat.model.evidence import ImpactedFile
from rat.search.inside import hub, inner_signals, look_inside
from rat.search.pairs import pair_signal, paired
from rat.search.partners import partner_signals
from rat.search.reading import Reading, read_ticket
from rat.search.reasons import Findings, reasons_for, symbols_for, telling
from rat.search.signals import first_signals, standing, total
from rat.search.tree import Tree

NEXT_TO = 1e-8
"""Scores that differ by less may be held to be equal."""
LIKELY = 80
"""How many files are looked into for a ticket."""


class Weights(NamedTuple):
    """How much each signal counts, for the shortlist, for what is found inside files, and with partners known."""

    shortlist: dict[str, float]
    inside: dict[str, float]
    partners: dict[str, float]


class Ranking(NamedTuple):
    """The files of a tree that a ticket will probably touch, best first, and its most telling words (stemmed).

    *notes* say what of the tree could not be read.
    """

    files: tuple[ImpactedFile, ...]
    telling: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@functools.cache
def read_weights() -> Weights:
    """The weights beside this module, as fitted by `benchmarks/fit_localize.py`."""
    return Weights(**json.loads(Path(__file__).with_name("weights.json").read_bytes()))


def rank(*, title: str, body: str, tree: Tree, top: int) -> Ranking:
    """The *top* files of *tree* for a ticket; fewer when fewer have anything to do with it."""
    return rank_reading(read_ticket(title, body), tree, top)


def rank_reading(reading: Reading, tree: Tree, top: int) -> Ranking:
    """`rank` for a ticket that was read already."""
    weights = read_weights()
    first = first_signals(reading, tree)
    numbers = best(total(first.signals, weights.shortlist), tree, LIKELY)
    inside = look_inside(numbers, reading, tree)
    signals = {name: {n: values[n] for n in numbers if n in values} for name, values in first.signals.items()}
    signals |= inner_signals(reading, inside) | standing(numbers, tree) | {"hub": hub(inside, tree)}
    pairs = paired(reading, inside)
    signals["pairs"] = pair_signal(pairs, reading, first.rarity)
    second = total(signals, weights.inside)
    signals |= partner_signals([(number, second[number]) for number in best(second, tree, LIKELY)], inside, tree)
    final = total(signals, weights.partners)
    findings = Findings(reading=reading, tree=tree, first=first, inside=inside, pairs=pairs, signals=signals)
    chosen = tuple(_file(number, final[number], findings) for number in best(final, tree, top))
    return Ranking(files=chosen, telling=telling(findings), notes=tree.notes)


def _file(number: int, score: float, findings: Findings) -> ImpactedFile:
    path = findings.tree.paths[number]
    return ImpactedFile(
        path=path,
        score=round(score, 4),
        reasons=reasons_for(number, findings),
        symbols=symbols_for(number, findings),
        tests=findings.tree.companions.tests_of(path),
    )


def best(scores: Mapping[int, float], tree: Tree, limit: int) -> list[int]:
    """The numbers with the highest scores; equal ones by path, so that the order is the same everywhere."""
    least = min(sorted(scores.values(), reverse=True)[:limit], default=0.0) - NEXT_TO
    near = [number for number, score in scores.items() if score >= least]
    return sorted(near, key=lambda number: (-round(scores[number], 9), tree.paths[number]))[:limit]
