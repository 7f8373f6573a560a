"""What stands against a write at the last moment: an edit in between, a lock, a closed ticket, an opt-out."""

from rat.errors import ConfigError
from rat.model import Ticket, TrackerKind
from rat.ports import Tracker
from rat.publishing.offer import Desk, Offer, Seen
from rat.publishing.outcome import Action
from rat.publishing.small_print import OPT_OUT_LABEL


def hindrance(offer: Offer, *, tracker: Tracker, desk: Desk) -> tuple[Action, str] | None:
    """Why nothing may be written now, read afresh from the tracker; None when nothing stands against it."""
    now = _seen_now(offer, tracker=tracker, desk=desk)
    return standstill(now) or (
        (Action.DEFERRED, "edited in between; planned again next run") if _differs(offer.seen, now) else None
    )


def standstill(now: Ticket | Seen) -> tuple[Action, str] | None:
    """Why nothing at all may be written to a ticket that is as it is *now*; None when it may."""
    if now.state != "open":
        return Action.SILENT, f"the ticket is {now.state}"
    if OPT_OUT_LABEL in now.labels:
        return Action.SILENT, f"the label {OPT_OUT_LABEL} asks RAT to stay away"
    if now.locked:
        return Action.REFUSED, "the conversation is locked; unlock it to let RAT write"
    return None


def _seen_now(offer: Offer, *, tracker: Tracker, desk: Desk) -> Seen:
    if offer.purpose != "impact":
        return Seen.of(tracker.fetch(offer.ref, comments=False))
    if desk.pull_requests is None or offer.ref.tracker is not TrackerKind.GITHUB:
        raise ConfigError(f"The impact on {offer.ref.key} can only be written to a pull request on GitHub.")
    repository, _, number = offer.ref.key.partition("#")
    return Seen.of_pull_request(desk.pull_requests.pull_request(int(number), repository=repository))


def _differs(seen: Seen, now: Seen) -> bool:
    """Whether the words changed, or the tracker says that anything did. A time that was never seen says nothing."""
    changed_since = bool(seen.updated_at and now.updated_at) and seen.updated_at != now.updated_at
    commented = None not in (seen.comment_count, now.comment_count) and seen.comment_count != now.comment_count
    return changed_since or commented or seen.content_hash != now.content_hash
