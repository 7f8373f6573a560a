"""Which files of a checkout are requests for enhancement, and the requests that they make."""

import dataclasses
import posixpath
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from rat.model.text import decode_text
from rat.ports import Checkout
from rat.sources.document import MAX_BYTES, Document, Problem, at_most, read_document
from rat.sources.fields import header_fields
from rat.sources.front_matter import FrontMatter, read_values
from rat.sources.naming import is_placeholder
from rat.sources.places import (
    has_other_name,
    in_decision_folder,
    in_request_folder,
    is_named,
    is_numbered,
    is_ours,
    is_readme,
    is_template,
    is_text,
)
from rat.sources.request import Request, read_kep, read_request

MAX_REQUESTS = 5_000
MAX_LOOKED_AT = 5_000

_HEADINGS = re.compile(
    r"(?i)(?:\d+[.)]\s+)?(?:summary|motivation|goals|non-goals|proposal|user stor(?:y|ies)|acceptance criteria"
    r"|problem (?:statement|description)"
    r"|use cases?|proposed (?:change|solution)|design(?: details)?|alternatives|drawbacks|background"
    r"|business (?:alignment|value)"
    r"|affected customers|guide-level explanation|reference-level explanation|detailed design|specification"
    r"|success criteria|scope|requirements)\b"
)
_KEYS = {
    "title",
    "status",
    "authors",
    "author",
    "creation-date",
    "feature-name",
    "start-date",
    "rfc-pr",
    "approvers",
    "rfe-id",
    "priority",
    "created",
}
_HEADER = re.compile(
    rb"(?im)^[-*][ \t]*(?:\*\*)?(?:feature name|rfc pr)\b[^:\n]{0,12}:|^#[ \t]*\[?RFE-\w+|^rfe-id:|^kep-number:"
)
_SECTIONS = re.compile(
    rb"(?im)^#{1,3}[ \t]+(?:motivation|detailed design|proposal|user stories|acceptance criteria|problem statement)\b"
)
ALIKE = 3
"""So many requests in a folder make a numbered file beside them one as well."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RequestList:
    """The requests, sorted by path, and what could not be read."""

    requests: tuple[Request, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_requests(
    checkout: Checkout, folders: tuple[str, ...] = (), *, decisions: AbstractSet[str] = frozenset()
) -> RequestList:
    """The requests of *checkout*: below *folders*, else in usual places or by look; no *decisions*."""
    files = checkout.files()
    known = set(files)
    problems: list[Problem] = []
    wanted = [path for path in files if _is_wanted(path, folders)]
    metadata = at_most(MAX_REQUESTS, [path for path in wanted if path.endswith("/kep.yaml")], problems)
    requests = [_kep(checkout, path, known, problems) for path in metadata]
    described = {posixpath.dirname(path) for path in metadata}
    texts = [
        path for path in wanted if is_text(path) and path not in decisions and posixpath.dirname(path) not in described
    ]
    documents = _read(checkout, at_most(MAX_REQUESTS, texts, problems), problems)
    requests += [read_request(document) for document in _chosen(documents, strict=not folders)]
    if not folders:
        taken = {*texts, *decisions}
        requests += _by_look(checkout, [path for path in files if is_text(path) and path not in taken])
    found = tuple(_with_ids(sorted((request for request in requests if request), key=lambda request: request.path)))
    return RequestList(requests=found, problems=tuple(problems))


def _is_wanted(path: str, folders: tuple[str, ...]) -> bool:
    if folders:
        return any(path.startswith(folder.strip("/") + "/") for folder in folders) and not _of_template(path)
    usual = is_ours(path) if path.endswith("/kep.yaml") else in_request_folder(path)
    return usual and not in_decision_folder(path) and not _of_template(path)


def _of_template(path: str) -> bool:
    return is_template(path) or is_template(posixpath.dirname(path) + "/README.md")


def _kep(checkout: Checkout, path: str, known: AbstractSet[str], problems: list[Problem]) -> Request | None:
    data = checkout.read(path)
    if data is None:
        problems.append(Problem(path=path, message="could not be read"))
        return None
    text, wrong = decode_text(data[:MAX_BYTES], cut=len(data) > MAX_BYTES)
    if text is None:
        problems.append(Problem(path=path, message=wrong))
        return None
    values, error = read_values(text.replace("\r\n", "\n"))
    problems += [Problem(path=path, message=message) for message in (wrong, error) if message]
    readme = posixpath.join(posixpath.dirname(path), "README.md")
    readme = readme if readme in known else ""
    fallback = "" if values.get("title") or not readme else _title(checkout, readme)
    return read_kep(path, FrontMatter(values=values), readme, fallback)


def _title(checkout: Checkout, path: str) -> str:
    document, _ = read_document(path, checkout.read(path) or b"")
    return read_request(document).title if document else ""


def _read(checkout: Checkout, paths: Sequence[str], problems: list[Problem]) -> list[Document]:
    found = []
    for path in paths:
        data = checkout.read(path)
        if data is None:
            problems.append(Problem(path=path, message="could not be read: too large, or not a regular file"))
            continue
        document, wrong = read_document(path, data)
        if document:
            found.append(document)
        problems += wrong if document is None or not is_readme(path) else ()
    return found


def _chosen(documents: list[Document], *, strict: bool) -> list[Document]:
    """The requests among the documents of request folders: by header, by sections, by number."""
    folders: defaultdict[str, list[Document]] = defaultdict(list)
    for document in documents:
        unfilled = is_placeholder(document) and "template" in posixpath.basename(document.path).lower()
        if not is_template(document.path) and not unfilled:
            folders[posixpath.dirname(document.path)].append(document)
    chosen = []
    for beside in folders.values():
        pages = [document for document in beside if not is_readme(document.path) and not _is_page(document)]
        sure = [document for document in pages if looks_like_request(document) or not strict]
        own = [document for document in beside if is_readme(document.path) and looks_like_request(document)]
        chosen += own if own and not sure else sure
    return chosen


def _is_page(document: Document) -> bool:
    """Whether the document is a page about the others by its name, and has no header of its own."""
    return has_other_name(document.path) and "title" not in document.front.values


def looks_like_request(document: Document) -> bool:
    """Whether the document has the header of a request, or three of its usual sections (two and a number or date)."""
    keys = set(header_fields(document)) & _KEYS
    sections = count_sections(document)
    if is_readme(document.path):
        return len(keys) >= 2 and sections >= 2  # noqa: PLR2004
    named = is_named(document.path) and bool(keys or sections >= 2)  # noqa: PLR2004
    return named or len(keys) >= 2 or sections >= 3  # noqa: PLR2004


def is_request(path: str, data: bytes, folders: tuple[str, ...] = ()) -> bool:
    """Whether the file at *path* with these bytes is a request: by its folder (*folders* are named so), or its look."""
    document, _ = read_document(path, data)
    if document is None or is_template(path) or is_placeholder(document):
        return False
    named = in_request_folder(path) or any(path.startswith(f"{folder.rstrip('/')}/") for folder in folders)
    return looks_like_request(document) or (named and not is_readme(path) and not has_other_name(path))


def _by_look(checkout: Checkout, paths: list[str]) -> list[Request]:
    """The requests outside the usual folders, and beside them what is numbered like them."""
    found: list[Document] = []
    maybe: list[Document] = []
    pages = [path for path in paths if is_ours(path) and not _of_template(path) and not is_readme(path)]
    for path in pages[:MAX_LOOKED_AT]:
        data = checkout.read(path)
        opening = (data or b"")[:8_000]
        header, sections = _HEADER.search(opening), _SECTIONS.search(opening)
        if data is None or not (header or (is_numbered(path) and sections)):
            continue
        document, _ = read_document(path, data)
        if document and not is_placeholder(document):
            sure = looks_like_request(document) and (header or count_sections(document) >= 3)  # noqa: PLR2004
            (found if sure else maybe).append(document)
    beside = Counter(posixpath.dirname(document.path) for document in found)
    numbered = [document for document in maybe if is_numbered(document.path)]
    found += [document for document in numbered if beside[posixpath.dirname(document.path)] >= ALIKE]
    return [read_request(document) for document in found]


def count_sections(document: Document) -> int:
    """How many of the usual sections of a request the document has."""
    return len({heading.text.lower() for heading in document.headings if _HEADINGS.match(heading.text)})


def _with_ids(requests: list[Request]) -> list[Request]:
    """Ids `RFE-<name>`; the slug where several share a number, then folder and slug, then a count."""
    names = Counter(request.name.lower() for request in requests)
    slugs = Counter(request.slug.lower() for request in requests)
    taken: set[str] = set()
    found = []
    for request in requests:
        name = request.name if names[request.name.lower()] == 1 else request.slug
        if names[request.name.lower()] > 1 and slugs[request.slug.lower()] > 1:
            folders = request.path.split("/")[:-1]
            name = "-".join([*folders[-2:], request.slug])
        base = re.sub(r"[^\w.-]+", "-", re.sub(r"(?i)^RFE[-_ ]?(?=\d)", "", name)).strip("-.") or "request"
        unique = next(
            base + tail for tail in ("", *(f"-{n}" for n in range(2, len(requests) + 2))) if base + tail not in taken
        )
        taken.add(unique)
        found.append(dataclasses.replace(request, id=f"RFE-{unique}"))
    return found
