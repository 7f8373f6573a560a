"""What Jira Data Center has and jira820 lacks, or answers without doing: added to it, in front of its own routes.

The paths and forms are those of https://docs.atlassian.com/software/jira/docs/api/REST/9.12.0/.
"""

from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response

_SYSTEM = ("summary", "description")


class Additions:
    """What *world* (jira820's store) answers besides. *editors* may edit; *customs* stand on every edit screen."""

    def __init__(self, world: Any, *, editors: set[str], customs: dict[str, dict[str, Any]]) -> None:
        self.world = world
        self.editors = editors
        self.customs = customs
        self.properties: dict[tuple[str, str], Any] = {}

    def add_to(self, app: FastAPI) -> None:
        """Put the routes in front of those that *app* has."""
        one = "/rest/api/2/issue/{key}"
        for method, path, answer in (
            ("GET", f"{one}/comment/{{comment_id}}", self.comment),
            ("PUT", one, self.edit),
            ("GET", one, self.issue),
            ("GET", f"{one}/editmeta", self.edit_meta),
            ("GET", "/rest/api/2/issue/createmeta/{project}/issuetypes", self.types),
            ("GET", "/rest/api/2/issue/createmeta/{project}/issuetypes/{number}", self.screen),
            ("GET", "/rest/api/2/user/permission/search", self.permitted),
            ("GET", "/rest/api/2/mypermissions", self.rights),
            ("GET", f"{one}/remotelink", self.remote_link),
            ("DELETE", f"{one}/remotelink", self.delete_remote_link),
            ("GET", f"{one}/properties/{{name}}", self.get_property),
            ("PUT", f"{one}/properties/{{name}}", self.put_property),
        ):
            app.add_api_route(path, answer, methods=[method], response_model=None)
            app.router.routes.insert(0, app.router.routes.pop())

    def comment(self, key: str, comment_id: str) -> Response:
        """One comment."""
        found = [one for one in self.world.jira_comments(key) if one["id"] == comment_id]
        return JSONResponse(found[0]) if found else _missing(f"Can not find a comment for the id: {comment_id}.")

    async def edit(self, key: str, request: Request) -> Response:
        """`fields` and `update`, of which jira820 ignores the latter."""
        body, issue = await request.json(), self.world.get_issue(key)
        fields = dict(body.get("fields", {}))
        for operation in body.get("update", {}).get("labels", []):
            ((verb, label),) = operation.items()
            kept = [one for one in fields.get("labels", issue["labels"]) if one != label]
            fields["labels"] = [*kept, label] if verb == "add" else kept
        self.world.update_issue(key, {name: value for name, value in fields.items() if name not in self.customs})
        issue.setdefault("customs", {}).update({name: fields[name] for name in fields if name in self.customs})
        return Response(status_code=204)

    def edit_meta(self, key: str) -> dict[str, Any]:
        """The edit screen."""
        self.world.get_issue(key)
        texts = {name: _field(name.capitalize(), {"type": "string", "system": name}) for name in _SYSTEM}
        labels = _field("Labels", {"type": "array", "items": "string", "system": "labels"}, "add", "set", "remove")
        own = {name: _field(one["name"], _custom(one["kind"])) for name, one in self.customs.items()}
        return {"fields": {**texts, "labels": labels, **own}}

    def issue(self, key: str, fields: str = "", expand: str = "") -> Response:
        """An issue with its custom fields, and with its comments where they are asked for."""
        found = self.world.issues.get(key)
        if found is None:
            return _missing(f"Issue Does Not Exist: {key}")
        shown = self.world.serializer.issue_res(found, "", fields, expand)
        asked = set(fields.split(","))
        shown["fields"] |= {name: value for name, value in found.get("customs", {}).items() if name in asked}
        if "comment" in asked:
            comments = self.world.jira_comments(key)
            shown["fields"]["comment"] = {"total": len(comments), "startAt": 0, "comments": comments}
        return JSONResponse(shown)

    def types(self, project: str) -> dict[str, Any]:
        """What may be made in a project."""
        return _page([self.world.serializer.issuetype_obj(name) for name, _ in self.world.config.issue_types])

    def screen(self, project: str, number: str) -> dict[str, Any]:
        """The screen on which it is made."""
        needed = ("project", "issuetype", "parent", "summary")
        fields = [{**_field(name.capitalize(), {"type": "any"}), "fieldId": name, "required": True} for name in needed]
        return _page([*fields, {**_field("Description", {"type": "string"}), "fieldId": "description"}])

    def permitted(self, username: str, permissions: str, issueKey: str) -> Response:  # noqa: N803 - Jira's name
        """Who has a right in an issue."""
        if permissions not in ("EDIT_ISSUE", "BROWSE"):
            return JSONResponse({"errorMessages": [f"Permission {permissions} is unknown."]}, status_code=400)
        return JSONResponse(
            [{"name": name, "active": True} for name in sorted(self.editors) if name.startswith(username)]
        )

    def rights(self) -> dict[str, Any]:
        """The rights of the token's own account."""
        names = ("ADMINISTER_PROJECTS", "EDIT_ISSUES")
        return {"permissions": {name: {"key": name, "havePermission": True} for name in names}}

    def remote_link(self, key: str, globalId: str = "") -> Response:  # noqa: N803 - Jira's name
        """The links to pages elsewhere, or the one with that `globalId`."""
        links = [
            {"id": 10000 + number, "globalId": link["globalId"], "object": {"url": link["url"], "title": link["title"]}}
            for number, link in enumerate(self.world.get_issue(key).get("remotelinks") or [])
        ]
        if not globalId:
            return JSONResponse(links)
        found = [link for link in links if link["globalId"] == globalId]
        return JSONResponse(found[0]) if found else _missing("No remote issue link has that global id.")

    def delete_remote_link(self, key: str, globalId: str) -> Response:  # noqa: N803 - Jira's name
        """The link with that `globalId` goes."""
        issue = self.world.get_issue(key)
        links = issue.get("remotelinks") or []
        issue["remotelinks"] = [link for link in links if link.get("globalId") != globalId]
        return Response(status_code=204) if len(issue["remotelinks"]) < len(links) else _missing("There is none.")

    def get_property(self, key: str, name: str) -> Response:
        """A property of an issue."""
        found = self.properties.get((key, name))
        return _missing("There is no such property.") if found is None else JSONResponse({"key": name, "value": found})

    async def put_property(self, key: str, name: str, request: Request) -> Response:
        """201 for a new one, 200 for a changed one."""
        status = 200 if (key, name) in self.properties else 201
        self.properties[key, name] = await request.json()
        return Response(status_code=status)


def _field(name: str, schema: dict[str, Any], *operations: str) -> dict[str, Any]:
    return {"name": name, "required": False, "schema": schema, "operations": list(operations or ("set",))}


def _custom(kind: str) -> dict[str, Any]:
    return {"type": "string", "custom": f"com.atlassian.jira.plugin.system.customfieldtypes:{kind}", "customId": 1}


def _page(values: list[Any]) -> dict[str, Any]:
    return {"maxResults": 50, "startAt": 0, "total": len(values), "isLast": True, "values": values}


def _missing(message: str) -> Response:
    return JSONResponse({"errorMessages": [message], "errors": {}}, status_code=404)
