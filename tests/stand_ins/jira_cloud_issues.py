"""The issues of our Jira Cloud: reading, editing through a screen, properties, search."""

import re
from collections.abc import Mapping
from typing import Any

from tests.stand_ins.jira_cloud_fields import check_fields
from tests.stand_ins.jira_cloud_jql import JqlError, search
from tests.stand_ins.jira_cloud_store import OPEN, PAGE, Refused, Request, Store, user


def get_issue(request: Request, key: str) -> tuple[int, Any]:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/"""
    issue, store = request.store.issue(key), request.store
    asked = request.query.get("properties", "").split(",")
    found = {name: store.properties[issue["key"], name] for name in asked if (issue["key"], name) in store.properties}
    return 200, _shown(issue, request) | ({"properties": found} if found else {})


def create_issue(request: Request) -> tuple[int, Any]:
    """A new issue of any project; a sub-task needs a parent, and hangs below it from then on."""
    request.need("CREATE_ISSUES")
    fields, store = request.body["fields"], request.store
    given = {name: value for name, value in fields.items() if name not in ("project", "issuetype", "parent")}
    check_fields(given, store, store.create_screen)
    kind = _type(fields["issuetype"], store)
    _check_needed(kind, fields, store)
    now, project = store.now(), fields["project"]["key"]
    key = f"{project}-{1 + sum(1 for known in store.issues if known.startswith(project + '-'))}"
    blank: dict[str, Any] = {"labels": [], "description": None, "status": OPEN, "issuelinks": [], "subtasks": []}
    known = {"issuetype": kind, "reporter": user(request.account), "created": now, "updated": now}
    issue = {"id": store.number(), "key": key, "fields": {**blank, **fields, **known}, "comments": []}
    store.issues[key] = issue
    store.properties |= {(key, entry["key"]): entry["value"] for entry in request.body.get("properties", ())}
    if kind.get("subtask"):
        entry = {"id": issue["id"], "key": key, "fields": {"summary": fields["summary"], "status": OPEN}}
        store.issue(fields["parent"]["key"])["fields"]["subtasks"].append(entry)
    return 201, {"id": issue["id"], "key": key, "self": f"{request.base}/rest/api/3/issue/{key}"}


def edit_issue(request: Request, key: str) -> tuple[int, Any]:
    """`fields` replaces, `update` is a list of operations; a field that the screen lacks is an error."""
    issue, body = request.store.issue(key), request.body
    request.need("EDIT_ISSUES")
    if request.query.get("notifyUsers") == "false" and not request.may("ADMINISTER_PROJECTS"):
        raise Refused(403, "To discard the user notification either admin or project admin permissions are required.")
    if set(body) - {"fields", "update", "properties"}:
        raise Refused(400, "Invalid request payload. Refer to the REST API documentation and try again.")
    changed = dict(body.get("fields", {}))
    for name, operations in body.get("update", {}).items():
        value = changed.get(name, issue["fields"].get(name))
        for operation in operations:
            value = _operated(name, value, operation)
        changed[name] = value
    check_fields(changed, request.store, request.store.screen)
    issue["fields"] |= changed | {"updated": request.store.now()}
    return 204, None


def get_property(request: Request, key: str, name: str) -> tuple[int, Any]:
    """A property of an issue."""
    request.store.issue(key)
    if (key, name) not in request.store.properties:
        raise Refused(404, f"The property with key '{name}' does not exist.")
    return 200, {"key": name, "value": request.store.properties[key, name]}


def put_property(request: Request, key: str, name: str) -> tuple[int, Any]:
    """201 for a new one, 200 for a changed one."""
    request.store.issue(key)
    status = 200 if (key, name) in request.store.properties else 201
    request.store.properties[key, name] = request.body
    return status, None


def search_jql(request: Request) -> tuple[int, Any]:
    """The search of today: pages by token, gives the fields that are asked for, the id alone without any."""
    query = request.query
    if set(query) - {"jql", "nextPageToken", "maxResults", "fields", "expand", "fieldsByKeys"}:
        raise Refused(400, f"Unknown query parameters: {', '.join(query)}.")
    try:
        found = search(query.get("jql", ""), list(request.store.issues.values()))
    except JqlError as error:
        raise Refused(400, str(error)) from error
    token = query.get("nextPageToken", "")
    if token and not re.fullmatch(r"page-\d+", token):
        raise Refused(400, "The provided next page token is invalid.")
    start, size = int(token[5:] or 0), min(PAGE, int(query.get("maxResults", 50)))
    page = found[start : start + size]
    last = start + size >= len(found)
    issues = [_shown(issue, request) if query.get("fields") else {"id": issue["id"]} for issue in page]
    return 200, {"issues": issues, "isLast": last, **({} if last else {"nextPageToken": f"page-{start + size}"})}


def gone(request: Request) -> tuple[int, Any]:
    """The search that was taken away: https://developer.atlassian.com/changelog/#CHANGE-2046"""
    raise Refused(410, "The requested API has been removed. Please migrate to the /rest/api/3/search/jql API.")


def _shown(issue: Any, request: Request) -> dict[str, object]:
    asked = request.query.get("fields", "*all").split(",")
    fields = {name: value for name, value in issue["fields"].items() if "*all" in asked or name in asked}
    if "comment" in asked:
        comments = [{"id": comment["id"], "body": comment["body"]} for comment in issue["comments"]]
        fields["comment"] = {"total": len(comments), "maxResults": len(comments), "startAt": 0, "comments": comments}
    return {"id": issue["id"], "key": issue["key"], "self": f"{request.base}/{issue['key']}", "fields": fields}


def _type(asked: Mapping[str, Any], store: Store) -> dict[str, Any]:
    known = [kind for kind in store.types if asked.get("id") == kind["id"] or asked.get("name") == kind["name"]]
    if "id" in asked and not known:
        raise Refused(400, errors={"issuetype": "Specify a valid issue type"})
    return dict(known[0]) if known else dict(asked)


def _check_needed(kind: Mapping[str, Any], fields: Mapping[str, Any], store: Store) -> None:
    if kind.get("subtask") and "parent" not in fields:
        raise Refused(400, errors={"parent": "Issue type is a sub-task but parent issue key or id not specified."})
    needed = [store.customs[name] for name in store.create_screen if name in store.customs]
    errors = {one["key"]: f"{one['name']} is required." for one in needed if one["required"]}
    if errors:
        raise Refused(400, errors=errors)


def _operated(name: str, value: Any, operation: Mapping[str, Any]) -> Any:
    (verb, operand), *more = operation.items()
    if more or verb not in ("add", "remove", "set") or (verb != "set" and not isinstance(value, list)):
        raise Refused(400, errors={name: f"The operation '{verb}' is not allowed here."})
    if verb == "set":
        return operand
    kept = [entry for entry in value if entry != operand]
    return [*kept, operand] if verb == "add" else kept
