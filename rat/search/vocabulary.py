"""Which spellings a stemmed word has among the tokens of a text."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping

from rat.search.matcher import Matcher, matcher_for
from rat.search.words import SHORTEST, parts, stem

SEPARATORS = bytes(byte if bytes([byte]).isalnum() or byte > 127 else 32 for byte in range(256))  # noqa: PLR2004 - ASCII
"""Every byte that is no letter or digit becomes a space; bytes of other scripts stay."""

LOWERED = SEPARATORS.lower()
"""The same for letters of ASCII in lower case."""

LONGEST = 40
"""Characters of a token; a longer one is a hash or data."""


def tokens_of(text: bytes) -> list[bytes]:
    """The runs of letters and digits in *text*."""
    return text.translate(SEPARATORS).split()


class Wanted:
    """The tokens that matter to one ticket: they may spell one of its words, or are one of its exact names."""

    def __init__(self, words: Iterable[str], exact: Iterable[str]) -> None:
        names = (name.lower().encode("utf-8", "replace") for name in exact)
        self._matcher = _matcher((*names, *map(_beginning, words)))

    def tokens_in(self, text: bytes) -> list[bytes]:
        """Those of the tokens of *text* that matter, in order, with repetitions."""
        return list(_tokens_with(self._matcher, text, text.translate(LOWERED)))


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
        for token in _tokens_with(_matcher(wanted.values()), self._mixed, self._lower):
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


def _beginning(word: str) -> bytes:
    """What every spelling of a stemmed *word* begins with; the stem of both `query` and `queries` ends in a `y`.

    A stem as short as `py` and `key` has no other spelling.
    """
    return (word.removesuffix("y") if len(word) > SHORTEST else word).encode("utf-8", "replace")


def matcher_of(words: Iterable[str]) -> Matcher:
    """Looks for whatever may spell one of the stemmed *words*, in text of lower case."""
    return _matcher(map(_beginning, words))


def _matcher(patterns: Iterable[bytes]) -> Matcher:
    """Looks for all of *patterns*, of a long one for its beginning."""
    return matcher_for(pattern[:LONGEST] for pattern in patterns)


def _tokens_with(matcher: Matcher, text: bytes, lower: bytes) -> Iterator[bytes]:
    """The tokens of *text* in which one of the patterns occurs; *lower* is *text* as the patterns are written."""
    end = 0
    for _, start, _ in matcher.find_matches_as_indexes(lower):
        if start >= end:
            end = lower.find(b" ", start)
            end = end if end >= 0 else len(lower)
            yield text[lower.rfind(b" ", 0, start) + 1 : end]
