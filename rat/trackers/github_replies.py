"""GitHub's JSON as RAT's types. Pure; KeyError, TypeError, ValueError where it is not what GitHub documents."""

import base64
import re
from collections.abc import Callable
from functools import partial
from typing import Any

from rat.model.pull_request import ChangedFile, PullRequest
from rat.model.ticket import Comment, Link, Ticket, TicketRef, TrackerKind
from rat.ports import Draft
from rat.trackers.text import clean

MAX_PATCH = 20_000
"""Characters of a file's diff that are kept: more is not read by anybody."""

GHOST = "ghost"
"""Who GitHub shows as the author when the account is gone."""

MEMBERS = ("OWNER", "MEMBER", "COLLABORATOR")
"""Of GitHub's `author_association`: https://docs.github.com/graphql/reference/enums#commentauthorassociation"""

_MARKER = re.compile(r"<!-- rat:[^\n]*-->")
_ISSUE_API = re.compile(r".*/repos/([^/]+/[^/]+)/issues/(\d+)")


def ticket(data: Any, *, ref: TicketRef, comments: tuple[Comment, ...] = ()) -> Ticket:
    """The issue in *data* (https://docs.github.com/rest/issues/issues#get-an-issue)."""
    return Ticket(
        ref=ref,
        title=clean(str(data["title"])),
        body=clean(data["body"] or ""),
        declared_type=(data.get("type") or {}).get("name", ""),
        state=str(data["state"]),
        locked=bool(data.get("locked")),
        labels=tuple(label if isinstance(label, str) else label["name"] for label in data.get("labels", ())),
        author=_login(data),
        url=data.get("html_url", ""),
        created_at=data.get("created_at", ""),
        updated_at=data["updated_at"],
        comments=comments,
        comment_count=data.get("comments"),
        links=_links(data),
    )


def listed(repository: str) -> Callable[[Any], Ticket | None]:
    """What decodes an entry of a list of issues of *repository*: None for a pull request, which GitHub lists too."""

    def decode(data: Any) -> Ticket | None:
        ref = TicketRef(tracker=TrackerKind.GITHUB, key=f"{repository}#{int(data['number'])}")
        return None if data.get("pull_request") else ticket(data, ref=ref)

    return decode


def comment(data: Any) -> Comment:
    """The comment in *data* (https://docs.github.com/rest/issues/comments); *raw* is its text as GitHub stores it."""
    raw = data["body"] or ""
    first = raw.split("\n", 1)[0].strip()
    return Comment(
        id=str(int(data["id"])),
        author=_login(data),
        body=clean(raw),
        raw=raw,
        created_at=data["created_at"],
        updated_at=data["updated_at"],
        url=data.get("html_url", ""),
        is_bot=(data.get("user") or {}).get("type") == "Bot" or _login(data).endswith("[bot]"),
        by_member=data.get("author_association") in MEMBERS,
        marker=first if _MARKER.fullmatch(first) else "",
        reactions=int((data.get("reactions") or {}).get("total_count") or 0),
    )


def marked(draft: Draft) -> str:
    """The text to send: it carries its marker, which GitHub hides, as its first line."""
    return draft.text if draft.marker in draft.text else f"{draft.marker}\n{draft.text}"


def pull_request(data: Any, *, key: str) -> Callable[..., PullRequest]:
    """The pull request in *data*, still without its commits and files (https://docs.github.com/rest/pulls/pulls)."""
    head, base = data["head"], data["base"]
    return partial(
        PullRequest,
        key=key,
        title=clean(str(data["title"])),
        body=clean(data["body"] or ""),
        branch=head["ref"],
        base=base["ref"],
        head_sha=head["sha"],
        author=_login(data),
        url=data.get("html_url", ""),
        state="merged" if data.get("merged") else str(data["state"]),
        updated_at=data["updated_at"],
        from_fork=_repository(head) != _repository(base),
    )


def message(data: Any) -> str:
    """The message of a commit in a pull request's list."""
    return clean(str(data["commit"]["message"]))


def changed_file(data: Any) -> ChangedFile:
    """A file in a pull request's list."""
    patch = clean(str(data.get("patch") or ""))[:MAX_PATCH]
    return ChangedFile(path=str(data["filename"]), status=str(data["status"]), patch=patch)


def file_content(data: Any) -> bytes | None:
    """The bytes of a file; None for a folder, a submodule, or a file that is too large to be sent along."""
    content = data.get("content") if isinstance(data, dict) else None
    return base64.b64decode(content) if content else None


def _login(data: Any) -> str:
    return str((data.get("user") or {}).get("login") or GHOST)


def _repository(end: Any) -> str:
    """The repository that a branch lies in; empty when it is gone, which only a fork can be."""
    return str((end.get("repo") or {}).get("full_name", "")).lower()


def _links(data: Any) -> tuple[Link, ...]:
    found = _ISSUE_API.fullmatch(data.get("parent_issue_url") or "")
    return (Link(relation="parent", key=f"{found[1]}#{found[2]}"),) if found else ()


def is_blocked(data: Any) -> bool:
    """Whether an issue says that others block it; a GitHub without dependencies says nothing."""
    summary = data.get("issue_dependencies_summary")
    return isinstance(summary, dict) and bool(summary.get("blocked_by"))


def blocker(data: Any) -> Link:
    """An issue in the list of those that block another."""
    found = _ISSUE_API.fullmatch(data["url"])
    key = f"{found[1]}#{found[2]}" if found else f"#{int(data['number'])}"
    state = "blocked by" if data["state"] == "open" else "was blocked by"
    return Link(relation=state, key=key, title=clean(str(data["title"])), url=data.get("html_url", ""))
