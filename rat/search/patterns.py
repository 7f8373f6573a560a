"""Which of many short texts stand in a long one: all are looked for at once."""

from collections.abc import Iterable

from rat.search import matcher


class Patterns:
    """Texts to be looked for in files.

    A matcher passes over those that begin within one that it has found, so these are looked for once more. Without the
    fast matcher each is looked for by itself, which is faster than one expression of `re` for all.
    """

    def __init__(self, texts: Iterable[bytes]) -> None:
        self._texts = sorted({text for text in texts if text})
        self._matcher = matcher.matcher_for(self._texts) if matcher.FAST else None
        self._covered: dict[bytes, list[bytes]] = {}

    def found_in(self, data: bytes) -> set[bytes]:
        """Those of the texts that stand in *data*."""
        if self._matcher is None or not self._texts:
            return {text for text in self._texts if text in data}
        found = {data[start:end] for _, start, end in self._matcher.find_matches_as_indexes(data)}
        covered = {text for one in found for text in self._covered_by(one)} - found
        return found | {text for text in covered if text in data}

    def _covered_by(self, found: bytes) -> list[bytes]:
        """The texts that may begin within an occurrence of *found*."""
        if found not in self._covered:
            ends = [found[at:] for at in range(len(found))]
            self._covered[found] = [
                text for text in self._texts if any(text.startswith(end) or end.startswith(text) for end in ends)
            ]
        return self._covered[found]
