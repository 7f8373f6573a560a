"""What a person made of RAT's part of a description is seen, and only where it is known for sure."""

from dataclasses import replace

import pytest

from rat.model import RunReport, Ticket
from rat.model.settings import Project, WritePolicy
from rat.ports import Dialect
from rat.publishing.apply import apply
from rat.publishing.offer import Desk
from rat.publishing.publish import publish
from rat.publishing.standing import edited_since
from tests.unit.publishing.memory import REF, MemoryTracker

REGION = Project(write=WritePolicy.REGION)


def applied(report: RunReport, desk: Desk, tracker: MemoryTracker, dialect: Dialect, *sections: str) -> None:
    tracker.dialect = dialect
    words = '{"version":1,"type":"doc","content":[]}' if dialect is Dialect.ADF else "It hangs."
    tracker.person_writes("description", words)
    work = replace(report.refinement, ticket=tracker.fetch(REF, comments=False))
    publish([replace(report, refinement=work)], desk)
    assert apply(REF, desk, sections=sections, project=REGION, by="jo")[0].action == "created"


def read(tracker: MemoryTracker) -> Ticket:
    """The ticket as RAT reads it: the mark is among its words in any dialect."""
    ticket = tracker.fetch(REF)
    return replace(ticket, body=tracker.fields.get("description", ""))


@pytest.mark.parametrize("dialect", Dialect)
@pytest.mark.parametrize("sections", [(), ("criteria",), ("risks", "approach")])
def test_an_edit_is_seen_with_what_was_applied_and_what_stands(
    dialect: Dialect, sections: tuple[str, ...], report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    applied(report, desk, tracker, dialect, *sections)
    assert edited_since(read(tracker), desk) is None
    text = tracker.fields["description"]
    heading = "Risks" if "risks" in sections else "Acceptance criteria"
    assert heading in text
    tracker.person_writes("description", text.replace(heading, "What we check", 1))
    edited = edited_since(read(tracker), desk)
    assert edited is not None
    assert edited.stands == edited.applied.replace(heading, "What we check", 1)
    assert edited.input_hash == report.input_hash
    assert "It hangs." not in edited.stands


def test_words_around_the_part_are_nobodys_business(report: RunReport, desk: Desk, tracker: MemoryTracker) -> None:
    applied(report, desk, tracker, Dialect.MARKDOWN)
    tracker.person_writes("description", "More. " + tracker.fields["description"] + "\nAnd more.")
    assert edited_since(read(tracker), desk) is None


def test_nothing_is_guessed_where_the_comment_says_something_else_by_now(
    report: RunReport, desk: Desk, tracker: MemoryTracker
) -> None:
    applied(report, desk, tracker, Dialect.MARKDOWN)
    tracker.person_writes("description", tracker.fields["description"].replace("Acceptance criteria", "X", 1))
    assert report.refinement.proposal is not None
    other = replace(report.refinement, proposal=replace(report.refinement.proposal, problem="Something else."))
    work = replace(other, ticket=tracker.fetch(REF, comments=False))
    publish([replace(report, refinement=work, input_hash="b0")], desk, asked=True)
    assert edited_since(read(tracker), desk) is None


def test_a_ticket_without_a_part_costs_no_request(desk: Desk, tracker: MemoryTracker) -> None:
    ticket = tracker.fetch(REF)
    tracker.calls.clear()
    assert edited_since(ticket, desk) is None
    assert not tracker.calls
