"""An offer as the text that is sent, and whether a text is still the one that was sent."""

from rat.model import Comment
from rat.ports import Dialect, Draft, Tracker
from rat.publishing.dialect import text_hash, write_fitting
from rat.publishing.marker import Marker, content_hash, read_marker
from rat.publishing.offer import Desk, Offer

MARKER_ROOM = 1000


def draft_of(offer: Offer, *, tracker: Tracker, desk: Desk) -> Draft | None:
    """The comment as it will be sent, secrets removed; None if one is in it even so.

    In Markdown the marker is the first line of the text; beside other dialects the tracker keeps it by itself.
    """
    document = desk.guard.clean(offer.document)
    text = write_fitting(document, tracker.dialect, reserved=MARKER_ROOM)
    if desk.guard.leaks(text):
        return None
    marker = Marker(
        ticket=offer.ref.key,
        purpose=offer.purpose,
        input_hash=offer.input_hash,
        content_hash=content_hash(offer.document),
        text_hash=text_hash(text, tracker.dialect),
        seen=offer.seen.words_hash,
    ).write(key=desk.marker_key)
    return Draft(text=f"{marker}\n{text}" if tracker.dialect is Dialect.MARKDOWN else text, marker=marker)


def is_untouched(comment: Comment, dialect: Dialect, desk: Desk) -> bool:
    """Whether RAT's *comment* still says what RAT wrote: nobody has edited it since."""
    marker = read_marker(comment, key=desk.marker_key)
    text = comment.raw or comment.body
    if dialect is Dialect.MARKDOWN:
        text = text.replace("\r\n", "\n").partition("\n")[2]
    return marker is not None and marker.text_hash == text_hash(text, dialect)
