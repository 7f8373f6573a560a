"""What our Jira Cloud keeps, and how it says no."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

OPEN = {"name": "To Do", "id": "1", "statusCategory": {"id": 2, "key": "new", "name": "To Do"}}
DONE = {"name": "Done", "id": "3", "statusCategory": {"id": 3, "key": "done", "name": "Done"}}
PAGE = 100


class Refused(Exception):
    """An answer of 400 or more."""

    def __init__(self, status: int, *messages: str, errors: Mapping[str, str] | None = None) -> None:
        super().__init__(*messages)
        self.status = status
        self.body = {"errorMessages": list(messages), "errors": dict(errors or {})}


@dataclass
class Store:
    """The issues, by key, and what their screen holds."""

    issues: dict[str, Any] = field(default_factory=dict)
    properties: dict[tuple[str, str], Any] = field(default_factory=dict)
    screen: set[str] = field(default_factory=lambda: {"summary", "description", "labels"})
    moved: dict[str, str] = field(default_factory=dict)
    ticks: int = 0
    numbers: int = 10000

    def now(self) -> str:
        """A time that moves on by a second whenever it is asked."""
        self.ticks += 1
        now = datetime(2026, 2, 1, tzinfo=UTC) + timedelta(seconds=self.ticks)
        return now.strftime("%Y-%m-%dT%H:%M:%S.000+0000")

    def number(self) -> str:
        """A new id."""
        self.numbers += 1
        return str(self.numbers)

    def issue(self, key: str) -> Any:
        """The issue, also under a former key. Raises Refused."""
        found = self.issues.get(self.moved.get(key, key))
        if found is None:
            raise Refused(404, "Issue does not exist or you do not have permission to see it.")
        return found


@dataclass(frozen=True, kw_only=True)
class Request:
    """A request that was let in."""

    store: Store
    account: str
    query: Mapping[str, str]
    body: Any
    base: str


def user(account: str) -> dict[str, object]:
    return {"accountId": account, "accountType": "atlassian", "displayName": account[-6:], "active": True}
