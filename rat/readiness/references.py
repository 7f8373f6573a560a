"""Files, lines and symbols that a ticket names and the checkout does not have."""

import re
from collections.abc import Iterator

from rat.model.finding import Finding
from rat.model.ticket import Ticket, TicketType
from rat.ports import Grounds
from rat.readiness.reading import read
from rat.readiness.rules import finding
from rat.readiness.symbols import mentions, missing_names

_PATH = re.compile(
    r"(?<![\w/.:@~-])(?:\./)?(?P<path>(?:[\w.-]{1,80}/){1,12}[\w.-]{1,80}\.[A-Za-z]\w{0,9})"
    r"(?:(?::|\#L)(?P<line>\d{1,7})(?!\w|\.\d)|::(?P<symbol>[\w.:]{1,120}))?(?![\w/])"
)
_WISH = re.compile(
    r"\b(?:add|adding|new|create|creating|introduce|implement|provide|rename|renamed|move|moved|extract|split|generate"
    r"|missing|removed?|deleted?|dropped|used to|no longer|called|named|there is no|does(?:n't| not) (?:yet )?exist"
    r"|would be|could be|something like|e\.g\.|for example|such as|imagine|suggest|propose)\b",
    re.IGNORECASE,
)
"""Words by which a sentence speaks of what is to be made, of what was, or only of an example."""
_SHOWN = 3
_EXISTING = frozenset({TicketType.BUG, TicketType.TASK, TicketType.QUESTION})
"""Types that speak of what there is; a wish names what it wants."""


def dead_references(ticket: Ticket, kind: TicketType, grounds: Grounds) -> Iterator[Finding]:
    """One finding for what the ticket's talk points at in the checkout and is not there.

    A path into a folder that the checkout does not have belongs to another repository, or to the reporter's machine. A
    name from code counts only in a ticket about what exists, marked as code, and found in no file at all.
    """
    talk = [sentence for sentence in read(ticket).sentences if not _WISH.search(sentence)]
    files = frozenset(grounds.files())
    if not files:
        return
    dead = [*_dead_paths(talk, files, grounds)]
    if kind in _EXISTING:
        dead += missing_names([found for sentence in talk for found in mentions(sentence)], files, grounds)
    if dead:
        shown = ", ".join(f"`{name}`" for name in list(dict.fromkeys(dead))[:_SHOWN])
        yield finding("dead-reference", f"Not in the checkout: {shown}.")


def _dead_paths(talk: list[str], files: frozenset[str], grounds: Grounds) -> Iterator[str]:
    """Paths below a top folder of the checkout that are not there, or lack the line or the symbol that they name."""
    folders = {path.split("/", 1)[0] for path in files if "/" in path}
    for sentence in talk:
        for found in _PATH.finditer(sentence):
            path = found["path"]
            if path in files:
                yield from _dead_inside(found, grounds)
            elif path.split("/", 1)[0] in folders:
                yield path


def _dead_inside(found: re.Match[str], grounds: Grounds) -> Iterator[str]:
    text = (grounds.read(found["path"]) or b"").decode("utf-8", "replace")
    if found["line"] and int(found["line"]) > len(text.splitlines()):
        yield f"{found['path']}:{found['line']}"
    words = re.findall(r"\w+", found["symbol"] or "")
    if words and not set(words) <= set(re.findall(r"\w+", text)):
        yield f"{found['path']}::{found['symbol']}"
