"""A ticket, a tracker in memory, a desk to publish at, and the report of a refinement with every part filled."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from rat.model import RunReport, Score, Status, Ticket
from rat.publishing.guard import Guard
from rat.publishing.journal import Journal
from rat.publishing.offer import Desk, Policy
from tests.unit.publishing.memory import REF, MemoryTracker
from tests.unit.publishing.sample import SITE, full_report


@pytest.fixture
def quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that need not be waited for: what dies in these tests is the process, never the machine."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


@pytest.fixture
def report(ticket: Ticket) -> RunReport:
    return full_report(ticket)


@pytest.fixture
def ready(report: RunReport) -> RunReport:
    """A ticket that was good enough as it came."""
    work = replace(report.refinement, questions=(), conflicts=(), findings=(), score=Score(before=92, after=92))
    return replace(report, refinement=work, status=Status.READY, input_hash="aa")


@pytest.fixture
def ticket() -> Ticket:
    return Ticket(ref=REF, title="Export hangs", body="It hangs.", updated_at="2026-11-01T10:00:00Z")


@pytest.fixture
def tracker(ticket: Ticket) -> MemoryTracker:
    return MemoryTracker(ticket)


@pytest.fixture
def desk(tracker: MemoryTracker, tmp_path: Path) -> Desk:
    return Desk(
        tracker_for=lambda kind: tracker,
        site=SITE,
        policy=Policy(repositories=frozenset({"acme/shop"})),
        journal=Journal(tmp_path / "journal.jsonl"),
        guard=Guard(),
    )
