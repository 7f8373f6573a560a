"""What emulate does not know of GitHub: who may write in a repository, and reactions to comments."""

import json
import re
from collections.abc import Mapping

from tests.stand_ins.proxy import Proxy

LOGINS = {"tok_alice": "alice", "tok_mallory": "mallory", "ghs_actions": "github-actions[bot]"}
_PERMISSION = re.compile(r"/repos/alice/demo/collaborators/([^/]+)/permission")
_REACTIONS = re.compile(r"/repos/alice/demo/issues/comments/(\d+)/reactions(?:\?.*)?")
_NOT_FOUND = (404, b'{"message": "Not Found"}')
_LINKS = (
    *("avatar_url", "url", "html_url", "followers_url", "following_url", "gists_url", "starred_url"),
    *("subscriptions_url", "organizations_url", "repos_url", "events_url", "received_events_url"),
)


class People:
    """Answers in front of emulate; *permissions* by login (default: alice owns the repository), others may read."""

    def __init__(self, proxy: Proxy) -> None:
        self.permissions = {"alice": "admin"}
        self._given: dict[str, list[tuple[str, str]]] = {}
        self.begin(proxy)

    def begin(self, proxy: Proxy) -> None:
        """Answer in front of *proxy*; nobody has reacted to anything."""
        self._given.clear()
        proxy.answer_first(self._answer)

    def reactions(self, comment_id: int, *, by: str = "github-actions[bot]") -> list[str]:
        """The reactions of *by* to a comment, in order."""
        return [content for login, content in self._given.get(str(comment_id), ()) if login == by]

    def _answer(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> tuple[int, bytes] | None:
        if method == "GET" and (found := _PERMISSION.fullmatch(path)):
            return self._permission(found[1])
        if found := _REACTIONS.fullmatch(path):
            given = self._given.setdefault(found[1], [])
            if method == "GET":
                return 200, json.dumps([_reaction(login, content) for login, content in given]).encode()
            login = LOGINS.get(headers.get("authorization", "").rpartition(" ")[2], "")
            one = (login, str(json.loads(body)["content"]))
            status = 200 if one in given else 201
            given += [one] if one not in given else []
            return status, json.dumps(_reaction(*one)).encode()
        return None

    def _permission(self, login: str) -> tuple[int, bytes]:
        permission = self.permissions.get(login, "read")
        base = {"maintain": "write", "triage": "read"}.get(permission, permission)
        if permission == "none":
            return _NOT_FOUND
        return 200, json.dumps({"permission": base, "role_name": permission, "user": None}).encode()


def _reaction(login: str, content: str) -> dict[str, object]:
    user = {"login": login, "id": 1, "node_id": "U_1", "gravatar_id": "", "type": "User", "site_admin": False}
    links = dict.fromkeys(_LINKS, "http://127.0.0.1/users/x")
    return {
        "id": 1,
        "node_id": "R_1",
        "user": user | links,
        "content": content,
        "created_at": "2026-01-01T00:00:00Z",
    }
