"""What speaks for a file, each thing a number from 0 to 1, as far as it can be known without looking inside."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from rat.search.history import Alike
from rat.search.kinds import Kind, language_of
from rat.search.named_commits import named_by_commit, named_commits
from rat.search.path_words import PLAIN
from rat.search.places import dotted_in, in_traces, named_in
from rat.search.reading import Reading
from rat.search.tree import Tree

Signals = dict[str, dict[int, float]]
"""Signal → file number → value."""

SHARES = {"title": 2.0, "prose": 1.0, "code": 0.4}
"""How much the words of each part of a ticket count when it is taken as a whole."""
FRESH = 300
"""Commits after which a change counts a third."""
JUST = 100
"""Commits after which the last change to a file counts a third."""
BYTES_A_TOKEN = 9
LEGACY = re.compile(r"(?:^|/|_)(?:legacy|deprecated|old|v1|compat|experimental|contrib|alt|shim)(?=/|\.|_|$)")
HEADERS = (".h", ".hpp", ".pyi", ".d.ts")
DATA = (".json", ".xml", ".properties", ".plist")
TOOLING = (".", "scripts/", "tools/", "ci/", "bin/", "hack/")


class First(NamedTuple):
    """The first signals, the commits that read like the ticket, those that it names, and how rare its words are."""

    signals: Signals
    alike: tuple[Alike, ...]
    named: tuple[int, ...]
    rarity: dict[str, float]


def weigh(words: Sequence[str]) -> dict[str, float]:
    """Each word once, repetitions counting less and less."""
    return {word: 1 + math.log(count) for word, count in Counter(words).items()}


def scaled(values: Mapping[int, float]) -> dict[int, float]:
    """*values* divided by the highest."""
    top = max(values.values(), default=0.0)
    return {number: value / top for number, value in values.items()} if top > 0 else {}


def total(signals: Mapping[str, Mapping[int, float]], weights: Mapping[str, float]) -> dict[int, float]:
    """File number → the weighted sum of its signals."""
    sums: dict[int, float] = {}
    for name, weight in weights.items():
        for number, value in signals.get(name, {}).items():
            sums[number] = sums.get(number, 0.0) + weight * value
    return sums


def first_signals(reading: Reading, tree: Tree) -> First:
    """The signals from the index, the paths and the history."""
    fields = {"title": weigh(reading.title), "prose": weigh(reading.prose), "code": weigh(reading.code)}
    whole: defaultdict[str, float] = defaultdict(float)
    for name, share in SHARES.items():
        for word, weight in fields[name].items():
            whole[word] += share * weight
    found = tree.index.scores(fields, reading.exact)
    spoken = tree.history.speak(whole)
    by_field = found.by_field | {"whole": total(found.by_field, SHARES)}
    signals: Signals = {f"text_{name}": scaled(scores) for name, scores in by_field.items()}
    for name, wanted in (("title", fields["title"]), ("whole", whole)):
        scores, shares = tree.path_words.scores(wanted)
        signals[f"path_{name}"], signals[f"name_{name}"] = scaled(scores), shares
    calm = {path: value / math.sqrt(1 + len(tree.history.changes(path))) for path, value in spoken.by_path.items()}
    of_history = {
        "history": spoken.by_path,
        "history_recent": spoken.fresh_by_path,
        "history_calm": calm,
        "history_text": spoken.texts,
    }
    signals |= {name: scaled(_numbered(values, tree)) for name, values in of_history.items()}
    signals |= {name: _numbered(values, tree) for name, values in _pointed_at(reading, tree).items()}
    named = named_commits(reading.references, tree.history)
    signals["commit_named"] = _numbered(named_by_commit(named, tree.history), tree)
    return First(signals=signals, alike=spoken.alike, named=named, rarity=found.rarity)


def _pointed_at(reading: Reading, tree: Tree) -> dict[str, dict[str, float]]:
    """What the ticket names outright."""
    raised, passed = in_traces(reading.frames, tree.places)
    return {
        "path_named": named_in(reading.paths, tree.places),
        "name_exact": tree.modules.called((*reading.title_names, *reading.exact)),
        "trace_raised": raised,
        "trace_passed": passed,
        "dotted": dotted_in(reading.dotted, tree.modules),
    }


def _numbered(values: Mapping[str, float], tree: Tree) -> dict[int, float]:
    return {tree.numbers[path]: value for path, value in values.items() if path in tree.numbers}


def standing(numbers: Iterable[int], tree: Tree) -> Signals:
    """What is known of files before any ticket: how often they change, what sort they are."""
    signals: defaultdict[str, dict[int, float]] = defaultdict(dict)
    for number in numbers:
        path = tree.paths[number]
        name = path.rpartition("/")[2]
        changes = tree.history.changes(path)
        fresh = sum(math.exp(-at / FRESH) for at in changes)
        values = {
            "churn": math.log1p(len(changes)) / 6,
            "recent": fresh / (1 + fresh),
            "last": math.exp(-changes[0] / JUST) if changes else 0.0,
            "config": tree.kinds[path] is Kind.CONFIG,
            "data": path.endswith(DATA),
            "legacy": LEGACY.search(path) is not None,
            "language": tree.languages.get(language_of(path), 0.0),
            "plain": name.partition(".")[0] in PLAIN,
            "header": path.endswith(HEADERS),
            "tooling": path.startswith(TOOLING) or "/" not in path,
            "size": math.log1p(tree.index.lengths[number] / BYTES_A_TOKEN) / 10,
        }
        for signal, value in values.items():
            signals[signal][number] = float(value)
    return dict(signals)
