"""Takes RAT's last write on a ticket back, as long as nobody has touched it since."""

from dataclasses import replace

from rat.errors import RatError, TicketNotFound
from rat.model import Comment, TicketRef
from rat.ports import Dialect, Draft, Tracker
from rat.publishing.dialect import same_text, text_hash, write
from rat.publishing.document import Code, Document, Paragraph, Section, Text
from rat.publishing.journal import Entry, journaled
from rat.publishing.marker import Marker, read_marker
from rat.publishing.offer import Desk
from rat.publishing.outcome import Action, Call, Outcome
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
"""What is left of a comment that replaced nothing: RAT deletes no comments, not even its own."""


def undo(ref: TicketRef, desk: Desk, *, purpose: str = "refinement") -> Outcome:
    """Put back what RAT's last write on *ref* replaced, byte for byte; asked again, the write before that.

    The marker keeps the input hash of what is taken back, so that the next run does not write the same again before
    the ticket changes. Says why not where the journal knows of no write, a person edited the comment, or it is gone.
    """
    blank = Entry(step="", ticket=ref.key, purpose=purpose, operation="")
    if not desk.policy.permits(ref):
        return _ended(blank, Action.REFUSED, "this run may not write there")
    try:
        with desk.journal.held():
            last = last_write(desk.journal.entries(), ref, purpose)
            if last is None:
                return _ended(blank, Action.SILENT, "the journal knows of nothing to undo there")
            return _take_back(ref, last, desk)
    except TicketNotFound:
        return _ended(blank, Action.REFUSED, "the comment is not there any more; nothing can be put back")
    except RatError as error:
        return replace(_ended(blank, Action.FAILED, str(error)), exit_code=error.exit_code)


def last_write(entries: tuple[Entry, ...], ref: TicketRef, purpose: str) -> Entry | None:
    """The newest write on *ref* that stands: each undoing takes the one before it off the pile."""
    standing: list[Entry] = []
    for entry in entries:
        if (entry.ticket, entry.purpose, entry.step) != (ref.key, purpose, "outcome"):
            continue
        if entry.action in (Action.CREATED, Action.UPDATED):
            standing.append(entry)
        elif entry.action == Action.UNDONE and standing:
            standing.pop()
    return standing[-1] if standing else None


def _take_back(ref: TicketRef, last: Entry, desk: Desk) -> Outcome:
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


def _is_as_written(comment: Comment, last: Entry, dialect: Dialect) -> bool:
    return same_text(_without_marker(comment.raw, dialect), _without_marker(last.text, dialect), dialect)


def _former(last: Entry, comment: Comment, tracker: Tracker, desk: Desk) -> Draft:
    """The text that stood there before, under a marker that says what it was taken back from."""
    dialect = tracker.dialect
    text = _without_marker(last.replaced, dialect) if last.replaced else write(WITHDRAWN, dialect)
    now = read_marker(comment, key=desk.marker_key) or Marker(ticket=last.ticket, purpose=last.purpose)
    marker = replace(now, text_hash=text_hash(text, dialect)).write(key=desk.marker_key)
    return Draft(text=f"{marker}\n{text}" if dialect is Dialect.MARKDOWN else text, marker=marker)


def _without_marker(text: str, dialect: Dialect) -> str:
    return text.replace("\r\n", "\n").partition("\n")[2] if dialect is Dialect.MARKDOWN else text


def _ended(last: Entry, action: Action, reason: str = "") -> Outcome:
    return Outcome(ticket=last.ticket, purpose=last.purpose, action=action, reason=reason)
