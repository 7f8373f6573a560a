"""Why a file was chosen, in words that a person believes at a glance, and the symbols to look at."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice

from rat.model.evidence import Symbol
from rat.search.definitions import line_of
from rat.search.inside import Inside, fit, named_symbols
from rat.search.pairs import Paired, weight_of
from rat.search.reading import Reading
from rat.search.signals import First, Signals, weigh
from rat.search.tree import Tree
from rat.search.words import parts, word_set

REASONS = 4
SYMBOLS = 5
SHOWN = 3
"""Names shown in one reason."""
TELLING = 12
"""Words of a ticket that are worth naming."""
NEAR = 0.5
"""A definition is shown whose words fit at least half as well as the best one's."""
FEW = 1 / 3
"""A name that more of the likely files use says nothing of one."""
CLEAR = 0.2
"""From which value on a partner is worth naming."""
SUBJECT = 70
"""Characters of a commit's subject that are shown."""


class Findings:
    """Everything that was found for one ticket, and what of it is asked for every file."""

    def __init__(
        self,
        *,
        reading: Reading,
        tree: Tree,
        first: First,
        inside: Mapping[int, Inside],
        pairs: Paired,
        signals: Signals,
    ) -> None:
        self.reading = reading
        self.tree = tree
        self.inside = inside
        self.pairs = pairs
        self.signals = signals
        self.alike = first.alike
        self.named = first.named
        self.rarity = first.rarity
        self.symbols = named_symbols(reading)
        self.wanted = weigh((*reading.title, *reading.title, *reading.prose))
        self.by_weight = _by_weight(reading, first.rarity)
        self.spread = Counter(name for found in inside.values() for name in found.names | found.spans)


def reasons_for(number: int, findings: Findings) -> tuple[str, ...]:
    """The strongest reasons for a file, at most REASONS and at least one: the words that it shares with the ticket."""
    told = (reason for tell in STRONGEST_FIRST if (reason := tell(number, findings)))
    return tuple(islice(told, REASONS)) or (_shares(number, findings),)


def symbols_for(number: int, findings: Findings) -> tuple[Symbol, ...]:
    """The definitions of a file that the ticket is about, by name or by their words, in the order of the file."""
    named = frozenset(findings.symbols)
    wanted = frozenset(findings.wanted)
    scored = [
        (definition.name in named, fit(words, findings.wanted, findings.rarity), definition)
        for definition in findings.inside[number].defined
        if not wanted.isdisjoint(words := word_set(definition.name)) or definition.name in named
    ]
    enough = NEAR * max((score for _, score, _ in scored), default=0.0)
    close = [found for found in scored if found[0] or (found[1] > 0 and found[1] >= enough)]
    chosen = sorted(close, key=lambda found: (not found[0], -found[1], found[2].offset))[:SYMBOLS]
    if not chosen:
        return ()
    data = findings.inside[number].data
    found = [Symbol(name=definition.name, line=line_of(data, definition.offset)) for *_, definition in chosen]
    return tuple(sorted(found, key=lambda symbol: (symbol.line, symbol.name)))


def _value(name: str, number: int, findings: Findings) -> float:
    return findings.signals.get(name, {}).get(number, 0.0)


def _named(number: int, findings: Findings) -> str:
    return "named in the ticket" if _value("path_named", number, findings) else ""


def _traced(number: int, findings: Findings) -> str:
    if not _value("trace_passed", number, findings):
        return ""
    name = findings.tree.paths[number].rpartition("/")[2]
    frames = [frame for frame in findings.reading.frames if frame.path.rpartition("/")[2] == name]
    where = f", line {frames[0].line}" if frames and frames[0].line else ""
    return f"in the stack trace{where}" if frames else "in the stack trace"


def _referred(number: int, findings: Findings) -> str:
    if not _value("commit_named", number, findings):
        return ""
    path, commits = findings.tree.paths[number], findings.tree.history.commits
    named = (commits[at] for at in findings.named)
    commit = next(commit for commit in named if path in commit.files)
    return f'changed in a commit that the ticket names ({commit.sha[:7]} "{commit.subject[:SUBJECT]}")'


def _named_definitions(number: int, findings: Findings) -> list[str]:
    defined = {definition.name for definition in findings.inside[number].defined}
    return [name for name in findings.symbols if name in defined]


