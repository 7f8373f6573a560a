"""Words as code is written: `parse_url`, `parseURL` and "parsing URLs" share the words pars and url."""

import functools
import re

_STOP = """
    a able about above actual actually after again all also always am an and another any anyone anything are as at
    be because been before behavior behaviour being below best better bug but by can cannot change check com could
    current currently describe description did do does doesn doing don done each either else etc even every example
    expect expected explain fail fix follow following for found from further get gets give given go going good got had
    happen happens has have having he help here hi how however http https i idea if in information instead into is isn
    issue it its itself just know latest let like line ll look looks main make many may maybe me mean might more most
    much must my need needs never new no none not nothing now of off ok on once one only or org other our out output
    over please possible pr problem proposal question really repo report reproduce result run running s same screenshot
    see seem seems should show since so some someone something step still such sure t take than thank thanks that the
    their them then there these they thing think this those though through to too try trying two up us use used user
    using ve version very via want was way we well were what when where whether which while who why will with within
    without won work working works would wrong www yes yet you your
    self cls def class return import true false null nil void int str string var let const func function public
    private static
"""
STOP = frozenset(_STOP.split())
"""English that tickets are full of, and keywords that code is full of."""

TOKEN = re.compile(r"(?:[A-Za-z0-9_]|[^\x00-\x7f])+")
PART = re.compile(r"[A-Z]{2,}s(?![a-z])|[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+|[^\x00-\x7f]+")
_DROPPED = """
    ations ation ating ators ator ated ates ate ings ing ions ion ers er ors or ements ement ments ment ness able ible
    ally ly ed es s e
"""
_REPLACED = {
    "ization": "iz",
    "izers": "iz",
    "izer": "iz",
    "ized": "iz",
    "izes": "iz",
    "ize": "iz",
    "ies": "y",
    "ied": "y",
}
_ENDINGS: dict[str, list[tuple[str, str]]] = {}
"""Last letter → English endings and what takes their place, the longest first."""
for _ending, _instead in sorted(
    {**dict.fromkeys(_DROPPED.split(), ""), **_REPLACED}.items(), key=lambda pair: (-len(pair[0]), pair[0])
):
    _ENDINGS.setdefault(_ending[-1], []).append((_ending, _instead))
SHORTEST = 3
"""Letters that are left of a word at least."""


@functools.lru_cache(maxsize=1 << 17)
def stem(word: str) -> str:
    """A lower-case *word* without its English ending: parsing, parser, parsed and parses are all `pars`."""
    if len(word) <= SHORTEST or not word.isascii() or word.endswith("ss"):
        return word
    for ending, instead in _ENDINGS.get(word[-1], ()):
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            short = word[: len(word) - len(ending)] + instead
            return short[:-1] if len(short) > SHORTEST and short[-1] == short[-2] and short[-1] not in "lsz" else short
    return word


@functools.lru_cache(maxsize=1 << 17)
def parts(name: str) -> tuple[str, ...]:
    """The stemmed words of one identifier, in order; for a compound of lower-case parts also nothing more."""
    return tuple(stem(part.lower()) for part in PART.findall(name))


@functools.lru_cache(maxsize=1 << 15)
def word_set(name: str) -> frozenset[str]:
    """The different `parts` of one identifier; the files of a project define the same names again and again."""
    return frozenset(parts(name))


def words(text: str) -> list[str]:
    """The stemmed words of *text* in order, stop words and single characters left out."""
    found: list[str] = []
    for token in TOKEN.findall(text):
        for part in PART.findall(token):
            lower = part.lower()
            if len(lower) > 1 and lower not in STOP and not lower.isdigit():
                found.append(stem(lower))
    return found


def spellings(text: str) -> dict[str, str]:
    """Stem → the lower-case word that *text* first has for it."""
    found: dict[str, str] = {}
    for part in PART.findall(text):
        found.setdefault(stem(part.lower()), part.lower())
    return found
