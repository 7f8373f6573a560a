"""RAT's own comments among those that a ticket was read with: only the ticket's own, only with the right signature."""

from dataclasses import replace

from rat.model import Comment, Ticket
from rat.publishing.find import own_comments
from rat.publishing.marker import Marker
from tests.unit.publishing.memory import MemoryTracker


def marked(tracker: MemoryTracker, ticket: str, *, key: str = "", author: str = "") -> Comment:
    marker = Marker(ticket=ticket, purpose="refinement", input_hash="ab", text_hash="cd")
    return Comment(id="1", author=author or tracker.me, body=f"{marker.write(key=key)}\nwords")


def found(tracker: MemoryTracker, ticket: Ticket, *comments: Comment, key: str = "") -> list[str]:
    return list(own_comments(replace(ticket, comments=comments), tracker=tracker, key=key))


def test_a_comment_with_the_mark_of_this_ticket_is_rats(tracker: MemoryTracker, ticket: Ticket) -> None:
    assert found(tracker, ticket, marked(tracker, ticket.key)) == ["refinement"]


def test_a_comment_with_the_mark_of_another_ticket_or_with_none_is_not(tracker: MemoryTracker, ticket: Ticket) -> None:
    assert found(tracker, ticket, marked(tracker, "acme/shop#13"), Comment(id="2", author=tracker.me, body="hi")) == []


def test_nor_is_one_that_somebody_else_wrote(tracker: MemoryTracker, ticket: Ticket) -> None:
    assert found(tracker, ticket, marked(tracker, ticket.key, author="mallory")) == []


def test_where_marks_are_signed_only_a_signed_one_counts(tracker: MemoryTracker, ticket: Ticket) -> None:
    signed, plain = marked(tracker, ticket.key, key="secret"), marked(tracker, ticket.key)
    assert found(tracker, ticket, signed, key="secret") == ["refinement"]
    assert found(tracker, ticket, plain, key="secret") == []
