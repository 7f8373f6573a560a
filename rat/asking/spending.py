"""What may still be spent. Amounts are held before a call and settled after it, so that no two calls overrun it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from rat.asking.daybook import DayBook
from rat.errors import BudgetError


@dataclass(kw_only=True, slots=True)
class Bill:
    """What a call really cost; nothing until it is known."""

    spent: float = 0.0


class Allowance:
    """An amount that may be spent from many threads. *refusal* is the error once it does not suffice."""

    def __init__(self, most: float, *, refusal: BudgetError) -> None:
        self._most = most
        self._refusal = refusal
        self._spent = 0.0
        self._lock = threading.Lock()

    @contextmanager
    def holding(self, amount: float) -> Iterator[Bill]:
        """Set *amount* aside for a call, and book what its bill says in its place. Raises BudgetError."""
        with self._lock:
            if self._spent + amount > self._most:
                raise _again(self._refusal)
            self._spent += amount
        bill = Bill()
        try:
            yield bill
        finally:
            with self._lock:
                self._spent += bill.spent - amount


class DayAllowance:
    """An amount for a day (UTC), of which *book* knows what was spent; None sets no limit, and the book is kept."""

    def __init__(self, most: float | None, *, book: DayBook, refusal: BudgetError) -> None:
        self._most = most
        self._book = book
        self._refusal = refusal
        self._held = 0.0
        self._lock = threading.Lock()

    @contextmanager
    def holding(self, amount: float) -> Iterator[Bill]:
        """Set *amount* aside for a call, and write what its bill says into the book. Raises BudgetError."""
        with self._lock:
            if self._most is not None and self._book.spent_today() + self._held + amount > self._most:
                raise _again(self._refusal)
            self._held += amount
        bill = Bill()
        try:
            yield bill
        finally:
            with self._lock:
                self._held -= amount
                self._book.add(bill.spent)


def _again(refusal: BudgetError) -> BudgetError:
    """A fresh error for each call: one that is raised twice would gather the tracebacks of both threads."""
    return type(refusal)(*refusal.args)
