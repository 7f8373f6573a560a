"""RAT's own part of a description: what is around it, what is in it, and whether it is as RAT wrote it.

In Markdown the part lies between two HTML comments, which GitHub hides; Jira has nothing to hide them in, so there it
begins with a heading and ends with a line of small print. Nothing around the part is ever changed.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, unquote

from rat.errors import FieldRefused
from rat.model import Ticket
from rat.ports import Dialect
from rat.publishing.dialect import text_hash, write
from rat.publishing.document import Code, Document, Emphasis, Heading, Paragraph, Section, Text
from rat.publishing.marker import signature
from rat.publishing.region_places import BEGIN_LINE, TITLE, Place, places_in_nodes, places_in_text, shown_part

_END = re.compile(
    r"rat:end ticket=(?P<ticket>\S+) text=(?P<text>[0-9a-f]{16}) former=(?P<former>[0-9a-f]{16}|none)"
    r"(?: sig=(?P<sig>[0-9a-f]{64}))?"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """What the end of RAT's part says: for which *ticket*, the hash of its text, and of the part that it replaced."""

    ticket: str
    text_hash: str
    former_hash: str = ""

    def write(self, *, key: str = "") -> str:
        """The mark as words; signed (HMAC-SHA-256) if there is a *key*."""
        ticket = quote(self.ticket, safe="/#")
        line = f"rat:end ticket={ticket} text={self.text_hash} former={self.former_hash or 'none'}"
        return f"{line} sig={signature(line, key)}" if key else line


@dataclass(frozen=True, kw_only=True, slots=True)
class Described:
    """A description cut in three: what is *before* RAT's part, the part's *inside*, and what is *after*.

    All are texts of *dialect*; *mark* is None where there is no such part. *is_open* where code is not closed before
    the end.
    """

    dialect: Dialect
    before: str
    inside: str = ""
    after: str = ""
    mark: Mark | None = None
    is_open: bool = False

    @property
    def is_untouched(self) -> bool:
        """Whether the part says what RAT wrote."""
        return self.mark is not None and self.mark.text_hash == text_hash(self.inside, self.dialect)

    def with_part(self, inside: str, *, ticket: str) -> "Described":
        """The description with *inside* as RAT's part: in the place of the former one, or else at the end.

        Raises FieldRefused where the end lies inside code, which would swallow the part.
        """
        if self.is_open:
            raise FieldRefused(
                f"The description of {ticket} ends inside a block of code or a comment that is never closed. Close it, "
                "then say it again."
            )
        former = text_hash(self.inside, self.dialect) if self.mark else ""
        mark = Mark(ticket=ticket, text_hash=text_hash(inside, self.dialect), former_hash=former)
        gap = "\n\n" if self.mark is None and self.before and self.dialect is not Dialect.ADF else ""
        return replace(self, before=self.before + gap, inside=inside, mark=mark)

    def with_former(self, inside: str, mark: Mark) -> "Described":
        """The description with the part that stood there before, under the *mark* that it had."""
        return replace(self, inside=inside, mark=mark)

    def without_part(self) -> "Described":
        """The description without RAT's part."""
        if self.dialect is Dialect.ADF:
            return Described(dialect=self.dialect, before=_document([*_nodes(self.before), *_nodes(self.after)]))
        gap = next((gap for gap in ("\r\n\r\n", "\n\n") if self.before.endswith(gap)), "")
        return Described(dialect=self.dialect, before=self.before.removesuffix(gap) + self.after)

    def write(self, *, key: str = "") -> str:
        """The whole description."""
        if self.mark is None:
            return self.before
        end = self.mark.write(key=key)
        opening, ending = _made(Heading(TITLE, level=3)), _made(_small_print(end))
        if self.dialect is Dialect.ADF:
            parts = (self.before, write(opening, self.dialect), self.inside, write(ending, self.dialect), self.after)
            return _document([node for part in parts for node in _nodes(part)])
        last = f"<!-- {end} -->" if self.dialect is Dialect.MARKDOWN else write(ending, self.dialect).strip()
        return f"{self.before}{BEGIN_LINE[self.dialect]}\n\n{self.inside.strip()}\n\n{last}{self.after}"


