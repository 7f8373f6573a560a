"""The tree is read before threads start, once, and only where something is left to do."""

import threading
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from rat.beginning import Begin, Beginning, read_ahead
from rat.errors import TrackerError
from rat.model import Commit, Refinement, RunReport, Status, Ticket, TicketRef, TrackerKind
from rat.model.dialogue import Dialogue
from rat.model.settings import Project, Settings, Sources
from rat.sources.code import tree_of
from rat.sources.library import Library


@dataclass(kw_only=True)
class Grove:
    """A checkout of one file that notes in which thread it is read."""

    root: Path = Path("/grove")
    head: str = "0" * 40
    threads: list[str] = field(default_factory=list)

    def files(self) -> tuple[str, ...]:
        return ("a.py",)

    def read(self, path: str) -> bytes | None:
        self.threads.append(threading.current_thread().name)
        return b"def plant(): ...\n" if path == "a.py" else None

    def commits(self, *, limit: int) -> tuple[Commit, ...]:
        assert limit
        return ()

    def has_commit(self, sha: str) -> bool:
        return not sha

    def notes(self) -> tuple[str, ...]:
        return ()


@dataclass
class Run:
    """Begins tickets: *skip* ones have nothing left to do, *gone* ones cannot be fetched, all others are refined."""

    grove: Grove = field(default_factory=Grove)
    begun: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.library = Library(checkout=self.grove, tracker=None, sources=Sources(), project=Project())

    def begin(self, ref: TicketRef) -> Beginning | RunReport:
        self.begun.append(ref.key)
        ticket = Ticket(ref=ref, title=ref.key, body="")
        if ref.key.startswith("gone"):
            raise TrackerError(f"{ref.key} is not there.")
        if ref.key.startswith("skip"):
            return RunReport(
                refinement=Refinement(ticket=ticket), status=Status.SKIPPED, mode="offline", head="", input_hash=""
            )
        return Beginning(ticket=ticket, dialogue=Dialogue(), library=self.library, settings=Settings(), at=0.0)


def refs(*keys: str) -> tuple[TicketRef, ...]:
    return tuple(TicketRef(tracker=TrackerKind.FILE, key=key) for key in keys)


def in_a_thread(take: Begin, *asked: TicketRef) -> list[Beginning | RunReport]:
    """What *take* gives for each, its tree read, as a worker of a batch does it."""
    done: list[Beginning | RunReport] = []

    def work() -> None:
        for ref in asked:
            done.append(one := take(ref))
            if isinstance(one, Beginning):
                tree_of(one.library)

    worker = threading.Thread(target=work, name="ticket")
    worker.start()
    worker.join()
    return done


def test_the_tree_is_read_here_and_nothing_is_begun_twice() -> None:
    run, asked = Run(), refs("skip-1", "one", "two")
    take = read_ahead(asked, run.begin, workers=1)
    assert run.begun == ["skip-1", "one"]
    assert len(in_a_thread(take, *asked)) == 3
    assert run.begun == ["skip-1", "one", "two"]
    assert set(run.grove.threads) == {threading.current_thread().name}
    assert len(run.grove.threads) == 1


def test_where_nothing_is_left_to_do_the_tree_is_not_read() -> None:
    run, asked = Run(), refs("skip-1", "skip-2")
    in_a_thread(read_ahead(asked, run.begin, workers=1), *asked)
    assert (run.begun, run.grove.threads) == (["skip-1", "skip-2"], [])


def test_a_ticket_that_cannot_be_fetched_fails_in_its_own_turn_and_stops_no_other() -> None:
    run, asked = Run(), refs("gone", "one")
    take = read_ahead(asked, run.begin, workers=1)
    with pytest.raises(TrackerError, match="gone is not there"):
        take(asked[0])
    assert isinstance(take(asked[1]), Beginning)
    assert run.begun == ["gone", "one"]


def test_many_workers_are_kept_waiting_for_no_more_tickets_than_they_are() -> None:
    run, asked = Run(), refs("skip-1", "skip-2", "skip-3", "one")
    read_ahead(asked, run.begin, workers=2)
    assert (run.begun, run.grove.threads) == (["skip-1", "skip-2"], [])
