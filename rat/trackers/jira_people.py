"""Who may do what in Jira, and what became of the commands that people gave in comments."""

from typing import Any

from rat.errors import AccessRefused, TicketNotFound, TrackerError
from rat.model.ticket import TicketRef
from rat.trackers.calls import Call
from rat.trackers.jira_site import Site

_MOST_USERS = "1000"
"""Jira looks at its first thousand users only, and among those of the page that is asked for."""

_ADMINISTER = "ADMINISTER_PROJECTS"


def may_edit(site: Site, ref: TicketRef, login: str) -> bool:
    """Whether *login* (account id, on Data Center the user name) has the permission to edit the issue right now.

    Raises AccessRefused where this token may not ask, which takes the permission to administer the project.
    https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-user-search/#api-rest-api-3-user-permission-search-get
    """
    site.issue(ref)
    if not login:
        return False
    permission, *older = site.form.edit_permissions
    try:
        return _is_permitted(site, ref, login, permission)
    except (AccessRefused, TicketNotFound) as error:
        raise AccessRefused(
            f"Jira does not tell this token's account who may edit {ref.key} ({error}) Nobody's command counts there "
            "until the account may administer the project."
        ) from error
    except TrackerError:
        if not older:
            raise
        return _is_permitted(site, ref, login, older[0])


def may_mute(site: Site, ref: TicketRef) -> bool:
    """Whether this token may change the issue without mail to its watchers: an administrator of the project may.

    Jira refuses the whole change of anybody else who asks for it.
    """
    params = {"issueKey": ref.key, "permissions": _ADMINISTER}
    call = Call(what=f"the rights in {ref.key}", path=f"{site.api}/mypermissions", params=params)
    return site.read(call, lambda data: bool((data["permissions"].get(_ADMINISTER) or {}).get("havePermission")))


def reactions(site: Site, ref: TicketRef, comment_id: str) -> tuple[str, ...]:
    """What was recorded for a comment: Jira's public API has no reactions to comments, so an issue property holds it.

    https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-properties/
    """
    try:
        return site.read(
            Call(what=f"the record of comment {comment_id} of {ref.key}", path=_record(site, ref, comment_id)),
            lambda data: tuple(str(name) for name in data["value"]["given"]),
        )
    except TicketNotFound:
        return ()


def react(site: Site, ref: TicketRef, comment_id: str, reaction: str) -> None:
    """WRITE. Record a reaction, out of people's sight; one that is there already is no write."""
    given = reactions(site, ref, comment_id)
    if reaction in given:
        return
    what, body = f"the record of comment {comment_id} of {ref.key}", {"given": [*given, reaction]}
    site.calls.write(
        Call(what=what, method="PUT", path=_record(site, ref, comment_id), body=body, bodiless=True),
    )


def _record(site: Site, ref: TicketRef, comment_id: str) -> str:
    site.comment(ref, comment_id)
    return f"{site.issue(ref)}/properties/rat.reactions.{comment_id}"


def _is_permitted(site: Site, ref: TicketRef, login: str, permission: str) -> bool:
    params = {site.form.user_key: login, "permissions": permission, "issueKey": ref.key, "maxResults": _MOST_USERS}
    field = site.form.user_field
    call = Call(what=f"who may edit {ref.key}", path=f"{site.api}/user/permission/search", params=params)
    return site.read(call, lambda users: login in _names(users, field))


def _names(users: Any, field: str) -> set[str]:
    if not isinstance(users, list):
        raise TypeError("no list of users")
    return {str(user[field]) for user in users}
