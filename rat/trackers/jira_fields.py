"""The text fields of a Jira issue: found by the name that people see, as its edit screen has them; and its labels.

https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-issueidorkey-editmeta-get
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from rat.errors import FieldRefused
from rat.model.ticket import TicketRef
from rat.trackers.calls import Call
from rat.trackers.jira_site import Site
from rat.trackers.refs import shown

_TYPES = "com.atlassian.jira.plugin.system.customfieldtypes:"
_KINDS: Mapping[str, bool] = {
    "description": False,
    "environment": False,
    "summary": True,
    f"{_TYPES}textarea": False,
    f"{_TYPES}textfield": True,
}
"""The system fields and the types of custom fields that hold text; whether it is a single line."""

_LABEL_LENGTH = 255
_T = TypeVar("_T")


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """A text field: *id* is the API's name for it; a single *line* holds no formatting."""

    id: str
    name: str
    line: bool


def read_field(site: Site, ref: TicketRef, name: str) -> str:
    """The text of the field as stored now; empty for none. Raises FieldRefused."""
    field = find_field(site, ref, name)
    return _value(site, ref, field, lambda value: site.form.stored(value, line=field.line))


def write_field(site: Site, ref: TicketRef, name: str, text: str, *, params: Mapping[str, str]) -> None:
    """WRITE. Replace the whole text of the field; an empty *text* empties it. Raises FieldRefused, Ambiguous."""
    field = find_field(site, ref, name)
    is_marked = site.form.marks_text and field.id == "description"
    former = _value(site, ref, field, lambda value: value) if is_marked else None
    try:
        value = site.form.value(text, line=field.line, former=former)
    except ValueError as error:
        raise FieldRefused(
            f"The field {field.name} of {ref.key} was not written: {error}. Name a field of several lines instead."
        ) from error
    edit(site, ref, {"fields": {field.id: value}}, what=f"{field.name} of {ref.key}", params=params)


def change_labels(
    site: Site, ref: TicketRef, operation: str, labels: tuple[str, ...], *, params: Mapping[str, str]
) -> None:
    """WRITE. *operation* "add" or "remove" for each label; the others stay, which `fields.labels` would overwrite."""
    for label in labels:
        if not label or label.split() != [label] or len(label) > _LABEL_LENGTH:
            raise FieldRefused(
                f"{shown(label)} cannot be a label of {ref.key}: labels of Jira hold no spaces and at most "
                f"{_LABEL_LENGTH} letters. Write it with dashes."
            )
    if labels:
        update = {"update": {"labels": [{operation: label} for label in labels]}}
        edit(site, ref, update, what=f"the labels of {ref.key}", params=params)


def edit(site: Site, ref: TicketRef, body: Mapping[str, object], *, what: str, params: Mapping[str, str]) -> None:
    """WRITE. One edit of an issue."""
    site.calls.write(
        Call(what=what, method="PUT", path=site.issue(ref), params=params, body=body, bodiless=True),
    )


def find_field(site: Site, ref: TicketRef, name: str) -> Field:
    """The text field called *name* (its id, or its name in any case) on the edit screen. Raises FieldRefused."""
    call = Call(what=f"the edit screen of {ref.key}", path=f"{site.issue(ref)}/editmeta")
    fields = site.read(call, lambda data: {str(key): dict(field) for key, field in data["fields"].items()})
    key = _chosen(name, fields, ref)
    kind, label = _kind(key, fields[key]), f"{fields[key].get('name', key)} ({key})"
    if kind is None:
        raise FieldRefused(f"The field {label} of {ref.key} holds no text. Name one that does: {_texts(fields)}.")
    if "set" not in fields[key].get("operations", ()):
        raise FieldRefused(f"The field {label} of {ref.key} may not be set. Name another: {_texts(fields)}.")
    return Field(id=key, name=str(fields[key].get("name", key)), line=kind)


def _value(site: Site, ref: TicketRef, field: Field, decode: Callable[[Any], _T]) -> _T:
    """What *decode* makes of the field as stored now."""
    call = Call(what=f"{field.name} of {ref.key}", path=site.issue(ref), params={"fields": field.id})
    return site.read(call, lambda data: decode(data["fields"].get(field.id)))


def _chosen(name: str, fields: Mapping[str, Any], ref: TicketRef) -> str:
    if not fields:
        raise FieldRefused(
            f"Jira offers no field of {ref.key} to this token's account. Give it the permission Edit Issues."
        )
    if name in fields:
        return name
    found = [key for key, field in fields.items() if str(field.get("name", "")).casefold() == name.casefold()]
    if len(found) > 1:
        raise FieldRefused(
            f"{ref.key} has {len(found)} fields called {shown(name)}: {', '.join(found)}. Name one by its id."
        )
    if not found:
        raise FieldRefused(
            f"{ref.key} has no field {shown(name)} on its edit screen. Add it to the screen, or name one that is "
            f"there: {_texts(fields)}."
        )
    return found[0]


def _kind(key: str, field: Mapping[str, Any]) -> bool | None:
    """Whether a text field is a single line; None for what is no text field."""
    schema = field.get("schema") or {}
    if schema.get("type") != "string":
        return None
    return _KINDS.get(str(schema.get("custom") or key))


def _texts(fields: Mapping[str, Any]) -> str:
    """The text fields, as people and the API call them."""
    texts = [key for key, field in fields.items() if _kind(key, field) is not None]
    named = [key if key in _KINDS else f"{fields[key].get('name', key)} ({key})" for key in texts]
    return ", ".join(named) or "none"
