"""A write is sent once, read back, and sent again only when it is known that the first one did not arrive."""

import json
import re
from dataclasses import dataclass, replace

import pytest

from rat.errors import Ambiguous, TrackerError
from rat.model import Comment, Ticket
from rat.ports import Dialect, Draft
from rat.publishing.offer import Desk
from rat.publishing.send import create, update
from tests.unit.publishing.memory import MemoryTracker, lost
from tests.unit.publishing.offers import draft_in, offer_of, own_comment


@dataclass
class Rendering(MemoryTracker):
    """Shows a comment in other words than it was stored in, as trackers do, or gives the one text that it has."""

    gives_stored_text: bool = True

    def _comment(self, comment_id: str, draft: Draft) -> Comment:
        made = MemoryTracker._comment(self, comment_id, draft)
        return replace(made, body="as it is shown") if self.gives_stored_text else replace(made, raw="")


@dataclass
class Lagging(MemoryTracker):
    """Lists a comment only some time after it was made."""

    def comments(self, ref: object) -> tuple[Comment, ...]:
        self._called("comments")
        return ()


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def patient(desk: Desk, waits: list[float]) -> Desk:
    return replace(desk, wait=waits.append)


def test_a_new_comment_is_sent_once_and_read_back_among_all(
    ticket: Ticket, patient: Desk, tracker: MemoryTracker, waits: list[float]
) -> None:
    created = create(offer_of(ticket), draft_in("one", ticket), tracker=tracker, desk=patient)
    assert (created.comment, created.first) == (tracker.stored[0], tracker.stored[0])
    assert (tracker.calls, waits) == (["create_comment", "comments"], [])


def test_a_new_comment_that_is_not_listed_yet_is_read_by_its_id(ticket: Ticket, patient: Desk) -> None:
    tracker = Lagging(ticket)
    created = create(offer_of(ticket), draft_in("one", ticket), tracker=tracker, desk=patient)
    assert (created.comment, created.first) == (tracker.stored[0], tracker.stored[0])
    assert tracker.calls == ["create_comment", "comments", "comment"]


def test_the_first_of_two_is_the_one_that_another_run_made_a_moment_before(
    ticket: Ticket, patient: Desk, tracker: MemoryTracker
) -> None:
    tracker.stored.append(own_comment(ticket, tracker.me, key="k"))
    created = create(
        offer_of(ticket), draft_in("one", ticket, key="k"), tracker=tracker, desk=replace(patient, marker_key="k")
    )
    assert (created.comment.id, created.first.id) == ("101", "100")


def test_a_comment_whose_answer_was_lost_is_found_after_a_moment(
    ticket: Ticket, patient: Desk, tracker: MemoryTracker, waits: list[float]
) -> None:
    tracker.after = lost("create_comment")
    created = create(offer_of(ticket), draft_in("one", ticket), tracker=tracker, desk=patient)
    assert created.comment == tracker.stored[0]
    assert (tracker.writes, waits) == (["create_comment"], [2.0])


def test_a_lost_comment_that_does_not_show_up_is_sent_once_more(
    ticket: Ticket, patient: Desk, tracker: MemoryTracker, waits: list[float]
) -> None:
    tracker.before = lost("create_comment")
    create(offer_of(ticket), draft_in("one", ticket), tracker=tracker, desk=patient)
    assert (len(tracker.stored), len(tracker.writes), waits) == (1, 2, [2.0, 5.0])


def test_the_second_answer_may_be_lost_as_well(
    ticket: Ticket, patient: Desk, tracker: MemoryTracker, waits: list[float]
) -> None:
    tracker.before, tracker.after = lost("create_comment"), lost("create_comment")
    created = create(offer_of(ticket), draft_in("one", ticket), tracker=tracker, desk=patient)
    assert created.comment == tracker.stored[0]
    assert (len(tracker.stored), len(tracker.writes), waits) == (1, 2, [2.0, 5.0, 2.0])


def test_there_is_no_third_time(ticket: Ticket, patient: Desk, tracker: MemoryTracker, waits: list[float]) -> None:
    tracker.before = lost("create_comment", times=9)
    with pytest.raises(Ambiguous, match="create_comment: the answer was lost"):
        create(offer_of(ticket), draft_in("one", ticket), tracker=tracker, desk=patient)
    assert (len(tracker.writes), waits) == (2, [2.0, 5.0, 2.0, 5.0])


