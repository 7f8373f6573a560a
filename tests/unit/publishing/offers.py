"""A comment to be, of one paragraph, a comment of RAT's as it would stand there, and a pull request in memory."""

from dataclasses import dataclass, replace

from rat.model import Comment, PullRequest, Ticket
from rat.ports import Draft
from rat.publishing.document import Document, Paragraph, Section, Text
from rat.publishing.marker import Marker, content_hash
from rat.publishing.offer import Offer, Same, Seen

PURPOSE = "refinement"


def words(text: str) -> Document:
    return Document((Section("all", (Paragraph((Text(text),)),)),))


def offer_of(
    ticket: Ticket, text: str = "one", *, input_hash: str = "aa", asked: bool = False, same: Same = Same.EITHER
) -> Offer:
    """An offer to *ticket* as it was last seen."""
    return Offer(
        ref=ticket.ref,
        purpose=PURPOSE,
        document=words(text),
        input_hash=input_hash,
        seen=Seen.of(ticket),
        asked=asked,
        same=same,
    )


def draft_in(text: str, ticket: Ticket, *, key: str = "") -> Draft:
    """What is sent for the comment *text*: its marker is its first line."""
    marker = Marker(ticket=ticket.ref.key, purpose=PURPOSE).write(key=key)
    return Draft(text=f"{marker}\n{text}", marker=marker)


def own_comment(
    ticket: Ticket, author: str, text: str = "one", *, number: int = 100, key: str = "", **fields: str
) -> Comment:
    """A comment that is RAT's if *author* is RAT; *fields* are those of its marker."""
    marker = Marker(ticket=ticket.ref.key, purpose=PURPOSE, input_hash="aa", content_hash=content_hash(words(text)))
    body = f"{replace(marker, **fields).write(key=key)}\n{text}"
    return Comment(id=str(number), author=author, body=body, raw=body, url=f"https://x/{number}")


@dataclass
class PullRequestsInMemory:
    """One pull request and its number; every other one is an error."""

    pull: PullRequest

    def pull_request(self, number: int, *, repository: str) -> PullRequest:
        assert f"{repository}#{number}" == self.pull.key
        return self.pull

    def file_at(self, path: str, *, repository: str, commit: str) -> bytes | None:
        raise AssertionError("an impact is written without reading a file")
