"""The people of our Jira Cloud: who may do what."""

from typing import Any

from tests.stand_ins.jira_cloud_store import Refused, Request, user


def myself(request: Request) -> tuple[int, Any]:
    """Who the token belongs to."""
    return 200, user(request.account)


def my_permissions(request: Request) -> tuple[int, Any]:
    """The rights of the token's own account; they have to be named."""
    asked = [name for name in request.query.get("permissions", "").split(",") if name]
    if not asked:
        raise Refused(400, "The 'permissions' query parameter is required.")
    if "issueKey" in request.query:
        request.store.issue(request.query["issueKey"])
    return 200, {
        "permissions": {
            name: {"key": name, "name": name, "type": "PROJECT", "havePermission": request.may(name)} for name in asked
        }
    }


def permitted_users(request: Request) -> tuple[int, Any]:
    """Who has a right in an issue; told to administrators of the project only."""
    if not (request.query.get("accountId") or request.query.get("query")):
        raise Refused(400, "Either 'query' or 'accountId' is required.")
    request.need("ADMINISTER_PROJECTS")
    request.store.issue(request.query["issueKey"])
    asked = set(request.query["permissions"].split(","))
    if unknown := asked - {right for rights in request.store.rights.values() for right in rights}:
        raise Refused(400, f"Unknown permissions: {', '.join(unknown)}.")
    found = [account for account, rights in request.store.rights.items() if asked <= rights]
    return 200, [user(account) for account in found if account == request.query.get("accountId")]
