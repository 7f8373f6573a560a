"""Two and three approvals of the same thing that cross, on machines that know nothing of one another: one outcome."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from threading import Event, Thread, current_thread

import pytest

from rat.publishing.journal import Journal
from rat.publishing.offer import Desk
from rat.publishing.outcome import Action
from tests.unit.publishing.test_write_crashes import State, World, world

__all__ = ["world"]
pytestmark = pytest.mark.usefixtures("quick_disk")
FINE = {Action.CREATED, Action.UPDATED, Action.UNCHANGED, Action.DEFERRED}


@dataclass
class Machine:
    """A run in a thread of its own, which waits before each call until it is told to go on."""

    act: Callable[[], list[Action]]
    go: Event = field(default_factory=Event)
    waits: Event = field(default_factory=Event)
    ended: list[Action] | None = None

    def start(self) -> None:
        """Come to the first call."""
        self.thread = Thread(target=self._work, name=str(id(self)), daemon=True)
        self.thread.start()
        assert self.waits.wait(20)

    def step(self) -> None:
        """Make one call, or end."""
        self.waits.clear()
        self.go.set()
        assert self.waits.wait(20)

    def pause(self) -> None:
        """Wait to be told."""
        self.waits.set()
        assert self.go.wait(20)
        self.go.clear()

    def _work(self) -> None:
        self.ended = self.act()
        self.waits.set()


def cross(world: World, desks: list[Desk], order: random.Random) -> list[Action]:
    """Approve on each of *desks*, one call of one of them after the other in a random *order*; how they ended."""
    machines = [Machine(lambda desk=desk: world.apply(desk)) for desk in desks]  # type: ignore[misc]
    by_thread = {str(id(machine)): machine for machine in machines}
    world.tracker.before = lambda name, number: by_thread[current_thread().name].pause()
    for machine in machines:
        machine.start()
    while going := [machine for machine in machines if machine.ended is None]:
        order.choice(going).step()
    for machine in machines:
        machine.thread.join(20)
    world.revive()
    return [action for machine in machines for action in machine.ended or []]


@pytest.mark.parametrize("count", [2, 3])
def test_approvals_that_cross_in_any_order_come_to_the_end_of_one(count: int, world: World) -> None:
    original, rewind = world.state(), world.save()
    world.apply()
    whole, kept = world.state(), world.kept()
    world.undo()
    undone = world.state()
    for seed in range(6):
        rewind()
        folder = world.desk.journal.path.parent
        desks = [replace(world.desk, journal=Journal(folder / f"{count}-{seed}-{name}.jsonl")) for name in range(count)]
        ended = cross(world, desks, random.Random(seed))
        assert set(ended) <= FINE, (seed, ended)
        assert ended.count(Action.DEFERRED) < len(ended)
        assert (open_state(world), world.kept()) == (expected(whole), kept), seed
        assert len([one for one in world.tracker.stored if "purpose=kept" in one.marker + one.raw]) <= 1
        assert set(world.apply()) == {Action.UNCHANGED}
        if world.write.purpose != "link":
            assert world.undo().action is Action.UNDONE
            assert open_state(world) == expected(undone)
    assert original != whole


def open_state(world: World) -> object:
    """What stands on the ticket, with the tickets below it that are open, by their titles."""
    return expected(world.state())


def expected(state: State) -> object:
    """*state* with the tickets that are open alone, by their titles: one that came second is closed at once."""
    titles = {key: title for key, title, _, _ in state.children}
    shown = sorted(title for _, title, _, status in state.children if status == "open")
    blocked = sorted((titles[one], titles[two]) for one, two in state.blocked)
    return state.fields, state.labels, state.linked, shown, blocked
