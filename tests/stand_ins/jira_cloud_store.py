"""What our Jira Cloud keeps, and how it says no."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

OPEN = {"name": "To Do", "id": "1", "statusCategory": {"id": 2, "key": "new", "name": "To Do"}}
DONE = {"name": "Done", "id": "3", "statusCategory": {"id": 3, "key": "done", "name": "Done"}}
PAGE = 100

ALICE, MALLORY = "5b10a2844c20165700ede21g", "5b10ac8d82e05b22cc7d4ef5"
"""Account ids: RAT's own, which administers the project, and somebody who may only comment."""

_ALL_RIGHTS = frozenset(
    {"ADMINISTER_PROJECTS", "EDIT_ISSUES", "CREATE_ISSUES", "LINK_ISSUES", "TRANSITION_ISSUES", "ADD_COMMENTS"}
)
_RESOLUTION = {
    "key": "resolution",
    "name": "Resolution",
    "operations": ["set"],
    "required": True,
    "schema": {"type": "resolution", "system": "resolution"},
    "allowedValues": [{"id": "1", "name": "Done"}, {"id": "2", "name": "Won't Do"}],
}


def _types() -> list[Any]:
    names = {"10001": "Bug", "10002": "Story", "10003": "Sub-task"}
    return [
        {"id": number, "name": name, "subtask": name == "Sub-task", "hierarchyLevel": -1 if name == "Sub-task" else 0}
        for number, name in names.items()
    ]


def _transitions() -> list[Any]:
    return [
        {"id": "11", "name": "To Do", "to": OPEN, "isAvailable": True},
        {"id": "31", "name": "Done", "to": DONE, "isAvailable": True, "fields": {"resolution": _RESOLUTION}},
    ]


def _link_types() -> list[Any]:
    return [
        {"id": "10001", "name": "Relates", "inward": "relates to", "outward": "relates to"},
        {"id": "10000", "name": "Blocks", "inward": "is blocked by", "outward": "blocks"},
    ]


class Refused(Exception):
    """An answer of 400 or more."""

    def __init__(self, status: int, *messages: str, errors: Mapping[str, str] | None = None) -> None:
        super().__init__(*messages)
        self.status = status
        self.body = {"errorMessages": list(messages), "errors": dict(errors or {})}


@dataclass
class Store:
    """The issues, by key, what their screens hold, how they hang together, and the rights of accounts."""

    issues: dict[str, Any] = field(default_factory=dict)
    properties: dict[tuple[str, str], Any] = field(default_factory=dict)
    screen: set[str] = field(default_factory=lambda: {"summary", "description", "labels"})
    create_screen: set[str] = field(default_factory=lambda: {"summary", "description", "labels"})
    customs: dict[str, Any] = field(default_factory=dict)
    types: list[Any] = field(default_factory=_types)
    transitions: list[Any] = field(default_factory=_transitions)
    link_types: list[Any] = field(default_factory=_link_types)
    remote_links: dict[tuple[str, str], Any] = field(default_factory=dict)
    rights: dict[str, set[str]] = field(default_factory=lambda: {ALICE: set(_ALL_RIGHTS), MALLORY: {"ADD_COMMENTS"}})
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

    def may(self, right: str) -> bool:
        """Whether the account has the *right*."""
        return right in self.store.rights.get(self.account, ())

    def need(self, right: str) -> None:
        """Raise Refused where it has not."""
        if not self.may(right):
            raise Refused(403, f"You do not have the permission {right}.")


def user(account: str) -> dict[str, object]:
    return {"accountId": account, "accountType": "atlassian", "displayName": account[-6:], "active": True}
