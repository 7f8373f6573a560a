"""RAT's own comments among all comments of a ticket: only the ticket's own, only with the right signature."""

from dataclasses import replace

import pytest

from rat.model import Comment, Ticket
from rat.publishing.find import Found, find_own, own_comments
from rat.publishing.marker import Marker
from rat.publishing.offer import Same
from tests.unit.publishing.memory import MemoryTracker
from tests.unit.publishing.offers import offer_of, own_comment


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


def test_without_a_marked_comment_nobody_asks_whose_token_it_is(ticket: Ticket, tracker: MemoryTracker) -> None:
    tracker.by_somebody("hello")
    assert find_own(offer_of(ticket), tracker=tracker, key="") == Found(ids=frozenset({"100"}))
    assert tracker.calls == ["comments"]


def test_a_mark_on_the_comments_of_others_is_noted_and_ignored(ticket: Ticket, tracker: MemoryTracker) -> None:
    tracker.stored = [own_comment(ticket, author, number=100 + at) for at, author in enumerate(("mallory", "eve"))]
    found = find_own(offer_of(ticket), tracker=tracker, key="")
    note = "2 comment(s) carry RAT's marker but were written by somebody else; ignored"
    assert found == Found(ids=frozenset({"100", "101"}), notes=(note,))
    tracker.stored.append(own_comment(ticket, tracker.me, number=102))
    found = find_own(offer_of(ticket), tracker=tracker, key="")
    assert (found.comment, found.own) == (tracker.stored[2], (tracker.stored[2],))
    assert (found.ids, found.notes) == (frozenset({"100", "101", "102"}), (note,))


def test_of_several_the_newest_counts_by_time_and_then_by_number(ticket: Ticket, tracker: MemoryTracker) -> None:
    early, late = "2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z"
    made = ((late, 99), (late, 101), (late, 100), (early, 500), (late, 98))
    tracker.stored = [replace(own_comment(ticket, tracker.me, number=number), created_at=at) for at, number in made]
    found = find_own(offer_of(ticket), tracker=tracker, key="")
    assert [comment.id for comment in found.own] == ["500", "98", "99", "100", "101"]
    assert found.comment == found.own[-1]
    assert found.notes == ("RAT has 5 comments here; the newest is kept up to date, the others are left alone",)
    del tracker.stored[2:]
    found = find_own(offer_of(ticket), tracker=tracker, key="")
    assert found.notes == ("RAT has 2 comments here; the newest is kept up to date, the others are left alone",)


@pytest.mark.parametrize(
    ("same", "text", "input_hash", "current"),
    [
        (Same.EITHER, "one", "aa", True),
        (Same.EITHER, "one", "bb", True),
        (Same.EITHER, "two", "aa", True),
        (Same.EITHER, "two", "bb", False),
        (Same.EITHER, "two", "", False),
        (Same.INPUT, "one", "bb", False),
        (Same.INPUT, "two", "aa", True),
        (Same.INPUT, "one", "", False),
        (Same.WORDS, "one", "bb", True),
        (Same.WORDS, "two", "aa", False),
    ],
)
def test_a_comment_says_already_what_is_offered(
    same: Same, text: str, input_hash: str, current: bool, ticket: Ticket, tracker: MemoryTracker
) -> None:
    tracker.stored = [own_comment(ticket, tracker.me, "one", input_hash="aa" if input_hash else "")]
    offer = offer_of(ticket, text, input_hash=input_hash, same=same)
    assert find_own(offer, tracker=tracker, key="").is_current is current


@pytest.mark.parametrize("purpose", ["impact", "decision"])
def test_a_comment_for_another_purpose_is_another_one(purpose: str, ticket: Ticket, tracker: MemoryTracker) -> None:
    tracker.stored = [own_comment(ticket, tracker.me, purpose=purpose)]
    assert find_own(offer_of(ticket), tracker=tracker, key="").comment is None
    assert list(own_comments(replace(ticket, comments=tuple(tracker.stored)), tracker=tracker, key="")) == [purpose]


def test_only_a_signed_comment_is_found_where_marks_are_signed(ticket: Ticket, tracker: MemoryTracker) -> None:
    tracker.stored = [own_comment(ticket, tracker.me), own_comment(ticket, tracker.me, number=101, key="k")]
    found = find_own(offer_of(ticket), tracker=tracker, key="k")
    assert [comment.id for comment in found.own] == ["101"]
