"""What a person decided about a proposal (`/rat reject`): recorded on the ticket itself, so that every run knows it.

The record is one comment of RAT's own, edited in place. Its marker holds which comment gave the command and what the
ticket said then: the decision stands until the ticket says something else, or RAT's proposal is a newer one.
"""

from dataclasses import replace

from rat.model import Ticket, TicketRef
from rat.model.command import Verb, read_command
from rat.model.dialogue import Rejection, moment
from rat.model.readership import may_be_repeated
from rat.publishing.clip import clip
from rat.publishing.compose import compose_answer
from rat.publishing.find import Own
from rat.publishing.marker import short_hash
from rat.publishing.offer import Desk, Offer, Same, Seen
from rat.publishing.outcome import Outcome
from rat.publishing.publish import publish_offer

PURPOSE = "decision"
REASON_CHARS = 300
_HALF = 16


def publish_rejection(ref: TicketRef, why: str, desk: Desk, *, by: str, command_id: str) -> Outcome:
    """What became of the record that *by* rejected what RAT proposed on *ref*, and *why*.

    *command_id* is the id of the comment with the command. The outcome's reason says who and why, for the ledger.
    """
    said = clip(" ".join(why.split()), REASON_CHARS)
    message = (
        f"{by} rejected what RAT proposed: {said}\n\nRAT stays quiet here until the ticket is edited or somebody "
        "writes `/rat refine`. The reason is material for the next refinement."
    )

    def offer(ticket: Ticket) -> Offer:
        return Offer(
            ref=ref,
            purpose=PURPOSE,
            document=compose_answer(message, desk.site),
            input_hash=short_hash(command_id) + ticket.content_hash[:_HALF],
            seen=Seen.of(ticket),
            asked=True,
            same=Same.INPUT,
        )

    outcome = publish_offer(ref, PURPOSE, offer, desk)
    return outcome if outcome.reason else replace(outcome, reason=f"rejected by {by}: {said}")


def rejection_of(ticket: Ticket, record: Own | None, *, newest: str) -> Rejection | None:
    """The rejection that RAT's own *record* on *ticket* holds; None without one, or if RAT's proposal is newer.

    *newest* is when RAT's proposal was last changed. Who and why are read from the command, found by its id.
    """
    if record is None or moment(record.comment.updated_at or record.comment.created_at) < moment(newest):
        return None
    stands = record.marker.input_hash[_HALF:] == ticket.content_hash[:_HALF]
    for comment in ticket.comments:
        command = read_command(comment.body) if may_be_repeated(comment) else None
        if short_hash(comment.id) == record.marker.input_hash[:_HALF] and command and command.verb is Verb.REJECT:
            return Rejection(by=comment.author_name or comment.author, why=command.words, stands=stands)
    return Rejection(stands=stands)
