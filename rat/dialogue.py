"""What was said between RAT and people under a ticket, read off the ticket itself: there is no other memory."""

from rat.model import Ticket
from rat.model.dialogue import Dialogue, moment
from rat.ports import Tracker
from rat.publishing.asked import questions_in
from rat.publishing.decision import PURPOSE, rejection_of
from rat.publishing.find import own_comments
from rat.readiness.answers import answered, is_answer, is_of_a_person


def dialogue_on(ticket: Ticket, *, tracker: Tracker, key: str, in_full: bool = True) -> Dialogue:
    """The dialogue on *ticket*, which was read with its comments; *key* signs markers.

    Comments count that were written or edited since RAT's own was last changed: one that came in between deferred that.
    Unless it is wanted *in_full*, the questions are read only where somebody may have answered them: reading back a
    comment takes some 50 ms.
    """
    own = own_comments(ticket, tracker=tracker, key=key)
    standing = own.get("refinement")
    if standing is None:
        return Dialogue()
    since = standing.comment.updated_at or standing.comment.created_at
    new = [
        comment
        for comment in ticket.comments
        if moment(comment.updated_at or comment.created_at) >= moment(since) and is_of_a_person(comment)
    ]
    asked, closed = questions_in(standing.comment, tracker.dialect) if new or in_full else ((), ())
    answers = tuple(comment for comment in new if is_answer(comment, ticket, asked))
    return Dialogue(
        open=asked,
        settled=closed,
        answers=answers,
        answered=tuple(dict.fromkeys(question for answer in answers for question in answered(answer, asked))),
        previous=standing.marker.input_hash,
        rejection=rejection_of(ticket, own.get(PURPOSE), newest=since),
    )
