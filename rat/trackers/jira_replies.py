"""Jira's JSON as RAT's types. Pure; KeyError, TypeError, ValueError where it is not what Jira documents."""

from collections.abc import Iterator
from typing import Any

from rat.model.readership import STAFF
from rat.model.ticket import Comment, Link, Ticket, TicketRef, TrackerKind
from rat.trackers.jira_forms import INTERNAL_PROPERTY, Form
from rat.trackers.text import clean

FIELDS = "summary,description,status,issuetype,labels,reporter,created,updated,parent,issuelinks,subtasks,security"
"""What RAT reads of an issue; `search/jql` gives only what is asked for."""


def ticket(data: Any, *, form: Form, browse: str, comments: tuple[Comment, ...] = ()) -> Ticket:
    """The issue in *data*; *browse* is the site's address."""
    fields = data["fields"]
    category = ((fields.get("status") or {}).get("statusCategory") or {}).get("key", "")
    return Ticket(
        ref=TicketRef(tracker=TrackerKind.JIRA, key=str(data["key"])),
        title=clean(str(fields["summary"])),
        body=form.description(fields.get("description")),
        declared_type=(fields.get("issuetype") or {}).get("name", ""),
        state="closed" if category == "done" else "open",
        labels=tuple(str(label) for label in fields.get("labels") or ()),
        author=account(fields.get("reporter")),
        url=f"{browse}/browse/{data['key']}",
        created_at=fields.get("created") or "",
        updated_at=str(fields["updated"]),
        comments=comments,
        comment_count=int(fields["comment"]["total"]) if "comment" in fields else None,
        links=tuple(_links(fields, browse)),
        marker=form.child_marker(data),
        restricted_to=str((fields.get("security") or {}).get("name", "")),
    )


def comment(data: Any, *, form: Form, ticket_url: str) -> Comment:
    """The comment in *data*."""
    written = form.comment(data)
    kind = (data.get("author") or {}).get("accountType")  # Data Center has none
    number = str(int(data["id"]))
    return Comment(
        id=number,
        author=account(data.get("author")),
        body=written.markdown,
        raw=written.raw,
        marker=written.marker,
        created_at=data["created"],
        updated_at=data["updated"],
        url=f"{ticket_url}?focusedCommentId={number}",
        is_bot=kind == "app",
        author_name=clean(str((data.get("author") or {}).get("displayName") or "")),
        by_member=kind not in ("app", "customer"),
        restricted_to=readers(data),
    )


def readers(data: Any) -> str:
    """Who alone may read the comment in *data*: a role or a group, the staff of a service desk; empty for everybody.

    https://developer.atlassian.com/cloud/jira/service-desk/jira-service-management-comment-properties/
    """
    visibility = data.get("visibility") or {}
    if visibility:
        return f"{visibility.get('type', 'group')} {visibility.get('value') or visibility.get('identifier', '')}"
    properties = {entry.get("key"): entry.get("value") for entry in data.get("properties") or ()}
    internal = properties.get(INTERNAL_PROPERTY)
    is_internal = isinstance(internal, dict) and str(internal.get("internal")).lower() == "true"
    return STAFF if is_internal or data.get("jsdPublic") is False else ""


def account(data: Any) -> str:
    """What names a user for good: the account id on Cloud, the user name on Data Center; empty for nobody."""
    user = data or {}
    return str(user.get("accountId") or user.get("name") or "")


def _links(fields: Any, browse: str) -> Iterator[Link]:
    related = [("parent", fields.get("parent"))]
    related += [("subtask", child) for child in fields.get("subtasks") or ()]
    for link in fields.get("issuelinks") or ():
        kind = link.get("type") or {}
        related += [(kind.get("inward", "relates to"), link.get("inwardIssue"))]
        related += [(kind.get("outward", "relates to"), link.get("outwardIssue"))]
    for relation, issue in related:
        if issue:
            title = (issue.get("fields") or {}).get("summary", "")
            yield Link(relation=relation, key=str(issue["key"]), title=title, url=f"{browse}/browse/{issue['key']}")
