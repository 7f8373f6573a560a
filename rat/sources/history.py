"""What past commits say: those that read like the ticket or touched its files, what they name, how large they were."""

import dataclasses
import re
from collections.abc import Sequence

from rat.model import Commit, Evidence, EvidenceKind, Refinement
from rat.search.words import words
from rat.sources.library import Library
from rat.sources.ranking import Index, bag
from rat.sources.relevance import few, original_words, query_of

MOST = 4
MOST_NAMED = 3
SHORT_SHA = 10
MAX_MESSAGE = 1_500
MAX_FILES = 60
"""A commit with more files is a sweep (a release, a reformatting) and says nothing about one ticket."""

_TRAILER = re.compile(
    r"(?im)^(?:signed-off-by|co-authored-by|reviewed-by|acked-by|change-id|cc|tested-by|git-svn-id):.*$"
)
_NAMED = re.compile(
    r"(?<![\w/])(?P<repo>[\w.-]+/[\w.-]+)?#(?P<number>\d{1,7})\b|\b(?P<jira>[A-Z][A-Z0-9]{1,9}-\d{1,6})\b"
    r"|/(?:issues|pull)/(?P<url>\d{1,7})\b"
)
_NOT_A_TICKET = re.compile(r"(?:UTF|SHA|ISO|RFC|CVE|GHSA|HTTP|AES|MD|CP|RSA|TLS|PEP|ADR|RFE|KEP|CWE|ES|IPV|X)-?\d")


def gather(refinement: Refinement, library: Library) -> Refinement:
    """*refinement* with the commits that matter for its ticket, and the range of size of such changes."""
    commits = [commit for commit in library.commits() if len(commit.files) <= MAX_FILES]
    index = library.once("index of commits", lambda: Index(_words(commit) for commit in commits))
    impacted = {file.path for file in refinement.impacted_files}
    text = f"{refinement.ticket.title}\n{refinement.ticket.body}"
    query = {word: count for word, count in query_of(refinement.ticket).items() if index.weight(word) > 0}
    found: dict[str, tuple[Commit, list[str]]] = {}
    for commit in commits:
        if refinement.ticket.key and refinement.ticket.key in named_in(commit):
            found[commit.sha] = (commit, ["names this ticket"])
    for hit in few(index.rank(query), most=MOST):
        found.setdefault(commits[hit.at].sha, (commits[hit.at], []))[1].append(
            f"reads like it: {original_words(hit.shared, text)}"
        )
    for commit in _touching(commits, refinement)[: MOST - 1]:
        found.setdefault(commit.sha, (commit, []))
    chosen = list(found.values())[: 2 * MOST]
    evidence = tuple(_evidence(commit, (*reasons, *_facts(commit, impacted))) for commit, reasons in chosen)
    alike = [commit for commit, reasons in chosen if reasons and commit.files]
    return dataclasses.replace(refinement, evidence=(*refinement.evidence, *evidence), size=size_range(alike))


def _words(commit: Commit) -> dict[str, float]:
    return bag((words(commit.subject), 2.0), (words(_TRAILER.sub("", commit.body)[:MAX_MESSAGE]), 1.0))


def _touching(commits: Sequence[Commit], refinement: Refinement) -> list[Commit]:
    """The newest commits that changed two or more of the first impacted files, or the first one of all."""
    first = [file.path for file in refinement.impacted_files[:5]]
    several = [commit for commit in commits if len(set(first) & set(commit.files)) >= 2]  # noqa: PLR2004
    return several or [commit for commit in commits if first and first[0] in commit.files]


def named_in(commit: Commit) -> tuple[str, ...]:
    """The tickets and pull requests that a commit's message names: `#12`, `owner/repo#12`, `PAY-17`."""
    found = []
    for match in _NAMED.finditer(f"{commit.subject}\n{commit.body[:MAX_MESSAGE]}"):
        number = match["number"] or match["url"]
        if number:
            found.append(f"{match['repo'] or ''}#{number}")
        elif match["jira"] and not _NOT_A_TICKET.match(match["jira"]):
            found.append(match["jira"])
    return tuple(dict.fromkeys(found))


def _facts(commit: Commit, impacted: set[str]) -> tuple[str, ...]:
    shared = [path for path in commit.files if path in impacted]
    named = named_in(commit)[:4]
    more = f" and {len(shared) - MOST_NAMED} more" if len(shared) > MOST_NAMED else ""
    facts = (
        f"changed {', '.join(shared[:MOST_NAMED])}{more}" if shared else "",
        f"names {', '.join(named)}" if named else "",
    )
    return (*filter(None, facts), _files(len(commit.files)))


def _files(count: int) -> str:
    return f"{count} file" if count == 1 else f"{count} files"


def _evidence(commit: Commit, reasons: tuple[str, ...]) -> Evidence:
    body = _TRAILER.sub("", commit.body).strip()
    return Evidence(
        id=commit_id(commit),
        kind=EvidenceKind.COMMIT,
        title=commit.subject,
        text=f"{commit.subject}\n\n{body}"[:MAX_MESSAGE].strip(),
        status=commit.date[:10],
        reasons=reasons,
    )


def commit_id(commit: Commit) -> str:
    """The evidence id of a commit."""
    return f"commit:{commit.sha[:SHORT_SHA]}"


def size_range(commits: Sequence[Commit]) -> str:
    """How many files such changes touched, with each example; "" with fewer than two examples."""
    if len(commits) < 2:  # noqa: PLR2004
        return ""
    sizes = sorted(len(commit.files) for commit in commits)
    examples = ", ".join(f"{commit_id(commit)}: {len(commit.files)}" for commit in commits)
    span = f"{sizes[0]} to {sizes[-1]} files" if sizes[0] != sizes[-1] else f"{_files(sizes[0])} each"
    return f"similar changes touched {span} ({examples})"
