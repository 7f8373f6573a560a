"""How a citation is shown: a short name that leads to the passage at the commit."""

import re

from rat.model import Citation, Evidence, EvidenceKind
from rat.publishing.document import Content, Inline, Text
from rat.publishing.site import Site

CITATION_LIMIT = 4
_CODE = re.compile(r"code:(?P<path>[^#]+)(?:#L(?P<first>\d+)(?:-L(?P<last>\d+))?)?")


def evidence_link(source: str, piece: Evidence | None, site: Site, *, head: str) -> tuple[Inline, ...]:
    """*source*, an evidence id, as a link to what it names; in code where RAT has no address for it."""
    code = _CODE.fullmatch(source)
    if code:
        lines = (int(code["first"]), int(code["last"] or code["first"])) if code["first"] else None
        return (site.file(code["path"], head=head, lines=lines, is_code=True, label=_place(code["path"], lines)),)
    if source.startswith("commit:"):
        return (site.commit(piece.id.removeprefix("commit:") if piece else source.removeprefix("commit:")),)
    if piece is not None and piece.kind in (EvidenceKind.ADR, EvidenceKind.RFE) and piece.path:
        return (site.file(piece.path, head=head, lines=piece.lines, label=source),)
    return (site.ticket(source),)


def cited(citations: tuple[Citation, ...], known: dict[str, Evidence], site: Site, *, head: str) -> Content:
    """What stands behind a sentence, in brackets after it: each source once; the ticket itself is not worth a link."""
    sources = list(dict.fromkeys(citation.source for citation in citations if citation.source != "ticket"))
    if not sources:
        return ()
    links = [evidence_link(source, known.get(source), site, head=head) for source in sources[:CITATION_LIMIT]]
    leaves = [leaf for link in links for leaf in (Text(", "), *link)][1:]
    return (Text(" ("), *leaves, Text(")"))


def _place(path: str, lines: tuple[int, int] | None) -> str:
    name = path.rsplit("/", 1)[-1]
    return name if lines is None else f"{name}:{lines[0]}"
