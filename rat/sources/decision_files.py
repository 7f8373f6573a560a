"""Which files of a checkout are decisions: by folder, by name, by look."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from rat.ports import Checkout
from rat.sources.decision import CONSEQUENCES, OPTIONS, STATUS
from rat.sources.document import MAX_BYTES, Document, Problem, at_most, read_document
from rat.sources.fields import header_fields
from rat.sources.naming import is_placeholder
from rat.sources.places import (
    has_other_name,
    in_decision_folder,
    in_request_folder,
    is_named,
    is_ours,
    is_readme,
    is_template,
    is_text,
)

MAX_LOOKED_AT = 5_000
MAX_LOOK_BYTES = 60_000_000
MAX_DECISIONS = 5_000

_CONTEXT = re.compile(r"(?i)(?:\d+[.)]\s+)?(?:context|problem statement|background)\b")
_DECISION = re.compile(r"(?i)(?:\d+[.)]\s+)?(?:the |our )?(?:decision|decision outcome|decisions)\s*$")
_GLANCE = re.compile(
    rb"(?im)^(?:#{1,4}|=+)[ \t]*(?:\d+[.)][ \t]*)?(?:(?:the |our )?decisions?(?: outcome)?)[ \t:]*\r?$"
    rb"|^decision\r?\n[-=~^]{4}"
)
_UNFILLED = re.compile(r"(?im)^\W*(?:date|status|deciders)\W+(?:DATE|STATUS|Y{2,4}-?MM-?DD|\[.*|\{.*\|.*)\W*$")
_ADR_NAME = re.compile(r"(?i)(?:.*[-_ ])?adr[-_ ]?\d{1,5}(?:[-_. ]|$)")


def decision_documents(
    checkout: Checkout, folders: tuple[str, ...]
) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    """Every decision of the checkout as a document, sorted by path, and what could not be read.

    Looks below *folders* alone where some are given; else below the usual folders, below the one that `.adr-dir` or
    `.log4brains.yml` names, and for files elsewhere that look like decisions.
    """
    files = [path for path in checkout.files() if is_text(path) and not is_template(path)]
    problems: list[Problem] = []
    named = folders or _declared(checkout)
    below = [path for path in files if _is_below(path, named)]
    usual = [] if folders else [path for path in files if in_decision_folder(path) and not _is_below(path, named)]
    found = _chosen(_read(checkout, at_most(MAX_DECISIONS, [*below, *usual], problems), problems))
    if not folders:
        taken = {*below, *usual}
        found += _by_look(checkout, [path for path in files if path not in taken], problems)
    return tuple(sorted(found, key=lambda document: document.path)), tuple(problems)


def _declared(checkout: Checkout) -> tuple[str, ...]:
    """The folders that adr-tools (`.adr-dir`) and log4brains (`.log4brains.yml`) are told to use."""
    folders = []
    for path in sorted(set(checkout.files()) & {".adr-dir", ".log4brains.yml"}):
        text = (checkout.read(path) or b"")[:20_000].decode(errors="replace")
        written = text.split("\n")[:1] if path == ".adr-dir" else re.findall(r"(?m)^\s*adrFolder:\s*(\S.*)$", text)
        folders += [folder.strip().strip("\"'").removeprefix("./").strip("/") for folder in written if folder.strip()]
    return tuple(folder for folder in folders if folder not in ("", ".") and ".." not in folder)


def _is_below(path: str, folders: Iterable[str]) -> bool:
    return any(path.startswith(folder.strip("/") + "/") or path == folder for folder in folders)


def _read(checkout: Checkout, paths: Sequence[str], problems: list[Problem]) -> list[Document]:
    found = []
    for path in paths:
        data = checkout.read(path)
        if data is None:
            problems.append(Problem(path=path, message="could not be read: too large, or not a regular file"))
            continue
        document, wrong = read_document(path, data)
        problems += wrong
        found += [document] if document else []
    return found


def _chosen(documents: list[Document]) -> list[Document]:
    """The decisions among the documents of decision folders."""
    folders: defaultdict[str, list[Document]] = defaultdict(list)
    for document in documents:
        folders[str(PurePosixPath(document.path).parent)].append(document)
    return [document for beside in folders.values() for document in _of_folder(beside)]


def _of_folder(beside: list[Document]) -> list[Document]:
    """The decisions of one folder: by name or look; and the rest too, where most of their neighbours are decisions."""
    possible = [document for document in beside if is_named(document.path) or not is_placeholder(document)]
    pages = [document for document in possible if not is_readme(document.path) and not has_other_name(document.path)]
    sure = [document for document in pages if is_named(document.path) or _signs(document) >= 2]  # noqa: PLR2004
    if len(sure) >= 2 and 2 * len(sure) >= len(pages):  # noqa: PLR2004
        sure = pages
    if not sure:
        own = [document for document in possible if is_readme(document.path)]
        sure = [document for document in own if is_named(document.path) or looks_like_decision(document)]
    return sure


def _by_look(checkout: Checkout, paths: list[str], problems: list[Problem]) -> list[Document]:
    found = []
    read = 0
    for path in at_most(MAX_LOOKED_AT, [path for path in paths if is_ours(path)], problems):
        data = checkout.read(path)
        read += len(data or b"")
        if read > MAX_LOOK_BYTES:
            problems.append(Problem(path=path, message="files from here on were not searched for decisions: too many"))
            break
        if data is None or not (_GLANCE.search(data[:MAX_BYTES]) or _ADR_NAME.match(PurePosixPath(path).name)):
            continue
        document, _ = read_document(path, data)
        if (
            document
            and not is_placeholder(document)
            and not _UNFILLED.search(document.text[:3_000])
            and looks_like_decision(document)
        ):
            found.append(document)
    return found


def looks_like_decision(document: Document) -> bool:
    """Whether the document has a status and the sections of a decision, or all of those sections."""
    if has_other_name(document.path) or (in_request_folder(document.path) and not in_decision_folder(document.path)):
        return False
    decides = any(_DECISION.match(heading.text) for heading in document.headings)
    return decides and _signs(document) >= 3  # noqa: PLR2004


def _signs(document: Document) -> int:
    """How many of these a document has: a status, a context, a decision, options or consequences."""
    titles = [heading.text for heading in document.headings]
    patterns = (_CONTEXT, _DECISION, CONSEQUENCES, OPTIONS)
    signs = sum(any(pattern.match(title) for title in titles) for pattern in patterns)
    status = any(STATUS.match(title) for title in titles) or bool(header_fields(document).get("status"))
    return signs + status
