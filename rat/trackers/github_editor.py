"""What people may have RAT do to an issue beyond comments: its description, labels, sub-issues and what blocks them."""

import contextlib
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from rat.errors import Ambiguous, FieldRefused, TicketNotFound, TrackerError
from rat.model.ticket import Ticket, TicketRef, TrackerKind
from rat.ports import Child
from rat.trackers import github_replies as replies
from rat.trackers.calls import Call, Calls
from rat.trackers.github_pages import PAGE_SIZE, Pages
from rat.trackers.refs import shown, split_issue

_ISSUE_API = re.compile(r".*/repos/([^/]+/[^/]+)/issues/(\d+)")
_MARKER = re.compile(r"<!-- rat:[^\n]*-->")

DESCRIPTION = "description"
"""The only text field of an issue that RAT edits."""


class GitHubEditor:
    """Fulfils `rat.ports.Editor`."""

    def __init__(self, *, calls: Calls, pages: Pages, whoami: Callable[[], str]) -> None:
        self._calls = calls
        self._pages = pages
        self._whoami = whoami

    def field(self, ref: TicketRef, name: str) -> str:
        """The body of the issue, letter by letter. Raises FieldRefused for any other field."""
        _require_description(ref, name)
        call = Call(what=ref.key, path=_issue(ref))
        body: str = self._calls.shaped(lambda data: str(data["body"] or ""), self._calls.read(call), call)
        return body

    def update_field(self, ref: TicketRef, name: str, text: str) -> None:
        """WRITE. Replace the body of the issue."""
        _require_description(ref, name)
        self._patch(ref, {"body": text})

    def add_labels(self, ref: TicketRef, labels: tuple[str, ...]) -> None:
        """WRITE. Put *labels* on the issue; GitHub makes a label that the repository does not have."""
        if labels:
            path = f"{_issue(ref)}/labels"
            self._calls.write(
                Call(what=ref.key, method="POST", path=path, body={"labels": list(labels)}, gives_list=True)
            )

    def remove_labels(self, ref: TicketRef, labels: tuple[str, ...]) -> None:
        """WRITE. Take *labels* off the issue, one by one; one that is not there is no error."""
        for label in labels:
            path = f"{_issue(ref)}/labels/{quote(label, safe='')}"
            try:
                self._calls.write(Call(what=ref.key, method="DELETE", path=path, gives_list=True))
            except TicketNotFound:
                continue

    def children(self, ref: TicketRef) -> tuple[Ticket, ...]:
        """Every sub-issue: https://docs.github.com/rest/issues/sub-issues."""
        call = Call(
            what=f"the sub-issues of {ref.key}",
            path=f"{_issue(ref)}/sub_issues",
            params={"per_page": str(PAGE_SIZE)},
        )
        return tuple(self._pages.entries(call, _child))

    def create_child(self, ref: TicketRef, child: Child) -> Ticket:
        """WRITE. A new issue, made a sub-issue of *ref*.

        That takes two writes. One that was made before and never became a sub-issue (an answer was lost, the run died)
        is found among the newest issues by its marker, and made one now.
        """
        made = self._orphan(ref, child) or self._create(ref, child)
        path = f"{_issue(ref)}/sub_issues"
        try:
            self._calls.write(
                Call(what=f"the sub-issues of {ref.key}", method="POST", path=path, body={"sub_issue_id": made[1]})
            )
        except Ambiguous:
            raise
        except TrackerError as error:
            raise TrackerError(f"{made[0].key} was made, but is no sub-issue of {ref.key} yet: {error}") from error
        return made[0]

    def close_child(self, ref: TicketRef) -> None:
        """WRITE. Close an issue that RAT made, as not planned."""
        self._patch(ref, {"state": "closed", "state_reason": "not_planned"})

    def blockers(self, ref: TicketRef) -> frozenset[str]:
        """The issues that block *ref*: https://docs.github.com/rest/issues/issue-dependencies."""
        return frozenset(self._blocking(ref))

    def add_blocker(self, ref: TicketRef, *, by: TicketRef) -> None:
        """WRITE. Say that *ref* is blocked by another issue; said before is no write."""
        if by.key not in self._blocking(ref):
            body = {"issue_id": self._number(by)}
            self._calls.write(Call(what=ref.key, method="POST", path=_blocked_by(ref), body=body))

    def remove_blocker(self, ref: TicketRef, *, by: TicketRef) -> None:
        """WRITE. Take back that *ref* is blocked by another issue; said by nobody is no write."""
        number = self._blocking(ref).get(by.key)
        if number is not None:
            with contextlib.suppress(TicketNotFound):
                self._calls.write(Call(what=ref.key, method="DELETE", path=f"{_blocked_by(ref)}/{number}"))

    def retract_comment(self, ref: TicketRef, comment_id: str) -> None:
        """WRITE. Delete a comment; one that is gone is no error."""
        what = f"comment {comment_id} of {ref.key}"
        with contextlib.suppress(TicketNotFound):
            self._calls.write(Call(what=what, method="DELETE", path=comment_path(ref, comment_id), bodiless=True))

    def add_remote_link(self, ref: TicketRef, *, url: str, title: str, marker: str) -> None:
        """Refused: an issue has no links of its own but those in its text."""
        raise FieldRefused(f"{ref.key} is an issue of GitHub, which has no place for {title} ({url}, {marker}).")

    def remote_link(self, ref: TicketRef, *, marker: str) -> str:  # noqa: ARG002 - the port's
        """None: an issue has no links of its own."""
        return ""

    def remove_remote_link(self, ref: TicketRef, *, marker: str) -> None:
        """WRITE. Nothing: there is none."""

    def _blocking(self, ref: TicketRef) -> dict[str, int]:
        """The issues that block *ref*, by their keys; the numbers are those of the API, not those that people see."""
        call = Call(what=f"what blocks {ref.key}", path=_blocked_by(ref), params={"per_page": str(PAGE_SIZE)})
        return {ticket.key: number for ticket, number in self._pages.entries(call, _numbered)}

    def _patch(self, ref: TicketRef, body: dict[str, object]) -> None:
        self._calls.write(Call(what=ref.key, method="PATCH", path=_issue(ref), body=body))

    def _number(self, ref: TicketRef) -> int:
        """The id of an issue, which is not the number that people see."""
        call = Call(what=ref.key, path=_issue(ref))
        number: int = self._calls.shaped(lambda data: int(data["id"]), self._calls.read(call), call)
        return number

    def _create(self, ref: TicketRef, child: Child) -> tuple[Ticket, int]:
        repository, _ = split_issue(ref)
        body = {"title": child.title, "body": f"{child.marker}\n{child.text}"}
        call = Call(what=f"a new issue in {repository}", method="POST", path=f"/repos/{repository}/issues", body=body)
        made: tuple[Ticket, int] = self._calls.shaped(_numbered, self._calls.write(call), call)
        return made

    def _orphan(self, ref: TicketRef, child: Child) -> tuple[Ticket, int] | None:
        """The issue with *child*'s marker, by the same author, among the newest of the repository."""
        repository, _ = split_issue(ref)
        call = Call(
            what=f"the newest issues of {repository}",
            path=f"/repos/{repository}/issues",
            params={"state": "open", "sort": "created", "direction": "desc", "per_page": str(PAGE_SIZE)},
        )
        issues = self._calls.shaped(_numbered_list, self._calls.read(call), call)
        found: tuple[Ticket, int] | None = next(
            (one for one in issues if one[0].marker == child.marker and one[0].author == self._whoami()), None
        )
        return found


