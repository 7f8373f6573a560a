"""What stands against a write at the last moment, read afresh from the tracker or from the pull request."""

from dataclasses import dataclass, field, replace

import pytest

from rat.errors import ConfigError
from rat.model import PullRequest, Ticket, TicketRef, TrackerKind
from rat.publishing.document import Document
from rat.publishing.freshness import hindrance
from rat.publishing.offer import Desk, Offer, Seen
from rat.publishing.outcome import Action
from tests.unit.publishing.memory import REF, MemoryTracker
from tests.unit.publishing.offers import PullRequestsInMemory

EDITED = (Action.DEFERRED, "edited in between; planned again next run")
PULL = PullRequest(key="acme/shop#31", title="T", body="B", branch="b", base="main", head_sha="a" * 40)
PULL_REF = TicketRef(tracker=TrackerKind.GITHUB, key=PULL.key)


@dataclass
class Sparing(MemoryTracker):
    """Says which reads asked for the comments too."""

    with_comments: list[bool] = field(default_factory=list)

    def fetch(self, ref: TicketRef, *, comments: bool = True) -> Ticket:
        self.with_comments.append(comments)
        return MemoryTracker.fetch(self, ref, comments=comments)


def offer(seen: Seen, *, ref: TicketRef = REF, purpose: str = "refinement") -> Offer:
    return Offer(ref=ref, purpose=purpose, document=Document(()), input_hash="00", seen=seen)


def stands_against(ticket: Ticket, desk: Desk, **now: object) -> tuple[Action, str] | None:
    """What is said of *ticket*, when *now* differs from what was seen of it."""
    tracker = MemoryTracker(replace(ticket, **now))  # type: ignore[arg-type]
    return hindrance(offer(Seen.of(ticket)), tracker=tracker, desk=desk)


def test_nothing_stands_against_a_ticket_that_is_as_it_was(ticket: Ticket, desk: Desk) -> None:
    assert stands_against(ticket, desk) is None


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ({"state": "closed"}, (Action.SILENT, "the ticket is closed")),
        ({"labels": ("bug", "rat:off")}, (Action.SILENT, "the label rat:off asks RAT to stay away")),
        ({"locked": True}, (Action.REFUSED, "the conversation is locked; unlock it to let RAT write")),
        ({"labels": ("bug",)}, None),
    ],
)
def test_a_closed_opted_out_or_locked_ticket_says_why_nothing_is_written(
    now: dict[str, object], said: tuple[Action, str] | None, ticket: Ticket, desk: Desk
) -> None:
    assert stands_against(ticket, desk, **now) == said


@pytest.mark.parametrize(
    "now", [{"title": "Other"}, {"body": "Other"}, {"updated_at": "2026-11-02T00:00:00Z"}, {"comment_count": 3}]
)
def test_whatever_changed_since_puts_the_write_off(now: dict[str, object], ticket: Ticket, desk: Desk) -> None:
    assert stands_against(replace(ticket, comment_count=2), desk, **now) == EDITED


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ({"updated_at": ""}, {"updated_at": "2026-11-02T00:00:00Z"}),
        ({"updated_at": "2026-11-02T00:00:00Z"}, {"updated_at": ""}),
        ({"comment_count": None}, {"comment_count": 2}),
        ({"comment_count": 2}, {"comment_count": None}),
    ],
)
def test_a_time_or_a_count_that_a_tracker_does_not_give_says_nothing(
    before: dict[str, object], now: dict[str, object], ticket: Ticket, desk: Desk
) -> None:
    seen = replace(ticket, **before)  # type: ignore[arg-type]
    assert stands_against(seen, desk, **now) is None


def test_a_ticket_is_read_afresh_without_its_comments(ticket: Ticket, desk: Desk) -> None:
    tracker = Sparing(ticket)
    assert hindrance(offer(Seen.of(ticket)), tracker=tracker, desk=desk) is None
    assert tracker.with_comments == [False]


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (PULL, None),
        (replace(PULL, title="Other", body="Other"), None),
        (replace(PULL, head_sha="b" * 40), EDITED),
        (replace(PULL, state="closed"), (Action.SILENT, "the ticket is closed")),
    ],
)
def test_an_impact_is_held_against_the_commit_of_its_pull_request(
    now: PullRequest, said: tuple[Action, str] | None, desk: Desk, tracker: MemoryTracker
) -> None:
    impact = offer(Seen.of_pull_request(PULL), ref=PULL_REF, purpose="impact")
    at_hand = replace(desk, pull_requests=PullRequestsInMemory(now))
    assert hindrance(impact, tracker=tracker, desk=at_hand) == said
    assert tracker.calls == []


@pytest.mark.parametrize("kind", [TrackerKind.GITHUB, TrackerKind.JIRA])
def test_an_impact_without_a_pull_request_to_write_to_is_an_error(
    kind: TrackerKind, desk: Desk, tracker: MemoryTracker
) -> None:
    impact = offer(Seen.of_pull_request(PULL), ref=TicketRef(tracker=kind, key=PULL.key), purpose="impact")
    none = replace(desk, pull_requests=None if kind is TrackerKind.GITHUB else PullRequestsInMemory(PULL))
    with pytest.raises(ConfigError, match="impact on acme/shop#31 can only be written to a pull request on GitHub"):
        hindrance(impact, tracker=tracker, desk=none)
