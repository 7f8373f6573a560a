"""Making the invisible visible: what a person would not see in a text, a model shall not read unnoticed."""

import re
import unicodedata

_KEPT = frozenset("\n\t")
# General categories that show nothing: control, format, private use, surrogate, line and paragraph separators
# (https://www.unicode.org/reports/tr44/#General_Category_Values).
_INVISIBLE_CATEGORIES = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
# Shown as nothing although their category says otherwise: combining grapheme joiner, Hangul fillers, Khmer inherent
# vowels, Mongolian and other variation selectors (Default_Ignorable_Code_Point in DerivedCoreProperties.txt).
_IGNORABLE = (
    frozenset({0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F, 0x3164, 0xFFA0})
    | frozenset(range(0xFE00, 0xFE10))
    | frozenset(range(0xE0100, 0xE01F0))
)
_UNUSUAL = re.compile(r"[^\t\n\x20-\x7e]")  # all that is invisible is among these
_HTML_COMMENT = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)
_IMAGE = re.compile(r"!\[([^\]\n]{0,500})\]\(([^()\s]{0,2000})(?:[ \t]+[\"']([^\"'\n]{0,500})[\"'])?\)")
_LINK_TITLE = re.compile(r"(?<=\])\(([^()\s]{1,2000})[ \t]+[\"']([^\"'\n]{0,500})[\"']\)")
_DEFINITION = re.compile(r"^[ \t]{0,3}\[([^\]\n]{1,200})\]:[ \t]*(\S[^\n]*)$", re.MULTILINE)


def is_invisible(letter: str) -> bool:
    """Whether *letter* shows nothing; newline and tab count as visible."""
    if letter in _KEPT:
        return False
    return unicodedata.category(letter) in _INVISIBLE_CATEGORIES or ord(letter) in _IGNORABLE


def strip_invisible(text: str) -> tuple[str, int]:
    """*text* without characters that show nothing, and how many there were. CRLF becomes LF and is not counted."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = _UNUSUAL.sub(lambda found: "" if is_invisible(found[0]) else found[0], text)
    return kept, len(text) - len(kept)


def show_hidden(text: str) -> str:
    """Markdown *text* with what its rendering hides spelled out: HTML comments, titles, link definitions."""
    text = _HTML_COMMENT.sub(_shown_comment, text)
    text = _IMAGE.sub(_shown_image, text)
    text = _LINK_TITLE.sub(r"(\1) [hidden title: \2]", text)
    return _DEFINITION.sub(r"[hidden link definition \1: \2]", text)


def _shown_comment(found: re.Match[str]) -> str:
    """What a comment says; another one may begin inside it and end nowhere."""
    return f"[hidden comment: {found[1].replace('<!--', '< !--').strip()}]"


def _shown_image(found: re.Match[str]) -> str:
    title = f", hidden title: {found[3]}" if found[3] else ""
    return f"[image: {found[1]}{title}]"
