"""Where in a file the ticket's words stand closest together."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

SPAN = 1600
"""Bytes of a passage: some forty lines."""
WORDS = 30
"""The most telling words of a ticket that are looked for."""
SHORT = 4
MATCHES = 4000


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """The best passage of a file: how much of the ticket it holds, and where it begins and ends in bytes."""

    score: float
    start: int
    end: int


class Telling:
    """The most telling words of a ticket, ready to be looked for."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        best = sorted(weights, key=lambda word: (-weights[word], word))[:WORDS]
        self._weights = {word.encode("utf-8", "replace"): weights[word] for word in best if weights[word] > 0}
        longest = sorted(self._weights, key=lambda word: (-len(word), word))
        some = [rb"\b" + re.escape(word) if len(word) < SHORT else re.escape(word) for word in longest]
        self._pattern = re.compile(b"|".join(some)) if some else None

    def passage(self, data: bytes) -> Passage:
        """The SPAN of *data* with the most weight of different words, repetitions counting a little."""
        if self._pattern is None:
            return Passage(score=0.0, start=0, end=0)
        matches = [(match.start(), match[0]) for match in self._pattern.finditer(data.lower())][:MATCHES]
        inside: dict[bytes, int] = {}
        best, start, end, first, score = 0.0, 0, 0, 0, 0.0
        for at, word in matches:
            count = inside.get(word, 0)
            inside[word] = count + 1
            score += self._weights[word] * (1.0 if count == 0 else 0.3 / count)
            while matches[first][0] < at - SPAN:
                gone = matches[first][1]
                inside[gone] -= 1
                score -= self._weights[gone] * (1.0 if inside[gone] == 0 else 0.3 / inside[gone])
                first += 1
            if score > best:
                best, start, end = score, matches[first][0], at
        return Passage(score=best, start=start, end=end)
