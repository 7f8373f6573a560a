"""What a person asks RAT for in a comment (`/rat refine`), read from the comment's text. Pure."""

import difflib
import re
from dataclasses import dataclass
from enum import StrEnum

from rat.model.strict import Strict


class Verb(StrEnum):
    """What a command asks for."""

    REFINE = "refine"
    APPLY = "apply"
    REJECT = "reject"
    UNDO = "undo"
    HELP = "help"


@dataclass(frozen=True, kw_only=True, slots=True)
class Command(Strict):
    """One command. *words* is what follows the verb (a hint, sections, a reason), the comment's later lines included.

    *verb* is None for a word that is no command, and for a second command in the same comment; *nearest* then names
    the command that was probably meant.
    """

    verb: Verb | None
    words: str = ""
    nearest: Verb | None = None
    is_second: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Order(Strict):
    """A comment that may hold a command, as an event names it. None of it is believed before it was read live.

    *author* and *text* are what the event says; an event that says neither leaves them empty and None.
    """

    ticket: str
    comment_id: str
    author: str = ""
    text: str | None = None


MAX_WORDS = 2000
"""Characters of a hint or a reason that are kept."""

_HIDDEN = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_COMMAND = re.compile(r" {0,3}/rat(?:\s+(?P<verb>\S+)[^\S\n]*(?P<rest>.*))?\s*", re.IGNORECASE)
_SPACES = str.maketrans(dict.fromkeys("\u00a0\u2007\u202f", " "))


def read_command(text: str) -> Command | None:
    """The command in a comment's *text*; None where it gives none.

    The first line that is neither empty, quoted (`>`), in a code fence nor in an HTML comment must be the command:
    words about a command are none. Case, spaces of any kind and line ends do not matter.
    """
    lines = _spoken(text)
    first = _COMMAND.fullmatch(lines[0]) if lines else None
    if first is None:
        return None
    if any(_COMMAND.fullmatch(line) for line in lines[1:]):
        return Command(verb=None, is_second=True)
    verb = (first["verb"] or "").strip(".,:;!").lower() or Verb.HELP
    words = "\n".join([first["rest"] or "", *lines[1:]]).strip()[:MAX_WORDS]
    if verb in list(Verb):
        return Command(verb=Verb(verb), words=words)
    close = difflib.get_close_matches(verb[:40], list(Verb), n=1, cutoff=0.5)
    return Command(verb=None, nearest=Verb(close[0]) if close else None)


def _spoken(text: str) -> list[str]:
    """The lines of *text* that are the author's own words, the first with something on it first."""
    kept: list[str] = []
    fence = ""
    for line in _HIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).translate(_SPACES).split("\n"):
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence) and not line.strip(" `~"):
                fence = ""
        elif mark:
            fence = mark[1]
        elif not line.lstrip().startswith(">") and (kept or line.strip()):
            kept.append(line.rstrip())
    return kept
