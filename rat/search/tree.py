"""The checkout as the search sees it, read once for many tickets."""

import threading
from collections import Counter
from dataclasses import dataclass, field

from rat.model.commit import Commit
from rat.ports import Checkout
from rat.search.companions import Companions
from rat.search.contents import Contents
from rat.search.history import History
from rat.search.imports import Modules
from rat.search.index import Index
from rat.search.kinds import Kind, is_generated, kind_of, language_of
from rat.search.path_words import PathWords
from rat.search.places import Places

COMMITS = 3000
"""How far back the history is read."""
READ_CAP = 1 << 20
"""Bytes of a file that are looked at; a longer one is nearly always data."""
CONFIG_CAP = 1 << 17
"""Bytes of a configuration file; a longer one is data."""
RANKED = (Kind.SOURCE, Kind.CONFIG)
GRAMMARS = ("y", "yy", "l", "ll", "g4", "pyx", "proto", "peg")
LFS = b"version https://git-lfs.github.com/spec/"


@dataclass(frozen=True, kw_only=True, slots=True)
class Tree:
    """The files that can be ranked (*paths*, numbered as in *index*), their *languages* (shares), the history."""

    checkout: Checkout
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
    contents: dict[str, Contents] = field(default_factory=dict)
    """What was found in files that were looked into, kept for the next ticket."""

    def read(self, path: str) -> bytes:
        """The text of a file as UTF-8 bytes, cut at READ_CAP; empty when it cannot be read."""
        return as_text(self.checkout.read(path) or b"")


def read_tree(checkout: Checkout) -> Tree:
    """Read every file of *checkout* that can be ranked, and its history at the same time."""
    commits: list[Commit] = []
    reader = threading.Thread(target=lambda: commits.extend(checkout.commits(limit=COMMITS)))
    reader.start()
    kinds = {path: kind_of(path) for path in checkout.files()}
    index, paths, pointers = Index(), [], 0
    for path, kind in kinds.items():
        if kind not in RANKED:
            continue
        data = as_text(checkout.read(path) or b"")
        if data.startswith(LFS):
            pointers += 1
        elif kind is Kind.CONFIG and len(data) > CONFIG_CAP:
            kinds[path] = Kind.OTHER
        elif is_generated(data) and not _has_source(path, kinds):
            kinds[path] = Kind.GENERATED
        else:
            paths.append(path)
            index.add(data)
    index.close()
    reader.join()
    return Tree(
        checkout=checkout,
        kinds=kinds,
        paths=tuple(paths),
        numbers={path: number for number, path in enumerate(paths)},
        languages={language: count / len(paths) for language, count in Counter(map(language_of, paths)).items()},
        index=index,
        path_words=PathWords(paths),
        places=Places(paths),
        modules=Modules(paths),
        history=History(commits),
        companions=Companions([path for path, kind in kinds.items() if kind is Kind.TEST]),
        notes=(f"{pointers} files are Git LFS pointers: their content is not here",) if pointers else (),
    )


def _has_source(path: str, kinds: dict[str, Kind]) -> bool:
    """Whether a grammar stands beside the generated *path*: `parser.c` is committed together with `parser.y`."""
    stem = path.rpartition(".")[0]
    return any(f"{stem}.{suffix}" in kinds for suffix in GRAMMARS)


def as_text(data: bytes) -> bytes:
    """*data* cut at READ_CAP, UTF-16 as UTF-8; nothing for a binary one (a NUL in the first 8,000 bytes, as in git)."""
    data = data[:READ_CAP]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace").encode("utf-8", "replace")
    return b"" if data.find(b"\0", 0, 8000) >= 0 else data
