"""What the history says: files changed by commits that read like the ticket, and files that change together."""

import math
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
        self._lengths: dict[int, int] = {}
        for number, commit in enumerate(self.commits):
            if tells(commit):
                self._add(number, commit)
        self.by_file.default_factory = self._by_token.default_factory = None
        self._vocabulary = Vocabulary(self._by_token)

    def _add(self, number: int, commit: Commit) -> None:
        body = commit.body[:BODY_CAP].partition("Co-authored-by")[0]
        text = f"{commit.subject} {body}".encode("utf-8", "replace")
        tokens = set(tokens_of(text))
        self._lengths[number] = len(tokens)
        for token in tokens if self._only is None else set(self._only.tokens_in(text)):
            self._by_token[token].append(number)
        ranked = self._ranked
        self._files[number] = tuple([path for path in commit.files if ranked is None or path in ranked])
        for path in self._files[number]:
            self.by_file[path].append(number)

    def changes(self, path: str) -> Sequence[int]:
        """The numbers of the commits to *path*, newest first."""
        return self.by_file.get(path, ())

    def speak(self, wanted: Mapping[str, float]) -> Spoken:
        """What the commits whose messages have the *wanted* words say of the files."""
        holders = self._holders(wanted)
        scores: defaultdict[int, float] = defaultdict(float)
        shared: defaultdict[int, list[str]] = defaultdict(list)
        for word, (weight, numbers) in holders.items():
            for number in numbers:
                scores[number] += weight
                shared[number].append(word)
        scaled = {number: score / math.sqrt(USUAL + self._lengths[number]) for number, score in scores.items()}
        fresh = {number: score * math.exp(-number / FRESH) for number, score in scaled.items()}
        alike = tuple(
            Alike(number=number, score=scaled[number], shared=tuple(shared[number])) for number in _best(scaled)
        )
        return Spoken(
            alike=alike,
            by_path=self._of_files(scaled),
            fresh_by_path=self._of_files(fresh),
            texts=self._texts(holders),
        )

    def _holders(self, wanted: Mapping[str, float]) -> dict[str, tuple[float, list[int]]]:
        """Word → its weight times its rarity, and the commits that have it; words that most have are left out."""
        total = len(self._lengths)
        spellings = self._vocabulary.spellings(wanted)
        found = {}
        for word, weight in wanted.items():
            numbers = sorted({number for token in spellings.get(word, ()) for number in self._by_token[token]})
            if 0 < len(numbers) <= total * COMMON + FEW:
                found[word] = (weight * math.log(1 + total / len(numbers)), numbers)
        return found

    def _of_files(self, scores: Mapping[int, float]) -> dict[str, float]:
        """Path → what the best commits give it; one that changed many files says less of each."""
        found: defaultdict[str, float] = defaultdict(float)
        for number in _best(scores):
            for path in self._files[number]:
                found[path] += scores[number] ** 2 / math.sqrt(len(self.commits[number].files))
        return dict(found)

    def _texts(self, holders: Mapping[str, tuple[float, list[int]]]) -> dict[str, float]:
        """Path → a score of all messages of its commits, taken as one text."""
        found: defaultdict[str, float] = defaultdict(float)
        for weight, numbers in holders.values():
            for path, count in self._shares(numbers).items():
                found[path] += weight * count / (count + 0.3 + 0.45 * math.log1p(len(self.by_file[path])))
        return dict(found)

    def _shares(self, numbers: Iterable[int]) -> dict[str, float]:
        """Path → how many of the commits changed it, one that changed many files counting less."""
        by_width: defaultdict[int, list[tuple[str, ...]]] = defaultdict(list)
        for number in numbers:
            by_width[len(self.commits[number].files)].append(self._files[number])
        counts: defaultdict[str, float] = defaultdict(float)
        for width, changed in by_width.items():
            for path, count in Counter(chain.from_iterable(changed)).items():
                counts[path] += count / math.sqrt(width)
        return counts

    def together(self, path: str) -> dict[str, float]:
        """Path → the share of the commits to *path* that changed it as well."""
        numbers = self.changes(path)
        counts = Counter(other for number in numbers for other in self._files[number] if other != path)
        return {other: count / (len(numbers) + 2) for other, count in counts.items()}


def _best(scores: Mapping[int, float]) -> list[int]:
    return sorted(scores, key=lambda number: (-scores[number], number))[:ALIKE]
