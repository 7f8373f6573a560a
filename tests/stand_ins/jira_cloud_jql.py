"""The part of JQL that our Jira Cloud understands; what it cannot read, it refuses, as the real one does."""

import re
from collections.abc import Callable, Mapping
from typing import Any

_CLAUSE = re.compile(
    r"""\s*(?P<field>[A-Za-z]+)\s*(?:(?P<op>=|!=|~|>=|<=)\s*(?P<value>"(?:[^"\\]|\\.)*"|[\w.:-]+)
    |(?P<set>not\s+in|in)\s*\((?P<values>[^()]*)\))\s*""",
    re.VERBOSE | re.IGNORECASE,
)
_ORDER = re.compile(r"\border\s+by\s+(\w+)(?:\s+(asc|desc))?\s*$", re.IGNORECASE)
_FIELDS: Mapping[str, Callable[[Any], list[str]]] = {
    "project": lambda issue: [issue["key"].rsplit("-", 1)[0]],
    "key": lambda issue: [issue["key"]],
    "labels": lambda issue: list(issue["fields"].get("labels") or []),
    "issuetype": lambda issue: [issue["fields"]["issuetype"]["name"]],
    "status": lambda issue: [issue["fields"]["status"]["name"]],
    "statuscategory": lambda issue: [issue["fields"]["status"]["statusCategory"]["name"]],
    "summary": lambda issue: [issue["fields"]["summary"]],
    "updated": lambda issue: [issue["fields"]["updated"]],
    "created": lambda issue: [issue["fields"]["created"]],
}


class JqlError(Exception):
    """A query that cannot be read."""


def search(jql: str, issues: list[Any]) -> list[Any]:
    """The *issues* that *jql* asks for, in its order. Raises JqlError."""
    order = _ORDER.search(jql)
    where = jql[: order.start()] if order else jql
    if not where.strip():
        raise JqlError("Unbounded JQL queries are not allowed here. Please add a search restriction to your query.")
    tests = [
        _test(clause) for clause in re.split(r"\band\b(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", where, flags=re.IGNORECASE)
    ]
    found = [issue for issue in issues if all(test(issue) for test in tests)]
    if order:
        found.sort(key=_values(order[1]), reverse=(order[2] or "asc").lower() == "desc")
    return found


def _test(clause: str) -> Callable[[Any], bool]:
    match = _CLAUSE.fullmatch(clause)
    if match is None:
        raise JqlError(f"Error in the JQL Query: cannot read '{clause.strip()}'.")
    values = _values(match["field"])
    if match["set"]:
        wanted = {_unquoted(part) for part in match["values"].split(",")}
        inverted = match["set"].lower().startswith("not")
        return lambda issue: bool(wanted & {value.lower() for value in values(issue)}) is not inverted
    value = _unquoted(match["value"])
    match match["op"]:
        case "=":
            return lambda issue: value in [one.lower() for one in values(issue)]
        case "!=":
            return lambda issue: value not in [one.lower() for one in values(issue)]
        case "~":
            return lambda issue: any(value in one.lower() for one in values(issue))
        case ">=":
            return lambda issue: any(one.lower() >= value for one in values(issue))
        case _:
            return lambda issue: any(one.lower() <= value for one in values(issue))


def _values(field: str) -> Callable[[Any], list[str]]:
    if field.lower() not in _FIELDS:
        raise JqlError(f"Field '{field}' does not exist or you do not have permission to view it.")
    return _FIELDS[field.lower()]


def _unquoted(text: str) -> str:
    text = text.strip()
    return re.sub(r"\\(.)", r"\1", text[1:-1] if text.startswith('"') else text).lower()
