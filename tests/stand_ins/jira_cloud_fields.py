"""The fields of our Jira Cloud: which there are, what stands on the screens, and what each takes as its value."""

from collections.abc import Mapping
from typing import Any

from tests.stand_ins.jira_cloud_adf import adf_problem
from tests.stand_ins.jira_cloud_store import Refused, Request, Store

_TYPES = "com.atlassian.jira.plugin.system.customfieldtypes:"
_LONGEST = 32767


def custom_field(name: str, kind: str, number: int) -> dict[str, Any]:
    """A custom field as `editmeta` shows it; *kind* is the last part of its type, such as "textarea"."""
    types = {"textarea": "string", "textfield": "string", "float": "number", "select": "option"}
    return {
        "key": f"customfield_{number}",
        "name": name,
        "operations": ["set"],
        "required": False,
        "schema": {"type": types[kind], "custom": f"{_TYPES}{kind}", "customId": number},
    }


def described(name: str, store: Store) -> dict[str, Any]:
    """A field as `editmeta` shows it."""
    if name in store.customs:
        return dict(store.customs[name])
    items = {"type": "array", "items": "string", "system": name}
    return {
        "key": name,
        "name": name.capitalize(),
        "operations": ["add", "set", "remove"] if name == "labels" else ["set"],
        "required": name == "summary",
        "schema": items if name == "labels" else {"type": "string", "system": name},
    }


def edit_meta(request: Request, key: str) -> tuple[int, Any]:
    """The fields of the screen, and what may be done with them; none for who may not edit."""
    request.store.issue(key)
    names = sorted(request.store.screen) if request.may("EDIT_ISSUES") else []
    return 200, {"fields": {name: described(name, request.store) for name in names}}


def issue_types(request: Request, project: str) -> tuple[int, Any]:
    """What may be made in a project. https://developer.atlassian.com/changelog/#CHANGE-1304"""
    types = request.store.types if request.may("CREATE_ISSUES") else []
    return 200, _page(request, types, "issueTypes")


def create_fields(request: Request, project: str, kind: str) -> tuple[int, Any]:
    """The screen on which an issue of one type is made."""
    if kind not in {one["id"] for one in request.store.types}:
        raise Refused(400, f"The issue type with id {kind} does not exist.")
    always = {"project": "project", "issuetype": "issuetype", "parent": "issuelink", "reporter": "user"}
    fields = [
        {**described(name, request.store), "required": True, "schema": {"type": schema, "system": name}}
        for name, schema in always.items()
    ]
    fields[-1]["hasDefaultValue"] = True
    fields += [described(name, request.store) for name in sorted(request.store.create_screen)]
    return 200, _page(request, [{**field, "fieldId": field["key"]} for field in fields], "fields")


def check_fields(fields: Mapping[str, Any], store: Store, screen: set[str]) -> None:
    """Raise Refused for a field that *screen* lacks, or a value that it does not take."""
    errors = {name: problem for name, value in fields.items() if (problem := _problem(name, value, store, screen))}
    if errors:
        raise Refused(400, errors=errors)


def _problem(name: str, value: Any, store: Store, screen: set[str]) -> str:
    if name not in screen:
        return f"Field '{name}' cannot be set. It is not on the appropriate screen, or unknown."
    custom = store.customs.get(name, {}).get("schema", {}).get("custom", "")
    if name in ("description", "environment") or custom.endswith(":textarea"):
        problem = adf_problem(value) if value is not None else ""
        return f"Operation value must be an Atlassian Document: {problem}" if problem else _too_long(value)
    if custom.endswith(":textfield") and not (value is None or (isinstance(value, str) and "\n" not in value)):
        return "Operation value must be a string"
    if name == "summary" and not (isinstance(value, str) and 0 < len(value) <= 255 and "\n" not in value):
        return "Summary must be between 1 and 255 characters, and contain no newlines."
    if name == "labels" and any(len(str(label).split()) != 1 for label in value or ()):
        return "The label contains spaces which is invalid."
    return ""


def _too_long(value: Any) -> str:
    too_long = value is not None and len(_text(value)) > _LONGEST
    return f"The entered text is too long. It exceeds the allowed limit of {_LONGEST:,} characters." if too_long else ""


def _text(node: Any) -> str:
    return str(node.get("text", "")) + "".join(_text(child) for child in node.get("content", ()))


def _page(request: Request, entries: list[Any], name: str) -> dict[str, Any]:
    start, size = int(request.query.get("startAt", 0)), min(200, int(request.query.get("maxResults", 50)))
    return {"startAt": start, "maxResults": size, "total": len(entries), name: entries[start : start + size]}
