"""What the history says: files changed by commits that read like the ticket, and files that change together."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rat.model.commit import Commit
from rat.search.index import SEPARATORS
from rat.search.words import STOP, parts

BODY_CAP = 600
"""Characters of a message's body that count; after that come lists of squashed commits."""
WIDEST = 40
"""A commit that changes more files is a move, a format or a release: it says nothing about any of them."""
ALIKE = 30
"""Commits that may speak for a ticket."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Alike:
    """A commit that reads like a ticket, how much, and through which words."""

    number: int
    score: float
    shared: tuple[str, ...]


@dataclass(slots=True)
class History:
    """The commits by word and by file, numbered from the newest."""

    commits: tuple[Commit, ...]
    by_word: dict[str, list[int]] = field(default_factory=dict)
    by_file: dict[str, list[int]] = field(default_factory=dict)
    lengths: dict[int, int] = field(default_factory=dict)

    @classmethod
    def of(cls, commits: Sequence[Commit]) -> "History":
        """The history of *commits*, newest first; merges and very wide ones are passed over."""
        history = cls(commits=tuple(commits))
        by_token: defaultdict[bytes, list[int]] = defaultdict(list)
        by_file: defaultdict[str, list[int]] = defaultdict(list)
        for number, commit in enumerate(history.commits):
            if not 0 < len(commit.files) <= WIDEST:
                continue
            tokens = set(_message(commit).translate(SEPARATORS).split())
            history.lengths[number] = len(tokens)
            for token in tokens:
                by_token[token].append(number)
            for path in commit.files:
                by_file[path].append(number)
        history.by_file = dict(by_file)
        history.by_word = _by_word(by_token)
        return history

    def alike(self, wanted: Mapping[str, float], *, fresh: bool = False) -> tuple[Alike, ...]:
        """The commits that share the most of the rare words in *wanted*, best first."""
        scores: defaultdict[int, float] = defaultdict(float)
        shared: defaultdict[int, list[str]] = defaultdict(list)
        total = len(self.lengths)
        for word, weight in wanted.items():
            numbers = self.by_word.get(word, ())
            if not numbers or len(numbers) > total / 4 + 5:
                continue
            rarity = math.log(1 + total / len(numbers))
            for number in numbers:
                scores[number] += weight * rarity
                shared[number].append(word)
        scaled = {
            number: score / math.sqrt(8 + self.lengths[number]) * (math.exp(-number / 600) if fresh else 1.0)
            for number, score in scores.items()
        }
        best = sorted(scaled, key=lambda number: (-scaled[number], number))[:ALIKE]
        return tuple(Alike(number=number, score=scaled[number], shared=tuple(shared[number])) for number in best)

    def spoken_for(self, alike: Sequence[Alike]) -> dict[str, float]:
        """Path → how much the commits that read like the ticket speak for it; a wide commit says less of each file."""
        spoken: defaultdict[str, float] = defaultdict(float)
        for commit in alike:
            files = self.commits[commit.number].files
            for path in files:
                spoken[path] += commit.score**2 / math.sqrt(len(files))
        return dict(spoken)

    def read_like(self, wanted: Mapping[str, float]) -> dict[str, float]:
        """Path → BM25 of the messages of all commits to it, taken as one text."""
        total = len(self.lengths) or 1
        scores: defaultdict[str, float] = defaultdict(float)
        for word, weight in wanted.items():
            numbers = self.by_word.get(word, ())
            if not numbers or len(numbers) > total / 4 + 5:
                continue
            counts: defaultdict[str, float] = defaultdict(float)
            for number in numbers:
                files = self.commits[number].files
                for path in files:
                    counts[path] += 1 / math.sqrt(len(files))
            rarity = weight * math.log(1 + total / len(numbers))
            for path, count in counts.items():
                scores[path] += rarity * count * 2.2 / (count + 0.3 + 0.9 * math.log1p(len(self.by_file[path])) / 2)
        return dict(scores)

    def together(self, path: str) -> dict[str, float]:
        """Path → the share of the commits to *path* that also changed it, narrow commits counting more."""
        numbers = self.by_file.get(path, ())
        counts: Counter[str] = Counter()
        for number in numbers:
            files = self.commits[number].files
            for other in files:
                if other != path:
                    counts[other] += 1
        return {other: count / (len(numbers) + 2) for other, count in counts.items()}


def _message(commit: Commit) -> bytes:
    """What a commit says for itself."""
    body = commit.body[:BODY_CAP].partition("Co-authored-by")[0]
    return f"{commit.subject} {body}".encode("utf-8", "replace")


def _by_word(by_token: Mapping[bytes, Sequence[int]]) -> dict[str, list[int]]:
    """The commits by stemmed word, each once and in order."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for token, numbers in by_token.items():
        for word in parts(token.decode("utf-8", "replace")):
            if len(word) > 1 and word not in STOP:
                found[word].update(numbers)
    return {word: sorted(numbers) for word, numbers in found.items()}
