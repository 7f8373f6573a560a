"""What a ticket is about, in a few of its own words, for questions that nobody else's ticket would get."""

import re

from rat.readiness.reading import Reading

_LONGEST = 80
_NO_NAME = re.compile(r"(?:https?://|www\.)\S{1,500}|\b(?:[Ee]\.g|[Ii]\.e|etc)\b\.?|\\[nrt](?=[A-Z])")
"""Addresses, abbreviations, and a line break as quoted text has it: `Anna\\nBerg` names no nBerg."""
_LETTERS = re.compile(r"[^\W\d_]{2}")
_NAMED = re.compile(
    r"`([^`\n]{1,60})`|\b([A-Za-z_][\w.]{0,50}\(\)?[^\s,;]{0,30})|\b([A-Za-z_]\w{0,30}(?:[._]\w{1,30})+|[a-z]{1,30}[A-Z]\w{0,30}|[A-Z][a-z]{1,30}[A-Z]\w{0,30})\b"
)
_PREFIX = re.compile(
    r"^\s*(?:\[[^\]\n]{1,30}\]\s*:?|(?:bug|feat|fix|chore|docs|rfe|spike|epic|story|task|question)(?:\([^)\n]{1,30}\))?:)\s*",
    re.IGNORECASE,
)
_ERROR = re.compile(r"\b([A-Z]\w{2,40}(?:Error|Exception|Warning))\b")


def subject(reading: Reading) -> str:
    """The title in quotation marks, cut at a word to about ten."""
    title = _PREFIX.sub("", reading.title).strip(" .")
    short = title if len(title) <= _LONGEST else title[: _LONGEST - 2].rsplit(" ", 1)[0] + " …"
    return f"“{short}”" if short else "this ticket"


def thing(reading: Reading) -> str:
    """The first name from code in the title, else in the text, else nothing. Addresses are no names."""
    for text in (reading.title, *reading.sentences[:8]):
        for match in _NAMED.finditer(_NO_NAME.sub(" ", text[:600])):
            name = next(group for group in match.groups() if group).strip("`.,;: ")
            if _LETTERS.search(name):
                return f"`{name if name.count('(') == name.count(')') else name.partition('(')[0]}`"
    return ""


def error(reading: Reading) -> str:
    """The error that the ticket is about: the last one named in a stack trace, else the first in the text."""
    for block in reading.code:
        if found := _ERROR.findall(block[-4000:]):
            return f"`{found[-1]}`"
    match = _ERROR.search(reading.title + "\n" + reading.prose)
    return f"`{match[1]}`" if match else ""
