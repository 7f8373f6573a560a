"""The ledger as a file of JSON lines: what lies beside the results of a run, and travels in its artifact."""

import contextlib
import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from rat.decode import decode, encode
from rat.errors import LedgerError
from rat.model.ledger import KINDS, VERSION, LedgerRecord

if sys.platform != "win32":
    import fcntl

NAME = "ledger.jsonl"
"""How the file is called in a folder of results."""


class LinesLedger:
    """The ledger in one file, *path*: one write a record, on disk before it returns, safe beside other processes."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def append(self, records: Iterable[LedgerRecord]) -> None:
        """Append *records*, those left out whose id is there already. Raises LedgerError."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("ab+", buffering=0) as file, _held(file.fileno()):
                before = self.path.read_bytes()
                known, torn = _ids(before), before[-1:] not in (b"", b"\n")
                for record in records:
                    if record.id not in known:
                        known.add(record.id)
                        file.write((b"\n" if torn else b"") + _line(record))
                        torn = False
                os.fsync(file.fileno())
        except OSError as error:
            raise LedgerError(
                f"The ledger {self.path} could not be written ({error.strerror}). Free the disk, or give another --out."
            ) from error

    def records(self) -> Iterator[LedgerRecord]:
        """Every whole record, in the order of writing, each id once. Raises LedgerError."""
        try:
            data = self.path.read_bytes()
        except OSError as error:
            raise LedgerError(f"The ledger {self.path} could not be read ({error.strerror}).") from error
        return read_lines(data, what=str(self.path))


def read_lines(data: bytes, *, what: str) -> Iterator[LedgerRecord]:
    """The records in *data*, each id once; *what* names it in messages.

    A line that is cut off (a crash) is left out. Raises LedgerError for a whole line that is no record.
    """
    known: set[str] = set()
    for number, line in enumerate(data.split(b"\n"), start=1):
        plain = _parsed(line)
        if plain is None:
            continue
        record = record_of(plain, what=f"{what}, line {number}")
        if record.id not in known:
            known.add(record.id)
            yield record


def record_of(plain: object, *, what: str) -> LedgerRecord:
    """Plain JSON as a record of its kind. Raises LedgerError, also for one that a newer RAT wrote."""
    kind = plain.get("kind") if isinstance(plain, dict) else None
    version = plain.get("version") if isinstance(plain, dict) else None
    if not isinstance(kind, str) or kind not in KINDS:
        raise LedgerError(f"{what} is no record of a ledger: its `kind` is none of {', '.join(KINDS)}.")
    if isinstance(version, int) and version > VERSION:
        raise LedgerError(
            f"{what} was written by a newer RAT (version {version}; this one reads {VERSION}). Update RAT."
        )
    record: LedgerRecord = decode(KINDS[kind], plain, what=what, error=LedgerError)
    return record


def _parsed(line: bytes) -> object:
    """The JSON of *line*; None for an empty line and for one that is cut off."""
    try:
        return json.loads(line) if line.strip() else None
    except (ValueError, RecursionError):
        return None


def _ids(data: bytes) -> set[str]:
    found = (_parsed(line) for line in data.split(b"\n"))
    return {str(plain["id"]) for plain in found if isinstance(plain, dict) and "id" in plain}


def _line(record: LedgerRecord) -> bytes:
    return json.dumps(encode(record), ensure_ascii=True, sort_keys=True).encode() + b"\n"


@contextlib.contextmanager
def _held(descriptor: int) -> Iterator[None]:
    """Keep other writers of the file waiting. Windows knows no such lock."""
    if sys.platform == "win32":
        yield
        return
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
