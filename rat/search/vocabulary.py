"""Which spellings a stemmed word has among the tokens of a text."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping

from rat.search.words import parts, stem

SEPARATORS = bytes(byte if bytes([byte]).isalnum() or byte > 127 else 32 for byte in range(256))  # noqa: PLR2004 - ASCII
"""Every byte that is no letter or digit becomes a space; bytes of other scripts stay."""

LONGEST = 40
"""Characters of a token; a longer one is a hash or data."""

KNOWN = 1 << 18
"""Tokens about which it is remembered whether they matter."""


def tokens_of(text: bytes) -> list[bytes]:
    """The runs of letters and digits in *text*."""
    return text.translate(SEPARATORS).split()


class Wanted(dict[bytes, bool]):
    """Whether a token matters to one ticket: it may spell one of its words, or is one of its exact names."""

    def __init__(self, words: Iterable[str], exact: Iterable[str]) -> None:
        super().__init__({name.encode("utf-8", "replace"): True for name in exact})
        self._pattern = _any_of(sorted({_beginning(word) for word in words if word}))

    def __missing__(self, token: bytes) -> bool:
        """Look at a new token, once in a run; at most KNOWN are remembered."""
        if len(self) > KNOWN:
            return self._may(token)
        self[token] = found = self._may(token)
        return found

    def _may(self, token: bytes) -> bool:
        return self._pattern.search(token.lower()) is not None


class Vocabulary:
    """The different tokens of a text, asked for spellings: `pars` is in `parse`, `Parser`, `reparsing`, `parseURL`.

    Plain lower-case tokens are kept sorted, as a stem is the beginning of its words. The others are scanned for each
    question, all of its words at once: taking each apart beforehand costs more than a run of a few tickets asks for.
    """

    def __init__(self, tokens: Iterable[bytes], *, longest: int = LONGEST) -> None:
        plain: list[bytes] = []
        mixed: list[bytes] = []
        for token in tokens:
            if len(token) <= longest:
                (plain if token.islower() and token.isalpha() else mixed).append(token)
        self._plain = sorted(plain)
        self._mixed = b" ".join(mixed)
        self._lower = self._mixed.lower()
        self._known: dict[str, list[bytes]] = {}

    def spellings(self, words: Iterable[str]) -> dict[str, list[bytes]]:
        """Stemmed word → the tokens that have it as one of their parts; each word is looked for once in a run."""
        asked = [word for word in words if word]
        unknown = {word: _beginning(word) for word in asked if word not in self._known}
        if unknown:
            self._known.update(self._look_for(unknown))
        return {word: self._known[word] for word in asked if self._known[word]}

    def _look_for(self, wanted: Mapping[str, bytes]) -> dict[str, list[bytes]]:
        found: dict[str, list[bytes]] = {
            word: [token for token in self._beginning_with(beginning) if stem(token.decode("ascii")) == word]
            for word, beginning in wanted.items()
        }
        for token in self._with(_any_of(sorted(set(wanted.values())))):
            for word in dict.fromkeys(parts(token.decode("utf-8", "replace"))):
                if word in found:
                    found[word].append(token)
        return found

    def _beginning_with(self, beginning: bytes) -> Iterable[bytes]:
        """The plain tokens that begin so."""
        place = bisect_left(self._plain, beginning)
        while place < len(self._plain) and self._plain[place].startswith(beginning):
            yield self._plain[place]
            place += 1

    def _with(self, pattern: re.Pattern[bytes]) -> Iterable[bytes]:
        """The other tokens in which *pattern* occurs, each once."""
        position = 0
        while (match := pattern.search(self._lower, position)) is not None:
            start = self._lower.rfind(b" ", 0, match.start()) + 1
            end = self._lower.find(b" ", match.end())
            position = end if end >= 0 else len(self._lower)
            yield self._mixed[start:position]


def _beginning(word: str) -> bytes:
    """What every spelling of a stemmed *word* begins with; the stem of both `query` and `queries` ends in a `y`."""
    return word.removesuffix("y").encode("utf-8", "replace") or word.encode("utf-8", "replace")


def _any_of(beginnings: list[bytes]) -> re.Pattern[bytes]:
    """A pattern for any of the *beginnings*; those with the same first letter share a branch, which makes it fast."""
    groups: defaultdict[bytes, list[bytes]] = defaultdict(list)
    for text in beginnings:
        groups[text[:1]].append(re.escape(text[1:]))
    branches = [re.escape(first) + b"(?:" + b"|".join(rests) + b")" for first, rests in groups.items()]
    return re.compile(b"|".join(branches) or b"(?!)")
