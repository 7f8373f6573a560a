"""What was spent on a day (UTC), over all runs that share one file: a line for each call that was paid for."""

import datetime as dt
import json
import logging
import os
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

log = logging.getLogger("rat")

NAME = "spending.jsonl"
"""The file of that name under `--out` is the book, where no other is named."""


def utc_now() -> dt.datetime:
    """The moment, in UTC."""
    return dt.datetime.now(dt.UTC)


class DayBook:
    """The spending of the day: what *path* says, this run's own, and what was *elsewhere* (on the run's first day).

    Only ever appended to, a line of one write for each call, so that several runs may share *path* and a run that is
    killed has written down what it paid for. With no *path* only this run counts. Not safe from many threads.
    """

    def __init__(self, path: Path | None, *, elsewhere: float = 0.0, now: Callable[[], dt.datetime] = utc_now) -> None:
        self._path = path
        self._now = now
        self._days: defaultdict[str, float] = defaultdict(float, {self._today(): elsewhere})
        self._read_until = 0

    def spent_today(self) -> float:
        """US dollars that count to the day as it is now."""
        self._read()
        return self._days[self._today()]

    def add(self, usd: float) -> None:
        """Write down what a call cost; nothing where it cost nothing. A disk that refuses costs a warning only."""
        if usd <= 0:
            return
        line = json.dumps({"at": self._now().isoformat(timespec="seconds"), "usd": usd}) + "\n"
        if self._path is None or not _appended(self._path, line):
            self._days[self._today()] += usd

    def _today(self) -> str:
        return self._now().astimezone(dt.UTC).date().isoformat()

    def _read(self) -> None:
        """Take in the whole lines that came since the last look."""
        if self._path is None:
            return
        try:
            with self._path.open("rb") as file:
                file.seek(self._read_until)
                for line in file:
                    if not line.endswith(b"\n"):
                        break
                    self._read_until += len(line)
                    self._take(line)
        except FileNotFoundError:
            return
        except OSError as problem:
            log.warning("What was spent today could not be read from %s (%s).", self._path, problem.strerror)

    def _take(self, line: bytes) -> None:
        match _parsed(line):
            case {"at": str(at), "usd": int() | float() as usd} if usd >= 0:
                self._days[at[: len("2026-11-23")]] += usd
            case _:
                log.warning("A line of %s is none that RAT wrote; it does not count: %.60r", self._path, line)


def _parsed(line: bytes) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _appended(path: Path, line: str) -> bool:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            os.write(handle, line.encode())
        finally:
            os.close(handle)
    except OSError as problem:
        log.warning("What the call cost could not be written to %s (%s).", path, problem.strerror)
        return False
    return True
