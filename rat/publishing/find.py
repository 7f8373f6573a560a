"""RAT's own comment among all comments of a ticket: by marker and by author."""

from dataclasses import dataclass

from rat.model import Comment, Ticket
from rat.ports import Tracker
from rat.publishing.marker import Marker, content_hash, read_marker, same_thing
from rat.publishing.offer import Offer, Same


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """RAT's comment, if there is one, whether it says already what is offered, and the ids of all comments there.

    *own* are all that are RAT's for the offer, oldest first: more than one where two runs did not know of each other.
    """

    comment: Comment | None = None
    own: tuple[Comment, ...] = ()
    is_current: bool = False
    ids: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()


def age(comment: Comment) -> tuple[str, int, str]:
    """What comments are ordered by, oldest first: times are cut to seconds, and numbers grow."""
    return comment.created_at, len(comment.id), comment.id


def find_own(offer: Offer, *, tracker: Tracker, key: str) -> Found:
    """RAT's comment for *offer*: marked for its ticket and purpose, and written by this token's own account.

    All comments are read; an error among them is raised, never taken for "none". Whose token it is, is asked only
    when there is a marked comment. Of several, the newest is the one; the others are left alone and noted.
    """
    comments = tracker.comments(offer.ref)
    ids = frozenset(comment.id for comment in comments)
    marked = [pair for comment in comments if (pair := _marked(comment, offer, key)) is not None]
    if not marked:
        return Found(ids=ids)
    author = tracker.identity()
    own = [(comment, marker) for comment, marker in marked if comment.author == author]
    notes = []
    if len(own) < len(marked):
        notes.append(
            f"{len(marked) - len(own)} comment(s) carry RAT's marker but were written by somebody else; ignored"
        )
    if len(own) > 1:
        notes.append(f"RAT has {len(own)} comments here; the newest is kept up to date, the others are left alone")
    if not own:
        return Found(ids=ids, notes=tuple(notes))
    own.sort(key=lambda pair: age(pair[0]))
    comment, marker = own[-1]
    every = tuple(one for one, _ in own)
    return Found(comment=comment, own=every, is_current=_is_current(marker, offer), ids=ids, notes=tuple(notes))


def _marked(comment: Comment, offer: Offer, key: str) -> tuple[Comment, Marker] | None:
    marker = read_marker(comment, key=key)
    if marker is None or not same_thing(marker, ticket=offer.ref.key, purpose=offer.purpose):
        return None
    return comment, marker


def _is_current(marker: Marker, offer: Offer) -> bool:
    same_input = bool(offer.input_hash) and marker.input_hash == offer.input_hash
    same_words = marker.content_hash == content_hash(offer.document)
    match offer.same:
        case Same.EITHER:
            return same_input or same_words
        case Same.INPUT:
            return same_input
        case Same.WORDS:
            return same_words


@dataclass(frozen=True, kw_only=True, slots=True)
class Own:
    """A comment of RAT's own, with its marker."""

    comment: Comment
    marker: Marker


def own_comments(ticket: Ticket, *, tracker: Tracker, key: str) -> dict[str, Own]:
    """RAT's newest comment of each purpose among the comments that *ticket* was read with.

    Whose token it is, is asked only when there is a marked comment.
    """
    marked = [
        Own(comment=comment, marker=marker)
        for comment in ticket.comments
        if (marker := read_marker(comment, key=key)) and marker.ticket == ticket.key
    ]
    return {own.marker.purpose: own for own in marked if own.comment.author == tracker.identity()}
