"""What is found inside the likely files: what they define, the names and phrases of the ticket, what they import."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from rat.search.contents import Contents
from rat.search.definitions import Definition, definitions
from rat.search.imports import imports
from rat.search.patterns import Patterns
from rat.search.reading import Reading
from rat.search.signals import Signals, scaled, weigh
from rat.search.tree import Tree
from rat.search.words import STOP, word_set

NAMES = 40
PHRASES = 20
"""Names and phrases of a ticket that are looked for."""
ROW = 3
"""Words in a row that make a phrase known: the rest of a message is often filled in."""
ROWS = 12
HALF = 0.5
ENOUGH = 1.5
"""Definitions with a word after which more of them say little more."""


class Inside(NamedTuple):
    """What was found inside one file, and its text."""

    data: bytes
    defined: tuple[Definition, ...]
    imported: tuple[str, ...]
    names: frozenset[str]
    phrases: tuple[str, ...]
    spans: frozenset[str]


def look_inside(numbers: Iterable[int], reading: Reading, tree: Tree) -> dict[int, Inside]:
    """Definitions, imports, names, phrases and code of the ticket in each of the files."""
    sought = Sought(reading)
    return {number: _look(tree.paths[number], sought, tree) for number in numbers}


class Sought:
    """What of a ticket is looked for in the text of files: names as they stand, the rest in lower case."""

    def __init__(self, reading: Reading) -> None:
        self.names = {name: _spellings(name) for name in reading.names[:NAMES]}
        self.rows = {phrase: _rows(phrase) for phrase in reading.phrases[:PHRASES]}
        self.spans = {span: span.lower().encode("utf-8", "replace") for span in reading.spans[:NAMES]}
        self.exact = Patterns(text for spellings in self.names.values() for text in spellings)
        self.lower = Patterns((*self.spans.values(), *(row for rows in self.rows.values() for row in rows)))


def _look(path: str, sought: Sought, tree: Tree) -> Inside:
    data = tree.read(path)
    if path not in tree.contents:
        tree.contents[path] = Contents(defined=definitions(path, data), imported=imports(path, data, tree.modules))
    contents = tree.contents[path]
    exact = sought.exact.found_in(data)
    lower = sought.lower.found_in(data.lower()) if sought.rows or sought.spans else frozenset()
    return Inside(
        data=data,
        defined=contents.defined,
        imported=contents.imported,
        names=frozenset(name for name, spellings in sought.names.items() if not exact.isdisjoint(spellings)),
        phrases=tuple(
            phrase
            for phrase, rows in sought.rows.items()
            if not lower.isdisjoint(rows) and sum(row in lower for row in rows) > HALF * len(rows)
        ),
        spans=frozenset(span for span, text in sought.spans.items() if text in lower),
    )


def _spellings(name: str) -> list[bytes]:
    """*name* as it stands; `some-flag` also as `some_flag` and `someFlag`."""
    texts = [name]
    if "-" in name:
        first, *rest = name.split("-")
        texts += [name.replace("-", "_"), first + "".join(part.capitalize() for part in rest)]
    return [text.encode("utf-8", "replace") for text in texts]


def _rows(phrase: str) -> list[bytes]:
    """Each ROW words of *phrase* as they would stand in a string literal; all of it when it is short."""
    words = phrase.lower().split()
    if len(words) < ROW:
        return [" ".join(words).encode("utf-8", "replace")] if len(words) > 1 else []
    rows = [words[at : at + ROW] for at in range(len(words) - ROW + 1)]
    telling = [row for row in rows if any(len(word) > ROW and word not in STOP for word in row)]
    return [" ".join(row).encode("utf-8", "replace") for row in telling[:ROWS]]


def inner_signals(reading: Reading, inside: Mapping[int, Inside]) -> Signals:
    """The signals from inside the likely files."""
    defined = {number: frozenset(definition.name for definition in found.defined) for number, found in inside.items()}
    signals: Signals = {
        "defines": _rare_share(named_symbols(reading), defined),
        "defines_title": _rare_share(reading.title_names, defined),
        "mentions": _rare_share(reading.names[:NAMES], {number: found.names for number, found in inside.items()}),
        "spans": _rare_share(reading.spans[:NAMES], {number: found.spans for number, found in inside.items()}),
        "phrase": _rare_share(reading.phrases, {number: frozenset(found.phrases) for number, found in inside.items()}),
    }
    title, wanted = weigh(reading.title), weigh((*reading.title, *reading.prose))
    words = {number: touching(names, wanted) for number, names in defined.items()}
    counts = {number: Counter(word for some in every for word in some) for number, every in words.items()}
    rarity = _rarity(wanted, counts)
    best = {number: max((fit(some, wanted, rarity) for some in every), default=0.0) for number, every in words.items()}
    return signals | {"def_title": scaled(_about(title, counts, rarity)), "def_best": scaled(best)}


def touching(names: Iterable[str], wanted: Iterable[str]) -> list[frozenset[str]]:
    """The words of each of *names* that has one of those *wanted*: most of what a file defines has none."""
    some = frozenset(wanted)
    return [words for words in map(word_set, names) if not words.isdisjoint(some)]


def _rarity(words: Iterable[str], counts: Mapping[int, Mapping[str, int]]) -> dict[str, float]:
    """How rare each of *words* is in the definitions of the likely files, which are alike in most of them."""
    holders = {word: sum(word in count for count in counts.values()) for word in words}
    return {word: math.log(1 + (len(counts) - held + 0.5) / (held + 0.5)) for word, held in holders.items() if held}


def _about(
    title: Mapping[str, float], counts: Mapping[int, Mapping[str, int]], rarity: Mapping[str, float]
) -> dict[int, float]:
    """How much each file defines of what the *title* says; more than a few definitions with a word add little."""
    return {
        number: sum(
            weight * rarity[word] * count[word] / (count[word] + ENOUGH)
            for word, weight in title.items()
            if word in count
        )
        for number, count in counts.items()
    }


def hub(inside: Mapping[int, Inside], tree: Tree) -> dict[int, float]:
    """How many of the likely files import each of them; scaled."""
    importers = Counter(path for found in inside.values() for path in found.imported)
    return scaled({number: math.log1p(importers[tree.paths[number]]) for number in inside})


def named_symbols(reading: Reading) -> tuple[str, ...]:
    """The names that a definition may have: those in the ticket, and the last parts of dotted ones."""
    last = (re.split(r"[.:\\#]+", name)[-1] for name in reading.dotted)
    return tuple(dict.fromkeys((*reading.title_names, *reading.names, *last)))


def fit(some: frozenset[str], wanted: Mapping[str, float], rarity: Mapping[str, float]) -> float:
    """How well the words of one definition fit: rarity of those wanted, times their share."""
    hit = sorted(word for word in some if word in wanted)
    return sum(wanted[word] * rarity.get(word, 0.0) for word in hit) * len(hit) / len(some) if hit else 0.0


def _rare_share(wanted: Iterable[str], holders: Mapping[int, frozenset[str]]) -> dict[int, float]:
    """For each file the *wanted* that it holds, one that few hold counting more; scaled."""
    values: defaultdict[int, float] = defaultdict(float)
    for name in wanted:
        having = [number for number, held in holders.items() if name in held]
        for number in having:
            values[number] += len(having) ** -0.5
    return scaled(values)
