"""One request for enhancement (RFE, KEP, RFC, spec), as read from its document."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from rat.sources.decision import STATUS
from rat.sources.document import Document
from rat.sources.fields import Fields, first_value, header_fields
from rat.sources.front_matter import FrontMatter
from rat.sources.headings import plain
from rat.sources.naming import bare_title, is_filler, number_of, slug_of, title_of

SUMMARY = re.compile(
    r"(?i)(?:\d+[.)]\s+)?(?:summary|abstract|overview|introduction|problem|motivation|user stor|background)"
)
MAX_STATUS_WORDS = 4
_FOLDERS = (
    "approved", "implemented", "abandoned", "accepted", "rejected", "proposed", "draft", "drafts", "deferred",
    "withdrawn",
    "backlog", "completed", "archive", "archived", "superseded", "provisional", "implementable", "final", "active",
    "done",
)  # fmt: skip
_KEY = re.compile(r"\b((?:RFE|RFC|KEP|PEP|PRD)[-_ ]?\d{1,6})\b")
_FILLER = re.compile(r"(?i)\W*(?:\(?fill me in.*|n/?a|none|tbd|todo|-)?\W*$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """A request: *name* its number or slug, *status* as written ("" where there is none), *path* the text to read.

    *metadata* is the path of a `kep.yaml` beside the text. *id* is its evidence id, unique among the requests.
    """

    path: str
    name: str
    slug: str
    title: str
    status: str
    id: str = ""
    metadata: str = ""


def read_request(document: Document) -> Request:
    """The request that *document* makes."""
    fields = header_fields(document)
    named = first_value(fields, "title", "feature-name", "name", "feature", "rfe-title", "enhancement")
    named = "" if _FILLER.match(plain(named)) or is_filler(named) else plain(named)
    title = bare_title(named) or title_of(document)
    number = number_of(document)
    heading = document.title.text if document.title else ""
    key = _KEY.search(heading) or _KEY.search(first_value(fields, "id", "rfe-id", "rfe", "key"))
    slug = slug_of(document.path)
    name = (
        key[1] if key else first_value(fields, "kep-number", "number") or (_digits(slug) if number is not None else "")
    )
    return Request(path=document.path, name=name or slug, slug=slug, title=title, status=_status(document, fields))


def read_kep(path: str, data: FrontMatter, text: str, fallback: str) -> Request:
    """The request that a `kep.yaml` with the keys *data* describes; *text* is its README's path, *fallback* a title."""
    slug = PurePosixPath(path).parent.name
    title = first_value(dict(data.values), "title") or fallback or slug
    number = first_value(dict(data.values), "kep-number") or _digits(slug)
    status = first_value(dict(data.values), "status")
    return Request(path=text or path, name=number or slug, slug=slug, title=title, status=status, metadata=path)


def _digits(slug: str) -> str:
    found = re.search(r"(?<!\d)\d{1,6}(?!\d)", slug)
    return found[0] if found else ""


def _status(document: Document, fields: Fields) -> str:
    raw = first_value(fields, "status", "state", "rfe-status", "rfc-status", "stage")
    section = None if raw else document.section(STATUS)
    if section:
        lines = [plain(line) for line in document.below(section).split("\n")[:10]]
        raw = next((line for line in lines if line), "")
        raw = raw if len(raw.split()) <= MAX_STATUS_WORDS else ""
    if raw:
        return plain(raw)
    folders = PurePosixPath(document.path).parts[:-1]
    return next((folder for folder in reversed(folders) if folder.lower() in _FOLDERS), "")