def described(text: str, dialect: Dialect, *, ticket: str, key: str) -> Described:
    """*text*, a description as stored, cut around RAT's part. Raises FieldRefused where it cannot be told for sure.

    With a *key* only a part signed with it is RAT's. Marks inside code are not marks.
    """
    nodes = _nodes(text) if dialect is Dialect.ADF else []
    places, is_open = (places_in_nodes(nodes), False) if dialect is Dialect.ADF else places_in_text(text, dialect)
    if not places:
        return Described(dialect=dialect, before=text, is_open=is_open)
    begin, end = _pair(places, ticket)
    mark = _read(end.words, key=key)
    if mark is None or mark.ticket != ticket:
        raise FieldRefused(
            f"The description of {ticket} holds a part with RAT's marks that this RAT did not write there. Take the "
            "lines that begin and end it out, then say it again."
        )
    if dialect is Dialect.ADF:
        cut = [_document(nodes[: begin.start]), _document(nodes[begin.stop : end.start]), _document(nodes[end.stop :])]
    else:
        cut = [text[: begin.start], text[begin.stop : end.start], text[end.stop :]]
    return Described(dialect=dialect, before=cut[0], inside=cut[1], after=cut[2], mark=mark)


def own_words(body: str) -> str:
    """*body*, a description as Markdown, without what RAT wrote into it and without white space at its end.

    A part that a person edited is theirs; of one that was converted from Jira's forms it cannot be told.
    """
    part = shown_part(body)
    if part is None:
        return body.rstrip()
    shown = _END.search(body, *part)
    stop = body.rfind("\n", 0, part[1] - 1)
    inside = body[body.find("\n", part[0]) : stop]
    is_ours = body.startswith(BEGIN_LINE[Dialect.MARKDOWN], part[0])
    if is_ours and (shown is None or shown["text"] != text_hash(inside, Dialect.MARKDOWN)):
        return body.rstrip()
    return (body[: part[0]] + body[part[1] :]).rstrip()


def words_hash(ticket: Ticket) -> str:
    """SHA-256 (hex, 16 digits) over the title and the description of *ticket* without RAT's part and white space."""
    part = shown_part(ticket.body) or (len(ticket.body), len(ticket.body))
    words = " ".join(f"{ticket.title}\n{ticket.body[: part[0]]} {ticket.body[part[1] :]}".split())
    return hashlib.sha256(words.encode(errors="surrogatepass")).hexdigest()[:16]


def _pair(places: Sequence[Place], ticket: str) -> tuple[Place, Place]:
    if len(places) == 2 and not places[0].words and places[1].words:  # noqa: PLR2004 - a beginning and an end
        return places[0], places[1]
    raise FieldRefused(
        f"The description of {ticket} holds RAT's marks more than once, or not both of them. Take the lines that begin "
        "and end RAT's part out, then say it again."
    )


def _read(words: str, *, key: str) -> Mark | None:
    found = _END.fullmatch(words)
    if found is None:
        return None
    former = "" if found["former"] == "none" else found["former"]
    mark = Mark(ticket=unquote(found["ticket"]), text_hash=found["text"], former_hash=former)
    return mark if not key or hmac.compare_digest(found["sig"] or "", signature(mark.write(), key)) else None


def _small_print(end: str) -> Paragraph:
    return Paragraph(
        (Emphasis("The end of what RAT wrote here; the words around it are untouched."), Text(" "), Code(end))
    )


def _made(block: Heading | Paragraph) -> Document:
    return Document((Section("", (block,)),))


def _nodes(text: str) -> list[Any]:
    """The nodes of an ADF document as JSON; none for an empty description."""
    nodes: list[Any] = (json.loads(text).get("content") or []) if text else []
    return nodes


def _document(nodes: list[Any]) -> str:
    return json.dumps({"version": 1, "type": "doc", "content": nodes}, ensure_ascii=False, separators=(",", ":"))
