"""What becomes of one offer: what people are told of it, what the journal keeps of it, what was written."""

from dataclasses import replace

import pytest

from rat.model import PullRequest, Ticket, TicketRef, TrackerKind
from rat.publishing.document import Document
from rat.publishing.guard import Guard
from rat.publishing.journal import Entry
from rat.publishing.offer import Desk, Offer, Seen
from rat.publishing.outcome import Action, Call, Outcome
from rat.publishing.upsert import upsert
from tests.unit.publishing.memory import MemoryTracker, lost
from tests.unit.publishing.offers import PullRequestsInMemory, offer_of, own_comment, words

pytestmark = pytest.mark.usefixtures("quick_disk")
NOTE = "2 comment(s) carry RAT's marker but were written by somebody else; ignored"
SAID = Outcome(ticket="acme/shop#12", purpose="refinement", action=Action.UNCHANGED)
FASTER = "another run was faster; the next run compares"


def written(desk: Desk) -> list[Entry]:
    return [replace(entry, at="") for entry in desk.journal.entries()]


def test_a_creation_is_told_and_journaled_with_all_that_finds_it_again(
    ticket: Ticket, desk: Desk, tracker: MemoryTracker
) -> None:
    outcome = upsert(offer_of(ticket), tracker=tracker, desk=desk)
    assert outcome == replace(SAID, action=Action.CREATED, url="https://x/100")
    stored = tracker.stored[0].raw
    intent = Entry(
        step="intent",
        ticket="acme/shop#12",
        purpose="refinement",
        operation="create_comment",
        planned="created",
        text=stored,
        marker=stored.partition("\n")[0],
    )
    ended = replace(intent, step="outcome", planned="", action="created", comment_id="100", url="https://x/100")
    assert written(desk) == [intent, ended]


def test_an_edit_is_told_and_journaled_with_all_that_takes_it_back(
    ticket: Ticket, desk: Desk, tracker: MemoryTracker
) -> None:
    upsert(offer_of(ticket), tracker=tracker, desk=desk)
    before = tracker.stored[0] = replace(tracker.stored[0], marker=tracker.stored[0].raw.partition("\n")[0])
    outcome = upsert(offer_of(ticket, "two", input_hash="bb"), tracker=tracker, desk=desk)
    assert outcome == replace(SAID, action=Action.UPDATED, url="https://x/100")
    stored = tracker.stored[0].raw
    intent = Entry(
        step="intent",
        ticket="acme/shop#12",
        purpose="refinement",
        operation="update_comment",
        planned="updated",
        comment_id="100",
        url="https://x/100",
        text=stored,
        marker=stored.partition("\n")[0],
        replaced=before.raw,
        replaced_marker=before.marker,
    )
    assert "two" in stored
    assert written(desk)[2:] == [intent, replace(intent, step="outcome", planned="", action="updated")]


@pytest.mark.parametrize(("raw", "body"), [("stored", "shown"), ("", "shown")])
def test_what_is_kept_of_a_replaced_comment_is_its_stored_text(
    raw: str, body: str, ticket: Ticket, desk: Desk, tracker: MemoryTracker
) -> None:
    upsert(offer_of(ticket), tracker=tracker, desk=desk)
    text = tracker.stored[0].raw
    tracker.stored[0] = replace(tracker.stored[0], raw=raw and text, body=body if raw else text)
    upsert(offer_of(ticket, "two", input_hash="bb"), tracker=tracker, desk=desk)
    assert desk.journal.entries()[2].replaced == text


def test_what_says_it_already_is_left_alone(ticket: Ticket, desk: Desk, tracker: MemoryTracker) -> None:
    tracker.stored = [own_comment(ticket, tracker.me)]
    outcome = upsert(offer_of(ticket), tracker=tracker, desk=desk)
    assert outcome == replace(SAID, reason="nothing changed", url="https://x/100")
    assert not desk.journal.entries()


