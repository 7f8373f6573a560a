"""The requests that matter for a ticket, from the checkout and from a tracker."""

from rat.model import EvidenceKind, TrackerKind
from rat.model.settings import Sources
from rat.sources import rfes
from tests.unit.sources.library_of import MemoryTracker, library_of, refinement_of, ticket_of

CSV = """# Export orders as CSV

- Status: proposed

## Summary

Accountants export orders.

## Motivation

They copy by hand.
"""
FILES: dict[str, str | bytes] = {
    "rfcs/0007-csv-export.md": CSV,
    "rfcs/0008-dark-mode.md": "# Dark mode\n\n- Status: accepted\n\n## Summary\n\nDark colours at night.\n",
}


def test_a_request_comes_with_its_summary_and_status() -> None:
    (evidence,) = rfes.gather(refinement_of("CSV export fails", "Exporting orders stops."), library_of(FILES)).evidence
    assert (evidence.id, evidence.kind, evidence.status, evidence.title) == (
        "RFE-0007",
        EvidenceKind.RFE,
        "proposed",
        "Export orders as CSV",
    )
    assert evidence.text.startswith("## Summary\n\nAccountants")


def test_request_tickets_come_from_the_configured_query_once_a_run() -> None:
    tracker = MemoryTracker(
        ticket_of("Export orders as CSV", "For accountants.", key="RFE-3", kind=TrackerKind.JIRA), kind=TrackerKind.JIRA
    )
    library = library_of({}, tracker=tracker, sources=Sources(rfe_tickets={"jira": "project = RFE"}))
    found = [rfes.gather(refinement_of("Export of orders", "CSV for accountants"), library) for _ in range(2)]
    assert [[evidence.id for evidence in refinement.evidence] for refinement in found] == [["RFE-3"], ["RFE-3"]]
    assert [query.jql for query in tracker.queries] == ["project = RFE"]


def test_a_tracker_that_fails_is_a_note() -> None:
    library = library_of(
        {},
        tracker=MemoryTracker(kind=TrackerKind.JIRA, broken=True),
        sources=Sources(rfe_tickets={"jira": "project = RFE"}),
    )
    assert "could not be read" in rfes.gather(refinement_of("x"), library).notes[0]


def test_a_query_for_another_tracker_is_a_note_and_not_sent() -> None:
    tracker = MemoryTracker()
    library = library_of({}, tracker=tracker, sources=Sources(rfe_tickets={"jira": "project = RFE"}))
    assert "not connected" in rfes.gather(refinement_of("x"), library).notes[0]
    assert tracker.queries == []
