"""How the issues of our Jira Cloud hang together and move on: links, remote links, workflow."""

from typing import Any

from tests.stand_ins.jira_cloud_store import Refused, Request


def link_types(request: Request) -> tuple[int, Any]:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-link-types/"""
    return 200, {"issueLinkTypes": request.store.link_types}


def link_issues(request: Request) -> tuple[int, Any]:
    """The page of `outwardIssue` shows "is blocked by" and the other; a link that is there already is no second one."""
    request.need("LINK_ISSUES")
    body, store = request.body, request.store
    kind = next((one for one in store.link_types if one["name"] == body["type"].get("name")), None)
    if kind is None:
        raise Refused(404, "No issue link type with the given name exists.")
    blocker, blocked = store.issue(body["inwardIssue"]["key"]), store.issue(body["outwardIssue"]["key"])
    number = store.number()
    for issue, side, other in ((blocker, "outwardIssue", blocked), (blocked, "inwardIssue", blocker)):
        entry = {"type": kind, side: {"key": other["key"], "fields": {"summary": other["fields"]["summary"]}}}
        known = [{name: link[name] for name in link if name != "id"} for link in issue["fields"]["issuelinks"]]
        if entry not in known:
            issue["fields"]["issuelinks"].append({"id": number, **entry})
            issue["fields"]["updated"] = store.now()
    return 201, None


def remote_links(request: Request, key: str) -> tuple[int, Any]:
    """The links to pages elsewhere; with a `globalId` that one alone."""
    request.store.issue(key)
    if "globalId" in request.query:
        return 200, _remote_link(request, key)
    return 200, [link for (issue, _), link in request.store.remote_links.items() if issue == key]


def delete_remote_link(request: Request, key: str) -> tuple[int, Any]:
    """The link with that `globalId` goes."""
    request.need("LINK_ISSUES")
    request.store.issue(key)
    if not request.query.get("globalId"):
        raise Refused(400, errors={"globalId": "'globalId' is required."})
    _remote_link(request, key)
    del request.store.remote_links[key, request.query["globalId"]]
    return 204, None


def delete_link(request: Request, number: str) -> tuple[int, Any]:
    """Both issues lose it."""
    request.need("LINK_ISSUES")
    found = False
    for issue in request.store.issues.values():
        links = issue["fields"]["issuelinks"]
        kept = [link for link in links if link["id"] != number]
        if len(kept) < len(links):
            issue["fields"] |= {"issuelinks": kept, "updated": request.store.now()}
            found = True
    if not found:
        raise Refused(404, f"No issue link with id '{number}' exists.")
    return 204, None


def add_remote_link(request: Request, key: str) -> tuple[int, Any]:
    """A link, or a new text for the one with the same `globalId`."""
    request.need("LINK_ISSUES")
    request.store.issue(key)
    body = request.body
    if not body.get("object", {}).get("title") or not body["object"].get("url"):
        raise Refused(400, errors={"title": "'title' is required."})
    name = (key, body.get("globalId") or request.store.number())
    known = request.store.remote_links.get(name)
    number = known["id"] if known else int(request.store.number())
    link = f"{request.base}/rest/api/3/issue/{key}/remotelink/{number}"
    request.store.remote_links[name] = {"id": number, "self": link, **body}
    return 200 if known else 201, {"id": number, "self": link}


def transitions(request: Request, key: str) -> tuple[int, Any]:
    """The steps that the workflow offers; none to who may not take them."""
    request.store.issue(key)
    steps = request.store.transitions if request.may("TRANSITION_ISSUES") else []
    bare = "transitions.fields" not in request.query.get("expand", "")
    return 200, {
        "expand": "transitions",
        "transitions": [{name: step[name] for name in step if not (bare and name == "fields")} for step in steps],
    }


def transition(request: Request, key: str) -> tuple[int, Any]:
    """Take one of the steps, with what its screen needs."""
    issue = request.store.issue(key)
    steps = request.store.transitions if request.may("TRANSITION_ISSUES") else []
    step = next((one for one in steps if one["id"] == request.body["transition"]["id"]), None)
    if step is None:
        raise Refused(400, "It seems that you have tried to perform a workflow operation that is not valid.")
    given = request.body.get("fields", {})
    for name, field in step.get("fields", {}).items():
        values = [value["name"] for value in field.get("allowedValues", [])]
        if field["required"] and given.get(name, {}).get("name") not in values:
            raise Refused(400, errors={name: f"{field['name']} is required."})
    issue["fields"] |= {**given, "status": step["to"], "updated": request.store.now()}
    return 204, None


def _remote_link(request: Request, key: str) -> Any:
    found = request.store.remote_links.get((key, request.query["globalId"]))
    if found is None:
        raise Refused(404, "The requested remote issue link does not exist.")
    return found
