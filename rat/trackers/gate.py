"""When a tracker may be called: not before the time that it named, and no faster than it takes writes."""

import math
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rat.errors import RateLimited
from rat.trackers.patience import Patience


@dataclass(frozen=True, kw_only=True, slots=True)
class Pace:
    """How fast writes may follow: seconds *between* two of them, and in each of *windows* (seconds, writes)."""

    between: float = 0.0
    windows: tuple[tuple[float, int], ...] = ()

    @property
    def memory(self) -> int:
        """How many past writes must be known."""
        return max((count for _, count in self.windows), default=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Allowance:
    """What a tracker said about its limit: *left* requests, for *seconds* more."""

    left: int
    seconds: float


class Gate:
    """The way to one tracker, shared by the threads of a run: when one of them is told to wait, all of them do."""

    def __init__(
        self, *, service: str, patience: Patience, pace: Pace | None = None, clock: Callable[[], float] = time.time
    ) -> None:
        self._service = service
        self._patience = patience
        self._pace = pace or Pace()
        self._clock = clock
        self._opens = 0.0
        self._paid = 0.0
        self._writes: deque[float] = deque(maxlen=self._pace.memory)
        self._left: int | None = None
        self._forbidden = ""
        self._lock = threading.Lock()

    @property
    def left(self) -> int | None:
        """The requests that the tracker said are left; None where it did not say."""
        return self._left

    def learn(self, allowance: Allowance | None) -> None:
        """Take in what an answer said about the limit: once nothing is left, the gate is closed."""
        if allowance is None:
            return
        with self._lock:
            self._left = allowance.left
            if allowance.left <= 0:
                self._opens = max(self._opens, self._clock() + allowance.seconds)

    def recall(self, times: Iterable[float]) -> None:
        """Count writes of earlier runs at *times*, in seconds since the epoch: limits are over runs."""
        found = list(times)  # reading them goes through this gate
        with self._lock:
            known = sorted([*self._writes, *found])[-self._pace.memory :]
            self._writes = deque(known, maxlen=self._pace.memory)

    def wait(self, seconds: float) -> None:
        """Stay away for *seconds*, as an answer asked, and keep everybody away. Raises RateLimited if that is too long.

        Then the gate stays closed: nobody asks again in vain.
        """
        with self._lock:
            opens = self._clock() + seconds
            self._opens = max(self._opens, opens)
            self._pay(opens, seconds)
        self._patience.pause(seconds)
        self._reopen(opens)

    def close(self, seconds: float) -> RateLimited:
        """Keep everybody away for *seconds*, as an answer asked after a wait; gives the error that says so."""
        with self._lock:
            self._opens = max(self._opens, self._clock() + seconds)
        return RateLimited(
            f"{self._service} asks to wait again, {math.ceil(seconds)} s more. Run it again later; what is done is not "
            "done twice."
        )

    def forbid(self, reason: str) -> None:
        """Let no write pass any more: one more of them may cost the account."""
        self._forbidden = reason

    def enter(self, *, writing: bool) -> None:
        """Come back once a call may be sent.

        Raises RateLimited where that is further away than this run may wait, and for a write after `forbid`.
        """
        if writing and self._forbidden:
            raise RateLimited(f"Nothing more is written to {self._service} in this run: {self._forbidden}")
        with self._lock:
            opens = self._opens
            seconds = opens - self._clock()
            if seconds > 0:
                self._pay(opens, seconds)
        if seconds > 0:
            self._patience.pause(seconds)
            self._reopen(opens)
        if writing:
            self._take_turn()

    def wrote(self) -> None:
        """A write was answered: the next one keeps its distance from now."""
        with self._lock:
            self._writes[-1] = max(self._writes[-1], self._clock())

    def _take_turn(self) -> None:
        """Wait for the next place among the writes. The time between two is no waiting that is counted."""
        with self._lock:
            now = self._clock()
            turn = max(now, self._writes[-1] + self._pace.between) if self._writes else now
            for span, count in self._pace.windows:
                if len(self._writes) >= count:
                    turn = max(turn, self._writes[-count] + span)
            if turn - now > 2 * self._pace.between:
                self._pay(turn, turn - now)
            self._writes.append(turn)
        if turn > now:
            self._patience.pause(turn - now)

    def _pay(self, until: float, seconds: float) -> None:
        """Charge the wait until *until* to the run's patience, once for all threads that wait."""
        self._patience.take(min(seconds, max(0.0, until - self._paid)), service=self._service)
        self._paid = max(self._paid, until)

    def _reopen(self, opens: float) -> None:
        with self._lock:
            if self._opens <= opens:
                self._opens = 0.0
