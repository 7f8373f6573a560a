"""Two runs that made a comment at once: the later takes its own back, or says why it stays; so does a run after it."""

import json
import re
from dataclasses import dataclass, replace
from typing import cast

import pytest

from rat.errors import AccessRefused, Ambiguous, Conflict, TrackerError
from rat.model import Comment, Ticket, TicketRef
from rat.ports import Dialect, Tracker
from rat.publishing.journal import Entry
from rat.publishing.offer import Desk
from rat.publishing.outcome import Action, Outcome
from rat.publishing.upsert import upsert
from tests.unit.publishing.memory import MemoryTracker
from tests.unit.publishing.offers import offer_of, own_comment

pytestmark = pytest.mark.usefixtures("quick_disk")
SAID = Outcome(ticket="acme/shop#12", purpose="refinement", action=Action.UNCHANGED, url="https://x/90")
EDITED = "somebody edited it or reacted to it"
STAYS = f"another run made one at the same time; this one stays: {EDITED}"
OTHERS = "1 comment(s) carry RAT's marker but were written by somebody else; ignored"
TWO = "RAT has 2 comments here; the newest is kept up to date, the others are left alone"


@pytest.fixture
def signing(desk: Desk) -> Desk:
    return replace(desk, marker_key="k")


@pytest.fixture
def counted(ticket: Ticket) -> Ticket:
    """A ticket whose tracker counts its comments: no second look before the write."""
    return replace(ticket, comment_count=0)


def made_by_another_run(tracker: MemoryTracker, ticket: Ticket, number: int, *, reactions: int = 0) -> None:
    """While this run's comment is on its way, another's is stored; people give this run's so many *reactions*."""

    def another(name: str, call: int) -> None:
        if name == "create_comment":
            tracker.stored[-1] = replace(tracker.stored[-1], reactions=reactions)
            tracker.stored.append(own_comment(ticket, tracker.me, number=number, key="k"))

    tracker.after = another


def test_the_later_of_two_is_taken_back_and_the_outcome_names_the_first(counted: Ticket, signing: Desk) -> None:
    tracker = MemoryTracker(counted)
    tracker.stored = [own_comment(counted, tracker.me, "no key", number=95)]
    made_by_another_run(tracker, counted, 90)
    outcome = upsert(offer_of(counted), tracker=tracker, desk=signing)
    assert outcome == replace(SAID, action=Action.DEFERRED, reason="another run was faster; the next run compares")
    assert [comment.id for comment in tracker.stored] == ["95", "90"]
    assert tracker.writes == ["create_comment", "retract_comment"]
    _, created, intent, taken = signing.journal.entries()
    assert intent == replace(taken, step="intent", planned="undone", action="", at=intent.at)
    assert taken == Entry(
        step="outcome",
        ticket="acme/shop#12",
        purpose="refinement",
        operation="retract_comment",
        action="undone",
        comment_id="100",
        url="https://x/100",
        replaced=created.text,
        replaced_marker=created.marker,
        at=taken.at,
    )


def test_the_earlier_of_two_stays(counted: Ticket, signing: Desk) -> None:
    tracker = MemoryTracker(counted)
    tracker.stored = [
        own_comment(counted, tracker.me, number=40),
        own_comment(counted, "mallory", number=50, key="k"),
        own_comment(counted, tracker.me, number=60, key="k", purpose="impact"),
        Comment(id="70", author=tracker.me, body="no mark"),
    ]
    made_by_another_run(tracker, counted, 150)
    outcome = upsert(offer_of(counted), tracker=tracker, desk=signing)
    assert outcome == replace(SAID, action=Action.CREATED, url="https://x/100", notes=(OTHERS,))
    assert tracker.writes == ["create_comment"]


def test_the_later_one_stays_where_people_have_answered_it(counted: Ticket, signing: Desk) -> None:
    tracker = MemoryTracker(counted)
    tracker.stored = [own_comment(counted, "mallory", number=80, key="k")]
    made_by_another_run(tracker, counted, 90, reactions=1)
    outcome = upsert(offer_of(counted), tracker=tracker, desk=signing)
    assert outcome == replace(SAID, action=Action.CREATED, url="https://x/100", notes=(OTHERS, STAYS))
    assert tracker.writes == ["create_comment"]


