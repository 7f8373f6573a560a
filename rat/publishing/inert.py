"""Text of strangers made inert: what cannot be seen is stripped, what a platform would bring to life becomes code."""

import re
import unicodedata
from typing import NamedTuple

_STRIPPED = frozenset({"Cc", "Cf", "Co", "Cs"})
_SPACES = frozenset({"Zl", "Zp", "Zs"})
# Letters and marks that show nothing although their category says otherwise: grapheme joiner, Hangul and Khmer
# fillers, Mongolian and general variation selectors, Braille blank (https://www.unicode.org/reports/tr36/).
_BLANKS = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\ufdd0-\ufdef\ufffe\uffff"
    "\U000e0000-\U000e0fff]"
)
_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)

# What GitHub turns into a link, a notification, a picture or a formula in running text, wherever it stands in a word:
# https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/autolinked-references-and-urls
# and /writing-mathematical-expressions. Escaping does not help, since GitHub looks at the rendered text: code does.
_LIVE = re.compile(
    r"""
    [@\uff20\ufe6b]                         # mentions, e-mail addresses, owner/repo@sha
    | [#\uff03\ufe5f]\d                     # issue references
    | \bGH-\d | \bGHSA-                     # the same, spelled out; advisories
    | [a-z]:// | (?<![a-z])www\.           # addresses; `_` may stand before one (cmark-gfm, autolink.c)
    | \$                                    # formulas, expressions
    | (?<!:):[a-z+-][a-z0-9_+-]*:(?!:)      # emoji by name
    | (?a:\b)[0-9a-f]{7,64}(?a:\b)          # commits, beside letters that are not ASCII too
    """,
    re.VERBOSE | re.IGNORECASE,
)
_WORD = re.compile(r"\S+")
_COMMAND = re.compile(r"(?:/|::)\S*")


class Run(NamedTuple):
    """A stretch of text that is all code or all words."""

    value: str
    is_code: bool


def visible(text: str) -> str:
    """*text* with nothing in it that cannot be seen; line breaks stay, every other white space becomes a space."""
    text = _BLANKS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if text.isascii() and text.replace("\n", "").isprintable():
        return _defuse(text)
    return _defuse("".join(_shown(letter) for letter in text))


def one_line(text: str) -> str:
    """*text* as `visible` gives it, on one line with single spaces."""
    return " ".join(visible(text).split())


def runs(text: str) -> tuple[Run, ...]:
    """*text* on one line, split into words and code: its own code spans, and what would come to life outside code."""
    line = one_line(text)
    pieces: list[Run] = []
    end = 0
    for span in _CODE_SPAN.finditer(line):
        pieces += _words(line[end : span.start()], first=not pieces)
        pieces.append(Run(span[2].strip() or span[0], is_code=True))
        end = span.end()
    pieces += _words(line[end:], first=not pieces)
    return _merged(pieces)


def _shown(letter: str) -> str:
    if letter in "\n\t ":
        return "\n" if letter == "\n" else " "
    category = unicodedata.category(letter)
    if category in _SPACES:
        return " "
    return "" if category in _STRIPPED else letter


def _defuse(text: str) -> str:
    """Break what other programs look for in the raw text, even inside code: expressions, log commands, markers.

    `##[` is the older form of `::`, read by the runner anywhere in a line (actions/runner, ActionCommand.cs).
    """
    text = re.sub(r"\$(?=\{\{)", "$ ", text)
    text = re.sub(r"##(?=\[)", "## ", text)
    return re.sub(r"<!(?=--)", "<! ", text)


def _words(text: str, *, first: bool) -> list[Run]:
    """*text* split at the words that would come to life; *first* where a line begins, and a command might."""
    found: list[Run] = []
    end = 0
    for word in _WORD.finditer(text):
        is_command = first and not text[: word.start()].strip() and _COMMAND.match(word[0])
        if is_command or _LIVE.search(word[0]):
            start, stop = _trimmed(word)
            found += [Run(text[end:start], is_code=False), Run(text[start:stop], is_code=True)]
            end = stop
    return [*found, Run(text[end:], is_code=False)]


def _trimmed(word: re.Match[str]) -> tuple[int, int]:
    """Where *word* starts and stops without the punctuation around it, which no platform reads; whole if it is `::`."""
    inner = re.sub(r"[.,;:!?)\]}'\"]+$", "", word[0])
    outer = len(inner) - len(re.sub(r"^[(\[{'\"]+", "", inner))
    if not inner[outer:]:
        return word.span()
    return word.start() + outer, word.start() + len(inner)


def _merged(pieces: list[Run]) -> tuple[Run, ...]:
    """*pieces* with neighbours of the same sort joined: two code spans side by side would read as one fence."""
    merged: list[Run] = []
    for piece in pieces:
        if not piece.value:
            continue
        if merged and merged[-1].is_code == piece.is_code:
            merged[-1] = Run(merged[-1].value + piece.value, piece.is_code)
        else:
            merged.append(piece)
    return tuple(merged)
