"""The mark by which RAT finds its own comment again, and knows whether anything has changed since."""

import hashlib
import hmac
import re
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote

from rat.model import Comment
from rat.publishing.document import Document, Footer, Link

PURPOSES = ("refinement", "impact", "answer", "decision", "kept", "task")
_LINE = re.compile(
    r"<!-- rat:1 ticket=(?P<ticket>\S+) purpose=(?P<purpose>[a-z]+) input=(?P<input>[0-9a-f]*)"
    r" content=(?P<content>[0-9a-f]*) text=(?P<text>[0-9a-f]*)(?: seen=(?P<seen>[0-9a-f]*))?"
    r"(?: sig=(?P<sig>[0-9a-f]{64}))? -->"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Marker:
    """What RAT's comment is for (*ticket*, *purpose*), what it was made from, what it says, and its very text.

    *seen* is what the ticket's own words were when it was made (`Seen.words_hash`); on a ticket made of a task, the
    hashes of the tasks that it waits for.
    """

    ticket: str
    purpose: str
    input_hash: str = ""
    content_hash: str = ""
    text_hash: str = ""
    seen: str = ""

    def write(self, *, key: str = "") -> str:
        """The marker as one line, an HTML comment; signed (HMAC-SHA-256) if there is a *key*."""
        line = (
            f"<!-- rat:1 ticket={quote(self.ticket, safe='/#')} purpose={self.purpose}"
            f" input={self.input_hash} content={self.content_hash} text={self.text_hash}"
            f"{f' seen={self.seen}' if self.seen else ''} -->"
        )
        return line.replace(" -->", f" sig={signature(line, key)} -->") if key else line


def read_marker(comment: Comment, *, key: str = "") -> Marker | None:
    """The marker of *comment*: kept beside it by the tracker, or its first line. None without one, or a valid one.

    With a *key* only a marker signed by it counts. Who wrote the comment is for the caller to check.
    """
    first_line = (comment.raw or comment.body).partition("\n")[0]
    return marker_in(comment.marker, key=key) or marker_in(first_line, key=key)


def marker_in(line: str, *, key: str) -> Marker | None:
    """The marker that *line* is; None if it is none, or with a *key* one that is not signed by it."""
    found = _LINE.fullmatch(line.strip())
    if found is None:
        return None
    marker = Marker(
        ticket=unquote(found["ticket"]),
        purpose=found["purpose"],
        input_hash=found["input"],
        content_hash=found["content"],
        text_hash=found["text"],
        seen=found["seen"] or "",
    )
    signed = hmac.compare_digest(found["sig"] or "", signature(marker.write(), key)) if key else True
    return marker if signed else None


def same_thing(marker: Marker, *, ticket: str, purpose: str) -> bool:
    """Whether *marker* stands on the comment for this ticket and purpose."""
    return marker.ticket == ticket and marker.purpose == purpose


def content_hash(document: Document) -> str:
    """SHA-256 (hex, 16 digits) over what *document* says, without footers and the addresses behind links.

    A new run, or a commit that changed nothing of it, gives the same hash.
    """
    return short_hash(repr(_said(document.blocks)))  # `repr` writes lone surrogates as escapes


def short_hash(text: str) -> str:
    """SHA-256 (hex, 16 digits) of *text*."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _said(value: object) -> object:
    """*value*, a part of a document, with every link reduced to its label, and without footers."""
    if isinstance(value, Link):
        return replace(value, url="")
    if isinstance(value, tuple):
        return tuple(_said(part) for part in value if not isinstance(part, Footer))
    fields = getattr(value, "__dataclass_fields__", None)
    return value if fields is None else (type(value).__name__, *(_said(getattr(value, name)) for name in fields))


def signature(line: str, key: str) -> str:
    """HMAC-SHA-256 (hex) of *line*."""
    return hmac.new(key.encode(), line.encode(), hashlib.sha256).hexdigest()