def test_silence_is_told_with_its_reason_and_ends_where_a_comment_stands(
    ticket: Ticket, desk: Desk, tracker: MemoryTracker
) -> None:
    outcome = upsert(offer_of(ticket), tracker=tracker, desk=desk, silence="it is ready")
    assert outcome == replace(SAID, action=Action.SILENT, reason="it is ready")
    upsert(offer_of(ticket), tracker=tracker, desk=desk)
    two = offer_of(ticket, "two", input_hash="bb")
    assert upsert(two, tracker=tracker, desk=desk, silence="it is ready").action is Action.UPDATED


def test_a_comment_that_is_there_but_no_longer_known_by_its_mark_is_not_doubled(
    ticket: Ticket, desk: Desk, tracker: MemoryTracker
) -> None:
    upsert(offer_of(ticket), tracker=tracker, desk=desk)
    outcome = upsert(offer_of(ticket), tracker=tracker, desk=replace(desk, marker_key="new"))
    reason = "RAT's comment is there but not recognised; check the token's account and the marker key"
    assert outcome == replace(SAID, action=Action.DEFERRED, reason=reason)
    assert tracker.writes == ["create_comment"]
    tracker.me = "other[bot]"
    assert upsert(offer_of(ticket), tracker=tracker, desk=desk).reason == reason


def test_a_deleted_comment_stays_away_until_it_is_asked_for(ticket: Ticket, desk: Desk, tracker: MemoryTracker) -> None:
    upsert(offer_of(ticket), tracker=tracker, desk=desk)
    tracker.stored.clear()
    outcome = upsert(offer_of(ticket), tracker=tracker, desk=desk)
    reason = "its comment was deleted by a person, so it stays away"
    assert outcome == replace(SAID, action=Action.SILENT, reason=reason)
    assert upsert(offer_of(ticket, asked=True), tracker=tracker, desk=desk).action is Action.CREATED


def test_a_comment_deleted_elsewhere_keeps_nothing_from_this_ticket(
    ticket: Ticket, desk: Desk, tracker: MemoryTracker
) -> None:
    for place in ({"ticket": "acme/shop#13"}, {"purpose": "impact"}, {"step": "intent"}, {"action": "failed"}):
        fields = {
            "step": "outcome",
            "ticket": "acme/shop#12",
            "purpose": "refinement",
            "operation": "create_comment",
            "action": "created",
            "comment_id": "90",
        }
        desk.journal.record(Entry(**fields | place))
    assert upsert(offer_of(ticket), tracker=tracker, desk=desk).action is Action.CREATED


def test_what_a_person_edited_is_told_and_left_alone(ticket: Ticket, desk: Desk, tracker: MemoryTracker) -> None:
    upsert(offer_of(ticket), tracker=tracker, desk=desk)
    tracker.stored[0] = replace(tracker.stored[0], raw=tracker.stored[0].raw + "mine")
    outcome = upsert(offer_of(ticket, "two", input_hash="bb"), tracker=tracker, desk=desk)
    reason = "a person edited RAT's comment; delete it to get a new one"
    assert outcome == replace(SAID, action=Action.REFUSED, reason=reason, url="https://x/100")
    assert tracker.writes == ["create_comment"]


def test_a_text_that_gives_a_secret_away_as_a_whole_is_not_sent(
    ticket: Ticket, desk: Desk, tracker: MemoryTracker
) -> None:
    sections = tuple(section for part in ("4fG7kL", "m2Qr9s", "Tv1xYz") for section in words(part).sections)
    spread = replace(offer_of(ticket), document=Document(sections))
    outcome = upsert(spread, tracker=tracker, desk=replace(desk, guard=Guard(secrets=("4fG7kLm2Qr9sTv1xYz",))))
    reason = "the text holds a secret of this run; nothing was sent"
    assert outcome == replace(SAID, action=Action.REFUSED, reason=reason)
    assert (tracker.writes, desk.journal.entries()) == ([], ())


