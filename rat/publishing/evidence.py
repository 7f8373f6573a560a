"""What the refinement rests on: the impacted files as a table, everything else folded."""

from collections.abc import Callable

from rat.model import Evidence, EvidenceKind, ImpactedFile, RunReport
from rat.publishing.clip import clip
from rat.publishing.document import (
    Block,
    Bullets,
    Code,
    Content,
    Folded,
    Heading,
    Inline,
    Item,
    Paragraph,
    Section,
    Table,
    Text,
)
from rat.publishing.references import evidence_link
from rat.publishing.site import Site

FILES_SHOWN = 5
FILE_LIMIT = 15
REASON_LIMIT = 2
EVIDENCE_LIMIT = 10
NAME_LIMIT = 3


def evidence_sections(report: RunReport, site: Site) -> tuple[Section, ...]:
    """Impacted files, then decisions, requests, commits, similar tickets and what could not be read, each folded."""
    work = report.refinement

    def folded(title: str, kind: EvidenceKind, weight: int) -> Section:
        pieces = tuple(piece for piece in work.evidence if piece.kind is kind)
        return Section(title, _folded(title, pieces, lambda piece: _line(piece, site, report.head)), weight=weight)

    notes = tuple(Item((Text(clip(note, 400)),)) for note in work.notes)
    return (
        Section("files", (*_files(work.impacted_files, site, report.head), *_size(work.size)), weight=55),
        folded("Related decisions", EvidenceKind.ADR, 40),
        folded("Related requests", EvidenceKind.RFE, 35),
        folded("Similar tickets", EvidenceKind.TICKET, 30),
        folded("Commits that matter", EvidenceKind.COMMIT, 20),
        Section("notes", _limited("What could not be read", notes), weight=10),
    )


def _files(files: tuple[ImpactedFile, ...], site: Site, head: str) -> tuple[Block, ...]:
    """The best few as a table that a phone shows on one screen, the rest folded."""
    if not files:
        return ()
    header = ("File", "Why", "Tests and owners")
    rows = tuple(_row(file, site, head) for file in files[:FILE_LIMIT])
    first: tuple[Block, ...] = (Heading("Impacted files"), Table(header, rows[:FILES_SHOWN]))
    if len(files) <= FILES_SHOWN:
        return first
    rest = Table(header, rows[FILES_SHOWN:], omitted=max(0, len(files) - FILE_LIMIT))
    return (*first, Folded(f"More impacted files ({len(files) - FILES_SHOWN})", (rest,)))


def _size(size: str) -> tuple[Block, ...]:
    """How large such changes were, with the examples behind it: never an estimate of RAT's own."""
    return (Paragraph((Text(clip(size[:1].upper() + size[1:], 400) + "."),)),) if size else ()


def _row(file: ImpactedFile, site: Site, head: str) -> tuple[Content, ...]:
    line = file.symbols[0].line if file.symbols else None
    where = site.file(file.path, head=head, lines=(line, line) if line else None)
    symbols = _codes(tuple(symbol.name for symbol in file.symbols))
    why: Content = (Text("; ".join(clip(reason, 160) for reason in file.reasons[:REASON_LIMIT])),)
    tests: list[Inline] = []
    for test in file.tests[:NAME_LIMIT]:
        tests += [Text(", "), site.file(test, head=head, label=_name(test, file.tests), is_code=True)]
    owners = [Text("; " if tests else ""), Text("owned by "), *_codes(file.owners)] if file.owners else []
    return (where,), (*why, *((Text(": "), *symbols) if symbols else ())), (*tests[1:], *owners)


def _name(path: str, others: tuple[str, ...]) -> str:
    """The file's name, or its whole *path* where one of the *others* is called the same."""
    name = path.rsplit("/", 1)[-1]
    return name if sum(other.rsplit("/", 1)[-1] == name for other in others[:NAME_LIMIT]) == 1 else path


def _codes(names: tuple[str, ...]) -> tuple[Inline, ...]:
    return tuple(leaf for name in names[:NAME_LIMIT] for leaf in (Text(", "), Code(clip(name, 80))))[1:]


def _folded(title: str, pieces: tuple[Evidence, ...], line: Callable[[Evidence], Item]) -> tuple[Block, ...]:
    return _limited(title, tuple(line(piece) for piece in pieces))


def _limited(title: str, items: tuple[Item, ...]) -> tuple[Block, ...]:
    if not items:
        return ()
    shown = Bullets(items[:EVIDENCE_LIMIT], omitted=max(0, len(items) - EVIDENCE_LIMIT))
    return (Folded(f"{title} ({len(items)})", (shown,)),)


def _line(piece: Evidence, site: Site, head: str) -> Item:
    status = f" ({clip(piece.status, 60)})" if piece.status else ""
    why = "; ".join(clip(reason, 160) for reason in piece.reasons[:NAME_LIMIT])
    name = evidence_link(piece.id, piece, site, head=head)
    return Item((*name, Text(f" {clip(piece.title, 200)}{status}")), ((Text(why),),) if why else ())
