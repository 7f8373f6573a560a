"""From a ticket to the files that it will touch, best first."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rat.model.evidence import ImpactedFile
from rat.search.reading import Reading, read_ticket
from rat.search.tree import Tree


@dataclass(frozen=True, kw_only=True, slots=True)
class Ranking:
    """The files of a tree that a ticket will probably touch, best first."""

    files: tuple[ImpactedFile, ...]


def rank(*, title: str, body: str, tree: Tree, top: int) -> Ranking:
    """The *top* files of *tree* for a ticket; fewer when fewer have anything to do with it."""
    reading = read_ticket(title, body)
    scores = tree.index.scores(
        {"title": weigh(reading.title), "prose": weigh(reading.prose), "code": weigh(reading.code)}
    )
    total: dict[int, float] = {}
    for name, weight in (("title", 2.0), ("prose", 1.0), ("code", 0.5)):
        for number, score in scores.by_field[name].items():
            total[number] = total.get(number, 0.0) + weight * score
    best = sorted(total, key=lambda number: (-total[number], tree.paths[number]))[:top]
    return Ranking(files=tuple(ImpactedFile(path=tree.paths[n], score=round(total[n], 4)) for n in best))


def weigh(words: Sequence[str]) -> dict[str, float]:
    """Each word once, repetitions counting less and less."""
    return {word: 1 + math.log(count) for word, count in Counter(words).items()}
