"""Whose turn it is: several queues of tickets, fewer places than tickets, and nobody waits for ever. Pure."""

from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")


def in_turn(queues: Sequence[Sequence[T]], *, places: int, turn: int = 0) -> Iterator[T]:
    """Every entry of *queues* (oldest first, none twice) in the order of service; the first *places* are served.

    One entry of each queue in rotation, so a queue of 5,000 takes no place from one of 3. Where not all can be served,
    every second pick of a queue is its oldest entry, and the others go through the whole queue from *turn* to turn (the
    number of the run): an entry that stays at the head, because it fails or asks for nothing, cannot block the rest.
    An entry of a queue of n that stays where it is comes within `wait_of` turns.

    The same queues, places and turn give the same order. Raises ValueError for no places or a negative turn.
    """
    if places < 1 or turn < 0:
        raise ValueError("in_turn needs at least one place, and turns count from 0")
    waiting = [_Queue(queue) for queue in queues if queue]
    total = left = sum(len(queue.entries) for queue in waiting)
    pick = turn * places if total > places else 0
    while left:
        queue = waiting[pick % len(waiting)]
        own_pick = pick // len(waiting)
        pick += 1
        if queue.left:
            left -= 1
            yield queue.oldest() if total <= places or own_pick % 2 == 0 else queue.at(own_pick // 2)


def wait_of(size: int, *, queues: int, places: int) -> int:
    """In how many turns at most an entry of a queue of *size* is served that stays, in so many *queues*."""
    return -(-2 * size * queues // places) + 1


class _Queue(Generic[T]):
    """One queue during one turn: what of it was taken already."""

    def __init__(self, entries: Sequence[T]) -> None:
        self.entries = entries
        self.left = len(entries)
        self._taken = [False] * len(entries)
        self._head = 0

    def oldest(self) -> T:
        while self._taken[self._head]:
            self._head += 1
        return self._take(self._head)

    def at(self, place: int) -> T:
        """The entry at *place*, counted round and round, or the next after it that is still there."""
        place %= len(self.entries)
        while self._taken[place]:
            place = (place + 1) % len(self.entries)
        return self._take(place)

    def _take(self, place: int) -> T:
        self._taken[place] = True
        self.left -= 1
        return self.entries[place]
