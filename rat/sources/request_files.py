"""Which files of a checkout are requests for enhancement, and the requests that they make."""

import dataclasses
import posixpath
import re
from collections import Counter, defaultdict
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from rat.ports import Checkout
from rat.sources.document import MAX_BYTES, Document, Problem, decode_text, read_document
from rat.sources.fields import header_fields
from rat.sources.front_matter import FrontMatter, read_values
from rat.sources.places import (
    has_other_name,
    in_decision_folder,
    in_request_folder,
    is_named,
    is_ours,
    is_placeholder,
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
_LOOK = re.compile(
    rb"(?im)^[-*][ \t]*(?:\*\*)?(?:feature name|rfc pr)(?:\*\*)?:|^#[ \t]*\[?RFE-\w+|^rfe-id:|^kep-number:"
)


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
    metadata = [path for path in wanted if path.rsplit("/", 1)[-1] == "kep.yaml"][:MAX_REQUESTS]
    requests = [_kep(checkout, path, known, problems) for path in metadata]
    described = {posixpath.dirname(path) for path in metadata}
    texts = [
        path for path in wanted if is_text(path) and path not in decisions and posixpath.dirname(path) not in described
    ]
    documents = _read(checkout, texts[:MAX_REQUESTS], problems)
    requests += [read_request(document) for document in _chosen(documents, strict=not folders)]
    if not folders:
        taken = {*texts, *decisions}
        requests += _by_look(checkout, [path for path in files if is_text(path) and path not in taken])
    found = tuple(_with_ids(sorted((request for request in requests if request), key=lambda request: request.path)))
    return RequestList(requests=found, problems=tuple(problems))


def _is_wanted(path: str, folders: tuple[str, ...]) -> bool:
    if folders:
        return any(path.startswith(folder.strip("/") + "/") for folder in folders) and not is_template(
            posixpath.dirname(path)
        )
    kep = path.endswith("/kep.yaml")
    return (
        (kep or in_request_folder(path)) and is_ours(path) and not in_decision_folder(path) and not _of_template(path)
    )


def _of_template(path: str) -> bool:
    return is_template(path) or is_template(posixpath.dirname(path) + "/README.md")


def _kep(checkout: Checkout, path: str, known: AbstractSet[str], problems: list[Problem]) -> Request | None:
    data = checkout.read(path)
    text, wrong = decode_text(data[:MAX_BYTES]) if data is not None else (None, "could not be read")
    if text is None:
        problems.append(Problem(path=path, message=wrong))
        return None
    values, error = read_values(text.replace("\r\n", "\n"))
    problems += [
        Problem(path=path, message=f"{message}; read line by line instead" if message == error else message)
        for message in (wrong, error)
        if message
    ]
    readme = posixpath.join(posixpath.dirname(path), "README.md")
    readme = readme if readme in known else ""
    fallback = "" if values.get("title") or not readme else _title(checkout, readme)
    return read_kep(path, FrontMatter(values=values), readme, fallback)


def _title(checkout: Checkout, path: str) -> str:
    document, _ = read_document(path, checkout.read(path) or b"")
    return read_request(document).title if document else ""


def _read(checkout: Checkout, paths: list[str], problems: list[Problem]) -> list[Document]:
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
        if not is_template(document.path) and not is_placeholder(document):
            folders[posixpath.dirname(document.path)].append(document)
    chosen = []
    for beside in folders.values():
        pages = [document for document in beside if not is_readme(document.path) and not has_other_name(document.path)]
        sure = [document for document in pages if looks_like_request(document) or not strict]
        own = [document for document in beside if is_readme(document.path) and looks_like_request(document)]
        chosen += own if own and not sure else sure
    return chosen


def looks_like_request(document: Document) -> bool:
    """Whether the document has the header of a request, or three of its usual sections (two and a number or date)."""
    keys = set(header_fields(document)) & _KEYS
    sections = {heading.text.lower() for heading in document.headings if _HEADINGS.match(heading.text)}
    if is_readme(document.path):
        return len(keys) >= 2 and len(sections) >= 2  # noqa: PLR2004
    named = is_named(document.path) and bool(keys or len(sections) >= 2)  # noqa: PLR2004
    return named or len(keys) >= 2 or len(sections) >= 3  # noqa: PLR2004


def is_request(path: str, data: bytes, folders: tuple[str, ...] = ()) -> bool:
    """Whether the file at *path* with these bytes is a request: by its folder (*folders* are named so), or its look."""
    document, _ = read_document(path, data)
    if document is None or is_template(path) or is_placeholder(document):
        return False
    named = in_request_folder(path) or any(path.startswith(f"{folder.rstrip('/')}/") for folder in folders)
    return looks_like_request(document) or (named and not is_readme(path) and not has_other_name(path))


def _by_look(checkout: Checkout, paths: list[str]) -> list[Request]:
    found = []
    for path in [path for path in paths if is_ours(path) and not _of_template(path) and not is_readme(path)][
        :MAX_LOOKED_AT
    ]:
        data = checkout.read(path)
        if data is None or not _LOOK.search(data[:4_000]):
            continue
        document, _ = read_document(path, data)
        if document and not is_placeholder(document) and looks_like_request(document):
            found.append(read_request(document))
    return found


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
