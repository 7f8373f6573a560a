"""Links of a Jira issue: to the issues that block it, and to pages elsewhere."""

import contextlib
from typing import Any
from urllib.parse import urlsplit

from rat.errors import FieldRefused, TicketNotFound
from rat.model.ticket import TicketRef
from rat.trackers.calls import Call
from rat.trackers.jira_site import Site
from rat.trackers.refs import shown

_BLOCKS = "blocks"
_LONGEST = 255
"""Letters of a `globalId`, and of a title."""


def read_blockers(site: Site, ref: TicketRef) -> frozenset[str]:
    """The keys of the issues that block *ref*. Raises FieldRefused without such links."""
    return frozenset(key for key, _ in _blocking(site, ref, _link_type(site)))


def add_blocker(site: Site, ref: TicketRef, by: TicketRef) -> None:
    """WRITE. Say that *ref* is blocked by *by*; said before is no write. Raises FieldRefused without such links.

    `inwardIssue` is the one that blocks, whatever its name suggests: Jira shows `inward` ("is blocked by") on the page
    of `outwardIssue`. https://developer.atlassian.com/cloud/jira/platform/issue-linking-model/
    """
    site.issue(by)
    kind = _link_type(site)
    if by.key in {key for key, _ in _blocking(site, ref, kind)}:
        return
    body = {"type": {"name": kind}, "inwardIssue": {"key": by.key}, "outwardIssue": {"key": ref.key}}
    what = f"a link from {by.key} to {ref.key}"
    site.calls.write(Call(what=what, method="POST", path=f"{site.api}/issueLink", body=body, bodiless=True))


def remove_blocker(site: Site, ref: TicketRef, by: TicketRef) -> None:
    """WRITE. Take back that *ref* is blocked by *by*; said by nobody is no write."""
    for key, number in _blocking(site, ref, _link_type(site)):
        if key == by.key:
            what = f"the link from {by.key} to {ref.key}"
            path = f"{site.api}/issueLink/{number}"
            with contextlib.suppress(TicketNotFound):
                site.calls.write(Call(what=what, method="DELETE", path=path, bodiless=True))


def read_remote_link(site: Site, ref: TicketRef, *, marker: str) -> str:
    """The address of the remote link with this *marker* and its title, a line each; empty where there is none."""
    params = {"globalId": marker}
    call = Call(what=f"a remote link of {ref.key}", path=f"{site.issue(ref)}/remotelink", params=params)
    try:
        return site.read(call, lambda data: _shown(data, marker))
    except TicketNotFound:
        return ""


def remove_remote_link(site: Site, ref: TicketRef, *, marker: str) -> None:
    """WRITE. Take the remote link with this *marker* off; one that is gone is no error."""
    path, params = f"{site.issue(ref)}/remotelink", {"globalId": marker}
    call = Call(what=f"a remote link of {ref.key}", method="DELETE", path=path, params=params, bodiless=True)
    with contextlib.suppress(TicketNotFound):
        site.calls.write(call)


def add_remote_link(site: Site, ref: TicketRef, *, url: str, title: str, marker: str) -> None:
    """WRITE. A link to a page; the one with the same *marker* is replaced, so that a second time does no harm."""
    if urlsplit(url).scheme not in ("http", "https") or not 0 < len(marker) <= _LONGEST or len(title) > _LONGEST:
        raise FieldRefused(
            f"{ref.key} takes no remote link to {shown(url)} called {shown(title)}: it needs a web address, and a "
            f"title and a marker of at most {_LONGEST} letters."
        )
    body = {"globalId": marker, "object": {"url": url, "title": title}}
    call = Call(what=f"a remote link of {ref.key}", method="POST", path=f"{site.issue(ref)}/remotelink", body=body)
    site.write(call, lambda data: int(data["id"]))


def _link_type(site: Site) -> str:
    """The name of the type of link with which an issue blocks another."""
    call = Call(what="the types of links", path=f"{site.api}/issueLinkType")
    kinds = site.read(call, lambda data: [(str(kind["name"]), str(kind["outward"])) for kind in data["issueLinkTypes"]])
    found = [name for name, _ in kinds if name.casefold() == _BLOCKS]
    found += [name for name, outward in kinds if outward.casefold() == _BLOCKS]
    if not found:
        raise FieldRefused(
            "This Jira has no links of the type Blocks. An administrator can add one under Issue linking."
        )
    return found[0]


def _blocking(site: Site, ref: TicketRef, kind: str) -> list[tuple[str, str]]:
    """The keys of the issues that block *ref* by a link of this *kind*, and the numbers of the links."""
    call = Call(what=f"the links of {ref.key}", path=site.issue(ref), params={"fields": "issuelinks"})
    return site.read(
        call,
        lambda data: [
            (str(link["inwardIssue"]["key"]), str(int(link["id"])))
            for link in data["fields"].get("issuelinks") or ()
            if (link.get("type") or {}).get("name") == kind and link.get("inwardIssue")
        ],
    )


def _shown(data: Any, marker: str) -> str:
    """With a `globalId` Jira gives that link alone, which is documented; a list is put up with."""
    for link in data if isinstance(data, list) else [data]:
        if link.get("globalId") == marker:
            return f"{link['object']['url']}\n{link['object'].get('title', '')}"
    return ""