def test_a_dry_run_tells_the_call_and_changes_nothing(ticket: Ticket, desk: Desk, tracker: MemoryTracker) -> None:
    dry = replace(desk, dry_run=True)
    planned = upsert(offer_of(ticket), tracker=tracker, desk=dry)
    assert (tracker.writes, desk.journal.entries()) == ([], ())
    upsert(offer_of(ticket), tracker=tracker, desk=desk)
    text = tracker.stored[0].raw
    call = Call(tracker="github", operation="create_comment", target="acme/shop#12", body=text)
    assert planned == replace(SAID, action=Action.PLANNED, reason="dry run", call=call)
    again = upsert(offer_of(ticket, "two", input_hash="bb"), tracker=tracker, desk=dry)
    assert again.url == "https://x/100"
    assert again.call is not None
    assert (again.call.operation, again.call.target) == ("update_comment", "acme/shop#12 comment 100")


def test_a_write_that_may_not_have_arrived_is_told_as_such(ticket: Ticket, desk: Desk, tracker: MemoryTracker) -> None:
    tracker.before = lost("create_comment", times=9)
    outcome = upsert(offer_of(ticket), tracker=tracker, desk=desk)
    reason = "it is not known whether the write arrived: create_comment: the answer was lost"
    assert outcome == replace(SAID, action=Action.DEFERRED, reason=reason)
    assert [(entry.step, entry.action) for entry in written(desk)] == [("intent", ""), ("outcome", "deferred")]


def test_whose_mark_is_on_the_comments_of_others_is_told(ticket: Ticket, desk: Desk, tracker: MemoryTracker) -> None:
    tracker.stored = [own_comment(ticket, name, number=90 + at) for at, name in enumerate(("mallory", "eve"))]
    outcome = upsert(offer_of(ticket), tracker=tracker, desk=desk)
    assert outcome == replace(SAID, action=Action.CREATED, url="https://x/100", notes=(NOTE,))


def test_where_comments_are_counted_a_second_look_is_not_needed(ticket: Ticket, desk: Desk) -> None:
    tracker = MemoryTracker(replace(ticket, comment_count=0))
    upsert(offer_of(tracker.ticket), tracker=tracker, desk=desk)
    assert tracker.calls == ["comments", "fetch", "create_comment", "comments"]


def test_where_they_are_not_another_run_that_was_faster_is_seen_by_it(
    ticket: Ticket, desk: Desk, tracker: MemoryTracker
) -> None:
    def other_run(name: str, number: int) -> None:
        if name == "fetch":
            tracker.stored = [own_comment(ticket, tracker.me, number=90)]

    tracker.before = other_run
    outcome = upsert(offer_of(ticket), tracker=tracker, desk=desk)
    assert outcome == replace(SAID, action=Action.DEFERRED, reason=FASTER, url="https://x/90")
    assert (tracker.writes, desk.journal.entries()) == ([], ())


def test_a_comment_without_the_right_signature_is_not_that_of_another_run(
    ticket: Ticket, desk: Desk, tracker: MemoryTracker
) -> None:
    def somebody(name: str, number: int) -> None:
        if name == "fetch":
            tracker.stored = [own_comment(ticket, tracker.me, number=90)]

    tracker.before = somebody
    outcome = upsert(offer_of(ticket), tracker=tracker, desk=replace(desk, marker_key="k"))
    assert outcome == replace(SAID, action=Action.CREATED, url="https://x/100")


def test_an_impact_is_held_against_its_pull_request(desk: Desk) -> None:
    pull = PullRequest(key="acme/shop#31", title="T", body="B", branch="b", base="main", head_sha="a" * 40)
    ref = TicketRef(tracker=TrackerKind.GITHUB, key=pull.key)
    tracker = MemoryTracker(Ticket(ref=ref, title="T", body="B"))
    offer = Offer(ref=ref, purpose="impact", document=words("one"), input_hash="aa", seen=Seen.of_pull_request(pull))
    at_hand = replace(desk, pull_requests=PullRequestsInMemory(pull))
    outcome = upsert(offer, tracker=tracker, desk=at_hand)
    assert (outcome.ticket, outcome.purpose, outcome.action) == ("acme/shop#31", "impact", Action.CREATED)
