"""Where decisions and requests live in a checkout, and which files are neither: templates, indexes, samples."""

import re
from pathlib import PurePosixPath

from rat.sources.document import SUFFIXES
from rat.sources.naming import stem_of

_DECISIONS = re.compile(
    r"(?:adrs?|m?adr-?log|.*decisions?-?records?|(?:architectur(?:e|al)|design|technical|tech|key)-?decisions?"
    r"|decisions?|decision-?logs?)$"
)
_REQUESTS = re.compile(
    r"(?:rfes?|rfcs?|keps?|[ptojr]eps?|enhancements?|(?:enhancement-|design-|feature-)?(?:proposals?|requests?)"
    r"|specs?|blueprints?|prds?)$"
)
_NOT_OURS = re.compile(
    r"(?:tests?|testdata|test-?data|.*-tests?|__tests__|.*fixtures?(?:__)?|testing|mocks?|samples?|examples?"
    r"|node-?modules|vendor|third-?party"
    r"|site-packages|dist|build|assets|templates?|skeletons?|scaffold(?:ing|s)?|boilerplates?|archetypes?)$"
)
_NOT_THERE = re.compile(r"(?:test-?data|fixtures?|node-?modules|vendor|templates?|assets|images?|\..*)$")
_HIDDEN = re.compile(r"\.(?!adr\b|decisions\b)")
_TEMPLATE_WORDS = frozenset(
    """the new my odh adr adrs madr rfc rfcs rfe rfes kep keps pep prd spec enhancement proposal decision record
    architecture architectural short long bare minimal full simple nygard log4brains default example sample markdown
    document feature request design""".split()  # noqa: SIM905
)
_BLANK = re.compile(r"(?:\d+|[nxymd]+)$")
_OTHER_NAMES = re.compile(
    r"(?i)(?:_?index|_?sidebar|_?toc|summary|contributing|change-?log|glossary|faq|about|overview"
    r"|guide(?:lines)?|process|licen[sc]e|authors|maintainers"
    r"|code[-_]of[-_]conduct|security|how-?to\b.*|(?:adr|rfc|decision)s?-?(?:log|list|index|overview|guide"
    r"|process)|decisions|adrs?|backlog|todo|notes)$"
)
_NAMED = re.compile(
    r"(?i)(?:.*\b)?(?:(?:adr|dr|rfc|rfe|kep|decision)[-_ ]?\d{1,5}|\d{1,5}[-_. ]|\d{4}-\d{2}-\d{2}|\d{8}[-_])"
)


def is_text(path: str) -> bool:
    """Whether the suffix of *path* is one of a text document."""
    return path.lower().endswith(SUFFIXES)


def in_decision_folder(path: str) -> bool:
    """Whether a folder above *path* has one of the usual names for decisions, in a place that is the project's own."""
    return _below(path, _DECISIONS)


def in_request_folder(path: str) -> bool:
    """Whether a folder above *path* has one of the usual names for requests, in a place that is the project's own."""
    return _below(path, _REQUESTS)


def is_ours(path: str) -> bool:
    """Whether *path* lies neither among tests, samples and templates, nor in other people's code or a hidden folder."""
    return not any(_is_foreign(folder) for folder in PurePosixPath(path).parts[:-1])


def is_named(path: str) -> bool:
    """Whether the file (or the folder of a README) has a number, a date or "ADR-…" in its name."""
    return bool(_NAMED.match(stem_of(path) + "-"))


def is_numbered(path: str) -> bool:
    """Whether the file's (or its folder's) name begins with a number that is no date."""
    stem = stem_of(path) + "-"
    return bool(re.match(r"(?:[A-Za-z]{2,8}-)?\d{1,5}[-_. ]", stem)) and not re.match(r"\d{4}-\d\d-", stem)


def is_readme(path: str) -> bool:
    """Whether *path* is the page that a folder opens with."""
    return PurePosixPath(path).name.split(".")[0].lower() in ("readme", "index", "_index")


def is_template(path: str) -> bool:
    """Whether the name of the file, or of the folder of a README, says that it is a template."""
    return any(_is_template_name(name) for name in (stem_of(path), PurePosixPath(path).stem))


def _is_template_name(name: str) -> bool:
    """Whether *name* is "template" and nothing but words such as "adr", "short", "NNNN" or a number besides."""
    parts = [part for part in re.split(r"[-_. ]+", name.lower()) if part]
    others = [part for part in parts if part not in ("template", "templates") and part not in _TEMPLATE_WORDS]
    return any(part.startswith("template") for part in parts) and all(map(_BLANK.match, others))


def has_other_name(path: str) -> bool:
    """Whether the file's name is that of a page about the others: a list, a guide, a glossary."""
    return bool(_OTHER_NAMES.match(PurePosixPath(path).name.split(".")[0]))


def _below(path: str, names: re.Pattern[str]) -> bool:
    """Whether *names* matches a folder above *path* that is ours; below it, `0012-load-tests` is fine."""
    folders = PurePosixPath(path).parts[:-1]
    first = next((at for at, folder in enumerate(folders) if names.match(_folder(folder))), None)
    if first is None or any(_is_foreign(folder) for folder in folders[: first + 1]):
        return False
    return not any(_NOT_THERE.match(_folder(folder)) for folder in folders[first + 1 :])


def _is_foreign(folder: str) -> bool:
    return bool(_NOT_OURS.match(_folder(folder)) or _HIDDEN.match(folder))


def _folder(name: str) -> str:
    return re.sub(r"[ _]+", "-", name.lower())
