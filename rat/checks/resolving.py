"""Whether what a proposal cites and names exists: in the evidence, in the ticket, in the checkout at the head."""

import dataclasses
import functools
import re
from collections.abc import Callable

from rat.checks.names import Name, NameKind, names_in
from rat.cleaning import is_invisible
from rat.model import Citation, Conflict, Evidence, EvidenceKind, Refinement
from rat.ports import Grounds

TICKET = "ticket"
"""The source of a citation that quotes the ticket's own title or body."""
MIN_QUOTE_BYTES = 8
"""A shorter quote of a ticket proves nothing, unless it is the whole title."""
MAX_QUOTE_WORDS = 200
"""A longer quote that does not stand there letter by letter is not searched for with other white space."""
MAX_FILES_READ = 40
"""Of the files that evidence and proposal point at, so many are read for the symbols in them."""
_RANGE = re.compile(r"code:(?P<path>.+)#L(?P<first>\d+)(?:-L?(?P<last>\d+))?")
_WORD = re.compile(r"\w+")
_NUMBERED = re.compile(r"(ADR|RFE|KEP)[\s#-]*0*(\d+)", re.IGNORECASE)


_WEIGHS = frozenset({"accepted", "rejected", "unknown"})
"""Statuses with which a decision can be gone against: in force, refused on purpose, or in a log that states none."""


