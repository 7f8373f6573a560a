"""Finds the leaves that a written line was made of: what they are written as again is the line itself."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from rat.publishing.document import Content, Emphasis, Inline, Strong, Text
from rat.publishing.inert import Run, runs

Piece = TypeVar("Piece")

_TICKS = re.compile("`+")
CHECK_LIMIT = 20_000
"""Comparisons for one line at most: one that needs more is not read, whatever a model made it of."""
PIECE_LIMIT = 40
"""Texts of more pieces are tried with all of their code in backticks only."""


def segment(
    pieces: Sequence[Piece],
    *,
    candidates: Callable[[Sequence[Piece]], Iterable[Inline]],
    fits: Callable[[Inline, Sequence[Piece]], bool],
) -> Content | None:
    """Leaves that are written, side by side, as *pieces*; None where there are none.

    *candidates* are the leaves that a stretch of pieces may have been, *fits* says whether one is written so. Longer
    stretches are tried first. Two leaves of one kind with words never stand side by side: the writers join them.
    """
    dead: set[tuple[int, type | None]] = set()
    checks = 0

    def rest(start: int, last: type | None) -> list[Inline] | None:
        nonlocal checks
        if start == len(pieces):
            return []
        if (start, last) not in dead:
            for stop in range(len(pieces), start, -1):
                checks += 1
                if checks > CHECK_LIMIT:
                    return None
                for leaf in candidates(pieces[start:stop]):
                    kind = type(leaf) if isinstance(leaf, Text | Strong | Emphasis) else None
                    if (kind and kind is last) or not fits(leaf, pieces[start:stop]):
                        continue
                    following = rest(stop, kind)
                    if following is not None:
                        return [leaf, *following]
        dead.add((start, last))
        return None

    found = rest(0, None)
    return None if found is None else tuple(found)


def spellings(pieces: Sequence[Run]) -> Iterator[str]:
    """The texts that may have been shown as *pieces*: each code in backticks, or bare where it is code by itself."""
    taken = {len(ticks) for piece in pieces if not piece.is_code for ticks in _TICKS.findall(piece.value)}
    spanned = "".join(_span(piece.value, taken) if piece.is_code else piece.value for piece in pieces)
    yield spanned
    if len(pieces) > PIECE_LIMIT or not any(piece.is_code for piece in pieces):
        return
    bare = ""
    for place, piece in enumerate(pieces):
        plain = bare + piece.value
        is_code_anyway = not piece.is_code or list(runs(plain.strip())) == _stripped(pieces[: place + 1])
        bare = plain if is_code_anyway else bare + _span(piece.value, taken)
    if bare != spanned:
        yield bare


def only_text(content: Content | None) -> str | None:
    """The words of *content*, where it is one `Text` or nothing."""
    if content == ():
        return ""
    return content[0].value if content and len(content) == 1 and isinstance(content[0], Text) else None


def _span(code: str, taken: set[int]) -> str:
    """*code* between backticks, as many as stand nowhere inside it nor, by the numbers *taken*, around it."""
    used = taken | {len(ticks) for ticks in _TICKS.findall(code)}
    fence = "`" * next(size for size in range(1, len(used) + 2) if size not in used)
    pad = " " if code[:1] == "`" or code[-1:] == "`" else ""
    return f"{fence}{pad}{code}{pad}{fence}"


def _stripped(pieces: Sequence[Run]) -> list[Run]:
    first, *rest = pieces
    start = [] if not first.is_code and not first.value.strip() else [Run(first.value.lstrip(), first.is_code)]
    return [*start, *rest]
