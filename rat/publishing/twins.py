"""A comment that two runs made at once: the run whose comment came later takes its own back.

Two machines without a common journal may both look, find nothing, and both write. Each then reads all comments back, so
the one that wrote later sees both. The order of comments is the same for everybody: the first is never taken back, and
at most one run takes each of the others back (docs/adr/0028-what-writes-leave-behind.md).
"""

from collections.abc import Iterable
from dataclasses import replace

from rat.errors import AccessRefused, Ambiguous, Conflict, TicketNotFound, TrackerError
from rat.model import Comment
from rat.ports import Tracker
from rat.publishing.dialect import same_text
from rat.publishing.editing import EditableTracker
from rat.publishing.find import age
from rat.publishing.journal import Entry, journaled
from rat.publishing.marker import read_marker, same_thing
from rat.publishing.offer import Desk, Offer
from rat.publishing.outcome import Action

OPERATION = "retract_comment"


def first_of(mine: Comment, comments: Iterable[Comment], offer: Offer, *, key: str) -> Comment:
    """The oldest of RAT's comments for *offer* among *comments*: *mine*, or one that another run made before it."""
    own = [
        comment
        for comment in comments
        if comment.author == mine.author
        and (marker := read_marker(comment, key=key))
        and same_thing(marker, ticket=offer.ref.key, purpose=offer.purpose)
    ]
    return min([mine, *own], key=age)


def unfinished(offer: Offer, own: tuple[Comment, ...], *, tracker: Tracker, desk: Desk) -> Comment | None:
    """The comment among *own* (RAT's, oldest first) that a run with this journal made second and did not take back.

    It is given with the text that the run wrote. None where the journal does not say so: not even the comment of
    another run of RAT's is ever taken back.
    """
    entries = [one for one in desk.journal.entries() if (one.ticket, one.purpose) == (offer.ref.key, offer.purpose)]
    last = entries[-1] if entries else None
    if last is None or last.action in (Action.FAILED, Action.UNDONE):
        return None
    if last.operation not in ("create_comment", OPERATION):
        return None
    written = last.text or last.replaced
    for comment in reversed(own[1:]):
        if last.comment_id == comment.id:
            return replace(comment, raw=written)
        if not last.comment_id and same_text(comment.raw or comment.body, written, tracker.dialect):
            return comment
    return None


def take_back(mine: Comment, offer: Offer, *, tracker: Tracker, desk: Desk) -> str:
    """Delete *mine*, which this account made and another comment stands in for. Why it stays, where it does.

    It stays where somebody edited it or reacted to it, and where this token may not delete it. Raises TrackerError.
    """
    if not isinstance(tracker, EditableTracker):
        return "this tracker deletes no comments"
    try:
        now = tracker.comment(offer.ref, mine.id)
    except TicketNotFound:
        return ""
    if now.reactions or not same_text(now.raw or now.body, mine.raw or mine.body, tracker.dialect):
        return "somebody edited it or reacted to it"
    entry = Entry(
        step="intent",
        ticket=offer.ref.key,
        purpose=offer.purpose,
        operation=OPERATION,
        comment_id=mine.id,
        url=mine.url,
        replaced=mine.raw or mine.body,
        replaced_marker=mine.marker,
    )
    try:
        journaled(entry, lambda: _retract(mine, offer, tracker), desk.journal, done=Action.UNDONE)
    except AccessRefused as error:
        return str(error)
    return ""


def _retract(mine: Comment, offer: Offer, tracker: EditableTracker) -> None:
    """A lost answer is settled by sending it once more: a comment that is gone is what was asked for."""
    try:
        tracker.retract_comment(offer.ref, mine.id)
    except (Ambiguous, Conflict):
        tracker.retract_comment(offer.ref, mine.id)
    try:
        tracker.comment(offer.ref, mine.id)
    except TicketNotFound:
        return
    raise TrackerError(
        f"The comment {mine.id} on {offer.ref.key} is still there (the tracker answered that all was well). RAT has "
        "another one there: delete this one by hand."
    )
