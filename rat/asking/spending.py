"""What may still be spent. Amounts are held before a call and settled after it, so that no two calls overrun it."""

import threading

from rat.errors import BudgetError


class Allowance:
    """An amount that may be spent from many threads. *refusal* is the error's text once it does not suffice."""

    def __init__(self, most: float, *, refusal: str, spent: float = 0.0) -> None:
        self._most = most
        self._refusal = refusal
        self._spent = spent
        self._lock = threading.Lock()

    def hold(self, amount: float) -> None:
        """Set *amount* aside. Raises BudgetError where that much is not left."""
        with self._lock:
            if self._spent + amount > self._most:
                raise BudgetError(self._refusal)
            self._spent += amount

    def settle(self, *, held: float, spent: float) -> None:
        """Give back what was *held* and book what was really *spent*."""
        with self._lock:
            self._spent += spent - held
