"""What speaks for a file, each thing a number from 0 to 1: over all files first, then inside the likely ones."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rat.search.definitions import Definition, definitions
from rat.search.history import Alike
from rat.search.imports import imports
from rat.search.kinds import Kind, language_of
from rat.search.places import dotted_in, in_traces, named_in
from rat.search.reading import Reading
from rat.search.tree import Tree
from rat.search.words import STOP, parts

Signals = dict[str, dict[int, float]]
"""Signal → file number → value."""
NAMES = 40
PHRASES = 20


def weigh(words: Sequence[str]) -> dict[str, float]:
    """Each word once, repetitions counting less and less."""
    return {word: 1 + math.log(count) for word, count in Counter(words).items()}


def scaled(values: Mapping[int, float]) -> dict[int, float]:
    """*values* divided by the highest."""
    top = max(values.values(), default=0.0)
    return {number: value / top for number, value in values.items()} if top > 0 else {}


def first_signals(reading: Reading, tree: Tree) -> tuple[Signals, tuple[Alike, ...], dict[str, float]]:
    """The signals that need no look inside a file beyond the index; the commits that read alike; words' rarity."""
    title, prose, code = weigh(reading.title), weigh(reading.prose), weigh(reading.code)
    whole: defaultdict[str, float] = defaultdict(float)
    for words, share in ((title, 2.0), (prose, 1.0), (code, 0.4)):
        for word, weight in words.items():
            whole[word] += share * weight
    found = tree.index.scores({"title": title, "prose": prose, "code": code, "whole": whole}, reading.exact)
    signals: Signals = {f"text_{name}": scaled(scores) for name, scores in found.by_field.items()}
    numbers = {path: number for number, path in enumerate(tree.paths)}
    for name, wanted in (("title", title), ("whole", whole)):
        scores, shares = tree.path_words.scores(wanted)
        signals[f"path_{name}"], signals[f"name_{name}"] = scaled(scores), {n: min(1.0, v) for n, v in shares.items()}
    raised, passed = in_traces(reading.frames, tree.places)
    alike = tree.history.alike(whole)
    spoken = tree.history.spoken_for(alike)
    by_path = {
        "path_named": named_in(reading.paths, tree.places),
        "name_exact": tree.modules.called((*reading.title_names, *reading.exact)),
        "name_exact_title": tree.modules.called(reading.title_names),
        "trace_raised": raised,
        "trace_passed": passed,
        "dotted": dotted_in(reading.dotted, tree.modules),
    }
    for name, values in by_path.items():
        signals[name] = {numbers[path]: value for path, value in values.items() if path in numbers}
    read_like = tree.history.read_like(whole)
    signals["history_text"] = scaled({numbers[path]: value for path, value in read_like.items() if path in numbers})
    recent = tree.history.spoken_for(tree.history.alike(whole, fresh=True))
    signals["history_recent"] = scaled({numbers[path]: value for path, value in recent.items() if path in numbers})
    signals["history"] = scaled({numbers[path]: value for path, value in spoken.items() if path in numbers})
    return signals, alike, found.rarity


@dataclass(slots=True)
class Inside:
    """What was found inside one likely file."""

    size: int
    defined: tuple[Definition, ...]
    imported: tuple[str, ...]
    names: frozenset[str]
    phrases: dict[str, float] = field(default_factory=dict)


def look_inside(numbers: Iterable[int], reading: Reading, tree: Tree) -> dict[int, Inside]:
    """Definitions, imports, names and phrases of the ticket in each of the files."""
    wanted = [(name, name.encode("utf-8", "replace")) for name in reading.names[:NAMES] if len(name) > 2]
    grams = {phrase: _grams(phrase) for phrase in reading.phrases[:PHRASES]}
    found: dict[int, Inside] = {}
    for number in numbers:
        path = tree.paths[number]
        data = tree.read(path)
        lower = data.lower() if grams else b""
        phrases = {phrase: sum(gram in lower for gram in some) / len(some) for phrase, some in grams.items() if some}
        found[number] = Inside(
            size=len(data),
            defined=definitions(path, data),
            imported=imports(path, data, tree.modules),
            names=frozenset(name for name, raw in wanted if raw in data),
            phrases={phrase: share for phrase, share in phrases.items() if share > 0},
        )
    return found


def _grams(phrase: str) -> list[bytes]:
    """Three words in a row of *phrase* as they would stand in a string literal; all of it when it is short."""
    tokens = re.split(r"\s+", phrase.lower())
    if len(tokens) < 3:
        return [phrase.lower().encode("utf-8", "replace")] if len(phrase) >= 8 and " " in phrase else []
    rows = [" ".join(tokens[at : at + 3]) for at in range(len(tokens) - 2)]
    return [
        row.encode("utf-8", "replace")
        for row in rows
        if any(len(word) > 3 and word not in STOP for word in row.split())
    ][:12]


