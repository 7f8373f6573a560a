"""What every tracker promises, whatever it is: `rat.ports.Tracker`."""

import json

import pytest

from rat.errors import TicketNotFound
from rat.ports import Dialect, TicketQuery

from .conftest import LABEL, Bench


def test_a_ticket_comes_with_its_title_text_labels_and_time(bench: Bench) -> None:
    ref = bench.create("Login fails", "It fails after the update.", [LABEL])
    ticket = bench.tracker.fetch(ref)
    assert (ticket.ref, ticket.title, ticket.body) == (ref, "Login fails", "It fails after the update.")
    assert (ticket.labels, ticket.state, ticket.comments) == ((LABEL,), "open", ())
    assert ticket.updated_at
    assert ticket.author
    assert ticket.url
    assert not ticket.locked


def test_a_ticket_without_a_text_has_an_empty_body(bench: Bench) -> None:
    assert bench.tracker.fetch(bench.create("Only a title", "", [])).body == ""


def test_another_script_comes_through_unchanged(bench: Bench) -> None:
    ref = bench.create("ログインできない 🔥", "Вход не работает: משהו נשבר", [])
    ticket = bench.tracker.fetch(ref)
    assert (ticket.title, ticket.body) == ("ログインできない 🔥", "Вход не работает: משהו נשבר")


def test_an_unknown_ticket_is_named(bench: Bench) -> None:
    with pytest.raises(TicketNotFound, match=bench.missing.key):
        bench.tracker.fetch(bench.missing)
    with pytest.raises(TicketNotFound):
        bench.tracker.create_comment(bench.missing, bench.draft("hello"))


def test_comments_come_oldest_first_and_can_be_left_out(bench: Bench) -> None:
    ref = bench.create("Crash", "text", [])
    for number in range(3):
        bench.say(ref, f"comment {number}")
    ticket = bench.tracker.fetch(ref)
    assert [comment.body for comment in ticket.comments] == ["comment 0", "comment 1", "comment 2"]
    assert ticket.comments == bench.tracker.comments(ref)
    assert bench.tracker.fetch(ref, comments=False).comments == ()


def test_a_comment_of_ones_own_is_found_again_by_marker_and_author(bench: Bench) -> None:
    ref = bench.create("Crash", "text", [])
    bench.say(ref, "a person's words")
    draft = bench.draft("RAT's words")
    created = bench.tracker.create_comment(ref, draft)
    found = [comment for comment in bench.tracker.comments(ref) if comment.marker == draft.marker]
    assert [comment.id for comment in found] == [created.id]
    assert found[0].author == bench.tracker.identity()
    assert "RAT's words" in found[0].body
    assert bench.tracker.comment(ref, created.id) == found[0]


def test_what_is_stored_is_what_was_sent(bench: Bench) -> None:
    draft = bench.draft("words")
    ref = bench.create("Crash", "text", [])
    created = bench.tracker.create_comment(ref, draft)
    stored = bench.tracker.comment(ref, created.id).raw
    if bench.tracker.dialect is Dialect.ADF:
        assert json.loads(stored) == json.loads(draft.text)
    else:
        assert stored == draft.text


def test_an_update_replaces_the_text_in_place(bench: Bench) -> None:
    ref = bench.create("Crash", "text", [])
    created = bench.tracker.create_comment(ref, bench.draft("first"))
    draft = bench.draft("second")
    updated = bench.tracker.update_comment(ref, created.id, draft)
    comments = bench.tracker.comments(ref)
    assert [comment.id for comment in comments] == [created.id] == [updated.id]
    assert "second" in comments[0].body
    assert "first" not in comments[0].body
    assert comments[0].marker == draft.marker


def test_a_comment_that_is_gone_is_not_found(bench: Bench) -> None:
    ref = bench.create("Crash", "text", [])
    with pytest.raises(TicketNotFound):
        bench.tracker.comment(ref, "999")
    with pytest.raises(TicketNotFound):
        bench.tracker.update_comment(ref, "999", bench.draft("x"))


def test_find_gives_labelled_open_tickets_without_comments(bench: Bench) -> None:
    first = bench.create("One", "text", [LABEL])
    bench.create("Other", "text", ["else"])
    second = bench.create("Two", "text", [LABEL, "more"])
    bench.say(first, "moves it to the end")
    found = bench.tracker.find(TicketQuery(label=LABEL))
    assert {ticket.ref for ticket in found} == {first, second}
    assert all(ticket.comments == () for ticket in found)


def test_find_stops_at_its_limit(bench: Bench) -> None:
    for number in range(3):
        bench.create(f"Ticket {number}", "text", [LABEL])
    assert len(bench.tracker.find(TicketQuery(label=LABEL, limit=2))) == 2


def test_find_gives_the_least_recently_updated_first(bench: Bench) -> None:
    for number in range(3):
        bench.create(f"Ticket {number}", "text", [LABEL])
    times = [ticket.updated_at for ticket in bench.tracker.find(TicketQuery(label=LABEL))]
    assert times == sorted(times)
