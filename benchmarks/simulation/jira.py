"""Jira Cloud in memory, below RAT's adapter, under the real limits."""

import json
import re
from collections.abc import Callable
from typing import Any

from benchmarks.simulation.faults import Faults
from benchmarks.simulation.limits import Client, JiraLimits, Tally
from benchmarks.simulation.tickets import Item, Said, iso
from benchmarks.simulation.world import World
from rat.trackers.calls import Answer, Call, Calls, Service
from rat.trackers.jira import JiraTracker
from rat.trackers.jira_forms import MARKER_PROPERTY, CloudForm
from rat.trackers.jira_refusals import refusal, wait
from rat.trackers.jira_site import Site
from rat.trackers.patience import Patience

SITE = "https://example.atlassian.net"
BOT = "rat-bot"
SECONDS = 0.3
"""A request and its answer: modelled, not measured."""

_ISSUE = re.compile(r"/rest/api/3/issue/([A-Z0-9_]+)-(\d+)(?:/comment(?:/(\d+))?)?")


class JiraServer:
    """The issues of several projects; *written* is called with each issue that RAT wrote to."""

    def __init__(self, world: World, *, faults: Faults, tally: Tally, written: Callable[[Item], None]) -> None:
        self.items: dict[str, dict[int, Item]] = {}
        self._world = world
        self._faults = faults
        self._tally = tally
        self._written = written
        self._limits = JiraLimits()
        self._count = 0
        self._lists: dict[str, list[Item]] = {}

    def tracker(self, *, in_a_hurry: bool = False) -> JiraTracker:
        """RAT's own tracker as one job opens it."""
        client, world = Client(), self._world
        service = Service(
            name="Jira",
            host="example.atlassian.net",
            send=lambda call: self._send(call, client),
            wait=wait,
            refusal=refusal,
        )
        patience = Patience(seconds=1e12, sleep=lambda _: None) if in_a_hurry else Patience(sleep=world.sleep)
        calls = Calls(service=service, patience=patience, clock=lambda: world.now)
        return JiraTracker(site=Site(calls=calls, form=CloudForm(), browse=SITE))

    def _send(self, call: Call, client: Client) -> Answer:
        self._world.sleep(SECONDS)
        now, writing = self._world.now, call.method != "GET"
        self._tally.requests[f"jira {'write' if writing else 'read'}"] += 1
        if self._faults.before(now):
            return Answer(status=503, headers={}, text="")
        found = _ISSUE.fullmatch(call.path)
        endpoint = f"{call.method} {re.sub(r'[A-Z0-9_]+-[0-9]+|[0-9]+$', '*', call.path)}"
        issue = f"{found[1]}-{found[2]}" if found else ""
        refused = self._limits.refusal(client, endpoint, issue, now=now, tally=self._tally)
        if refused:
            headers = {"retry-after": str(int(refused[0]) + 1), "ratelimit-reason": refused[1]}
            return Answer(status=429, headers=headers, text="{}")
        data = self._route(call, found)
        self._faults.after(writing=writing)
        return Answer(status=201 if call.method == "POST" else 200, headers={}, text=json.dumps(data))

    def _route(self, call: Call, found: re.Match[str] | None) -> Any:
        if call.path.endswith("/search/jql"):
            return self._search(call)
        if found is None:
            return {"accountId": BOT}
        item = self.items[found[1]][int(found[2])]
        if not call.path.endswith("/comment") and not found[3]:
            return _issue(item)
        if call.method == "POST":
            self._count += 1
            said = Said(id=self._count, author=BOT, body="", created=self._world.now)
            item.comments.append(said)
            return self._store(item, said, call)
        if found[3] is None:
            return {"comments": [_comment(one) for one in item.comments], "total": len(item.comments)}
        said = next(one for one in item.comments if one.id == int(found[3]))
        return self._store(item, said, call) if call.method == "PUT" else _comment(said)

    def _store(self, item: Item, said: Said, call: Call) -> dict[str, Any]:
        body: Any = call.body or {}
        said.body = json.dumps(body["body"])
        said.marker = next(one["value"]["marker"] for one in body["properties"] if one["key"] == MARKER_PROPERTY)
        said.updated = item.updated = self._world.now
        self._written(item)
        return _comment(said)

    def _search(self, call: Call) -> dict[str, Any]:
        jql = call.params["jql"]
        named = re.search(r'project = "?([A-Z0-9_]+)', jql)
        label = re.search(r"labels = (\S+)", jql)
        start, size = int(call.params.get("nextPageToken", "0")), int(call.params["maxResults"])
        if not start:
            there = (self.items.get(named[1], {}) if named else {}).values()
            found = [item for item in there if not label or (item.waits and item.label == label[1])]
            found.sort(key=lambda item: (item.updated, item.number), reverse=jql.endswith("DESC"))
            self._lists[jql] = found
        found = self._lists[jql]
        page = {"issues": [_issue(item) for item in found[start : start + size]]}
        return page | ({"nextPageToken": str(start + size)} if len(found) > start + size else {})


def _issue(item: Item) -> dict[str, Any]:
    text = {"type": "paragraph", "content": [{"type": "text", "text": item.words}]}
    return {
        "key": f"{item.home}-{item.number}",
        "fields": {
            "summary": f"Ticket {item.number} of team {item.team}",
            "description": {"type": "doc", "version": 1, "content": [text]},
            "status": {"statusCategory": {"key": "new"}},
            "issuetype": {"name": "Bug"},
            "labels": [item.label] if item.waits else [],
            "reporter": {"accountId": "alice"},
            "created": iso(item.created),
            "updated": iso(item.updated),
        },
    }


def _comment(said: Said) -> dict[str, Any]:
    return {
        "id": str(said.id),
        "author": {"accountId": said.author, "accountType": "atlassian"},
        "body": json.loads(said.body),
        "created": iso(said.created),
        "updated": iso(said.updated),
        "properties": [{"key": MARKER_PROPERTY, "value": {"marker": said.marker}}],
    }
