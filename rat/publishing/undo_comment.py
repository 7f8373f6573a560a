"""Takes back what RAT wrote last in one of its comments."""

from dataclasses import replace

from rat.model import Comment, TicketRef
from rat.ports import Dialect, Draft, Tracker
from rat.publishing.dialect import same_text, text_hash, write
from rat.publishing.document import Code, Document, Paragraph, Section, Text
from rat.publishing.find import own_comments
from rat.publishing.journal import Entry, journaled
from rat.publishing.marker import Marker, read_marker
from rat.publishing.offer import Desk
from rat.publishing.outcome import Action, Call, Outcome
from rat.publishing.pen import is_untouched
from rat.publishing.send import update
from rat.publishing.small_print import OPT_OUT_LABEL

WITHDRAWN = Document(
    (
        Section(
            "withdrawn",
            (Paragraph((Text("RAT took its comment back. The label "), Code(OPT_OUT_LABEL), Text(" keeps it away."))),),
        ),
    )
)
"""What is left of a comment that replaced nothing: what people have read is not deleted."""


def undo_comment(ref: TicketRef, last: Entry, desk: Desk) -> Outcome:
    """Put back what the write *last* replaced, as long as nobody edited the comment since.

    The marker keeps the input hash of what is taken back, so that the next run does not write the same again before
    the ticket changes.
    """
    tracker = desk.tracker_for(ref.tracker)
    comment = tracker.comment(ref, last.comment_id)
    if comment.author != tracker.identity() or not _is_as_written(comment, last, tracker.dialect):
        return _ended(last, Action.REFUSED, "it was edited since, by a person or by another run; RAT leaves it alone")
    draft = _former(last, comment, tracker, desk)
    if desk.dry_run:
        target = f"{ref.key} comment {comment.id}"
        call = Call(tracker=tracker.kind.value, operation="update_comment", target=target, body=draft.text)
        return replace(_ended(last, Action.PLANNED, "dry run"), call=call)
    entry = replace(
        last, step="intent", operation="undo", text=draft.text, marker=draft.marker, replaced=comment.raw, action=""
    )
    entry = replace(entry, replaced_marker=comment.marker)
    ended = journaled(entry, lambda: update(ref, comment, draft, tracker=tracker), desk.journal, done=Action.UNDONE)
    return replace(_ended(last, Action(ended.action), ended.reason), url=ended.url)


def standing_comment(ref: TicketRef, desk: Desk) -> Entry | None:
    """RAT's refinement on the ticket as a write that replaced nothing, for a run that has no journal of it.

    None where there is none, where a person edited it, or where it was taken back before.
    """
    tracker = desk.tracker_for(ref.tracker)
    own = own_comments(tracker.fetch(ref), tracker=tracker, key=desk.marker_key).get("refinement")
    if own is None or not is_untouched(own.comment, tracker.dialect, desk):
        return None
    text = own.comment.raw or own.comment.body
    if same_text(_without_marker(text, tracker.dialect), write(WITHDRAWN, tracker.dialect), tracker.dialect):
        return None
    return Entry(
        step="outcome", ticket=ref.key, purpose="refinement", operation="", comment_id=own.comment.id, text=text
    )


def _is_as_written(comment: Comment, last: Entry, dialect: Dialect) -> bool:
    return same_text(_without_marker(comment.raw, dialect), _without_marker(last.text, dialect), dialect)


def _former(last: Entry, comment: Comment, tracker: Tracker, desk: Desk) -> Draft:
    """The text that stood there before, under a marker that says what it was taken back from."""
    dialect = tracker.dialect
    text = _without_marker(last.replaced, dialect) if last.replaced else write(WITHDRAWN, dialect)
    now = read_marker(comment, key=desk.marker_key) or Marker(ticket=last.ticket, purpose=last.purpose)
    marker = replace(now, text_hash=text_hash(text, dialect), seen="").write(key=desk.marker_key)
    return Draft(text=f"{marker}\n{text}" if dialect is Dialect.MARKDOWN else text, marker=marker)


def _without_marker(text: str, dialect: Dialect) -> str:
    return text.replace("\r\n", "\n").partition("\n")[2] if dialect is Dialect.MARKDOWN else text


def _ended(last: Entry, action: Action, reason: str = "") -> Outcome:
    return Outcome(ticket=last.ticket, purpose=last.purpose, action=action, reason=reason)
