"""What the history says: files changed by commits that read like the ticket, and files that change together."""

import functools
import math
import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from rat.model.commit import Commit
from rat.search.vocabulary import Vocabulary, Wanted, tokens_of

BODY_CAP = 600
"""Characters of a message's body that count; after that come lists of squashed commits."""
WIDEST = 40
"""A commit that changes more files is a move, a format or a release: it says nothing about any of them."""
ALIKE = 30
"""Commits that may speak for a ticket."""
FRESH = 600
"""Commits after which one counts a third: a fault is often in what was done lately."""
COMMON = 0.25
FEW = 5
USUAL = 8
"""Words that any message may have without being held to be long."""
_REFERENCE = re.compile(r"#\d{2,6}\b")


class Alike(NamedTuple):
    """A commit that reads like a ticket, how much, and through which words."""

    number: int
    score: float
    shared: tuple[str, ...]


class Spoken(NamedTuple):
    """What the commits say for a ticket: those most alike, of all times and fresh ones first, and path → score."""

    alike: tuple[Alike, ...]
    by_path: dict[str, float]
    fresh_by_path: dict[str, float]
    texts: dict[str, float]


def tells(commit: Commit) -> bool:
    """Whether a commit says anything of single files: it is no merge, and no move or release either."""
    return 0 < len(commit.files) <= WIDEST


class History:
    """The commits by word and by file, numbered from the newest; merges and very wide ones are passed over.

    With *only*, other words are not kept: enough for one ticket. With *ranked*, nothing is said of other files.
    """

    def __init__(
        self, commits: Sequence[Commit], only: Wanted | None = None, ranked: Container[str] | None = None
    ) -> None:
        self.commits = tuple(commits)
        self._only = only
        self._ranked = ranked
        self._files: dict[int, tuple[str, ...]] = {}
        self.by_file: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
        self._by_token: defaultdict[bytes, array[int]] = defaultdict(lambda: array("I"))
        self._norms: dict[int, float] = {}
        """What a commit's score is divided by: a long message has many words."""
        self._shares: dict[int, float] = {}
        """How much a commit says of each of its files."""
        for number, commit in enumerate(self.commits):
            if tells(commit):
                self._add(number, commit)
        self.by_file.default_factory = self._by_token.default_factory = None
        self._breadths = {path: 0.3 + 0.45 * math.log1p(len(numbers)) for path, numbers in self.by_file.items()}
        self._vocabulary = Vocabulary(self._by_token)

    def _add(self, number: int, commit: Commit) -> None:
        body = commit.body[:BODY_CAP].partition("Co-authored-by")[0]
        text = f"{commit.subject} {body}".encode("utf-8", "replace")
        tokens = set(tokens_of(text))
        self._norms[number] = math.sqrt(USUAL + len(tokens))
        self._shares[number] = 1 / math.sqrt(len(commit.files))
        for token in tokens if self._only is None else set(self._only.tokens_in(text)):
            self._by_token[token].append(number)
        ranked = self._ranked
        self._files[number] = tuple([path for path in commit.files if ranked is None or path in ranked])
        for path in self._files[number]:
            self.by_file[path].append(number)

    @functools.cached_property
    def by_reference(self) -> dict[str, list[int]]:
        """`#12` → the commits whose messages name that issue or pull request."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for number in self._files:
            commit = self.commits[number]
            for reference in _REFERENCE.findall(f"{commit.subject} {commit.body[:BODY_CAP]}"):
                found[reference].append(number)
        return dict(found)

    def changes(self, path: str) -> Sequence[int]:
        """The numbers of the commits to *path*, newest first."""
        return self.by_file.get(path, ())

    def speak(self, wanted: Mapping[str, float]) -> Spoken:
        """What the commits whose messages have the *wanted* words say of the files."""
        holders = self._holders(wanted)
        scores: defaultdict[int, float] = defaultdict(float)
        for weight, numbers in holders.values():
            for number in numbers:
                scores[number] += weight
        scaled = {number: score / self._norms[number] for number, score in scores.items()}
        fresh = {number: score * math.exp(-number / FRESH) for number, score in scaled.items()}
        best = _best(scaled)
        shared: dict[int, list[str]] = {number: [] for number in best}
        for word, (_, numbers) in holders.items():
            for number in shared.keys() & numbers:
                shared[number].append(word)
        return Spoken(
            alike=tuple(Alike(number, scaled[number], tuple(words)) for number, words in shared.items()),
            by_path=self._of_files(best, scaled),
            fresh_by_path=self._of_files(_best(fresh), fresh),
            texts=self._texts(holders),
        )

    def _holders(self, wanted: Mapping[str, float]) -> dict[str, tuple[float, list[int]]]:
        """Word → its weight times its rarity, and the commits that have it; words that most have are left out."""
        total = len(self._norms)
        spellings = self._vocabulary.spellings(wanted)
        found = {}
        for word, weight in wanted.items():
            numbers = sorted(set().union(*(self._by_token[token] for token in spellings.get(word, ()))))
            if 0 < len(numbers) <= total * COMMON + FEW:
                found[word] = (weight * math.log(1 + total / len(numbers)), numbers)
        return found

    def _of_files(self, numbers: Iterable[int], scores: Mapping[int, float]) -> dict[str, float]:
        """Path → what the commits *numbers* give it; one that changed many files says less of each."""
        found: defaultdict[str, float] = defaultdict(float)
        for number in numbers:
            for path in self._files[number]:
                found[path] += scores[number] ** 2 * self._shares[number]
        return dict(found)

    def _texts(self, holders: Mapping[str, tuple[float, list[int]]]) -> dict[str, float]:
        """Path → a score of all messages of its commits, taken as one text."""
        found: defaultdict[str, float] = defaultdict(float)
        for weight, numbers in holders.values():
            for path, count in self._counts(numbers).items():
                found[path] += weight * count / (count + self._breadths[path])
        return dict(found)

    def _counts(self, numbers: Iterable[int]) -> dict[str, float]:
        """Path → how many of the commits changed it, one that changed many files counting less."""
        counts: defaultdict[str, float] = defaultdict(float)
        for number in numbers:
            share = self._shares[number]
            for path in self._files[number]:
                counts[path] += share
        return counts

    def together(self, path: str) -> dict[str, float]:
        """Path → the share of the commits to *path* that changed it as well."""
        numbers = self.changes(path)
        counts = Counter(chain.from_iterable(self._files[number] for number in numbers))
        return {other: count / (len(numbers) + 2) for other, count in counts.items() if other != path}


def _best(scores: Mapping[int, float]) -> list[int]:
    least = min(sorted(scores.values(), reverse=True)[:ALIKE], default=0.0)
    near = [number for number, score in scores.items() if score >= least]
    return sorted(near, key=lambda number: (-scores[number], number))[:ALIKE]
