"""How much a text pins down: the distinct things it names that somebody could look up, run or measure."""

import re

from rat.readiness.language import GENERIC

_SPECIFIC = re.compile(
    r"`[^`\n]{1,200}`"  # code spans
    r"|https?://[^\s)>\]\"']{1,500}"
    r"|\b[A-Za-z_]\w{0,80}\(\)?"  # calls: name(
    r"|\b\w{1,80}(?:(?:[./\\]|::|->)\w{1,80})+"  # dotted names, paths
    r"|\b[a-z]{1,60}[A-Z]\w{0,80}|\b[A-Z][a-z]{1,60}[A-Z]\w{0,80}|\b[a-zA-Z]{1,60}_\w{1,80}"  # camelCase, snake_case
    r"|\b[A-Za-z_]\w{0,60}=[^\s,;)]{1,60}"  # name=value
    r"|(?<!\w)--?[a-z][\w-]{1,60}"  # options
    r"|\b\w{0,20}\d[\w.]{0,40}(?: ?(?:[kMGT]?i?B|ms|s|h|min|times|days?|hours?|minutes?|rows|users)\b)?%?"  # values
    r"|\"[^\"\n]{1,120}\"|“[^”\n]{1,120}”"  # words on a screen
    r"|(?:^|\s)#\d+\b"
)
_WORD = re.compile(r"[^\W\d_]{3,60}")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def specifics(text: str) -> frozenset[str]:
    """The distinct names, numbers, quotations and links in *text*, each once whatever its case."""
    return frozenset(match.strip(" `\"'“”().").casefold() for match in _SPECIFIC.findall(text)) - {""}


def without_specifics(text: str) -> str:
    """*text* with a blank in place of each name, number, quotation and link."""
    return _SPECIFIC.sub(" ", text)


def words(text: str) -> list[str]:
    """The words of *text*; scripts without spaces count a word for each two characters."""
    wide = _WIDE.findall(text)
    return [word.casefold() for word in _WORD.findall(_WIDE.sub(" ", text))] + [
        "".join(wide[i : i + 2]) for i in range(0, len(wide), 2)
    ]


def content(text: str) -> frozenset[str]:
    """The words of *text* that carry a meaning of their own, cut to their first six letters ("export" = "exports")."""
    return frozenset(word[:6] for word in words(text) if word not in GENERIC)
