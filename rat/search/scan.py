"""Reading the files that can be ranked into an index: of a large tree in several processes at once.

Python counts words in one thread at a time, so a large tree is cut into runs of files, and forks of this process take
the next run whenever they are done with one, as this process does. The indexes of the runs are put together in the
order of the files: the outcome is the same however many there were. What a fork did not bring is read here.
"""

import logging
import marshal
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from rat.checkout import GitCheckout
from rat.search.collector import collector_paused
from rat.search.index import Index
from rat.search.kinds import Kind, is_generated, kind_of
from rat.search.text import as_text
from rat.search.vocabulary import Wanted

if TYPE_CHECKING:
    from rat.ports import Checkout

CONFIG_CAP = 1 << 17
"""Bytes of a configuration file; a longer one is data."""
GRAMMARS = ("y", "yy", "l", "ll", "g4", "pyx", "proto", "peg")
LFS = b"version https://git-lfs.github.com/spec/"
WORTH_IT = 1500
"""Files from which on another process is worth its start."""
PROCESSES = 4
MOST = 40
"""Processes, so that the number of a run is one byte."""
RUNS = 6
"""Runs of files for each process: with more, putting the indexes together takes longer than waiting for the last."""
_log = logging.getLogger("rat")


class Scan:
    """The files that were indexed, in the order of their numbers, and those told apart by their content."""

    def __init__(
        self, index: Index, *, paths: list[str] | None = None, other: dict[str, str] | None = None, pointers: int = 0
    ) -> None:
        self.index = index
        self.paths = paths or []
        self.other = other or {}
        self.pointers = pointers

    def append(self, more: "Scan") -> None:
        """Take in the scan of the next files."""
        self.index.append(more.index)
        self.paths += more.paths
        self.other |= more.other
        self.pointers += more.pointers


def scan(
    checkout: "Checkout",
    paths: Sequence[str],
    *,
    only: Wanted | None = None,
    processes: int | None = None,
    meanwhile: Callable[[], object] = lambda: None,
) -> Scan:
    """Index *paths* of *checkout*, only the tokens of *only* where given, in at most *processes* (default: enough).

    *meanwhile* is called once the other processes are there.
    """
    known = frozenset(checkout.files())
    count = _processes(checkout, len(paths), processes)
    size = -(-len(paths) // (count * RUNS if count > 1 else 1)) or 1
    runs = [paths[start : start + size] for start in range(0, len(paths), size)]

    def read(number: int) -> Scan:
        return scan_files(checkout, runs[number], known, only)

    waiting = _queue(len(runs))
    forks = [_fork(lambda: _answer(checkout, waiting, read)) for _ in range(count - 1)]
    meanwhile()
    done = {number: read(number) for number in _taken(waiting)}
    os.close(waiting)
    for fork in forks:
        done |= _collect(fork, checkout) if fork is not None else {}
    found = Scan(Index(only))
    for number in range(len(runs)):
        run = done.pop(number) if number in done else read(number)
        if number == 0:
            found = run
        else:
            found.append(run)
    return found


def _queue(runs: int) -> int:
    """A pipe that holds the number of each run once, for whoever takes it first."""
    receiver, sender = os.pipe()
    os.write(sender, bytes(range(runs)))
    os.close(sender)
    return receiver


def _taken(waiting: int) -> Iterator[int]:
    """The numbers that this process takes from the queue, until it is empty."""
    while number := os.read(waiting, 1):
        yield number[0]


def _processes(checkout: "Checkout", files: int, processes: int | None) -> int:
    """How many processes read: one where a fork is not safe (other threads may hold locks), or not worth it."""
    if not hasattr(os, "fork") or sys.platform == "darwin" or threading.active_count() > 1:
        return 1
    if processes is not None:
        return min(max(1, processes), MOST)
    usable = len(os.sched_getaffinity(0))
    return min(PROCESSES, usable) if files >= WORTH_IT and isinstance(checkout, GitCheckout) else 1


def scan_files(checkout: "Checkout", paths: Sequence[str], known: frozenset[str], only: Wanted | None = None) -> Scan:
    """Index *paths*, leaving out what their content tells to be generated, data or a Git LFS pointer."""
    found = Scan(Index(only))
    with collector_paused():
        for path in paths:
            _take_in(path, checkout, known, found)
    return found


def _take_in(path: str, checkout: "Checkout", known: frozenset[str], found: Scan) -> None:
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


class Fork(NamedTuple):
    """Another process of this program, and where its answer comes from."""

    process: int
    answer: BinaryIO


def _fork(answer: Callable[[], bytes]) -> Fork | None:
    """A copy of this process that works out *answer* and ends; None when the system gives none."""
    receiver, sender = os.pipe()
    try:
        process = os.fork()
    except OSError as problem:
        _log.debug("no other process to read with: %s", problem)
        os.close(receiver)
        os.close(sender)
        return None
    if process == 0:
        status = 1
        try:
            os.close(receiver)
            with os.fdopen(sender, "wb") as file:
                file.write(answer())
            status = 0
        finally:
            os._exit(status)  # nothing that the first process registered for its end
    os.close(sender)
    return Fork(process=process, answer=os.fdopen(receiver, "rb"))


def _answer(checkout: "Checkout", waiting: int, read: Callable[[int], Scan]) -> bytes:
    """What a fork found, for `_collect`."""
    found = []
    for number in _taken(waiting):
        run = read(number)
        other = {path: str(kind) for path, kind in run.other.items()}
        found.append((number, run.index.dumps(), run.paths, other, run.pointers))
    return marshal.dumps((found, checkout.left_out if isinstance(checkout, GitCheckout) else {}))


def _collect(fork: Fork, checkout: "Checkout") -> dict[int, Scan]:
    """Number of a run → what *fork* found in it; nothing when it failed, for whatever reason."""
    with fork.answer:
        answer = fork.answer.read()
    _, status = os.waitpid(fork.process, 0)
    if status != 0:
        _log.debug("another process ended with %s", os.waitstatus_to_exitcode(status))
        return {}
    found, left_out = marshal.loads(answer)  # noqa: S302 - written by `_answer`, our own code
    if isinstance(checkout, GitCheckout):
        checkout.left_out.update(left_out)
    return {
        number: Scan(Index.loads(index), paths=paths, other=other, pointers=pointers)
        for number, index, paths, other, pointers in found
    }
