"""The comments of our Jira Cloud: ADF only, with properties."""

from typing import Any

from tests.stand_ins.jira_cloud_adf import adf_problem
from tests.stand_ins.jira_cloud_store import PAGE, Refused, Request, user


def list_comments(request: Request, key: str) -> tuple[int, Any]:
    """One page of comments, 100 at most."""
    comments = request.store.issue(key)["comments"]
    start, size = int(request.query.get("startAt", 0)), min(PAGE, int(request.query.get("maxResults", PAGE)))
    page = [_comment(comment, request) for comment in comments[start : start + size]]
    return 200, {"startAt": start, "maxResults": size, "total": len(comments), "comments": page}


def add_comment(request: Request, key: str) -> tuple[int, Any]:
    """A comment in ADF, with its properties."""
    issue, now = request.store.issue(key), request.store.now()
    comment = {
        "id": request.store.number(),
        "key": key,
        "author": user(request.account),
        "created": now,
        **_written(request.body, now),
    }
    issue["comments"].append(comment)
    issue["fields"]["updated"] = now
    return 201, _comment(comment, request)


def get_comment(request: Request, key: str, number: str) -> tuple[int, Any]:
    """One comment."""
    return 200, _comment(_found(request.store.issue(key), number), request)


def edit_comment(request: Request, key: str, number: str) -> tuple[int, Any]:
    """Only its author may edit a comment here; the real one leaves that to the permission scheme."""
    issue, now = request.store.issue(key), request.store.now()
    comment = _found(issue, number)
    if comment["author"]["accountId"] != request.account:
        raise Refused(400, "You do not have permission to edit this comment.")
    properties = comment["properties"]
    comment |= _written(request.body, now)
    comment["properties"] = properties | comment["properties"]
    issue["fields"]["updated"] = now
    return 200, _comment(comment, request)


def delete_comment(request: Request, key: str, number: str) -> tuple[int, Any]:
    """The comment is gone for good."""
    issue = request.store.issue(key)
    issue["comments"].remove(_found(issue, number))
    issue["fields"]["updated"] = request.store.now()
    return 204, None


def _comment(comment: Any, request: Request) -> dict[str, object]:
    shown = {name: comment[name] for name in ("id", "author", "body", "created", "updated")}
    shown["jsdPublic"] = not comment["properties"].get("sd.public.comment", {}).get("internal")
    shown |= {"visibility": comment["visibility"]} if comment["visibility"] else {}
    shown["self"] = f"{request.base}/rest/api/3/issue/{comment['key']}/comment/{comment['id']}"
    if "properties" in request.query.get("expand", ""):
        shown["properties"] = [{"key": name, "value": value} for name, value in comment["properties"].items()]
    return shown


def _written(body: Any, now: str) -> dict[str, object]:
    if set(body) - {"body", "properties", "visibility"}:
        raise Refused(400, "Invalid request payload. Refer to the REST API documentation and try again.")
    if problem := adf_problem(body.get("body")):
        raise Refused(400, errors={"comment": f"INVALID_INPUT: {problem}"})
    properties = {entry["key"]: entry["value"] for entry in body.get("properties", [])}
    visibility = body.get("visibility")
    if visibility and (visibility.get("type") not in ("role", "group") or not visibility.get("value")):
        raise Refused(400, errors={"commentLevel": "Invalid comment visibility."})
    return {"body": body["body"], "updated": now, "properties": properties, "visibility": visibility}


def _found(issue: Any, number: str) -> Any:
    for comment in issue["comments"]:
        if comment["id"] == number:
            return comment
    raise Refused(404, f"Can not find a comment for the id: {number}.")
