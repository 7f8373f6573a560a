"""What RAT replaced on a ticket, kept in a comment of its own under it, so that any later run can put it back.

Only what replaces something needs it: words that replace nothing are simply taken away again. One comment a ticket,
edited in place; for each place on the ticket it holds what stood there before RAT's last write.
"""

import base64
import re
import textwrap
import zlib
from dataclasses import dataclass, replace

from rat.errors import FieldRefused
from rat.ports import Dialect
from rat.publishing.dialect import LIMITS, text_hash, write
from rat.publishing.document import Block, Code, CodeBlock, Document, Folded, Footer, Heading, Paragraph, Section, Text
from rat.publishing.editing import Editing
from rat.publishing.find import own_comments
from rat.publishing.offer import Desk, Offer, Seen
from rat.publishing.outcome import Outcome
from rat.publishing.pen import MARKER_ROOM, is_untouched
from rat.publishing.read import read
from rat.publishing.small_print import origin
from rat.publishing.upsert import upsert

PURPOSE = "kept"
_META = re.compile(r"(?P<form>plain|packed) written=(?P<written>[0-9a-f]{16}) past=(?P<past>[0-9a-f]{16}|none)")
PLAIN_LIMIT = 8_000
"""A longer text is packed, so that nearly every one that a field can hold can be kept."""

_WIDTH = 76
_MOST = 200_000
"""Characters that a packed text may come to: nothing that RAT keeps is longer."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """What stood at *target* (*former*) before RAT wrote a text with the hash *written*; *past*, what that replaced."""

    target: str
    former: str
    written: str
    past: str = ""


def keep(kept: Kept, work: Editing) -> Outcome:
    """What became of *kept* in RAT's comment under the ticket.

    Raises FieldRefused when it cannot be kept exactly: it is too long, or holds a secret.
    """
    work = replace(work, ticket=work.tracker.fetch(work.ref))  # this very run may have written to it since
    others = tuple(one for one in kept_on(work) if one.target != kept.target)
    every = (kept, *others)
    while len(every) > 1 and not _fits(every, work):
        every = every[:-1]
    document = _document(every, work.desk)
    if not _fits(every, work) or _read(work.desk.guard.clean(document)) != every:
        raise FieldRefused(
            f"What stands in {kept.target} of {work.ref.key} cannot be kept under the ticket as it is (it is too long, "
            "or holds what looks like a secret), so it was not replaced. Shorten it, or set the text by hand."
        )
    offer = Offer(
        ref=work.ref,
        purpose=PURPOSE,
        document=document,
        input_hash=text_hash(repr(every), Dialect.MARKDOWN),
        seen=Seen.of(work.ticket),
        asked=True,
    )
    return upsert(offer, tracker=work.tracker, desk=work.desk)


def kept_on(work: Editing) -> tuple[Kept, ...]:
    """What RAT's comment under the ticket holds, as long as nobody edited it."""
    own = own_comments(work.ticket, tracker=work.tracker, key=work.desk.marker_key).get(PURPOSE)
    if own is None or not is_untouched(own.comment, work.dialect, work.desk):
        return ()
    text = own.comment.raw or own.comment.body
    document = read(text.partition("\n")[2] if work.dialect is Dialect.MARKDOWN else text, work.dialect)
    return _read(document) if document else ()


def _document(every: tuple[Kept, ...], desk: Desk) -> Document:
    lead = (Text("What stood here before the last change that somebody approved. "), Code("/rat undo"))
    blocks: tuple[Block, ...] = (Heading("Kept by RAT"), Paragraph((*lead, Text(" puts it back."))))
    parts = tuple(_part(one) for one in every)
    footer = Footer(origin(desk.site, head="", model=""))
    return Document((Section("kept", (*blocks, *parts), weight=100), Section("footer", (footer,), weight=100)))


def _part(kept: Kept) -> Folded:
    form, text = _written(kept.former)
    meta = f"{form} written={kept.written} past={kept.past or 'none'}"
    return Folded(f"Kept: {kept.target}", (Paragraph((Code(meta),)), CodeBlock(text)))


def _written(former: str) -> tuple[str, str]:
    """*former* as it is where it is short and a code block keeps it exactly in every language, else packed."""
    exact = len(former) <= PLAIN_LIMIT and all(
        _code_of(read(write(_alone(former), dialect), dialect)) == former for dialect in Dialect
    )
    if exact:
        return "plain", former
    packed = base64.b64encode(zlib.compress(former.encode(errors="surrogatepass"), 9)).decode()
    return "packed", "\n".join(textwrap.wrap(packed, _WIDTH))


def _alone(text: str) -> Document:
    return Document((Section("", (CodeBlock(text),)),))


def _code_of(document: Document | None) -> str | None:
    blocks = document.blocks if document else ()
    return blocks[0].value if len(blocks) == 1 and isinstance(blocks[0], CodeBlock) else None


def _read(document: Document) -> tuple[Kept, ...]:
    """What *document* keeps. Wiki text has no folded parts: there they are a heading and what follows it."""
    flat: list[Block] = []
    for block in document.blocks:
        flat += [Heading(block.title), *block.blocks] if isinstance(block, Folded) else [block]
    found = []
    for title, meta, code in zip(flat, flat[1:], flat[2:], strict=False):
        if isinstance(title, Heading) and isinstance(meta, Paragraph) and isinstance(code, CodeBlock):
            said = _META.fullmatch(
                "".join(leaf.value for leaf in meta.content if isinstance(leaf, Text | Code)).strip("`")
            )
            former = _unpacked(said["form"], code.value) if said else None
            if said and former is not None and title.value.startswith("Kept: "):
                past = "" if said["past"] == "none" else said["past"]
                target = title.value.removeprefix("Kept: ")
                found.append(Kept(target=target, former=former, written=said["written"], past=past))
    return tuple(found)


def _unpacked(form: str, text: str) -> str | None:
    if form == "plain":
        return text
    try:
        unpacking = zlib.decompressobj()
        whole = unpacking.decompress(base64.b64decode("".join(text.split())), 4 * _MOST)
        return whole.decode(errors="surrogatepass") if unpacking.eof else None
    except (ValueError, zlib.error):
        return None


def _fits(every: tuple[Kept, ...], work: Editing) -> bool:
    return len(write(_document(every, work.desk), work.dialect)) + MARKER_ROOM <= LIMITS[work.dialect]
