"""Virtual time: processes that sleep, wait for places and never run two at once, so that a seed gives one history."""

import heapq
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class World:
    """The clock, and who is to run when. Time is in seconds since the epoch; only the process whose turn it is runs."""

    def __init__(self, *, start: float) -> None:
        self.now = start
        self._due: list[tuple[float, int, Callable[[], None], bool]] = []
        self._count = 0
        self._idle = threading.Semaphore(0)
        self._failure: BaseException | None = None

    def at(self, time: float, happen: Callable[[], None]) -> None:
        """Let something *happen* at a *time*, in no time."""
        self._push(time, happen, is_event=True)

    def start(self, work: Callable[[], None]) -> None:
        """Start a process."""

        def lives() -> None:
            try:
                work()
            except BaseException as error:  # noqa: BLE001 - told to whoever runs the world
                self._failure = self._failure or error
            self._pass_on()

        self._push(self.now, threading.Thread(target=lives, daemon=True).start)

    def sleep(self, seconds: float) -> None:
        """Let time pass for the process that calls."""
        time = self.now + max(0.0, seconds)
        if not self._due or self._due[0][0] > time:
            self.now = time
            return
        baton = threading.Semaphore(0)
        self._push(time, baton.release)
        self._pass_on()
        baton.acquire()

    def run(self) -> None:
        """Run until nobody has anything left to do. Raises what a process raised."""
        self._pass_on()
        self._idle.acquire()
        if self._failure:
            raise self._failure

    def park(self, queue: "deque[Callable[[], None]]") -> None:
        """Wait in *queue* until somebody wakes this process by `wake`."""
        baton = threading.Semaphore(0)
        queue.append(baton.release)
        self._pass_on()
        baton.acquire()

    def wake(self, queue: "deque[Callable[[], None]]") -> None:
        """Wake the first in *queue*, now."""
        self._push(self.now, queue.popleft())

    def _push(self, time: float, wake: Callable[[], None], *, is_event: bool = False) -> None:
        self._count += 1
        heapq.heappush(self._due, (max(time, self.now), self._count, wake, is_event))

    def _pass_on(self) -> None:
        while self._due and not self._failure:
            self.now, _, wake, is_event = heapq.heappop(self._due)
            wake()
            if not is_event:
                return
        self._idle.release()


class Places:
    """A number of places, such as runners; who comes first is served first."""

    def __init__(self, world: World, count: int) -> None:
        self._world = world
        self._free = count
        self._queue: deque[Callable[[], None]] = deque()

    @contextmanager
    def taken(self) -> Iterator[None]:
        """One place for the length of the block."""
        if self._free:
            self._free -= 1
        else:
            self._world.park(self._queue)
        try:
            yield
        finally:
            if self._queue:
                self._world.wake(self._queue)
            else:
                self._free += 1


def together(world: World, works: list[Callable[[], None]]) -> None:
    """Run *works* as processes of their own and wait for all of them."""
    left = len(works)
    queue: deque[Callable[[], None]] = deque()

    def counted(work: Callable[[], None]) -> Callable[[], None]:
        def run() -> None:
            nonlocal left
            try:
                work()
            finally:
                left -= 1
                if not left and queue:
                    world.wake(queue)

        return run

    for work in works:
        world.start(counted(work))
    if left:
        world.park(queue)
