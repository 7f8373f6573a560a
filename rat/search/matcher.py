"""Looking for many patterns in a text at once: by ahocorasick_rs where it is installed, else by one expression of `re`.

Both find the same. The package has no wheel for every machine (musl, for one): docs/adr/0029-without-aho-corasick.md.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Protocol

try:
    from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind
except ImportError:
    FAST = False
else:
    FAST = True

SLOWER = (
    "ahocorasick-rs is not installed: code search finds the same, a fifth to a half slower. "
    "Where it has a wheel: pip install 'rat-refine[speed]'"
)
"""What is said once where the package is missing."""

MANY = 1000
"""Patterns beyond which a table of all states takes too much memory."""


class Matcher(Protocol):
    """Looks for all of its patterns at once."""

    def find_matches_as_indexes(self, text: bytes) -> Iterable[tuple[int, int, int]]:
        """What was found in *text* from left to right, as (any number, start, end); no two overlap.

        Of patterns that begin at the same place the shortest is found.
        """


def matcher_for(patterns: Iterable[bytes]) -> Matcher:
    """A matcher for *patterns*; an empty one is left out. The fastest that this machine has."""
    wanted = sorted({pattern for pattern in patterns if pattern})
    return by_automaton(wanted) if FAST else ByExpression(wanted)


def by_automaton(patterns: Sequence[bytes]) -> Matcher:
    """A matcher for sorted *patterns*, whose time hardly depends on how many they are. Needs the package."""
    return BytesAhoCorasick(
        patterns,
        matchkind=MatchKind.LeftmostFirst,  # for few patterns twice as fast as the usual
        implementation=Implementation.DFA if len(patterns) <= MANY else Implementation.ContiguousNFA,
    )


class ByExpression:
    """A matcher for *patterns* by the standard library alone: four to six times as slow, more for hundreds of them."""

    def __init__(self, patterns: Sequence[bytes]) -> None:
        self._find = re.compile(_expression(patterns) if patterns else b"(?!)").finditer

    def find_matches_as_indexes(self, text: bytes) -> Iterable[tuple[int, int, int]]:
        """See `Matcher`."""
        return ((0, found.start(), found.end()) for found in self._find(text))


def _expression(patterns: Iterable[bytes]) -> bytes:
    """*patterns* as a tree of their first bytes: a place of the text is held against a few branches, not against all.

    It is as deep as the longest pattern is long. Where one ends, those that it begins are left out.
    """
    tails: dict[bytes, list[bytes]] = {}
    for pattern in patterns:
        tails.setdefault(pattern[:1], []).append(pattern[1:])
    branches = [re.escape(head) + (b"" if b"" in rest else _expression(rest)) for head, rest in tails.items()]
    return branches[0] if len(branches) == 1 else b"(?:" + b"|".join(branches) + b")"