def _numbered(data: Any) -> tuple[Ticket, int]:
    return _child(data), int(data["id"])


def _numbered_list(data: Any) -> list[tuple[Ticket, int]]:
    if not isinstance(data, list):  # an empty object would say that there is none
        raise TypeError("no list of issues")
    return [_numbered(one) for one in data]


def _child(data: Any) -> Ticket:
    """An issue that may be one that RAT made: its marker is the first line of its text."""
    found = _ISSUE_API.fullmatch(str(data["url"]))
    if found is None:
        raise ValueError("no address of an issue")
    ref = TicketRef(tracker=TrackerKind.GITHUB, key=f"{found[1]}#{found[2]}")
    first = str(data["body"] or "").split("\n", 1)[0].strip()
    return replace(replies.ticket(data, ref=ref), marker=first if _MARKER.fullmatch(first) else "")


def _issue(ref: TicketRef) -> str:
    repository, number = split_issue(ref)
    return f"/repos/{repository}/issues/{number}"


def _blocked_by(ref: TicketRef) -> str:
    return f"{_issue(ref)}/dependencies/blocked_by"


def _require_description(ref: TicketRef, name: str) -> None:
    if name.strip().lower() not in (DESCRIPTION, "body"):
        raise FieldRefused(
            f"{ref.key} is an issue of GitHub, which has no field {name[:60]}. Set `write: region` for this project."
        )


def comment_path(ref: TicketRef, comment_id: str) -> str:
    """The path of a comment of an issue. Raises TrackerError for what is no number of one."""
    repository, _ = split_issue(ref)
    if not (comment_id.isascii() and comment_id.isdecimal()):
        raise TrackerError(f"{shown(comment_id)} is not the number of a comment of {ref.key}.")
    return f"/repos/{repository}/issues/comments/{comment_id}"
