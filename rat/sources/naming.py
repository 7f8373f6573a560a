"""Numbers, titles and slugs of decisions and requests, from file names, folder names and headings."""

import re
from pathlib import PurePosixPath

from rat.sources.document import Document

_DATED = re.compile(r"^(?:\d{4}-\d{2}-\d{2}|(?:19|20)\d{2}[01]\d[0-3]\d|(?:19|20)\d{2}-(?:0[1-9]|1[0-2]))(?!\d)[-_ .]*")
_NUMBERED = re.compile(
    r"^(?:(?:[A-Za-z]{1,12}[-_ ])*?(?:adr|dr|decision|rfc|rfe|kep"
    r"|madr)[-_ #]*(?:[A-Za-z]{1,20}[-_ ])?)?(\d{1,5})(?=$|[-_ .:)\]])",
    re.I,
)
_TITLE_NUMBER = re.compile(
    r"^\W*(?:(?:[A-Za-z]{1,12}[- ])*?(?:ADR|DR|ADL|RFC|RFE|KEP|PEP|Decision|Decision Record"
    r"|Architecture Decision Record|Architectural Decision Record)"
    r"s?[-_ #:]*(?:[A-Za-z]{1,20}[-_ ])?#?(\d{1,5})(?:\s*[\]:.)\u2013\u2014-]+\s*|\s+|$)"
    r"|\[?(\d{1,5})\]?\s*[:.)\u2013\u2014-]+\s+|(\d{1,5})\s*[.:)\u2013\u2014]\s*)",
)
_TITLE_KIND = re.compile(
    r"^(?:M?ADR|(?:Architectur(?:e|al) )?Decision Record|Decision|RFC|RFE)\s*(?::|[\u2013\u2014]|\s-)\s+"
)
_PLACEHOLDER = re.compile(
    r"(?i)(?:[\[{<].*[\]}>]|(?:NUMBER\.?\s*)?TITLE|.*\b(?:short|your|decision|adr|rfc|rfe|the"
    r"|descriptive) title(?: (?:here|of .*))?"
    r"|.*\btitle of (?:your|the|solved) .*|neat[- ]enhancement[- ]idea|n+-x+|record title"
    r"|(?:(?:m?adr|decision|record|rfc|rfe|kep|enhancement|spec|proposal|architecture)\s+){0,4}template)$"
)
_INDEX = ("readme", "index", "_index")


def stem_of(path: str) -> str:
    """The name that a file goes by: without its suffix, or its folder's name where the file is a README."""
    pure = PurePosixPath(path)
    stem = pure.name.split(".")[0] if pure.name.lower().startswith("readme") else pure.stem
    return pure.parent.name if stem.lower() in _INDEX and pure.parent.name else stem


def number_of(document: Document) -> int | None:
    """The number in the file's (or its folder's) name, else the one that opens the title; None for dates and none."""
    stem = stem_of(document.path)
    if not _DATED.match(stem) and (found := _NUMBERED.match(stem)):
        return int(found[1])
    heading = document.title.text if document.title else ""
    titled = _TITLE_NUMBER.match(heading)
    return next((int(group) for group in titled.groups() if group), None) if titled else None


def title_of(document: Document, named: str = "") -> str:
    """The title as written, without its number: of the heading, else *named*, else made of the file's name."""
    heading = "" if is_placeholder(document) or not document.title else document.title.text
    title = bare_title(heading) or bare_title(named)
    repeated = re.match(r"0*(\d{1,5})\s+(?=\S)", title)
    if repeated and (number := _NUMBERED.match(stem_of(document.path))) and int(number[1]) == int(repeated[1]):
        title = title[repeated.end() :]  # "# 23 Logging" in 023-Logging.md
    return title or _words(stem_of(document.path)) or heading or stem_of(document.path)


def is_placeholder(document: Document) -> bool:
    """Whether the title is one that a template waits to have filled in."""
    return document.title is not None and is_filler(document.title.text)


def is_filler(title: str) -> bool:
    """Whether a title is one that a template waits to have filled in."""
    bare = bare_title(title)
    return bool(bare and _PLACEHOLDER.match(bare))


def bare_title(title: str) -> str:
    """*title* without "12.", "ADR-0012:" or "ADR:" before it."""
    return _TITLE_KIND.sub("", _TITLE_NUMBER.sub("", title.strip(), count=1)).strip()


def slug_of(path: str) -> str:
    """The name of the file (or its folder), fit for an id: letters, digits, '.', '_' and '-'."""
    return re.sub(r"[^\w.-]+", "-", stem_of(path)).strip("-.") or "document"


def _words(stem: str) -> str:
    bare = _DATED.sub("", stem)
    bare = _NUMBERED.sub("", bare) if not _DATED.match(stem) else bare
    words = re.sub(r"[-_]+", " ", bare).strip(" .")
    return words[:1].upper() + words[1:]
