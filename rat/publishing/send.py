"""The writes themselves. A lost answer is settled by reading back; nothing is ever sent blindly again."""

from collections.abc import Callable
from dataclasses import dataclass

from rat.errors import Ambiguous, TrackerError
from rat.model import Comment, TicketRef
from rat.ports import Draft, Tracker
from rat.publishing.dialect import same_text
from rat.publishing.find import find_own
from rat.publishing.offer import Desk, Offer
from rat.publishing.twins import first_of

SETTLING_SECONDS = (2.0, 5.0)
"""How long a tracker is given to show a comment whose answer was lost, before each further look."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Created:
    """The new *comment* as stored, and RAT's *first* one there: the same, unless another run was faster."""

    comment: Comment
    first: Comment


def create(offer: Offer, draft: Draft, *, tracker: Tracker, desk: Desk) -> Created:
    """A new comment, read back. After a lost answer it is looked for, and sent once more only if it is not there.

    Raises Ambiguous when the second answer was lost as well, TrackerError when it was stored otherwise than sent.
    """
    try:
        stored = tracker.create_comment(offer.ref, draft)
    except Ambiguous:
        stored = _settle(offer, tracker=tracker, desk=desk) or _create_again(offer, draft, tracker=tracker, desk=desk)
    return _read_back(offer, stored, draft, tracker=tracker, key=desk.marker_key)


def update(ref: TicketRef, comment: Comment, draft: Draft, *, tracker: Tracker) -> Comment:
    """The new text of *comment*, read back. Raises Ambiguous and TrackerError as `put` does."""
    stored = comment

    def look() -> str:
        nonlocal stored
        stored = tracker.comment(ref, comment.id)
        return stored.raw or stored.body

    put(
        lambda: tracker.update_comment(ref, comment.id, draft),
        look=look,
        same=lambda one, other: same_text(one, other, tracker.dialect),
        before=comment.raw or comment.body,
        after=draft.text,
        what=f"The comment {comment.id} on {ref.key}",
    )
    return stored


def put(
    send: Callable[[], object],
    *,
    look: Callable[[], str],
    same: Callable[[str, str], bool],
    before: str,
    after: str,
    what: str,
) -> None:
    """Replace *before* by *after* with *send*, and *look* whether it is so.

    After a lost answer it is sent again only if the old text still stands. Raises Ambiguous when a third text stands
    there then, TrackerError when it was stored otherwise than sent.
    """
    try:
        send()
    except Ambiguous:
        now = look()
        if same(now, before):
            send()
        elif not same(now, after):
            raise
    if not same(look(), after):
        raise TrackerError(
            f"{what} does not say what was sent (the tracker answered that all was well). Look at it; the next run "
            "compares again."
        )


def _create_again(offer: Offer, draft: Draft, *, tracker: Tracker, desk: Desk) -> Comment:
    try:
        return tracker.create_comment(offer.ref, draft)
    except Ambiguous:
        found = _settle(offer, tracker=tracker, desk=desk)
        if found is None:
            raise
        return found


def _settle(offer: Offer, *, tracker: Tracker, desk: Desk) -> Comment | None:
    """The comment whose answer was lost, if it shows up."""
    for seconds in SETTLING_SECONDS:
        desk.wait(seconds)
        found = find_own(offer, tracker=tracker, key=desk.marker_key)
        if found.comment is not None:
            return found.comment
    return None


def _read_back(offer: Offer, sent: Comment, draft: Draft, *, tracker: Tracker, key: str) -> Created:
    """*sent* as stored now. All comments are read for it, since another run may have made one in the meantime."""
    comments = tracker.comments(offer.ref)
    stored = next((comment for comment in comments if comment.id == sent.id), None)
    stored = stored or tracker.comment(offer.ref, sent.id)  # a list may lag behind
    if not same_text(stored.raw or stored.body, draft.text, tracker.dialect):
        raise TrackerError(
            f"The comment {stored.id} on {offer.ref.key} does not say what was sent (the tracker answered that all "
            "was well). Look at it and delete it; the next run writes it again."
        )
    return Created(comment=stored, first=first_of(stored, comments, offer, key=key))
