"""How much of what RAT offered a person changed. Pure."""

import re

MOST_WORDS = 1500
"""Of longer texts, after what is equal at both ends, the first words are compared: the time grows with the square."""


def changed_share(offered: str, stands: str) -> float:
    """The edit distance between two texts as a share of the longer one: 0 the same, 1 nothing left.

    Levenshtein's distance over words (V. I. Levenshtein, Soviet Physics Doklady 10, 1966); spaces do not count.
    """
    before, after = re.findall(r"\S+", offered), re.findall(r"\S+", stands)
    longest = max(len(before), len(after))
    while before and after and before[-1] == after[-1]:
        before.pop(), after.pop()
    start = next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), None)
    start = min(len(before), len(after)) if start is None else start
    before, after = before[start:], after[start:]
    if max(len(before), len(after)) <= MOST_WORDS:
        return _distance(before, after) / longest if longest else 0.0
    part = _distance(before[:MOST_WORDS], after[:MOST_WORDS]) / MOST_WORDS
    return part * max(len(before), len(after)) / longest


def _distance(before: list[str], after: list[str]) -> int:
    row = list(range(len(after) + 1))
    for i, old in enumerate(before, start=1):
        corner, row[0] = row[0], i
        for j, new in enumerate(after, start=1):
            corner, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, corner + (old != new))
    return row[-1]
