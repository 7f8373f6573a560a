"""Two words of a ticket in one name: `resolve_alias` says more than `resolve` here and `alias` there."""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations, islice

from rat.search.inside import Inside
from rat.search.matcher import Matcher
from rat.search.reading import Reading
from rat.search.signals import scaled
from rat.search.vocabulary import LONGEST, matcher_of
from rat.search.words import word_set

Pair = tuple[str, str]
"""Two different stemmed words, in the order of the alphabet."""
Paired = Mapping[int, Mapping[Pair, str]]
"""File number → the pairs that stand in one name of the file, and such a name."""

MOST = 40
"""Of the likely files only the best are looked through, for half the time: the others gain nothing by it."""
TITLE = 2.0
"""What a pair counts whose words both stand in the title."""
_NAME = b"_abcdefghijklmnopqrstuvwxyz0123456789" + bytes(range(128, 256))
_LOWERED = bytes(byte if byte in _NAME else 32 for byte in bytes(range(256)).lower())
"""What may stand in a name, in lower case; every other byte becomes a space."""


def paired(reading: Reading, inside: Mapping[int, Inside]) -> Paired:
    """The pairs of words of the ticket in the names of the MOST first files of *inside*, which are the likeliest."""
    wanted = frozenset((*reading.title, *reading.prose))
    matcher = matcher_of(wanted)
    return {number: _pairs_in(found.data, matcher, wanted) for number, found in islice(inside.items(), MOST)}


def _pairs_in(data: bytes, matcher: Matcher, wanted: frozenset[str]) -> dict[Pair, str]:
    found: dict[Pair, str] = {}
    for name in sorted({name.decode("utf-8", "replace") for name in names_with_two(matcher, data)}):
        for pair in combinations(sorted(word_set(name) & wanted), 2):
            found.setdefault(pair, name)
    return found


def names_with_two(matcher: Matcher, text: bytes) -> Iterator[bytes]:
    """The names in *text* (letters, digits, underscores; at most LONGEST bytes) in which *matcher* finds two things."""
    lower = text.translate(_LOWERED)
    end = 0
    for _, start, _ in matcher.find_matches_as_indexes(lower):
        if start >= end:
            end = lower.find(b" ", start)
            end = end if end >= 0 else len(lower)
        else:
            begin = lower.rfind(b" ", 0, start) + 1
            if end - begin <= LONGEST:
                yield text[begin:end]


def weight_of(pair: Pair, reading: Reading, rarity: Mapping[str, float]) -> float:
    """How much *pair* says: the rarity of its words in the tree, more where both stand in the title."""
    known = math.sqrt(rarity.get(pair[0], 0.0) * rarity.get(pair[1], 0.0))
    return known * (TITLE if pair[0] in reading.title and pair[1] in reading.title else 1.0)


def pair_signal(found: Paired, reading: Reading, rarity: Mapping[str, float]) -> dict[int, float]:
    """File number → the sum of what its pairs say, each more the fewer of the files have it; scaled."""
    holders: defaultdict[Pair, list[int]] = defaultdict(list)
    for number, pairs in found.items():
        for pair in pairs:
            holders[pair].append(number)
    values: defaultdict[int, float] = defaultdict(float)
    for pair, numbers in sorted(holders.items()):
        rare = math.log(1 + (len(found) - len(numbers) + 0.5) / (len(numbers) + 0.5))
        for number in numbers:
            values[number] += rare * weight_of(pair, reading, rarity)
    return scaled(values)
