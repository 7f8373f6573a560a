"""A pull request and its tickets: those that it names, and open ones whose impacted files it changes."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rat.model import ImpactedFile, PullRequest, Ticket, TicketRef, TrackerKind
from rat.model.impact import ImpactedTicket, Relation

MAX_NAMED = 10
"""A pull request that names more tickets than this is a release note; the first ones are looked up."""

MAX_OVERLAPPING = 5
LOOKED_AT = 5
"""How many of a ticket's impacted files count: further down the ranking, chance decides."""

_GITHUB = re.compile(r"(?<![\w/.#&-])(?:(?P<repo>[A-Za-z0-9][\w.-]*/[\w.-]+)?#|GH-)(?P<number>[1-9]\d{0,8})\b")
_ISSUE_URL = re.compile(r"https?://[^\s/]+/(?P<repo>[\w.-]+/[\w.-]+)/issues/(?P<number>[1-9]\d{0,8})\b")
_BRANCH = re.compile(
    r"(?:^|[/_-])(?:issues?|gh|fix|feat|feature|bug|bugfix|hotfix|task)[/_-]#?(?P<number>[1-9]\d{0,8})(?=$|[/_-])"
)
_JIRA = re.compile(r"(?<![\w/.-])(?!GH-)(?P<key>[A-Z][A-Z0-9_]{1,19}-[1-9]\d{0,8})(?![\w-])")


@dataclass(frozen=True, kw_only=True, slots=True)
class Naming:
    """A ticket that a pull request names, and where it does: title, branch, description or a commit."""

    ref: TicketRef
    where: str


def named_in(pull: PullRequest, *, repository: str, with_jira: bool) -> tuple[Naming, ...]:
    """The tickets that *pull* names, each once, most telling place first; `#12` means *repository*.

    Jira keys are looked for only *with_jira*: without it "UTF-8" and "PAY-17" cannot be told apart.
    """
    places = [
        ("title", pull.title),
        ("branch", pull.branch),
        ("description", _without_code(pull.body)),
        *(("commit", message) for message in pull.commits),
    ]
    found: dict[TicketRef, Naming] = {}
    for where, text in places:
        for ref in _refs(text, where, repository, with_jira=with_jira):
            if ref.key != pull.key:
                found.setdefault(ref, Naming(ref=ref, where=where))
    return tuple(found.values())[:MAX_NAMED]


def overlapping(
    pull: PullRequest, tickets: Iterable[Ticket], impacted: Callable[[Ticket], tuple[ImpactedFile, ...]]
) -> tuple[ImpactedTicket, ...]:
    """Those of *tickets* whose first impacted files are among the changed ones, most and best shared first."""
    changed = {file.path for file in pull.files}
    scored = []
    for ticket in tickets:
        files = [file.path for file in impacted(ticket)[:LOOKED_AT]]
        shared = [path for path in files if path in changed]
        if shared:
            weight = sum(1 / (1 + files.index(path)) for path in shared)
            scored.append((-weight, ticket.key, _impacted(ticket, Relation.OVERLAPS, shared)))
    return tuple(ticket for _, _, ticket in sorted(scored, key=lambda row: row[:2])[:MAX_OVERLAPPING])


def named_ticket(ticket: Ticket, where: str, pull: PullRequest, files: tuple[ImpactedFile, ...]) -> ImpactedTicket:
    """*ticket*, named by *pull*, with those of its impacted *files* that the pull request changes."""
    changed = {file.path for file in pull.files}
    return _impacted(ticket, Relation.NAMED, [file.path for file in files if file.path in changed], where)


def _impacted(ticket: Ticket, relation: Relation, files: list[str], where: str = "") -> ImpactedTicket:
    return ImpactedTicket(
        key=ticket.key,
        title=ticket.title,
        relation=relation,
        files=tuple(files),
        where=where,
        url=ticket.url,
        state=ticket.state,
    )


def _refs(text: str, where: str, repository: str, *, with_jira: bool) -> Iterable[TicketRef]:
    if where == "branch":
        yield from (_issue(match["number"], repository) for match in _BRANCH.finditer(text) if repository)
    else:
        for match in (*_ISSUE_URL.finditer(text), *_GITHUB.finditer(text)):
            if match["repo"] or repository:
                yield _issue(match["number"], match["repo"] or repository)
    if with_jira:
        keys = _JIRA.finditer(text.upper() if where == "branch" else text)
        yield from (TicketRef(tracker=TrackerKind.JIRA, key=match["key"]) for match in keys)


def _issue(number: str, repository: str) -> TicketRef:
    return TicketRef(tracker=TrackerKind.GITHUB, key=f"{repository}#{number}")


def _without_code(text: str) -> str:
    """*text* without code blocks, code spans and HTML comments: what stands there names nothing."""
    return re.sub(r"```.*?(?:```|\Z)|`[^`\n]*`|<!--.*?(?:-->|\Z)", " ", text, flags=re.DOTALL)
