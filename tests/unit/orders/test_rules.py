"""Whose commands count, and which: everything is read live."""

from dataclasses import replace

import pytest

from rat.errors import AccessRefused
from rat.model.command import Order, Verb
from rat.orders import Ruling, rule
from tests.unit.orders.people import REF, CommandedTracker


@pytest.fixture
def tracker() -> CommandedTracker:
    return CommandedTracker()


def ruled(tracker: CommandedTracker, order: Order) -> Ruling:
    return rule(order, REF, tracker=tracker, people=tracker)


def told(tracker: CommandedTracker, text: str, *, author: str = "alice") -> Order:
    comment = tracker.order(text, author=author)
    return Order(ticket=REF.key, comment_id=comment.id, author=author, text=text)


def test_a_writers_command_counts(tracker: CommandedTracker) -> None:
    ruling = ruled(tracker, told(tracker, "/rat refine the importer"))
    assert (ruling.by, ruling.reason) == ("alice", "")
    assert ruling.command
    assert (ruling.command.verb, ruling.command.words) == (Verb.REFINE, "the importer")


def test_nothing_is_written_to_find_out(tracker: CommandedTracker) -> None:
    ruled(tracker, told(tracker, "/rat refine"))
    assert set(tracker.counts()) == {"comment", "may_write", "fetch", "reactions"}


def test_a_stranger_costs_two_requests_and_gets_nothing(tracker: CommandedTracker) -> None:
    ruling = ruled(tracker, told(tracker, "/rat undo", author="mallory"))
    assert "mallory may not write there" in ruling.reason
    assert ruling.command is None
    assert tracker.counts() == {"comment": 1, "may_write": 1}


def test_text_and_author_must_be_those_of_the_event(tracker: CommandedTracker) -> None:
    order = told(tracker, "/rat help")
    assert "somebody else" in ruled(tracker, replace(order, author="bob")).reason
    assert "edited" in ruled(tracker, replace(order, text="/rat undo")).reason
    tracker.edit_comment(REF.key, order.comment_id, "/rat undo")
    assert "edited" in ruled(tracker, order).reason


def test_line_ends_are_no_edit(tracker: CommandedTracker) -> None:
    comment = tracker.order("/rat reject no\nreally")
    order = Order(ticket=REF.key, comment_id=comment.id, author="Alice", text="/rat reject no\r\nreally")
    assert ruled(tracker, order).reason == ""


def test_where_the_event_says_no_text_an_edit_is_told_by_its_time(tracker: CommandedTracker) -> None:
    comment = tracker.order("/rat help")
    order = Order(ticket=REF.key, comment_id=comment.id)
    assert ruled(tracker, order).reason == ""
    tracker.edit_comment(REF.key, comment.id, "/rat undo")
    assert "edited" in ruled(tracker, order).reason


@pytest.mark.parametrize("marker", ["", "<!-- rat:1 x -->"])
def test_programs_give_no_commands(tracker: CommandedTracker, marker: str) -> None:
    author = "rat-bot" if marker else "app[bot]"
    tracker.writers.add(author)
    comment = tracker.say(REF.key, "/rat undo", author=author, marker=marker)
    order = Order(ticket=REF.key, comment_id=comment.id, author=author, text="/rat undo")
    assert "a program" in ruled(tracker, order).reason


def test_a_comment_for_few_eyes_gives_no_command(tracker: CommandedTracker) -> None:
    order = told(tracker, "/rat reject the customer is broke")
    ticket = tracker.tickets[REF.key]
    hidden = tuple(replace(one, restricted_to="role Administrators") for one in ticket.comments)
    tracker.tickets[REF.key] = replace(ticket, comments=hidden)
    assert "not everybody" in ruled(tracker, order).reason


def test_what_is_gone_is_left_alone(tracker: CommandedTracker) -> None:
    assert "not there any more" in ruled(tracker, Order(ticket=REF.key, comment_id="99", author="alice")).reason


def test_a_comment_of_another_issue_does_not_count(tracker: CommandedTracker) -> None:
    order = told(tracker, "/rat help")
    ticket = tracker.tickets[REF.key]
    moved = tuple(replace(one, url="https://github.com/alice/demo/issues/11#issuecomment-1") for one in ticket.comments)
    tracker.tickets[REF.key] = replace(ticket, comments=moved)
    assert "another ticket" in ruled(tracker, order).reason


@pytest.mark.parametrize(
    ("change", "reason"),
    [({"state": "closed"}, "closed"), ({"locked": True}, "locked"), ({"labels": ("rat:off",)}, "rat:off")],
)
def test_some_tickets_take_no_commands(tracker: CommandedTracker, change: dict[str, object], reason: str) -> None:
    order = told(tracker, "/rat help")
    tracker.tickets[REF.key] = replace(tracker.tickets[REF.key], **change)  # type: ignore[arg-type]
    assert reason in ruled(tracker, order).reason


@pytest.mark.parametrize("end", ["+1", "confused"])
def test_a_command_that_ended_is_not_carried_out_again(tracker: CommandedTracker, end: str) -> None:
    order = told(tracker, "/rat undo")
    tracker.given += [(order.comment_id, "eyes"), (order.comment_id, end)]
    assert "carried out before" in ruled(tracker, order).reason


def test_one_that_was_only_seen_may_be(tracker: CommandedTracker) -> None:
    order = told(tracker, "/rat refine")
    tracker.given.append((order.comment_id, "eyes"))
    assert ruled(tracker, order).was_seen


def test_where_permission_cannot_be_asked_for_nobody_is_taken_at_their_word(tracker: CommandedTracker) -> None:
    order = told(tracker, "/rat undo")
    tracker.fail("may_write", AccessRefused("GitHub refused it."))
    with pytest.raises(AccessRefused):
        ruled(tracker, order)
