"""BM25: which of some texts are nearest to a query, and through which words."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

K1 = 1.2
B = 0.6
"""Robertson and Zaragoza, The Probabilistic Relevance Framework (2009), §3.2: k1 in 1.2 to 2, b in 0.5 to 0.8."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """A text by its place in the index, its score, and the shared words, heaviest first."""

    at: int
    score: float
    shared: tuple[str, ...]


class Index:
    """Texts as bags of words, ready to be ranked against a query."""

    def __init__(self, texts: Iterable[Mapping[str, float]]) -> None:
        self._bags = list(texts)
        self._lengths = [sum(bag.values()) for bag in self._bags]
        self._mean = sum(self._lengths) / len(self._lengths) if self._bags else 0.0
        self._holders: dict[str, list[int]] = {}
        for at, bag in enumerate(self._bags):
            for word in bag:
                self._holders.setdefault(word, []).append(at)

    def weight(self, word: str) -> float:
        """How much it says that a text has *word*: its inverse document frequency."""
        holders = len(self._holders.get(word, ()))
        return math.log(1 + (len(self._bags) - holders + 0.5) / (holders + 0.5))

    def rank(self, query: Mapping[str, float]) -> list[Hit]:
        """Every text that shares a word with *query*, best first; ties keep the index's order."""
        scores: dict[int, float] = {}
        shares: dict[int, list[tuple[float, str]]] = {}
        for word in sorted(query):
            weight = self.weight(word) * _saturated(query[word])
            for at in self._holders.get(word, ()):
                part = weight * self._share(at, word)
                scores[at] = scores.get(at, 0.0) + part
                shares.setdefault(at, []).append((-part, word))
        hits = [
            Hit(at=at, score=score, shared=tuple(word for _, word in sorted(shares[at])))
            for at, score in scores.items()
        ]
        return sorted(hits, key=lambda hit: (-hit.score, hit.at))

    def _share(self, at: int, word: str) -> float:
        count = self._bags[at][word]
        return count * (K1 + 1) / (count + K1 * (1 - B + B * self._lengths[at] / self._mean))


def _saturated(count: float) -> float:
    """A word that a query repeats counts more, but less and less so."""
    return count * 3 / (count + 2)


def bag(*parts: tuple[Sequence[str], float]) -> dict[str, float]:
    """The words of several texts, each text's words counted with its weight."""
    found: dict[str, float] = {}
    for stems, weight in parts:
        for word in stems:
            found[word] = found.get(word, 0.0) + weight
    return found
