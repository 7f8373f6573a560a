"""What emulate does not know of GitHub's issues: which lie below which, and which block which."""

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.request import Request, urlopen

from tests.stand_ins.proxy import Proxy

_PATH = re.compile(r"(/repos/alice/demo/issues/(\d+))/(sub_issues|dependencies/blocked_by)(?:/(\d+))?(?:\?.*)?")
_ADDED = {"sub_issues": "sub_issue_id", "dependencies/blocked_by": "issue_id"}


class SubIssues:
    """Answers in front of emulate: *below* and *blocking* hold numbers of issues by the number that they belong to."""

    def __init__(self, proxy: Proxy) -> None:
        self.below: dict[int, list[int]] = {}
        self.blocking: dict[int, list[int]] = {}
        self._proxy = proxy
        self.begin(proxy)

    def begin(self, proxy: Proxy) -> None:
        """Answer in front of *proxy*; nothing lies below anything."""
        self.below.clear()
        self.blocking.clear()
        proxy.answer_first(self._answer)

    def _answer(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> tuple[int, bytes] | None:
        found = _PATH.fullmatch(path)
        if found is None:
            return None
        kept = self.below if found[3] == "sub_issues" else self.blocking
        numbers = kept.setdefault(int(found[2]), [])
        issues = {issue["number"]: issue for issue in self._fetch("/repos/alice/demo/issues?state=all", headers)}
        if method == "GET":
            return 200, json.dumps([issues[number] for number in numbers]).encode()
        wanted = int(found[4]) if method == "DELETE" else json.loads(body)[_ADDED[found[3]]]
        number = next((number for number, issue in issues.items() if issue["id"] == wanted), None)
        if method == "DELETE":
            if number not in numbers:
                return 404, b'{"message": "Not Found"}'
            numbers.remove(number)
            return 200, json.dumps(issues[int(found[2])]).encode()
        if number is None or number in numbers:
            return 422, b'{"message": "Validation Failed"}'
        numbers.append(number)
        return 201, json.dumps(issues[int(found[2])] if found[3] == "sub_issues" else issues[number]).encode()

    def _fetch(self, path: str, headers: Mapping[str, str]) -> Any:
        asked = Request(self._proxy.target + path, headers={"Authorization": headers.get("authorization", "")})
        with urlopen(asked, timeout=10) as answer:
            return json.load(answer)
