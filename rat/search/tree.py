"""The checkout as the search sees it, read once for many tickets."""

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rat.checkout import COMMITS, GitCheckout
from rat.search.companions import Companions
from rat.search.history import History
from rat.search.imports import Modules
from rat.search.index import Index
from rat.search.kinds import RANKED, Kind, kind_of, language_of
from rat.search.matcher import FAST, SLOWER
from rat.search.path_words import PathWords
from rat.search.places import Places
from rat.search.scan import scan
from rat.search.text import as_text
from rat.search.vocabulary import Wanted

if TYPE_CHECKING:
    from rat.ports import Checkout
    from rat.search.contents import Contents

MOST = 200_000
"""Files that are searched, which bounds time and memory; a hundred thousand files take about 100 MiB."""

_log = logging.getLogger("rat")


@dataclass(frozen=True, kw_only=True, slots=True)
class Tree:
    """The files that can be ranked (*paths*, numbered as in *index*), their *languages* (shares), the history."""

    checkout: "Checkout"
    kinds: dict[str, Kind]
    paths: tuple[str, ...]
    numbers: dict[str, int]
    languages: dict[str, float]
    index: Index
    path_words: PathWords
    places: Places
    modules: Modules
    history: History
    companions: Companions
    notes: tuple[str, ...]
    contents: "dict[str, Contents]" = field(default_factory=dict)
    """What was found in files that were looked into, kept for the next ticket."""

    def read(self, path: str) -> bytes:
        """The text of a file as UTF-8 bytes, cut at READ_CAP; empty when it cannot be read."""
        return as_text(self.checkout.read(path) or b"")


def read_tree(
    checkout: "Checkout", *, only: Wanted | None = None, meanwhile: Callable[[], object] = lambda: None
) -> Tree:
    """Read every file of *checkout* that can be ranked, and its history at the same time.

    With *only*, for one ticket: other words than its own are not kept, which changes nothing for that ticket.
    *meanwhile* is called once other processes are reading, if there are any.
    """
    if not FAST:
        _log.debug("%s", SLOWER)
    if isinstance(checkout, GitCheckout):
        checkout.expect(commits=COMMITS)
    kinds = {path: kind_of(path) for path in checkout.files()}
    ranked = [path for path, kind in kinds.items() if kind in RANKED]
    found = scan(checkout, ranked[:MOST], only=only, meanwhile=meanwhile)
    found.index.close()
    paths = found.paths
    kinds |= {path: Kind(kind) for path, kind in found.other.items()}
    notes = [f"{found.pointers} files are Git LFS pointers: their content is not here"] if found.pointers else []
    if len(ranked) > MOST:
        notes.append(f"only the first {MOST} of {len(ranked)} files of source and configuration were searched")
    numbers = {path: number for number, path in enumerate(paths)}
    return Tree(
        checkout=checkout,
        kinds=kinds,
        paths=tuple(paths),
        numbers=numbers,
        languages={language: count / len(paths) for language, count in Counter(map(language_of, paths)).items()},
        index=found.index,
        path_words=PathWords(paths),
        places=Places(paths),
        modules=Modules(paths),
        history=History(checkout.commits(limit=COMMITS), only, numbers),
        companions=Companions([path for path, kind in kinds.items() if kind is Kind.TEST]),
        notes=tuple(notes),
    )
