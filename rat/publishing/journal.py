"""What was written, with what it replaced: JSON lines, each on disk before the next step is taken."""

import contextlib
import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from rat.errors import Ambiguous, ConfigError, TrackerError
from rat.model import Comment, Ticket
from rat.publishing.outcome import Action

if sys.platform != "win32":
    import fcntl


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One step: *step* is "intent" before a write and "outcome" after it.

    *replaced* is the whole text that the write replaces, *text* the whole text written, both as stored by the tracker.
    *target* is the field or the ticket written to, empty for a comment; *by* who approved it. *planned* is the action
    that an intent is to end with: a run that died before its outcome is told apart by it from one that took back.
    """

    step: str
    ticket: str
    purpose: str
    operation: str
    comment_id: str = ""
    action: str = ""
    reason: str = ""
    text: str = ""
    marker: str = ""
    replaced: str = ""
    replaced_marker: str = ""
    at: str = ""
    target: str = ""
    by: str = ""
    url: str = ""
    planned: str = ""


def _now() -> str:
    return datetime.now(tz=UTC).isoformat(timespec="seconds")


class Journal:
    """The journal in one file, *path*; a crash in the middle of a line costs that line alone."""

    def __init__(self, path: Path, *, now: Callable[[], str] = _now) -> None:
        self.path = path
        self._now = now

    def record(self, entry: Entry) -> None:
        """Append *entry* and wait until it is on disk. Raises ConfigError when it cannot be written: no write then."""
        line = json.dumps(asdict(entry) | {"at": self._now()})  # ASCII alone, so that any text can be kept
        with self._usable(), self._opened() as file:
            if not _ends_line(file):
                file.write(b"\n")
            file.write(line.encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())

    def entries(self) -> tuple[Entry, ...]:
        """Every whole entry, oldest first. Raises ConfigError when they cannot be read."""
        with self._usable():
            return tuple(self._whole(self.path.read_bytes())) if self.path.exists() else ()

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Keep every other run with this journal waiting: writes are serial. Windows knows no such lock."""
        with self._usable():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            lock = self.path.with_suffix(".lock").open("w")
            if sys.platform != "win32":
                fcntl.flock(lock, fcntl.LOCK_EX)
        with lock:
            yield

    def _opened(self) -> BinaryIO:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        return self.path.open("ab+")

    @contextlib.contextmanager
    def _usable(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise ConfigError(
                f"The journal {self.path} could not be used ({error.strerror}); nothing is published without it. "
                "Free the disk, or give another folder with --out."
            ) from error

    @staticmethod
    def _whole(data: bytes) -> Iterator[Entry]:
        known = set(Entry.__dataclass_fields__)
        for line in data.splitlines():
            try:
                found = json.loads(line)
                yield Entry(**{name: value for name, value in found.items() if name in known})
            except (ValueError, TypeError, AttributeError):
                continue


def journaled(entry: Entry, send: Callable[[], Comment | Ticket | None], journal: Journal, *, done: Action) -> Entry:
    """The outcome of one write, on disk like the intent before it; *send* carries it out and gives what was made.

    A write whose answer is lost for good is deferred: the next run looks. Raises TrackerError as *send* does, with the
    failure written down.
    """
    journal.record(replace(entry, planned=done))
    ended = replace(entry, step="outcome", action=done)
    try:
        stored = send()
    except Ambiguous as error:
        ended = replace(ended, action=Action.DEFERRED, reason=f"it is not known whether the write arrived: {error}")
    except TrackerError as error:
        journal.record(replace(ended, action=Action.FAILED, reason=str(error)))
        raise
    else:
        if isinstance(stored, Comment):
            ended = replace(ended, comment_id=stored.id, url=stored.url)
        elif stored is not None:
            ended = replace(ended, target=stored.key, url=stored.url)
    journal.record(ended)
    return ended


def _ends_line(file: BinaryIO) -> bool:
    """Whether *file*, open for appending, is empty or ends with a whole line."""
    if file.seek(0, os.SEEK_END) == 0:
        return True
    file.seek(-1, os.SEEK_END)
    return file.read(1) == b"\n"