def test_a_comment_that_is_not_signed_is_not_taken_for_the_lost_one(
    ticket: Ticket, patient: Desk, tracker: MemoryTracker
) -> None:
    tracker.stored.append(own_comment(ticket, tracker.me))
    tracker.before = lost("create_comment")
    signing = replace(patient, marker_key="k")
    created = create(offer_of(ticket), draft_in("one", ticket, key="k"), tracker=tracker, desk=signing)
    assert (created.comment.id, created.first.id, len(tracker.writes)) == ("101", "101", 2)


def test_a_comment_that_was_stored_otherwise_than_sent_is_an_error(
    ticket: Ticket, patient: Desk, tracker: MemoryTracker
) -> None:
    tracker.keeps = lambda text: text[:-1]
    said = (
        "The comment 100 on acme/shop#12 does not say what was sent (the tracker answered that all was well). "
        "Look at it and delete it; the next run writes it again."
    )
    with pytest.raises(TrackerError, match=f"^{re.escape(said)}$"):
        create(offer_of(ticket), draft_in("one", ticket), tracker=tracker, desk=patient)


@pytest.mark.parametrize("gives_stored_text", [True, False])
@pytest.mark.parametrize("moment", ["before", "after", "never"])
def test_what_is_compared_is_the_stored_text_where_a_tracker_gives_it(
    moment: str, gives_stored_text: bool, ticket: Ticket, patient: Desk
) -> None:
    tracker = Rendering(ticket, gives_stored_text=gives_stored_text)
    create(offer_of(ticket), draft_in("one", ticket), tracker=tracker, desk=patient)
    tracker.calls.clear()
    if moment != "never":
        setattr(tracker, moment, lost("update_comment"))
    stored = update(ticket.ref, tracker.stored[0], draft_in("two", ticket), tracker=tracker)
    assert (stored.raw or stored.body) == draft_in("two", ticket).text
    assert tracker.writes == ["update_comment"] * (2 if moment == "before" else 1)


def test_an_edit_is_sent_once_and_read_back(ticket: Ticket, tracker: MemoryTracker) -> None:
    tracker.stored.append(own_comment(ticket, tracker.me))
    stored = update(ticket.ref, tracker.stored[0], draft_in("two", ticket), tracker=tracker)
    assert (stored.raw, stored) == (draft_in("two", ticket).text, tracker.stored[0])
    assert tracker.calls == ["update_comment", "comment"]


def test_an_edit_that_a_person_wrote_over_while_its_answer_was_lost_is_not_sent_again(
    ticket: Ticket, tracker: MemoryTracker
) -> None:
    before = own_comment(ticket, tracker.me)
    tracker.stored.append(replace(before, raw="mine", body="mine"))
    tracker.before = lost("update_comment")
    with pytest.raises(Ambiguous, match="update_comment: the answer was lost"):
        update(ticket.ref, before, draft_in("two", ticket), tracker=tracker)
    assert (tracker.stored[0].raw, tracker.writes) == ("mine", ["update_comment"])


def test_an_edit_that_was_stored_otherwise_than_sent_is_an_error(ticket: Ticket, tracker: MemoryTracker) -> None:
    tracker.stored.append(own_comment(ticket, tracker.me))
    tracker.keeps = lambda text: text[:-1]
    said = (
        "The comment 100 on acme/shop#12 does not say what was sent (the tracker answered that all was well). "
        "Look at it; the next run compares again."
    )
    with pytest.raises(TrackerError, match=f"^{re.escape(said)}$"):
        update(ticket.ref, tracker.stored[0], draft_in("two", ticket), tracker=tracker)


def test_what_jira_adds_to_a_document_of_its_own_accord_is_not_otherwise_than_sent(
    ticket: Ticket, patient: Desk, tracker: MemoryTracker
) -> None:
    tracker.dialect = Dialect.ADF
    tracker.keeps = lambda text: json.dumps(json.loads(text) | {"attrs": {"localId": "1-2-3"}}, indent=1)
    one, two = (
        Draft(text=json.dumps({"type": "doc", "content": [{"type": "rule", "text": text}]}), marker="")
        for text in ("one", "two")
    )
    created = create(offer_of(ticket), one, tracker=tracker, desk=patient)
    stored = update(ticket.ref, created.comment, two, tracker=tracker)
    assert "two" in stored.raw
