"""Which spellings a stemmed word has among the tokens of a text."""

import re
from collections import defaultdict
from collections.abc import Iterable

from rat.search.words import parts

SEPARATORS = bytes(byte if bytes([byte]).isalnum() or byte > 127 else 32 for byte in range(256))  # noqa: PLR2004 - ASCII
"""Every byte that is no letter or digit becomes a space; bytes of other scripts stay."""

LONGEST = 40
"""Characters of a token; a longer one is a hash or data."""


def tokens_of(text: bytes) -> list[bytes]:
    """The runs of letters and digits in *text*."""
    return text.translate(SEPARATORS).split()


class Vocabulary:
    """The different tokens of a text, asked for spellings: `pars` is in `parse`, `Parser`, `reparsing`, `parseURL`.

    The tokens are scanned for each question, all of its words at once: taking every token apart beforehand costs more
    than a run of a few tickets asks for.
    """

    def __init__(self, tokens: Iterable[bytes]) -> None:
        self._text = b" ".join(token for token in tokens if len(token) <= LONGEST)
        self._lower = self._text.lower()

    def spellings(self, words: Iterable[str]) -> dict[str, list[bytes]]:
        """Stemmed word → the tokens that have it as one of their parts."""
        wanted = frozenset(words)
        # A stem is the beginning of its words but for a last letter: `quer(y)`, `queries`.
        beginnings = sorted({word[: max(2, len(word) - 1)].encode("utf-8", "replace") for word in wanted if word})
        found: defaultdict[str, list[bytes]] = defaultdict(list)
        if not beginnings:
            return found
        for token in self._with(_any_of(beginnings)):
            for word in dict.fromkeys(parts(token.decode("utf-8", "replace"))):
                if word in wanted:
                    found[word].append(token)
        return found

    def _with(self, pattern: re.Pattern[bytes]) -> Iterable[bytes]:
        """The tokens in which *pattern* occurs, each once."""
        position = 0
        while (match := pattern.search(self._lower, position)) is not None:
            start = self._lower.rfind(b" ", 0, match.start()) + 1
            end = self._lower.find(b" ", match.end())
            position = end if end >= 0 else len(self._lower)
            yield self._text[start:position]


def _any_of(beginnings: list[bytes]) -> re.Pattern[bytes]:
    """A pattern for any of the sorted *beginnings*; those that begin alike share a branch, which makes it fast."""
    kept = [
        text for at, text in enumerate(beginnings) if not any(text.startswith(other) for other in beginnings[:at][-1:])
    ]
    groups: defaultdict[bytes, list[bytes]] = defaultdict(list)
    for text in kept:
        groups[text[:1]].append(re.escape(text[1:]))
    branches = [re.escape(first) + b"(?:" + b"|".join(rests) + b")" for first, rests in groups.items()]
    return re.compile(b"|".join(branches))