def _defines(number: int, findings: Findings) -> str:
    named = _named_definitions(number, findings)[:SHOWN]
    return f"defines {_list(named)}, named in the ticket" if named else ""


def _quotes(number: int, findings: Findings) -> str:
    phrases = findings.inside[number].phrases
    return f'has text that the ticket quotes: "{" ".join(phrases[0].split())[:SUBJECT]}"' if phrases else ""


def _changed(number: int, findings: Findings) -> str:
    path, history = findings.tree.paths[number], findings.tree.history
    commits = [alike for alike in findings.alike[:12] if path in history.commits[alike.number].files]
    if not commits:
        return ""
    words = list(dict.fromkeys(word for alike in commits for word in alike.shared))
    rare = sorted(words, key=lambda word: (-findings.rarity.get(word, 0.0), word))[:SHOWN]
    about = ", ".join(findings.reading.spellings.get(word, word) for word in rare)
    first = history.commits[commits[0].number]
    count = "a commit" if len(commits) == 1 else f"{len(commits)} commits"
    return f'changed in {count} about {about} ({first.sha[:7]} "{first.subject[:SUBJECT]}")'


def _path_says(number: int, findings: Findings) -> str:
    said = set(parts(findings.tree.paths[number]))
    words = [word for word in dict.fromkeys(findings.reading.title) if word in said]
    return (
        f"its path says {_list([findings.reading.spellings.get(word, word) for word in words[:SHOWN]])}"
        if words
        else ""
    )


def _mentions(number: int, findings: Findings) -> str:
    found = findings.inside[number]
    here = (found.names | found.spans).difference(_named_definitions(number, findings))
    most = len(findings.inside) * FEW
    wanted = dict.fromkeys((*findings.reading.names, *findings.reading.spans))
    names = [name for name in wanted if name in here and findings.spread[name] <= most]
    return f"uses {_list(names[:SHOWN])}, named in the ticket" if names else ""


def _pairs(number: int, findings: Findings) -> str:
    if _value("pairs", number, findings) < CLEAR:
        return ""
    found = findings.pairs[number]
    order = sorted(found, key=lambda pair: (-weight_of(pair, findings.reading, findings.rarity), pair))
    known = frozenset((*findings.symbols, *findings.reading.spans))
    names = [name for name in dict.fromkeys(found[pair] for pair in order) if name not in known]
    return f"has {_list(names[:SHOWN])}: words of the ticket in one name" if names else ""


def _partner(number: int, findings: Findings) -> str:
    for name, text in (
        ("together", "often changes together with another likely file"),
        ("imported", "imported by another likely file"),
        ("importing", "imports another likely file"),
    ):
        if _value(name, number, findings) > CLEAR:
            return text
    return ""


def _says(number: int, findings: Findings) -> str:
    words = _said(number, findings, telling(findings))
    return f"says {words}" if words else ""


def _shares(number: int, findings: Findings) -> str:
    words = _said(number, findings, findings.by_weight)
    return f"shares {words} with the ticket" if words else "only weak signs"


def _said(number: int, findings: Findings, words: Sequence[str]) -> str:
    """The first of *words* (stems) that stand in the file, as the ticket spells them."""
    data = findings.inside[number].data.lower()
    found = islice((word for word in words if word.encode("utf-8", "replace") in data), SHOWN)
    return _list([findings.reading.spellings.get(word, word) for word in found])


def telling(findings: Findings) -> tuple[str, ...]:
    """The stemmed words of the ticket that say most about it: rare in the code and repeated, most telling first."""
    return findings.by_weight[:TELLING]


def _by_weight(reading: Reading, rarity: Mapping[str, float]) -> tuple[str, ...]:
    wanted = weigh((*reading.title, *reading.prose))
    known = [word for word in wanted if rarity.get(word)]
    return tuple(sorted(known, key=lambda word: (-wanted[word] * rarity[word], word)))


STRONGEST_FIRST = (
    _named,
    _traced,
    _referred,
    _defines,
    _quotes,
    _changed,
    _path_says,
    _mentions,
    _pairs,
    _partner,
    _says,
)
"""The reasons that there may be for a file; one that does not hold is empty."""


def _list(names: Sequence[str]) -> str:
    """Names in code spans, a comma between."""
    return ", ".join(f"`{name}`" for name in names)
