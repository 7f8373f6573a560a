"""Which lines of a file show best what a ticket is about."""

from collections.abc import Sequence

from rat.model.evidence import Symbol

BEFORE = 2
"""Lines shown above the first one that matters: a decorator, a comment."""
SYMBOL = 3.0
"""What a definition that the ticket is about counts against one telling word."""


def best_lines(
    lines: Sequence[str], *, telling: Sequence[str], symbols: Sequence[Symbol], limit: int
) -> tuple[int, int]:
    """The first and last line (from 1) of at most *limit* lines that hold the most of *telling* and *symbols*.

    *telling* are stemmed words, the most telling first; the earliest of equally good places is taken.
    """
    values = [0.0] * len(lines)
    for place, word in enumerate(telling):
        for number, line in enumerate(lines):
            if word in line.lower():
                values[number] += 1 / (1 + place)
    for symbol in symbols:
        if symbol.line <= len(lines):
            values[symbol.line - 1] += SYMBOL
    window = limit - BEFORE
    best, start, inside = 0.0, 0, 0.0
    for number, value in enumerate(values):
        inside += value
        if number >= window:
            inside -= values[number - window]
        if inside > best + 1e-9:
            best, start = inside, max(0, number - window + 1)
    start = next((number for number in range(start, len(lines)) if values[number] > 0), 0)
    first = max(1, start + 1 - BEFORE)
    return first, min(len(lines), first + limit - 1)
