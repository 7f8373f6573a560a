"""One architecture decision record, as read from its document."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from rat.sources.dates import iso_date
from rat.sources.document import Document, Section
from rat.sources.fields import Fields, first_value, header_fields
from rat.sources.headings import plain
from rat.sources.naming import number_of, slug_of, title_of
from rat.sources.relations import Relation, read_relations
from rat.sources.status import DecisionStatus, normalise, stated, unmarked

STATUS = re.compile(r"(?i)(?:\d+[.)]\s+)?(?:(?:decision|adr|current)\s+)?status(?:\s*[:(\u2013\u2014-].*|\s*)$")
CONTEXT = re.compile(
    r"(?i)(?:\d+[.)]\s+)?(?:context|problem|background|issue|motivation|why\b|situation|introduction|summary)"
)
DECISION = re.compile(
    r"(?i)(?:\d+[.)]\s+)?(?:(?:the |our )?decision(?!\s+(?:drivers?|criteria|makers?))|outcome|resolution"
    r"|solution|what\b|proposal)"
)
OPTIONS = re.compile(
    r"(?i)(?:\d+[.)]\s+)?(?:considered (?:options|alternatives)|options\b|alternatives?\b|other options"
    r"|rejected (?:options|alternatives)"
    r"|pros and cons|evaluat)"
)
CONSEQUENCES = re.compile(
    r"(?i)(?:\d+[.)]\s+)?(?:consequences?|implications|impact|results?\b|trade-?offs|positive|negative)"
)
_DATE = re.compile(r"(?i)(?:\d+[.)]\s+)?(?:decision\s+)?date\b")
_FOLDERS = {
    "accepted": "accepted", "approved": "approved", "implemented": "implemented", "active": "active",
    "proposed": "proposed",
    "proposals": "proposed", "draft": "draft", "drafts": "draft", "pending": "pending", "rejected": "rejected",
    "declined": "rejected", "abandoned": "abandoned", "withdrawn": "withdrawn", "deprecated": "deprecated",
    "obsolete": "obsolete", "superseded": "superseded", "superceded": "superseded", "archived": "archived",
    "archive": "archived",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """A decision: *status* normalised, *raw_status* and *title* as written, *date* ISO 8601 or "".

    *supersedes* and *superseded_by* hold paths of other decisions, or a reference as written where it leads nowhere.
    *id* is its evidence id, unique within the log.
    """

    path: str
    document: Document
    number: int | None
    slug: str
    title: str
    status: DecisionStatus
    raw_status: str
    date: str
    relations: tuple[Relation, ...] = ()
    id: str = ""
    supersedes: tuple[str, ...] = ()
    superseded_by: tuple[str, ...] = ()

    @property
    def in_force(self) -> bool:
        """Whether it is a rule to follow: accepted and not replaced since."""
        return self.status is DecisionStatus.ACCEPTED and not self.superseded_by

    def section(self, title: re.Pattern[str]) -> Section | None:
        """The first section with this *title* (CONTEXT, DECISION, …), the heading of the document itself left out."""
        own = self.document.title
        found = (section for section in self.document.sections() if own is None or section.start != own.line)
        return next((section for section in found if title.match(section.title)), None)


def read_decision(document: Document) -> Decision:
    """The decision that *document* records; what it does not say is empty, unknown or None."""
    fields = header_fields(document)
    raw, status = _status(document, fields)
    return Decision(
        path=document.path,
        document=document,
        number=number_of(document),
        slug=slug_of(document.path),
        title=title_of(document, first_value(fields, "title")),
        status=status,
        raw_status=raw,
        date=_date(document, fields, raw),
        relations=read_relations(document, fields, STATUS),
    )


def _status(document: Document, fields: Fields) -> tuple[str, DecisionStatus]:
    """Front matter, then a field in the header, then the status section, then the folder that the file lies in."""
    if document.front.values.get("status"):
        raw = document.front.values["status"][0]
        return raw, normalise(raw.strip("{}[] "))
    if raw := first_value(fields, "status", "decision-status", "adr-status", "state"):
        return unmarked(raw), normalise(raw.strip("{}[] ") if raw.startswith("{") else raw)
    section = document.section(STATUS)
    if section:
        inline = re.sub(r"(?i)^.*?status\s*[:\u2013\u2014-]*\s*", "", section.title)
        raw, status = stated(document.below(_until_next(document, section)))
        raw, status = (inline, normalise(inline)) if inline else (raw, status)
        if raw:
            return re.sub(r"(?i)^[*_]*status[*_]*\s*:[*_]*\s*", "", raw), status
    return _folder_status(document.path)


def _until_next(document: Document, section: Section) -> Section:
    """*section* up to the next heading of any level: what stands in deeper sections is not the status."""
    following = next((heading.line for heading in document.headings if heading.line > section.start), section.end + 1)
    return Section(title=section.title, level=section.level, start=section.start, end=min(section.end, following - 1))


def _folder_status(path: str) -> tuple[str, DecisionStatus]:
    for folder in reversed(PurePosixPath(path).parts[:-1]):
        if word := _FOLDERS.get(folder.lower()):
            return folder, normalise(word)
    return "", DecisionStatus.UNKNOWN


def _date(document: Document, fields: Fields, status: str) -> str:
    named = first_value(
        fields,
        "date",
        "decision-date",
        "decided",
        "last-modified",
        "last-updated",
        "updated",
        "created",
        "creation-date",
    )
    if found := iso_date(plain(named)):
        return found
    section = document.section(_DATE)
    if section and (found := iso_date(section.title) or iso_date(document.below(section))):
        return found
    parts = PurePosixPath(document.path).parts
    in_name = next((day for part in reversed(parts[-2:]) if (day := iso_date(part))), "")
    return in_name or iso_date(plain(status))
