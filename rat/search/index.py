"""Which file has which word how often, read once and asked for many tickets."""

import marshal
import math
import sys
from array import array
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rat.search.vocabulary import Vocabulary, Wanted, tokens_of

COUNT_BITS = 6
MOST = (1 << COUNT_BITS) - 1
"""A posting is one 32-bit number: the file's number, and how often it has the token (at most 63) in the low bits."""

LANES = 16
"""Numbers from which on adding to all at once is faster."""

K1 = 3.0
B = 0.7
"""Saturation and length normalisation: files are longer than the passages that BM25's usual 1.2 is made for."""

COMMON = 0.4
"""A word in more than this share of the files (and more than FEW) says nothing."""
FEW = 10


class Scores(NamedTuple):
    """What an index says to a ticket: field → file number → score, and how rare each word is."""

    by_field: dict[str, dict[int, float]]
    rarity: dict[str, float]


class Index:
    """An inverted index over the tokens of files, numbered in the order in which they were added.

    With *only*, other tokens are counted but not kept: enough for one ticket, in less time and a tenth of the memory.
    """

    def __init__(self, only: Wanted | None = None) -> None:
        self.lengths: list[int] = []
        self._only = only
        self._postings: defaultdict[bytes, array[int]] = defaultdict(lambda: array("I"))
        self._vocabulary = Vocabulary(())
        self._norms: list[float] = []

    def add(self, data: bytes) -> None:
        """Add the next file."""
        number = len(self.lengths) << COUNT_BITS
        self.lengths.append(len(data))
        found = tokens_of(data) if self._only is None else self._only.tokens_in(data)
        postings = self._postings
        for token, count in Counter(found).items():
            postings[token].append(number | (count if count < MOST else MOST))

    def append(self, more: "Index") -> None:
        """Add the files of another index after those here."""
        offset = len(self.lengths) << COUNT_BITS
        for token, postings in more._postings.items():
            self._postings[token].frombytes(_shifted(postings, offset))
        self.lengths += more.lengths

    def dumps(self) -> bytes:
        """The index as bytes, for another process of the same program on the same machine."""
        return marshal.dumps((self.lengths, {token: some.tobytes() for token, some in self._postings.items()}))

    @classmethod
    def loads(cls, data: bytes) -> "Index":
        """The index that `dumps` wrote."""
        index = cls()
        index.lengths, tokens = marshal.loads(data)  # noqa: S302 - from our own process, see `dumps`
        for token, postings in tokens.items():
            index._postings[token].frombytes(postings)
        return index

    def close(self) -> None:
        """Make ready to be asked; nothing can be added afterwards."""
        self._postings.default_factory = None
        self._vocabulary = Vocabulary(self._postings)
        average = sum(self.lengths) / len(self.lengths) if any(self.lengths) else 1.0
        self._norms = [K1 * (1 - B + B * length / average) for length in self.lengths]

    def counts(self, tokens: Sequence[bytes]) -> dict[int, int]:
        """File number → how often the file has any of *tokens*."""
        found: dict[int, int] = {}
        for token in tokens:
            for posting in self._postings.get(token, ()):
                number = posting >> COUNT_BITS
                found[number] = found.get(number, 0) + (posting & MOST)
        return found

    def scores(self, fields: Mapping[str, Mapping[str, float]], exact: Sequence[str] = ()) -> Scores:
        """BM25 (Robertson and Zaragoza 2009) of every file for each field's weighted words.

        The field `exact` is for the tokens *exact*, in that very spelling.
        """
        norms = self._norms
        by_field: dict[str, dict[int, float]] = {name: {} for name in (*fields, "exact")}
        words = dict.fromkeys(word for wanted in fields.values() for word in wanted)
        spellings = self._vocabulary.spellings(words)
        rarity: dict[str, float] = {}
        for word in words:
            counts = self.counts(spellings.get(word, ()))
            rarity[word] = _rarity(len(counts), len(norms))
            weights = [
                (by_field[name], wanted[word] * rarity[word]) for name, wanted in fields.items() if word in wanted
            ]
            _add(counts, weights, norms)
        for token in exact:
            counts = self.counts([token.encode("utf-8", "replace")])
            _add(counts, [(by_field["exact"], _rarity(len(counts), len(norms)))], norms)
        return Scores(by_field=by_field, rarity=rarity)


def _shifted(postings: "array[int]", offset: int) -> bytes:
    """Every number of *postings* plus *offset*, of many as one addition of two long integers: no lane overflows."""
    if len(postings) < LANES:
        return array(postings.typecode, [posting + offset for posting in postings]).tobytes()
    size = len(postings) * postings.itemsize
    ones = int.from_bytes(array(postings.typecode, [offset]).tobytes() * len(postings), sys.byteorder)
    return (int.from_bytes(postings.tobytes(), sys.byteorder) + ones).to_bytes(size, sys.byteorder)


def _rarity(holders: int, total: int) -> float:
    return math.log(1 + (total - holders + 0.5) / (holders + 0.5))


def _add(counts: Mapping[int, int], weights: Sequence[tuple[dict[int, float], float]], norms: Sequence[float]) -> None:
    """Add to each field's scores what one word says of each file."""
    if len(counts) > COMMON * len(norms) + FEW:
        return
    parts = [(number, count * (K1 + 1) / (count + norms[number])) for number, count in counts.items()]
    for scores, weight in weights:
        for number, part in parts:
            scores[number] = scores.get(number, 0.0) + weight * part
