"""The issues of our Jira Cloud: reading, editing through a screen, properties, search."""

import re
from collections.abc import Mapping
from typing import Any

from tests.stand_ins.jira_cloud_adf import adf_problem
from tests.stand_ins.jira_cloud_jql import JqlError, search
from tests.stand_ins.jira_cloud_store import OPEN, PAGE, Refused, Request, Store, user


def get_issue(request: Request, key: str) -> tuple[int, Any]:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/"""
    return 200, _shown(request.store.issue(key), request)


def create_issue(request: Request) -> tuple[int, Any]:
    """A new issue of any project."""
    fields, store = request.body["fields"], request.store
    _check_fields(
        {name: value for name, value in fields.items() if name not in ("project", "issuetype", "parent")}, store
    )
    project = fields["project"]["key"]
    key = f"{project}-{1 + sum(1 for known in store.issues if known.startswith(project + '-'))}"
    now = store.now()
    store.issues[key] = {
        "id": store.number(),
        "key": key,
        "fields": {
            "labels": [],
            "description": None,
            "status": OPEN,
            "issuelinks": [],
            "subtasks": [],
            **fields,
            "reporter": user(request.account),
            "created": now,
            "updated": now,
        },
        "comments": [],
    }
    return 201, {"id": store.issues[key]["id"], "key": key, "self": f"{request.base}/rest/api/3/issue/{key}"}


def edit_issue(request: Request, key: str) -> tuple[int, Any]:
    """`fields` replaces, `update` is a list of operations; a field that the screen lacks is an error."""
    issue, body = request.store.issue(key), request.body
    if set(body) - {"fields", "update", "properties"}:
        raise Refused(400, "Invalid request payload. Refer to the REST API documentation and try again.")
    _check_fields(body.get("fields", {}), request.store)
    changed = dict(body.get("fields", {}))
    for name, operations in body.get("update", {}).items():
        _check_fields({name: None}, request.store)
        value = changed.get(name, issue["fields"].get(name))
        for operation in operations:
            value = _operated(name, value, operation)
        changed[name] = value
    _check_fields(changed, request.store)
    issue["fields"] |= changed | {"updated": request.store.now()}
    return 204, None


def edit_meta(request: Request, key: str) -> tuple[int, Any]:
    """The fields of the screen, and what may be done with them."""
    request.store.issue(key)
    operations = {"labels": ["add", "set", "remove"]}
    return 200, {
        "fields": {
            name: {
                "key": name,
                "name": name.capitalize(),
                "operations": operations.get(name, ["set"]),
                "required": name == "summary",
                "schema": {"type": "array", "items": "string"} if name == "labels" else {"type": "string"},
            }
            for name in sorted(request.store.screen)
        }
    }


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
    return status, {}


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
    return {"id": issue["id"], "key": issue["key"], "self": f"{request.base}/{issue['key']}", "fields": fields}


def _check_fields(fields: Mapping[str, Any], store: Store) -> None:
    for name, value in fields.items():
        if name not in store.screen:
            message = f"Field '{name}' cannot be set. It is not on the appropriate screen, or unknown."
            raise Refused(400, errors={name: message})
        if name == "description" and value is not None and (problem := adf_problem(value)):
            raise Refused(400, errors={name: f"Operation value must be an Atlassian Document: {problem}"})
        if name == "summary" and value is not None and not 0 < len(str(value)) <= 255:
            raise Refused(400, errors={name: "Summary must be between 1 and 255 characters."})


def _operated(name: str, value: Any, operation: Mapping[str, Any]) -> Any:
    (verb, operand), *more = operation.items()
    if more or verb not in ("add", "remove", "set") or (verb != "set" and not isinstance(value, list)):
        raise Refused(400, errors={name: f"The operation '{verb}' is not allowed here."})
    if verb == "set":
        return operand
    kept = [entry for entry in value if entry != operand]
    return [*kept, operand] if verb == "add" else kept
