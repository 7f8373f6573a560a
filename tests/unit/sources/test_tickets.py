"""Other tickets that bear on this one."""

import dataclasses

from rat.model import ImpactedFile, Link, Ticket, TicketRef, TrackerKind
from rat.sources import tickets
from rat.sources.tickets import neighbours
from tests.unit.sources.library_of import MemoryTracker, library_of, refinement_of, ticket_of

OTHERS = (
    ticket_of("Refund totals are rounded twice", "Look at pay/refund.py: cents are lost.", key="acme/shop#3"),
    ticket_of("Dark mode", "Colours at night.", key="acme/shop#4"),
)


def test_similar_tickets_say_what_is_shared() -> None:
    refinement = dataclasses.replace(
        refinement_of("Rounding of refund totals loses cents"),
        impacted_files=(ImpactedFile(path="pay/refund.py", score=1.0),),
    )
    (found,) = tickets.gather(refinement, library_of({}, tracker=MemoryTracker(*OTHERS))).evidence
    assert found.id == "acme/shop#3"
    assert found.reasons[0].startswith("shares: ")
    assert found.reasons[-1] == "names pay/refund.py, which this ticket impacts"
    assert not any("duplicate" in reason for reason in found.reasons)


def test_a_duplicate_is_only_suggested_with_its_evidence() -> None:
    error = "ZeroDivisionError: division by zero in refund_total()"
    same_error = ticket_of("Crash at checkout refund", f"Trace:\n{error}\n", key="acme/shop#5")
    refinement = refinement_of("Refund crash", f"I see this at checkout:\n\n{error}\n")
    (found,) = tickets.gather(refinement, library_of({}, tracker=MemoryTracker(same_error, *OTHERS))).evidence[:1]
    assert found.reasons[0] == f"possible duplicate: the same error line “{error}”"
    twin = ticket_of("Refund totals are rounded twice again", key="acme/shop#6")
    (found,) = tickets.gather(
        refinement_of("Refund totals are rounded twice"), library_of({}, tracker=MemoryTracker(twin))
    ).evidence
    assert found.reasons[0].startswith("possible duplicate: nearly the same title")


def test_one_request_a_run_for_all_tickets_of_a_repository() -> None:
    tracker = MemoryTracker(*OTHERS)
    library = library_of({}, tracker=tracker)
    for title in ("Refund totals", "Dark colours"):
        tickets.gather(refinement_of(title), library)
    assert len(tracker.queries) == 1


def test_the_ticket_itself_is_not_similar_to_itself() -> None:
    itself = ticket_of("Refund totals", "Refund totals", key="acme/shop#7")
    assert (
        tickets.gather(
            refinement_of("Refund totals", "Refund totals"), library_of({}, tracker=MemoryTracker(itself))
        ).evidence
        == ()
    )


def test_links_of_the_ticket_come_without_a_request() -> None:
    ticket = dataclasses.replace(
        ticket_of("x"),
        links=(Link(relation="parent", key="acme/shop#1", title="Epic"), Link(relation="blocked by", key="PAY-17")),
    )
    found = tickets.gather(dataclasses.replace(refinement_of("x"), ticket=ticket), library_of({})).evidence
    assert [(evidence.id, evidence.reasons) for evidence in found] == [
        ("acme/shop#1", ("linked: parent",)),
        ("PAY-17", ("linked: blocked by",)),
    ]


def test_a_tracker_that_fails_is_one_note_and_is_not_asked_again() -> None:
    tracker = MemoryTracker(broken=True)
    library = library_of({}, tracker=tracker)
    notes = [tickets.gather(refinement_of("x"), library).notes for _ in range(2)]
    assert "could not be looked for" in notes[0][0]
    assert len(tracker.queries) == 1


def test_a_ticket_from_a_file_asks_no_tracker() -> None:
    refinement = dataclasses.replace(
        refinement_of("x"), ticket=Ticket(ref=TicketRef(tracker=TrackerKind.FILE, key="x.md"), title="x", body="")
    )
    tracker = MemoryTracker(*OTHERS)
    assert tickets.gather(refinement, library_of({}, tracker=tracker)).evidence == ()
    assert tracker.queries == []


def test_a_jira_key_gives_its_project_and_a_hostile_one_gives_nothing() -> None:
    query = neighbours(ticket_of("x", key="PAY-17", kind=TrackerKind.JIRA))
    assert query is not None
    assert query.jql == 'project = "PAY" ORDER BY updated DESC'
    assert neighbours(ticket_of("x", key='PAY" OR 1=1-1', kind=TrackerKind.JIRA)) is None