class Resolver:
    """Looks names and citations of one refinement up. Reads files at the first need, each once."""

    def __init__(self, refinement: Refinement, grounds: Grounds) -> None:
        self._refinement = refinement
        self._grounds = grounds
        self._evidence = {piece.id: piece for piece in refinement.evidence}
        self._lines: dict[str, int] = {}

    def citation(self, citation: Citation) -> Citation | None:
        """*citation* with its source and quote exactly as they stand there, None where they do not."""
        if citation.source == TICKET:
            return self._ticket_citation(citation)
        piece = self._piece(citation)
        if piece is None or not self._stands(piece):
            return None
        if not citation.quote:
            return Citation(source=piece.id)
        quote = find_quote(citation.quote, piece.text) or find_quote(citation.quote, piece.title)
        return Citation(source=piece.id, quote=quote) if quote else None

    def conflict(self, conflict: Conflict) -> Conflict | None:
        """*conflict* with its quotes as they stand, None where one side does not say so."""
        piece = self._evidence.get(conflict.adr)
        if piece is None or piece.kind is not EvidenceKind.ADR or piece.status not in _WEIGHS:
            return None
        quote = find_quote(conflict.quote, piece.text)
        if not quote or not self._stands(piece) or self.unresolved(conflict.reason):
            return None
        said = find_quote(conflict.ticket_quote, self._ticket_text)
        if not said:
            return None
        return dataclasses.replace(conflict, quote=quote, ticket_quote=said)

    def is_file(self, path: str) -> bool:
        """Whether *path* is a file of the checkout."""
        return path in self._files

    def unresolved(self, text: str) -> tuple[str, ...]:
        """The names in *text* that are neither in the checkout nor in the evidence nor in the ticket."""
        looks: dict[NameKind, Callable[[Name], bool]] = {
            NameKind.PATH: self._has_path,
            NameKind.SYMBOL: self._has_symbol,
            NameKind.DOCUMENT: self._has_document,
            NameKind.TICKET: self._is_said,
            NameKind.COMMIT: lambda name: self._grounds.has_commit(name.text) or self._is_said(name),
            NameKind.LINK: self._is_said,
        }
        return tuple(name.text for name in names_in(text, folders=self._folders) if not looks[name.kind](name))

    def _ticket_citation(self, citation: Citation) -> Citation | None:
        quote = find_quote(citation.quote, self._ticket_text)
        if not quote or (len(quote.encode()) < MIN_QUOTE_BYTES and quote != self._refinement.ticket.title.strip()):
            return None
        return Citation(source=TICKET, quote=quote)

    def _piece(self, citation: Citation) -> Evidence | None:
        """The evidence that is meant: by its id, by lines within it, or by its path (the first that has the quote)."""
        source = citation.source
        if source in self._evidence:
            return self._evidence[source]
        meant = _RANGE.fullmatch(source)
        path = meant["path"] if meant else source.removeprefix("code:")
        pieces = [piece for piece in self._refinement.evidence if piece.path == path]
        if meant:
            first, last = int(meant["first"]), int(meant["last"] or meant["first"])
            pieces = [piece for piece in pieces if piece.lines and piece.lines[0] <= first <= last <= piece.lines[1]]
        elif citation.quote:
            pieces = [piece for piece in pieces if find_quote(citation.quote, piece.text)]
        return pieces[0] if pieces else None

    def _stands(self, piece: Evidence) -> bool:
        """Whether *piece* is still where its path and lines say."""
        if not piece.path:
            return True
        return self.is_file(piece.path) and (piece.lines is None or piece.lines[1] <= self._line_count(piece.path))

    def _has_path(self, name: Name) -> bool:
        path = name.text.removeprefix("./").rstrip("/")
        if path in self._files:
            return name.line <= self._line_count(path)
        if path in self._all_folders:
            return True
        if "/" in path:
            return False
        same = [file for file in self._files if file.rpartition("/")[2] == path]
        if same:
            return any(name.line <= self._line_count(file) for file in same) if name.line else True
        return name.line == 0 and self._is_said(name)  # a file that the ticket asks for, or that it read or wrote

    def _has_symbol(self, name: Name) -> bool:
        return all(part in self._words for part in _WORD.findall(name.text))

    def _has_document(self, name: Name) -> bool:
        wanted = _NUMBERED.fullmatch(name.text)
        ids = {(known[1].upper(), known[2]) for known in map(_NUMBERED.match, self._evidence) if known}
        return self._is_said(name) or (wanted is not None and (wanted[1].upper(), wanted[2]) in ids)

    def _is_said(self, name: Name) -> bool:
        """Whether the ticket or the evidence says *name*, whole: `#1` is not said by `#12`."""
        pattern = rf"(?<![\w#]){re.escape(name.text)}(?!\w)"
        return re.search(pattern, self._said) is not None

    @functools.cached_property
    def _files(self) -> frozenset[str]:
        return frozenset(self._grounds.files())

    @functools.cached_property
    def _folders(self) -> frozenset[str]:
        return frozenset(file.split("/", 1)[0] for file in self._files if "/" in file)

    @functools.cached_property
    def _all_folders(self) -> frozenset[str]:
        parts = (file.split("/")[:-1] for file in self._files)
        return frozenset("/".join(folders[: depth + 1]) for folders in parts for depth in range(len(folders)))

    @functools.cached_property
    def _ticket_text(self) -> str:
        ticket = self._refinement.ticket
        return f"{ticket.title}\n{ticket.body}"

    @functools.cached_property
    def _said(self) -> str:
        """Everything that the team was shown or could have been."""
        ticket = self._refinement.ticket
        parts = [self._ticket_text, ticket.key]
        parts += [comment.body for comment in ticket.comments if not comment.is_bot]
        parts += [f"{link.key} {link.title} {link.url}" for link in ticket.links]
        parts += [f"{piece.id} {piece.title} {piece.url}\n{piece.text}" for piece in self._refinement.evidence]
        parts += [symbol.name for file in self._refinement.impacted_files for symbol in file.symbols]
        return "\n".join(parts)

    @functools.cached_property
    def _words(self) -> frozenset[str]:
        """The words of all that was said, and of the files that evidence and proposal point at."""
        pointed = [piece.path for piece in self._refinement.evidence]
        pointed += [file.path for file in self._refinement.impacted_files]
        paths = [path for path in dict.fromkeys(pointed) if path in self._files][:MAX_FILES_READ]
        texts = [self._said, *paths, *(_text(self._grounds.read(path)) for path in paths)]
        return frozenset(word for text in texts for word in _WORD.findall(text))

    def _line_count(self, path: str) -> int:
        if path not in self._lines:
            self._lines[path] = len(_text(self._grounds.read(path)).splitlines())
        return self._lines[path]


def find_quote(quote: str, text: str) -> str | None:
    """*quote* as it stands in *text*, byte for byte; where only white space or invisible characters differ, the bytes
    of *text*. None where it does not stand there.
    """
    if not quote.strip():
        return None
    if quote in text:
        return quote
    words = quote.split()
    if len(words) > MAX_QUOTE_WORDS:
        return None
    unseen = "[" + "".join(map(re.escape, _unseen(text))) + "]*?" if _unseen(text) else ""
    spelled = (unseen.join(map(re.escape, word)) for word in words)
    found = re.search(rf"{unseen}\s+{unseen}".join(spelled), text)
    return found[0] if found else None


def _unseen(text: str) -> str:
    """The invisible characters that *text* has: they were stripped before the model read it."""
    return "".join(sorted({letter for letter in text if not letter.isascii() and is_invisible(letter)}))


def _text(content: bytes | None) -> str:
    return (content or b"").decode("utf-8", errors="replace")
