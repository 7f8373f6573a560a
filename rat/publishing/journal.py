"""What was written, with what it replaced: JSON lines, each on disk before the next step is taken."""

import contextlib
import fcntl
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from rat.errors import ConfigError


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One step: *step* is "intent" before a write and "outcome" after it.

    *replaced* is the whole text that the write replaces, *text* the whole text written, both as stored by the tracker.
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


def _now() -> str:
    return datetime.now(tz=UTC).isoformat(timespec="seconds")


class Journal:
    """The journal in one file; a crash in the middle of a line costs that line alone."""

    def __init__(self, path: Path, *, now: Callable[[], str] = _now) -> None:
        self._path = path
        self._now = now

    def record(self, entry: Entry) -> None:
        """Append *entry* and wait until it is on disk. Raises ConfigError when it cannot be written: no write then."""
        line = json.dumps(asdict(entry) | {"at": self._now()}, ensure_ascii=True, sort_keys=True)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("ab+") as file:
                if file.tell() and not _ends_line(file.fileno(), file.tell()):
                    file.write(b"\n")
                file.write(line.encode() + b"\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise ConfigError(
                f"The journal {self._path} could not be written ({error.strerror}); nothing is published without it. "
                "Free the disk or give another folder."
            ) from error

    def entries(self) -> tuple[Entry, ...]:
        """Every whole entry, oldest first."""
        if not self._path.exists():
            return ()
        return tuple(self._whole(self._path.read_bytes()))

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Keep every other run with this journal waiting: writes are serial."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    @staticmethod
    def _whole(data: bytes) -> Iterator[Entry]:
        known = set(Entry.__dataclass_fields__)
        for line in data.splitlines():
            try:
                found = json.loads(line)
                yield Entry(**{name: value for name, value in found.items() if name in known})
            except (ValueError, TypeError, AttributeError):
                continue


def _ends_line(descriptor: int, size: int) -> bool:
    return os.pread(descriptor, 1, size - 1) == b"\n"
