"""Whether a ticket is written in sentences, or in keys struck at random, words thrown together, or filler text."""

import re
from collections.abc import Iterator

from rat.model.finding import Finding
from rat.readiness.function_words import FILLER, FUNCTION_WORDS
from rat.readiness.reading import Reading
from rat.readiness.rules import finding
from rat.readiness.substance import without_specifics

ENOUGH = 12
"""Words from which on keys struck at random and filler text show."""

LONG, ENOUGH_IN_LONG = 8, 30
"""Words of a sentence that needs function words, and of all such sentences together. Lists and titles do without."""

HELD_TOGETHER = 0.05
"""Share of function words in long sentences: 0 to 0.02 where words were drawn by lot, from 0.14 up in real tickets."""

A_SENTENCE = 4
"""Function words in one sentence that words drawn by lot never have: then the rest is a list, or a log."""

STRUCK = 0.4
"""Share of words struck at random; the most in a real ticket is 0.06."""

FILLED = 0.3
"""Share of filler words; the most in a real ticket is 0.04, in “lorem ipsum” it is 0.8."""

_WORD = re.compile(r"(?<![^\W\d_])[a-z\u00df-\u00f6\u00f8-\u024f\u1e00-\u1eff][a-z\u00df-\u024f\u1e00-\u1eff]{0,60}")
_FRAME = re.compile(r"\b(?:as an?|i want(?: to)?|so that|given|when|then)\b", re.IGNORECASE)
"""What a template of a story or a scenario brings along."""
_VOWEL = re.compile(r"[aeiouy\u00c0-\u024f\u1e00-\u1eff]")
_ROWS = ("qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl", "qsdfghjklm", "zxcvbnm", "yxcvbnm", "wxcvbn")
_RUN = 4
_RUNS = frozenset(
    line[at : at + _RUN] for row in _ROWS for line in (row, row[::-1]) for at in range(len(row) - _RUN + 1)
)
_THRICE = re.compile(r"(.)\1\1")


def gibberish(reading: Reading) -> Iterator[Finding]:
    """At most one finding. Names, values, code, capitalised words and scripts other than Latin are left aside."""
    said = [_words(text) for text in (reading.title, *reading.sentences)]
    words = [word for sentence in said for word in sentence]
    if len(words) < ENOUGH:
        return
    struck = [word for word in words if _is_struck(word)]
    if _share(struck, words) >= STRUCK:
        shown = ", ".join(f"“{word[:20]}”" for word in list(dict.fromkeys(struck))[:3])
        yield finding("gibberish", f"{len(struck)} of its {len(words)} words look like keys struck at random: {shown}.")
    elif _share([word for word in words if word in FILLER], words) >= FILLED:
        yield finding("gibberish", "It is filled with “lorem ipsum”.")
    elif loose := _thrown_together([sentence for sentence in said if len(sentence) >= LONG]):
        yield finding("gibberish", loose)


def _thrown_together(sentences: list[list[str]]) -> str:
    """What is wrong with *sentences* that no function word holds together; empty where nothing is."""
    count = sum(map(len, sentences))
    held = [sum(word in FUNCTION_WORDS for word in sentence) for sentence in sentences]
    if count < ENOUGH_IN_LONG or sum(held) >= HELD_TOGETHER * count or max(held) >= A_SENTENCE:
        return ""
    few = f"only {sum(held)}" if any(held) else "none"
    return f"Its words do not hang together: of {count}, {few} is one like “the” or “not” in any language."


def _words(text: str) -> list[str]:
    return _WORD.findall(_FRAME.sub(" ", without_specifics(text)))


def _is_struck(word: str) -> bool:
    """Without a vowel, with a run of neighbouring keys, or with a letter three times in a row."""
    if len(word) < _RUN:
        return False
    runs = (word[at : at + _RUN] for at in range(len(word) - _RUN + 1))
    return not _VOWEL.search(word) or bool(_THRICE.search(word)) or any(run in _RUNS for run in runs)


def _share(some: list[str], words: list[str]) -> float:
    return len(some) / len(words)
