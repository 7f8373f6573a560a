"""What was said under a ticket: a question that its author left without an answer."""

import re
from collections.abc import Iterator

from rat.model.finding import Finding
from rat.model.ticket import Comment, Ticket
from rat.readiness.rules import finding
from rat.readiness.smells import quoted

_ASKED = re.compile(r"[^.!?\n]{8,300}[?\uff1f](?=\s|$)")


def unanswered(ticket: Ticket) -> Iterator[Finding]:
    """The newest question by somebody else after which the author has not written.

    Where a file does not say who the author is, any later comment counts as an answer.
    """
    for comment in reversed([comment for comment in ticket.comments if not comment.is_bot]):
        question = _question(comment)
        if comment.author == ticket.author if ticket.author else not question:
            return
        if question:
            yield finding("unanswered", f"{comment.author or 'Somebody'} asked {quoted(question)} and got no answer.")
            return


def _question(comment: Comment) -> str:
    spoken = "\n".join(line for line in comment.body[:20_000].split("\n") if not line.lstrip().startswith(">"))
    match = _ASKED.search(spoken)
    return match[0].strip() if match else ""
