"""Sub-tasks of a Jira issue: read, made, and closed again if RAT made them."""

from typing import Any

from rat.errors import Ambiguous, FieldRefused, TrackerError
from rat.model.ticket import Ticket, TicketRef, TrackerKind
from rat.ports import Child, Draft
from rat.trackers import jira_replies as replies
from rat.trackers.calls import Call
from rat.trackers.jira_forms import MARKER_PROPERTY
from rat.trackers.jira_site import Site

_USUAL_NAMES = ("sub-task", "subtask")
_FILLED = frozenset({"project", "issuetype", "parent", "summary", "description", "reporter"})
"""What RAT gives a sub-task, and what Jira fills in by itself."""

_NOT_PLANNED = ("won't do", "won't fix", "cancelled", "canceled", "rejected", "declined", "obsolete")
"""Names of statuses and resolutions for what is not to be done, in the order of preference."""


def read_children(site: Site, ref: TicketRef) -> tuple[Ticket, ...]:
    """Every sub-task, open and closed, each read by itself: a search would not know the newest ones yet."""
    call = Call(what=f"the sub-tasks of {ref.key}", path=site.issue(ref), params={"fields": "subtasks"})
    keys = site.read(call, lambda data: [str(child["key"]) for child in data["fields"].get("subtasks") or ()])
    return tuple(read_child(site, TicketRef(tracker=TrackerKind.JIRA, key=key)) for key in keys)


def read_child(site: Site, ref: TicketRef) -> Ticket:
    """An issue with RAT's marker on it, and how many comments it has: Jira counts them only where it gives them all."""
    params = {"fields": f"{replies.FIELDS},comment", "properties": MARKER_PROPERTY}
    return site.read(
        Call(what=ref.key, path=site.issue(ref), params=params),
        lambda data: replies.ticket(data, form=site.form, browse=site.browse),
    )


def create_child(site: Site, ref: TicketRef, child: Child) -> Ticket:
    """WRITE. A sub-task, with its marker stored by the same request. Raises FieldRefused where it cannot be made."""
    project = site.project(ref)
    kind, name = _subtask_type(site, project)
    _check_screen(site, project, kind, name)
    form = site.form.child(Draft(text=child.text, marker=child.marker))
    given: Any = form["fields"]
    fields = {
        "project": {"key": project},
        "parent": {"key": ref.key},
        "issuetype": {"id": kind},
        "summary": child.title,
    }
    call = Call(
        what=f"a sub-task of {ref.key}",
        method="POST",
        path=f"{site.api}/issue",
        body={**form, "fields": {**fields, **given}},
    )
    key = site.write(call, lambda data: str(data["key"]))
    try:
        return read_child(site, TicketRef(tracker=TrackerKind.JIRA, key=key))
    except TrackerError as error:
        raise Ambiguous(f"The sub-task {key} of {ref.key} was made, but it could not be read back: {error}") from error


def close_child(site: Site, ref: TicketRef) -> None:
    """WRITE. Move a sub-task that RAT made to a status of the category Done; one that is there already is no write.

    Raises FieldRefused where RAT did not make it, or where the workflow offers this token no such step.
    """
    child = read_child(site, ref)
    if not child.marker:
        raise FieldRefused(f"{ref.key} was not made by RAT, or no longer says so. Close it by hand.")
    if child.state == "closed":
        return
    path = f"{site.issue(ref)}/transitions"
    call = Call(what=f"the workflow of {ref.key}", path=path, params={"expand": "transitions.fields"})
    steps = site.read(call, lambda data: [step for step in map(_closing, data["transitions"]) if step])
    if not steps:
        raise FieldRefused(
            f"The workflow of {ref.key} offers this token no step to a status of the category Done that RAT can take. "
            "Close it by hand."
        )
    body = min(steps, key=lambda step: step[0])[1]
    site.calls.write(Call(what=ref.key, method="POST", path=path, body=body, bodiless=True))


def _subtask_type(site: Site, project: str) -> tuple[str, str]:
    """The id and name of the type of issue that sub-tasks of *project* have."""
    types = [
        (number, name)
        for number, name, is_subtask in site.listed(
            f"the issue types of {project}",
            f"{site.api}/issue/createmeta/{project}/issuetypes",
            *("issueTypes", "values"),
            decode=lambda kind: (str(kind["id"]), str(kind["name"]), kind.get("subtask")),
        )
        if is_subtask
    ]
    if not types:
        raise FieldRefused(
            f"This token's account may make no sub-tasks in {project}: enable sub-tasks there, and give the account "
            "the permission Create Issues."
        )
    return next((kind for kind in types if kind[1].casefold() in _USUAL_NAMES), types[0])


def _check_screen(site: Site, project: str, kind: str, name: str) -> None:
    """Raise FieldRefused where a sub-task needs what RAT cannot give, or has no place for its text."""
    path = f"{site.api}/issue/createmeta/{project}/issuetypes/{kind}"
    what = f"the fields of a {name} in {project}"
    screen = dict(site.listed(what, path, "fields", "values", decode=_needed))
    needed = [f"{label} ({key})" for key, label in screen.items() if label and key not in _FILLED]
    if needed:
        raise FieldRefused(
            f"A {name} of {project} needs what RAT cannot fill: {', '.join(needed)}. Make it optional for {name}, or "
            "give it a default."
        )
    if "description" not in screen:
        raise FieldRefused(f"The screen on which a {name} of {project} is made has no Description. Add it there.")


def _needed(field: Any) -> tuple[str, str]:
    """The id of a field, and its name if somebody has to fill it."""
    needed = field.get("required") and not field.get("hasDefaultValue")
    return str(field.get("fieldId") or field["key"]), str(field["name"]) if needed else ""


def _closing(step: Any) -> tuple[int, dict[str, object]] | None:
    """How well a step of the workflow says "not planned", and the body that takes it; None where it does not close."""
    status, fields = step["to"], step.get("fields") or {}
    if (status.get("statusCategory") or {}).get("key") != "done" or step.get("isAvailable") is False:
        return None
    body: dict[str, object] = {"transition": {"id": str(step["id"])}}
    needed = [key for key, field in fields.items() if field.get("required") and not field.get("hasDefaultValue")]
    if set(needed) - {"resolution"}:
        return None
    resolutions = [str(value["name"]) for value in (fields.get("resolution") or {}).get("allowedValues") or ()]
    if resolutions:
        body["fields"] = {"resolution": {"name": min(resolutions, key=_rank)}}
    return min(_rank(str(status.get("name", ""))), _rank(str(step.get("name", "")))), body


def _rank(name: str) -> int:
    plain = name.casefold().replace("\u2019", "'")
    return _NOT_PLANNED.index(plain) if plain in _NOT_PLANNED else len(_NOT_PLANNED)
