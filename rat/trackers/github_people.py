"""Who may do what in a repository of GitHub, and who reacted to a comment."""

import re
from typing import Any

from rat.errors import TicketNotFound
from rat.trackers.calls import Call, Calls

WRITERS = frozenset({"write", "maintain", "admin"})
"""`permission` gives the base role (maintain counts as write, triage as read), `role_name` the role itself:
https://docs.github.com/rest/collaborators/collaborators#get-repository-permissions-for-a-user"""

_LOGIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,38}(?:_[A-Za-z0-9]{1,12})?")
"""Logins of people; those of Apps end with `[bot]`, those of managed users with `_` and a short code."""


def may_write(calls: Calls, repository: str, login: str) -> bool:
    """Whether *login* may write in *repository* (`owner/repo`), asked for now. Strangers and Apps may not."""
    if not _LOGIN.fullmatch(login):
        return False
    path = f"/repos/{repository}/collaborators/{login}/permission"
    call = Call(what=f"the permission of {login} in {repository}", path=path)
    try:
        reply = calls.read(call)
    except TicketNotFound:
        return False
    allowed: bool = calls.shaped(_writes, reply, call)
    return allowed


def _writes(data: Any) -> bool:
    return str(data["permission"]) in WRITERS or str(data.get("role_name") or "") in WRITERS


def reaction(data: Any) -> tuple[str, str]:
    """Who gave a reaction, and which (https://docs.github.com/rest/reactions/reactions)."""
    return str((data.get("user") or {}).get("login") or ""), str(data["content"])
