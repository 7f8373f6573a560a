"""The words in the files' paths."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

from rat.search.words import parts

FOLDER = 0.4
"""What a word in a folder's name counts against one in the file's own name."""


class PathWords:
    """Which files have which words in their names and folders."""

    def __init__(self, paths: Sequence[str]) -> None:
        self._paths = paths
        self._by_word: defaultdict[str, dict[int, float]] = defaultdict(dict)
        self._sizes: list[int] = []
        folders: dict[str, tuple[str, ...]] = {}
        for number, path in enumerate(paths):
            folder, _, name = path.rpartition("/")
            if folder not in folders:
                folders[folder] = parts(folder)
            for word in folders[folder]:
                self._by_word[word][number] = FOLDER
            own = parts(name.partition(".")[0])
            if name.partition(".")[0] in ("__init__", "index", "mod", "main", "lib"):
                own = parts(folder.rpartition("/")[2])
            self._sizes.append(len(own) or 1)
            for word in own:
                self._by_word[word][number] = 1.0

    def scores(self, wanted: Mapping[str, float]) -> tuple[dict[int, float], dict[int, float]]:
        """File number → rarity of the *wanted* words in its path; and → the share of its own name's words wanted."""
        total = len(self._paths)
        scores: defaultdict[int, float] = defaultdict(float)
        shares: defaultdict[int, float] = defaultdict(float)
        for word, weight in wanted.items():
            holders = self._by_word.get(word, {})
            rarity = weight * math.log(1 + (total - len(holders) + 0.5) / (len(holders) + 0.5))
            for number, value in holders.items():
                scores[number] += value * rarity
                if value == 1.0:
                    shares[number] += 1 / self._sizes[number]
        return scores, {number: min(1.0, share) for number, share in shares.items()}
