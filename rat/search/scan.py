"""Reading the files that can be ranked into an index: of a large tree in several processes at once.

Python counts words in one thread at a time, so a large tree is cut into as many runs of files as there are processors;
this process reads the first and others the rest. Their indexes are appended in the order of the files, so that the
outcome is the same however many there were. A process that cannot be had or fails is done without.
"""

import json
import logging
import marshal
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rat.checkout import GitCheckout, open_checkout
from rat.ports import Checkout
from rat.search.collector import collector_paused
from rat.search.index import Index
from rat.search.kinds import Kind, is_generated, kind_of
from rat.search.text import as_text

CONFIG_CAP = 1 << 17
"""Bytes of a configuration file; a longer one is data."""
RANKED = (Kind.SOURCE, Kind.CONFIG)
GRAMMARS = ("y", "yy", "l", "ll", "g4", "pyx", "proto", "peg")
LFS = b"version https://git-lfs.github.com/spec/"
WORTH_IT = 4000
"""Files from which on another process is worth its start."""
PROCESSES = 4
SECONDS = 600
CODE = "import sys; sys.path.insert(0, sys.argv[1]); from rat.search.scan import serve; serve()"
_log = logging.getLogger("rat")


@dataclass(kw_only=True, slots=True)
class Scan:
    """The files that were indexed, in the order of their numbers, those told apart by content, and notes."""

    index: Index = field(default_factory=Index)
    paths: list[str] = field(default_factory=list)
    other: dict[str, str] = field(default_factory=dict)
    pointers: int = 0
    notes: list[str] = field(default_factory=list)

    def append(self, more: "Scan") -> None:
        """Take in the scan of the next files."""
        self.index.append(more.index)
        self.paths += more.paths
        self.other |= more.other
        self.pointers += more.pointers
        self.notes += [note for note in more.notes if note not in self.notes]


def scan(checkout: Checkout, *, processes: int | None = None) -> Scan:
    """Index every file of *checkout* that can be ranked, in at most *processes* (default: as many as make sense)."""
    paths = [path for path in checkout.files() if kind_of(path) in RANKED]
    parts = _parts(checkout, len(paths), processes)
    size = -(-len(paths) // parts) or 1
    runs = [paths[start : start + size] for start in range(size, len(paths), size)]
    helpers = [(run, _start(checkout.root, run)) for run in runs]
    known = frozenset(checkout.files())
    found = scan_files(checkout, paths[:size], known)
    for run, helper in helpers:
        more = _answer(helper) if helper is not None else None
        found.append(more if more is not None else scan_files(checkout, run, known))
    return found


def _parts(checkout: Checkout, files: int, processes: int | None) -> int:
    """How many processes read: one for a checkout that others cannot open, or that is small."""
    if not isinstance(checkout, GitCheckout):
        return 1
    if processes is not None:
        return max(1, processes)
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(PROCESSES, usable) if files >= WORTH_IT else 1


def scan_files(checkout: Checkout, paths: Sequence[str], known: frozenset[str]) -> Scan:
    """Index *paths*, leaving out what their content tells to be generated, data or a Git LFS pointer."""
    found = Scan()
    with collector_paused():
        for path in paths:
            _take_in(path, checkout, known, found)
    return found


def _take_in(path: str, checkout: Checkout, known: frozenset[str], found: Scan) -> None:
    data = as_text(checkout.read(path) or b"")
    if data.startswith(LFS):
        found.pointers += 1
    elif len(data) > CONFIG_CAP and kind_of(path) is Kind.CONFIG:
        found.other[path] = Kind.OTHER
    elif is_generated(data) and not _has_source(path, known):
        found.other[path] = Kind.GENERATED
    else:
        found.paths.append(path)
        found.index.add(data)


def _has_source(path: str, known: frozenset[str]) -> bool:
    """Whether a grammar stands beside the generated *path*: `parser.c` is committed together with `parser.y`."""
    stem = path.rpartition(".")[0]
    return any(f"{stem}.{suffix}" in known for suffix in GRAMMARS)


def _start(root: Path, paths: Sequence[str]) -> "subprocess.Popen[bytes] | None":
    """Another process of this very program that reads *paths*; None when the system gives none."""
    package = str(Path(__file__).parents[2])
    with tempfile.TemporaryFile() as asked:  # not a pipe: nobody waits for the other side to start
        asked.write(json.dumps({"root": str(root), "paths": list(paths)}).encode())
        asked.seek(0)
        try:
            # Our own interpreter and code; nothing of the checkout comes into the command line.
            return subprocess.Popen(  # noqa: S603
                [sys.executable, "-I", "-c", CODE, package], stdin=asked, stdout=subprocess.PIPE, cwd=package
            )
        except OSError as problem:
            _log.debug("no second process to read with: %s", problem)
            return None


def _answer(helper: "subprocess.Popen[bytes]") -> Scan | None:
    """What *helper* found; None when it failed, for whatever reason."""
    try:
        answer, _ = helper.communicate(timeout=SECONDS)
        if helper.returncode != 0:
            _log.debug("the second process ended with %s", helper.returncode)
            return None
        index, paths, other, pointers, notes = marshal.loads(answer)  # noqa: S302 - written by `serve`, our own code
    except subprocess.TimeoutExpired:
        helper.kill()
        helper.communicate()
        return None
    except (EOFError, ValueError, TypeError) as problem:
        _log.debug("the second process said nothing of use: %s", problem)
        return None
    return Scan(index=Index.loads(index), paths=paths, other=other, pointers=pointers, notes=notes)


def serve() -> None:
    """Be the other process: read the paths from standard input, write what was found to standard output."""
    asked = json.load(sys.stdin.buffer)
    checkout = open_checkout(Path(asked["root"]))
    found = scan_files(checkout, asked["paths"], frozenset(checkout.files()))
    other = {path: str(kind) for path, kind in found.other.items()}
    answer = (found.index.dumps(), found.paths, other, found.pointers, list(checkout.notes()))
    sys.stdout.buffer.write(marshal.dumps(answer))