def inner_signals(reading: Reading, inside: Mapping[int, Inside], rarity: Mapping[str, float]) -> Signals:
    """The signals from inside the likely files."""
    signals: Signals = {}
    defined = {number: {definition.name for definition in found.defined} for number, found in inside.items()}
    lasts = {re.split(r"[.:\\#]+", name)[-1] for name in reading.dotted}
    names = dict.fromkeys([*reading.names, *lasts])
    signals["defines"] = _rare_share(names, defined)
    signals["defines_title"] = _rare_share(reading.title_names, defined)
    signals["mentions"] = _rare_share(
        reading.names[:NAMES], {number: set(found.names) for number, found in inside.items()}
    )
    phrases = {number: {p for p, share in found.phrases.items() if share > 0.5} for number, found in inside.items()}
    signals["phrase"] = _rare_share(reading.phrases, phrases)
    title, prose = weigh(reading.title), weigh((*reading.title, *reading.prose))
    totals: dict[str, dict[int, float]] = {"def_title": {}, "def_prose": {}, "def_best": {}}
    for number, found in inside.items():
        words = {definition.name: set(parts(definition.name)) for definition in found.defined}
        every = set().union(*words.values()) if words else set()
        totals["def_title"][number] = sum(
            weight * rarity.get(word, 0) for word, weight in title.items() if word in every
        )
        totals["def_prose"][number] = sum(
            weight * rarity.get(word, 0) for word, weight in prose.items() if word in every
        )
        totals["def_best"][number] = max((fit(some, prose, rarity) for some in words.values()), default=0.0)
    signals.update({name: scaled(values) for name, values in totals.items()})
    return signals


def fit(some: set[str], wanted: Mapping[str, float], rarity: Mapping[str, float]) -> float:
    """How well the words of one definition fit: rarity of those wanted, times their share."""
    hit = [word for word in some if word in wanted]
    if not hit:
        return 0.0
    return sum(wanted[word] * rarity.get(word, 0.0) for word in hit) * len(hit) / len(some)


def _rare_share(wanted: Iterable[str], holders: Mapping[int, set[str]]) -> dict[int, float]:
    """For each file the *wanted* that it holds, one that few hold counting more; scaled."""
    counts = Counter(name for held in holders.values() for name in held)
    values: defaultdict[int, float] = defaultdict(float)
    for name in wanted:
        if counts[name]:
            weight = 1 / counts[name] ** 0.5
            for number, held in holders.items():
                if name in held:
                    values[number] += weight
    return scaled(values)


def standing(numbers: Iterable[int], tree: Tree) -> Signals:
    """What is known of files before any ticket: how often they change, what sort they are."""
    languages = Counter(language_of(path) for path in tree.paths)
    total = len(tree.paths) or 1
    signals: Signals = {
        name: {} for name in ("churn", "recent", "config", "language", "depth", "init", "size", "header", "script")
    }
    for number in numbers:
        path = tree.paths[number]
        changes = tree.history.by_file.get(path, [])
        signals["churn"][number] = math.log1p(len(changes)) / 6
        signals["recent"][number] = sum(math.exp(-at / 300) for at in changes) / (
            1 + sum(math.exp(-at / 300) for at in changes)
        )
        signals["config"][number] = float(tree.kinds[path] is Kind.CONFIG)
        signals["language"][number] = languages[language_of(path)] / total
        signals["depth"][number] = path.count("/") / 8
        signals["init"][number] = float(
            path.rpartition("/")[2].partition(".")[0] in ("__init__", "index", "mod", "lib", "main")
        )
        signals["size"][number] = math.log1p(tree.index.lengths[number]) / 10
        signals["header"][number] = float(path.endswith((".h", ".hpp", ".pyi", ".d.ts")))
        signals["script"][number] = float(
            path.startswith((".", "scripts/", "tools/", "ci/", "bin/", "hack/")) or "/" not in path
        )
    return signals


def partner_signals(ranked: Sequence[tuple[int, float]], inside: Mapping[int, Inside], tree: Tree) -> Signals:
    """What the best files say of others: changed together, imported, importing, same name, same folder."""
    numbers = {tree.paths[number]: number for number in inside}
    signals: Signals = {name: defaultdict(float) for name in ("together", "imported", "importing", "sibling", "twin")}
    leaders = ranked[:3]
    top = leaders[0][1] if leaders else 0.0
    for leader, score in leaders:
        sure = math.exp(score - top)
        path = tree.paths[leader]
        for other, share in tree.history.together(path).items():
            if other in numbers:
                signals["together"][numbers[other]] += sure * share
        for target in inside[leader].imported:
            if target in numbers:
                signals["imported"][numbers[target]] = max(signals["imported"][numbers[target]], sure)
        for number, found in inside.items():
            if path in found.imported:
                signals["importing"][number] = max(signals["importing"][number], sure)
            other = tree.paths[number]
            if number != leader and other.rpartition("/")[0] == path.rpartition("/")[0]:
                signals["sibling"][number] = max(signals["sibling"][number], sure)
            if number != leader and _stem(other) == _stem(path):
                signals["twin"][number] = max(signals["twin"][number], sure)
    signals["together"] = {number: min(1.0, value) for number, value in signals["together"].items()}
    return {name: dict(values) for name, values in signals.items()}


def _stem(path: str) -> str:
    return path.rpartition("/")[2].partition(".")[0].lower()
