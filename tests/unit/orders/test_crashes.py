"""A command whose run is killed before or after any write, and is run again: one final state."""

from pathlib import Path
from typing import Any

import pytest

from rat.connect import Connections
from rat.model import Finding, Refinement, RunReport, Severity, Status
from rat.model.access import Access
from rat.model.command import Order
from rat.orders import Bench, carry_out, rule
from rat.publishing.journal import Journal
from rat.publishing.offer import Desk, Policy
from rat.publishing.site import Site
from tests.unit.orders.people import REF, CommandedTracker

WRITES = ("react", "create_comment", "update_comment")


class Killed(BaseException):
    """The process is gone."""


class MortalTracker(CommandedTracker):
    """Its client dies at the write number *dies_at*, before or after that was stored."""

    def __init__(self) -> None:
        super().__init__()
        self.dies_at: int | None = None
        self.stores = False
        self.written = 0

    def __getattribute__(self, name: str) -> Any:
        method = super().__getattribute__(name)
        if name not in WRITES:
            return method

        def mortal(*arguments: Any) -> Any:
            self.written += 1
            dies = self.written == self.dies_at
            if dies and not self.stores:
                raise Killed
            done = method(*arguments)
            if dies:
                raise Killed
            return done

        return mortal


class Life:
    """A ticket on which RAT has spoken, and a command on it."""

    def __init__(self, folder: Path, text: str) -> None:
        self.tracker = MortalTracker()
        self.folder = folder
        self.runs = 0
        self.report("Something is missing.")
        first = self.tracker.order("/rat refine")
        self.obey(first.id, "Something is missing.")
        self.command = self.tracker.order(text).id
        self.tracker.written = 0

    def report(self, said: str) -> RunReport:
        finding = Finding(check="x", severity=Severity.WARNING, message=said)
        work = Refinement(ticket=self.tracker.fetch(REF), findings=(finding,))
        return RunReport(refinement=work, status=Status.BLOCKED, mode="offline", head="", input_hash="a" * 16)

    def obey(self, comment_id: str, said: str) -> None:
        """One run in a process of its own: without the journal of the one before."""
        self.runs += 1
        order = Order(ticket=REF.key, comment_id=comment_id)
        ruling = rule(order, REF, tracker=self.tracker, people=self.tracker)
        if ruling.reason:
            return
        desk = Desk(
            tracker_for=lambda _: self.tracker,
            site=Site(),
            policy=Policy(repositories=frozenset({"alice/demo"})),
            journal=Journal(self.folder / f"{self.runs}.jsonl"),
        )
        connections = Connections(access=Access(github_repository="alice/demo"), repo=self.folder)
        carry_out(ruling, Bench(connections=connections, desk=desk, reports=(self.report(said),)))

    def state(self) -> tuple[list[str], list[str]]:
        """What stands on the ticket: RAT's comments without their numbers and times, and its reactions."""
        bodies = [comment.body for comment in self.tracker.tickets[REF.key].comments if comment.author == "rat-bot"]
        return bodies, [reaction for comment, reaction in self.tracker.given if comment == self.command]


def straight(folder: Path, text: str) -> tuple[tuple[list[str], list[str]], int]:
    life = Life(folder, text)
    life.obey(life.command, "Something else.")
    return life.state(), life.tracker.written


@pytest.mark.parametrize("stores", [False, True])
@pytest.mark.parametrize("text", ["/rat refine", "/rat reject too vague", "/rat help", "/rat xyz", "/rat reject"])
def test_killed_at_any_write_and_run_again_it_ends_as_if_nothing_had_been(
    tmp_path: Path, text: str, stores: bool
) -> None:
    expected, writes = straight(tmp_path / "straight", text)
    assert writes >= 3
    assert expected[1][-1] in ("+1", "confused")
    for number in range(1, writes + 1):
        life = Life(tmp_path / f"{number}", text)
        life.tracker.dies_at, life.tracker.stores = number, stores
        with pytest.raises(Killed):
            life.obey(life.command, "Something else.")
        life.tracker.dies_at = None
        life.obey(life.command, "Something else.")
        assert life.state() == expected
        life.obey(life.command, "Something else.")
        assert life.state() == expected


@pytest.mark.parametrize("stores", [False, True])
def test_an_undo_that_was_killed_never_takes_back_two(tmp_path: Path, stores: bool) -> None:
    _, writes = straight(tmp_path / "straight", "/rat undo")
    for number in range(2, writes + 1):
        life = Life(tmp_path / f"{number}", "/rat undo")
        before = life.state()[0]
        life.tracker.dies_at, life.tracker.stores = number, stores
        with pytest.raises(Killed):
            life.obey(life.command, "")
        life.tracker.dies_at = None
        after_one = life.state()[0]
        life.obey(life.command, "")
        now = [body for body in life.state()[0] if "purpose=answer" not in body]
        assert now in (before, [body for body in after_one if "purpose=answer" not in body])
