"""One sticky comment on one ticket: found, compared, checked against edits, written once, read back, journaled."""

from dataclasses import replace

from rat.model import Comment
from rat.ports import Draft, Tracker
from rat.publishing.find import Found, find_own
from rat.publishing.freshness import hindrance
from rat.publishing.journal import Entry, journaled
from rat.publishing.offer import Desk, Offer
from rat.publishing.outcome import Action, Call, Outcome
from rat.publishing.pen import draft_of, is_untouched
from rat.publishing.send import create, update
from rat.publishing.twins import take_back, unfinished

FASTER = "another run was faster; the next run compares"


def upsert(offer: Offer, *, tracker: Tracker, desk: Desk, silence: str | None = None) -> Outcome:
    """Bring the comment on *offer*'s ticket to what it should say, with at most one write.

    With a reason for *silence* a comment that stands there is still kept up to date, but none is begun.

    Raises TrackerError when the comments could not all be read or the write did not come out as sent; nothing is
    written in the first case.
    """
    found = _settled(offer, tracker=tracker, desk=desk)
    reason = _enough(offer, found, silence, desk) or hindrance(offer, tracker=tracker, desk=desk)
    if reason is None and found.comment is not None and not is_untouched(found.comment, tracker.dialect, desk):
        reason = (Action.REFUSED, "a person edited RAT's comment; delete it to get a new one")
    if reason is not None:
        return _outcome(offer, *reason, found)
    draft = draft_of(offer, tracker=tracker, desk=desk)
    if draft is None:
        return _outcome(offer, Action.REFUSED, "the text holds a secret of this run; nothing was sent", found)
    if desk.dry_run:
        return replace(_outcome(offer, Action.PLANNED, "dry run", found), call=_call(offer, draft, found, tracker))
    return _write(offer, draft, found, tracker=tracker, desk=desk)


def _settled(offer: Offer, *, tracker: Tracker, desk: Desk) -> Found:
    """What is there, after what a run that died has left to be taken back."""
    found = find_own(offer, tracker=tracker, key=desk.marker_key)
    if len(found.own) < 2 or desk.dry_run:  # noqa: PLR2004 - two of them
        return found
    left = unfinished(offer, found.own, tracker=tracker, desk=desk)
    if left is None or take_back(left, offer, tracker=tracker, desk=desk):
        return found
    return find_own(offer, tracker=tracker, key=desk.marker_key)


def _enough(offer: Offer, found: Found, silence: str | None, desk: Desk) -> tuple[Action, str] | None:
    """Why what stands on the ticket is enough as it is; None when something is to be written."""
    if found.is_current:
        return Action.UNCHANGED, "nothing changed"
    if found.comment is None and silence is not None:
        return Action.SILENT, silence
    written = _written(offer, desk) if found.comment is None else None
    if written is not None and written in found.ids:
        return (
            Action.DEFERRED,
            "RAT's comment is there but not recognised; check the token's account and the marker key",
        )
    if written is not None and not offer.asked:
        return Action.SILENT, "its comment was deleted by a person, so it stays away"
    return None


def _write(offer: Offer, draft: Draft, found: Found, *, tracker: Tracker, desk: Desk) -> Outcome:
    """The one write. A comment that another run has put there since the first look is left alone.

    Where the tracker counts its comments, the count was compared after the first look: a second one would say no more.
    """
    if found.comment is None and offer.seen.comment_count is None:
        found = find_own(offer, tracker=tracker, key=desk.marker_key)
        if found.comment is not None:
            return _outcome(offer, Action.DEFERRED, FASTER, found)
    first: list[Comment] = []

    def send() -> Comment:
        if found.comment is not None:
            return update(offer.ref, found.comment, draft, tracker=tracker)
        created = create(offer, draft, tracker=tracker, desk=desk)
        first.append(created.first)
        return created.comment

    done = Action.CREATED if found.comment is None else Action.UPDATED
    ended = journaled(_intent(offer, draft, found.comment), send, desk.journal, done=done)
    outcome = replace(_outcome(offer, Action(ended.action), ended.reason, found), url=ended.url)
    return _alone(outcome, ended, first[0], offer, tracker=tracker, desk=desk) if first else outcome


def _alone(outcome: Outcome, ended: Entry, first: Comment, offer: Offer, *, tracker: Tracker, desk: Desk) -> Outcome:
    """*outcome* of a creation, whose comment is taken back again if that of another run came *first*."""
    if first.id == ended.comment_id:
        return outcome
    mine = replace(first, id=ended.comment_id, raw=ended.text, marker=ended.marker, url=ended.url)
    if kept := take_back(mine, offer, tracker=tracker, desk=desk):
        return replace(
            outcome, notes=(*outcome.notes, f"another run made one at the same time; this one stays: {kept}")
        )
    return replace(outcome, action=Action.DEFERRED, reason=FASTER, url=first.url)


def _written(offer: Offer, desk: Desk) -> str | None:
    """The id of the comment that the journal says RAT has on this ticket; None if it knows of none."""
    ids = [
        entry.comment_id
        for entry in desk.journal.entries()
        if (entry.ticket, entry.purpose, entry.step) == (offer.ref.key, offer.purpose, "outcome")
        and entry.action in (Action.CREATED, Action.UPDATED)
    ]
    return ids[-1] if ids else None


def _intent(offer: Offer, draft: Draft, comment: Comment | None) -> Entry:
    entry = Entry(
        step="intent",
        ticket=offer.ref.key,
        purpose=offer.purpose,
        operation="create_comment" if comment is None else "update_comment",
        text=draft.text,
        marker=draft.marker,
    )
    if comment is None:
        return entry
    return replace(
        entry,
        comment_id=comment.id,
        url=comment.url,
        replaced=comment.raw or comment.body,
        replaced_marker=comment.marker,
    )


def _call(offer: Offer, draft: Draft, found: Found, tracker: Tracker) -> Call:
    if found.comment is None:
        operation, target = "create_comment", offer.ref.key
    else:
        operation, target = "update_comment", f"{offer.ref.key} comment {found.comment.id}"
    return Call(tracker=tracker.kind.value, operation=operation, target=target, body=draft.text)


def _outcome(offer: Offer, action: Action, reason: str, found: Found) -> Outcome:
    url = found.comment.url if found.comment else ""
    return Outcome(
        ticket=offer.ref.key, purpose=offer.purpose, action=action, reason=reason, url=url, notes=found.notes
    )