@dataclass
class Keeping(MemoryTracker):
    """Deletes no comment: it answers with an error, or that all was well."""

    answer: TrackerError | None = None

    def retract_comment(self, ref: TicketRef, comment_id: str) -> None:
        self._called("retract_comment")
        if self.answer is not None:
            raise self.answer


class Unable:
    """A tracker without a way to delete comments."""

    def __init__(self, tracker: MemoryTracker) -> None:
        self._tracker = tracker

    def __getattr__(self, name: str) -> object:
        if name == "retract_comment":
            raise AttributeError(name)
        return getattr(self._tracker, name)


def test_a_token_that_may_not_delete_says_so_and_the_comment_stays(counted: Ticket, signing: Desk) -> None:
    tracker = Keeping(counted, answer=AccessRefused("the token may not delete"))
    made_by_another_run(tracker, counted, 90)
    note = "another run made one at the same time; this one stays: the token may not delete"
    outcome = upsert(offer_of(counted), tracker=tracker, desk=signing)
    assert outcome == replace(SAID, action=Action.CREATED, url="https://x/100", notes=(note,))


def test_so_does_a_tracker_that_deletes_no_comments(counted: Ticket, signing: Desk) -> None:
    tracker = MemoryTracker(counted)
    made_by_another_run(tracker, counted, 90)
    note = "another run made one at the same time; this one stays: this tracker deletes no comments"
    outcome = upsert(offer_of(counted), tracker=cast("Tracker", Unable(tracker)), desk=signing)
    assert outcome == replace(SAID, action=Action.CREATED, url="https://x/100", notes=(note,))


def test_a_comment_that_is_still_there_after_all_was_well_is_an_error(counted: Ticket, signing: Desk) -> None:
    tracker = Keeping(counted)
    made_by_another_run(tracker, counted, 90)
    said = (
        "The comment 100 on acme/shop#12 is still there (the tracker answered that all was well). RAT has another one "
        "there: delete this one by hand."
    )
    with pytest.raises(TrackerError, match=f"^{re.escape(said)}$"):
        upsert(offer_of(counted), tracker=tracker, desk=signing)
    assert signing.journal.entries()[-1].action == "failed"


@pytest.mark.parametrize("answer", [Ambiguous("lost"), Conflict("another write")])
def test_a_taking_back_whose_answer_was_lost_is_sent_once_more(
    answer: TrackerError, counted: Ticket, signing: Desk
) -> None:
    tracker = MemoryTracker(counted)
    made_by_another_run(tracker, counted, 90)
    left = [answer]

    def lose(name: str, number: int) -> None:
        if name == "retract_comment" and left:
            raise left.pop()

    tracker.before = lose
    assert upsert(offer_of(counted), tracker=tracker, desk=signing).action is Action.DEFERRED
    assert [comment.id for comment in tracker.stored] == ["90"]
    assert tracker.writes == ["create_comment", "retract_comment", "retract_comment"]


def test_a_comment_that_is_gone_before_it_is_taken_back_is_no_longer_there_to_stay(
    counted: Ticket, signing: Desk
) -> None:
    tracker = MemoryTracker(counted)
    made_by_another_run(tracker, counted, 90)

    def delete(name: str, number: int) -> None:
        if name == "comment":
            tracker.stored = tracker.stored[1:]

    tracker.before = delete
    outcome = upsert(offer_of(counted), tracker=tracker, desk=signing)
    assert (outcome.action, outcome.url, outcome.notes) == (Action.DEFERRED, "https://x/90", ())
    assert tracker.writes == ["create_comment"]


