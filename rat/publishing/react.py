"""RAT's reaction to the comment with a command: it was seen, it is done, it could not be done."""

from enum import StrEnum

from rat.errors import Ambiguous, ConfigError, Conflict
from rat.model import TicketRef
from rat.ports import Commanded
from rat.publishing.journal import Entry
from rat.publishing.offer import Desk
from rat.publishing.outcome import Action, Call, Outcome


class Reaction(StrEnum):
    """What RAT says without words, by the names that GitHub gives reactions."""

    SEEN = "eyes"
    DONE = "+1"
    NOT_DONE = "confused"


ENDED = frozenset({Reaction.DONE.value, Reaction.NOT_DONE.value})
"""A comment with one of these holds a command that was carried out, as far as it could be."""


def commanded(ref: TicketRef, desk: Desk) -> Commanded:
    """The tracker of *ref*, in whose comments people give commands. Raises ConfigError where they cannot."""
    tracker = desk.tracker_for(ref.tracker)
    if not isinstance(tracker, Commanded):
        raise ConfigError(f"{ref.key} takes no commands: there are none in files.")
    return tracker


def react(ref: TicketRef, comment_id: str, reaction: Reaction, desk: Desk) -> Outcome:
    """What became of *reaction* to one comment on *ref*.

    Trackers keep one reaction of a kind and account, so a lost answer, or a write that met another one, is settled by
    looking, and at worst by sending it a second time. Raises TrackerError where it was refused.
    """
    if not desk.policy.permits(ref):
        return _outcome(ref, Action.REFUSED, "this run may not write there")
    if desk.dry_run:
        target = f"{ref.key} comment {comment_id}"
        call = Call(tracker=ref.tracker.value, operation="react", target=target, body=reaction)
        return Outcome(ticket=ref.key, purpose="reaction", action=Action.PLANNED, reason="dry run", call=call)
    tracker = commanded(ref, desk)
    try:
        tracker.react(ref, comment_id, reaction)
    except (Ambiguous, Conflict):
        if reaction not in tracker.reactions(ref, comment_id):
            tracker.react(ref, comment_id, reaction)
    desk.journal.record(_entry(ref, comment_id, reaction))
    return _outcome(ref, Action.CREATED, reaction)


def _entry(ref: TicketRef, comment_id: str, reaction: Reaction) -> Entry:
    return Entry(
        step="outcome",
        ticket=ref.key,
        purpose="reaction",
        operation="react",
        comment_id=comment_id,
        action=Action.CREATED,
        text=reaction,
    )


def _outcome(ref: TicketRef, action: Action, reason: str) -> Outcome:
    return Outcome(ticket=ref.key, purpose="reaction", action=action, reason=reason)
