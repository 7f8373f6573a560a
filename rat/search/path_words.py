"""The words in the files' paths."""

import math
from array import array
from collections import defaultdict
from collections.abc import Mapping, Sequence

from rat.search.vocabulary import Vocabulary
from rat.search.words import parts

FOLDER = 0.4
"""What a word in a folder's name counts against one in the file's own name."""
LONGEST = 4096
"""Characters of a path that are looked at, as many as Linux allows."""
PLAIN = frozenset({"__init__", "index", "mod", "main", "lib"})
"""Names that say nothing: the file goes by its folder's."""


class PathWords:
    """Which files have which words in their names and folders."""

    def __init__(self, paths: Sequence[str]) -> None:
        self._total = len(paths)
        self._named: defaultdict[bytes, array[int]] = defaultdict(lambda: array("I"))
        self._within: defaultdict[bytes, array[int]] = defaultdict(lambda: array("I"))
        for number, path in enumerate(paths):
            folder, _, name = path.rpartition("/")
            stem = name.partition(".")[0]
            self._named[_key(folder.rpartition("/")[2] if stem in PLAIN else stem)].append(number)
            self._within[_key(folder)].append(number)
        self._names = Vocabulary(self._named, longest=LONGEST)
        self._folders = Vocabulary(self._within, longest=LONGEST)

    def scores(self, wanted: Mapping[str, float]) -> tuple[dict[int, float], dict[int, float]]:
        """File number → rarity of the *wanted* words in its path; and → the share of its own name's words wanted."""
        scores: defaultdict[int, float] = defaultdict(float)
        shares: defaultdict[int, float] = defaultdict(float)
        in_names, in_folders = self._names.spellings(wanted), self._folders.spellings(wanted)
        for word, weight in wanted.items():
            named = {
                number: len(parts(name.decode("utf-8", "replace")))
                for name in in_names.get(word, ())
                for number in self._named[name]
            }
            within = {number for folder in in_folders.get(word, ()) for number in self._within[folder]}
            holders = len(within.union(named))
            rarity = weight * math.log(1 + (self._total - holders + 0.5) / (holders + 0.5))
            for number in within:
                scores[number] += (1.0 if number in named else FOLDER) * rarity
            for number, size in named.items():
                if number not in within:
                    scores[number] += rarity
                shares[number] += 1 / size
        return scores, {number: min(1.0, share) for number, share in shares.items()}


def _key(name: str) -> bytes:
    """*name* as one token of a vocabulary, which has spaces between its tokens."""
    return name.encode("utf-8", "replace").replace(b" ", b"-")
