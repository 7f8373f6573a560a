"""No source gives what fewer people may read than the ticket."""

from dataclasses import replace

import pytest

from rat.model import Comment, Refinement, TrackerKind
from rat.model.settings import Sources
from rat.sources import gather

from .library_of import MemoryTracker, library_of, ticket_of

SECRET = "the takeover of Acme"


@pytest.mark.parametrize("sources", [Sources(), Sources(rfe_tickets={"jira": "project = RFE"})])
def test_restricted_comments_and_tickets_reach_no_evidence(sources: Sources) -> None:
    words = "The export of invoices stops at a thousand rows"
    secret = ticket_of(f"{words}: {SECRET}", f"{words} because of {SECRET}", key="PAY-2", kind=TrackerKind.JIRA)
    comment = Comment(id="1", author="bob", body=SECRET, restricted_to="group board")
    ticket = replace(ticket_of(words, words, key="PAY-1", kind=TrackerKind.JIRA), comments=(comment,))
    for level, leaks in (("", True), ("Board", False)):
        tracker = MemoryTracker(replace(secret, restricted_to=level), kind=TrackerKind.JIRA)
        found = gather(Refinement(ticket=ticket), library_of({}, tracker=tracker, sources=sources))
        assert (SECRET in repr(found.evidence)) is leaks
        assert found.ticket.comments == ()
        assert SECRET not in repr(found.ticket)
