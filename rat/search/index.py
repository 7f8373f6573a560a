"""Which file has which word how often, read once and asked for many tickets."""

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rat.search.words import parts, stem

SEPARATORS = bytes(
    byte if chr(byte).isalnum() and byte < 128 or byte >= 128 else 32  # noqa: PLR2004 - ASCII ends at 127
    for byte in range(256)
)
"""Every byte that is no letter or digit of a word becomes a space; bytes of other scripts stay."""

COUNT_BITS = 6
MOST = (1 << COUNT_BITS) - 1
"""A posting is one 32-bit number: the file's number, and how often it has the word (at most 63) in the low bits."""

LONGEST = 40
K1 = 3.0
B = 0.7
"""Saturation and length normalisation: files are longer than the passages that BM25's usual 1.2 is made for."""
COMMON = 0.4
"""A word in more than this share of the files says nothing."""


def _postings() -> "array[int]":
    return array("I")


@dataclass(slots=True)
class Index:
    """An inverted index over raw tokens; `close` maps stemmed words to the tokens that have them."""

    lengths: list[int] = field(default_factory=list)
    tokens: "defaultdict[bytes, array[int]]" = field(default_factory=lambda: defaultdict(_postings))
    spellings: defaultdict[str, list[bytes]] = field(default_factory=lambda: defaultdict(list))

    def add(self, data: bytes) -> None:
        """Add the next file."""
        number = len(self.lengths) << COUNT_BITS
        found = data.translate(SEPARATORS).split()
        self.lengths.append(len(found))
        tokens = self.tokens
        for token, count in Counter(found).items():
            tokens[token].append(number | (count if count < MOST else MOST))

    def close(self) -> None:
        """Group the tokens by the stemmed words in them."""
        spellings = self.spellings
        for token in self.tokens:
            if len(token) > LONGEST or token.isdigit():
                continue
            text = token.decode("utf-8", "replace")
            if text.islower() and text.isalpha() and text.isascii():
                spellings[stem(text)].append(token)
                continue
            for word in dict.fromkeys(parts(text)):
                spellings[word].append(token)

    def counts(self, word: str) -> dict[int, int]:
        """File number → how often the file has the stemmed *word*, in any spelling."""
        found: dict[int, int] = {}
        for token in self.spellings.get(word, ()):
            for posting in self.tokens[token]:
                number = posting >> COUNT_BITS
                found[number] = found.get(number, 0) + (posting & MOST)
        return found

    def scores(self, fields: Mapping[str, Mapping[str, float]], exact: Sequence[str] = ()) -> "Scores":
        """BM25 (Robertson and Zaragoza 2009) of every file for each field's weighted words.

        The field `exact` is for the tokens *exact*, in that very spelling.
        """
        total = len(self.lengths)
        average = sum(self.lengths) / total if total else 1.0
        norms = [K1 * (1 - B + B * length / (average or 1.0)) for length in self.lengths]
        by_field: dict[str, dict[int, float]] = {name: {} for name in (*fields, "exact")}
        rarity: dict[str, float] = {}
        for word in dict.fromkeys(word for wanted in fields.values() for word in wanted):
            counts = self.counts(word)
            rarity[word] = _rarity(len(counts), total)
            weights = [
                (by_field[name], wanted[word] * rarity[word]) for name, wanted in fields.items() if word in wanted
            ]
            _add(counts, weights, norms)
        for token in exact:
            counts = {posting >> COUNT_BITS: posting & MOST for posting in self.tokens.get(token.encode(), ())}
            _add(counts, [(by_field["exact"], _rarity(len(counts), total))], norms)
        return Scores(by_field=by_field, rarity=rarity)


def _rarity(holders: int, total: int) -> float:
    return math.log(1 + (total - holders + 0.5) / (holders + 0.5))


def _add(counts: Mapping[int, int], weights: Sequence[tuple[dict[int, float], float]], norms: Sequence[float]) -> None:
    """Add to each field's scores what one word says of each file; a word that most files have says nothing."""
    if len(counts) > COMMON * len(norms) + 10:
        return
    for number, count in counts.items():
        part = count * (K1 + 1) / (count + norms[number])
        for scores, weight in weights:
            scores[number] = scores.get(number, 0.0) + weight * part


@dataclass(frozen=True, kw_only=True, slots=True)
class Scores:
    """What an index says to a ticket: a score by field and file number, and how rare each word is."""

    by_field: dict[str, dict[int, float]]
    rarity: dict[str, float]