def died(desk: Desk, tracker: MemoryTracker, ticket: Ticket, *, step: str) -> Comment:
    """A run that wrote the later of two comments and died before it took it back, or before it knew its number."""
    first = own_comment(ticket, tracker.me, number=90, key="k")
    mine = own_comment(ticket, tracker.me, "mine", number=91, key="k", input_hash="cc")
    tracker.stored = [first, mine]
    intent = Entry(step=step, ticket=ticket.key, purpose="refinement", operation="create_comment", text=mine.raw)
    known = replace(intent, comment_id="91", action="created") if step == "outcome" else intent
    desk.journal.record(known)
    return mine


@pytest.mark.parametrize("step", ["intent", "outcome"])
def test_what_a_run_that_died_has_made_second_is_taken_back_by_the_next(
    step: str, ticket: Ticket, signing: Desk, tracker: MemoryTracker
) -> None:
    died(signing, tracker, ticket, step=step)
    tracker.stored.append(own_comment(ticket, tracker.me, "no key", number=95))
    outcome = upsert(offer_of(ticket), tracker=tracker, desk=signing)
    assert outcome == replace(SAID, reason="nothing changed")
    assert [comment.id for comment in tracker.stored] == ["90", "95"]
    assert tracker.writes == ["retract_comment"]


def test_it_stays_where_people_have_answered_it(ticket: Ticket, signing: Desk, tracker: MemoryTracker) -> None:
    died(signing, tracker, ticket, step="outcome")
    tracker.stored[1] = replace(tracker.stored[1], reactions=1)
    outcome = upsert(offer_of(ticket, "mine", input_hash="cc"), tracker=tracker, desk=signing)
    assert outcome == replace(SAID, reason="nothing changed", url="https://x/91", notes=(TWO,))
    assert (tracker.writes, len(tracker.stored)) == ([], 2)


def test_a_dry_run_takes_nothing_back(ticket: Ticket, signing: Desk, tracker: MemoryTracker) -> None:
    died(signing, tracker, ticket, step="outcome")
    outcome = upsert(offer_of(ticket, "mine"), tracker=tracker, desk=replace(signing, dry_run=True))
    assert (outcome.url, outcome.notes, tracker.writes) == ("https://x/91", (TWO,), [])


def test_nor_does_a_run_whose_journal_knows_of_no_second_one(
    ticket: Ticket, signing: Desk, tracker: MemoryTracker
) -> None:
    died(signing, tracker, ticket, step="outcome")
    signing.journal.path.unlink()
    outcome = upsert(offer_of(ticket, "mine", input_hash="cc"), tracker=tracker, desk=signing)
    assert (outcome.action, outcome.notes, tracker.writes) == (Action.UNCHANGED, (TWO,), [])


@pytest.mark.parametrize("step", ["intent", "outcome"])
def test_nor_is_one_taken_back_that_does_not_say_what_was_written(
    step: str, ticket: Ticket, signing: Desk, tracker: MemoryTracker
) -> None:
    mine = died(signing, tracker, ticket, step=step)
    tracker.stored[1] = replace(mine, raw=mine.raw + " and mine", body=mine.body + " and mine")
    outcome = upsert(offer_of(ticket, "mine", input_hash="cc"), tracker=tracker, desk=signing)
    assert (outcome.action, outcome.notes, tracker.writes) == (Action.UNCHANGED, (TWO,), [])


@pytest.mark.parametrize("known", ["", "91"])
def test_what_jira_adds_to_a_document_keeps_none_from_being_taken_back(
    known: str, ticket: Ticket, signing: Desk, tracker: MemoryTracker
) -> None:
    mine = died(signing, tracker, ticket, step="outcome")
    signing.journal.path.unlink()
    sent = {"type": "doc", "content": [{"type": "rule"}]}
    stored = json.dumps(sent | {"attrs": {"localId": "1-2-3"}})
    tracker.dialect = Dialect.ADF
    tracker.stored[1] = replace(mine, marker=mine.raw.partition("\n")[0], raw=stored, body="as it is shown")
    entry = Entry(step="intent", ticket=ticket.key, purpose="refinement", operation="create_comment")
    signing.journal.record(replace(entry, text=json.dumps(sent), comment_id=known))
    upsert(offer_of(ticket), tracker=tracker, desk=signing)
    assert [comment.id for comment in tracker.stored] == ["90"]
