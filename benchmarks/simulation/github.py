"""GitHub in memory, below RAT's adapter: what the adapter asks for, under the real limits."""

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from benchmarks.simulation.faults import Faults
from benchmarks.simulation.limits import Account, Client, Tally
from benchmarks.simulation.tickets import Item, Said, iso, number_of
from benchmarks.simulation.world import World
from rat.trackers.calls import Answer, Call, Calls
from rat.trackers.github import ACTIONS_BOT, GitHubTracker, service_of
from rat.trackers.patience import Patience

API = "https://api.github.com"
SECONDS = 0.2
"""A request and its answer: modelled, not measured."""

_PATH = re.compile(r"/repos/([^/]+/[^/]+)/(.*)")


class GitHubServer:
    """The issues of several repositories; *written* is called with each issue that RAT wrote to."""

    def __init__(self, world: World, *, faults: Faults, tally: Tally, written: Callable[[Item], None]) -> None:
        self.items: dict[str, dict[int, Item]] = {}
        self._said: dict[tuple[str, int], tuple[Item, Said]] = {}
        self._lists: dict[tuple[str, str, str], list[Item]] = {}
        self._world = world
        self._faults = faults
        self._tally = tally
        self._written = written

    def tracker(self, account: Account, repository: str, *, in_a_hurry: bool = False) -> GitHubTracker:
        """RAT's own tracker as one job opens it, with its patience and its gate. *in_a_hurry* ignores all limits."""
        client, world = Client(), self._world
        service = service_of(lambda call: self._send(call, client, account), host="api.github.com")
        patience = Patience(seconds=1e12, sleep=lambda _: None) if in_a_hurry else Patience(sleep=world.sleep)
        calls = Calls(service=service, patience=patience, clock=lambda: world.now)
        return GitHubTracker(calls=calls, api_url=API, repository=repository, is_installation=True)

    def _send(self, call: Call, client: Client, account: Account) -> Answer:
        self._world.sleep(SECONDS)
        now, writing = self._world.now, call.method != "GET"
        self._tally.requests[f"github {'write' if writing else 'read'}"] += 1
        if self._faults.before(now):
            return Answer(status=503, headers={}, text="")
        seconds = account.refusal(client, writing=writing, now=now, tally=self._tally)
        hour = account.hour
        headers = {
            "x-ratelimit-limit": str(hour.most),
            "x-ratelimit-remaining": str(hour.most - hour.used),
            "x-ratelimit-reset": str(int(hour.ends)),
        }
        if seconds is not None:
            if hour.used < hour.most:
                headers["retry-after"] = str(int(seconds) + 1)
            return Answer(status=403, headers=headers, text='{"message": "You have exceeded a rate limit"}')
        status, data, more = self._route(call)
        self._faults.after(writing=writing)
        return Answer(status=status, headers=headers | more, text=data if isinstance(data, str) else json.dumps(data))

    def _route(self, call: Call) -> tuple[int, Any, dict[str, str]]:  # noqa: PLR0911 - one for each route
        address = urlsplit(call.path)
        params = dict(call.params) | {name: values[0] for name, values in parse_qs(address.query).items()}
        found = _PATH.fullmatch(address.path)
        if found is None:
            return 404, {"message": "Not Found"}, {}
        home, rest = found[1], found[2].split("/")
        items = self.items.setdefault(home, {})
        match (call.method, rest):
            case ("GET", ["issues"]):
                return self._listed(home, [_issue(item) for item in self._found(home, params)], params)
            case ("GET", ["issues", "comments"]):
                return self._listed(home, [_comment(said) for said in self._recent(home, params)], params)
            case ("GET", ["issues", number]):
                return 200, _issue(items[int(number)]), {}
            case ("GET", ["issues", number, "comments"]):
                return 200, [_comment(one) for one in items[int(number)].comments], {}
            case ("POST", ["issues", number, "comments"]):
                return 201, self._create(items[int(number)], call), {}
            case ("GET" | "PATCH", ["issues", "comments", number]):
                return 200, self._one(home, int(number), call), {}
            case _:
                return 404, {"message": "Not Found"}, {}

    def _found(self, home: str, params: dict[str, str]) -> list[Item]:
        """The page that is asked for; all pages are those of the moment when the first was asked for."""
        label, page, size = params.get("labels", ""), int(params.get("page", "1")), int(params["per_page"])
        name = (home, label, params["direction"])
        if page == 1:
            found = [item for item in self.items[home].values() if not label or (item.waits and item.label == label)]
            found.sort(key=lambda item: (item.updated, item.number), reverse=params["direction"] == "desc")
            self._lists[name] = found
        return self._lists[name][(page - 1) * size : page * size + 1]

    def _recent(self, home: str, params: dict[str, str]) -> list[Said]:
        since, page, size = number_of(params["since"]), int(params.get("page", "1")), int(params["per_page"])
        found = [said for (where, _), (_, said) in self._said.items() if where == home and said.updated >= since]
        found.sort(key=lambda said: said.updated, reverse=True)
        return found[(page - 1) * size : page * size + 1]

    @staticmethod
    def _listed(home: str, found: list[dict[str, Any]], params: dict[str, str]) -> tuple[int, Any, dict[str, str]]:
        """A page; that there is one entry too many in *found* says that another follows."""
        size = int(params["per_page"])
        query = "&".join(f"{name}={value}" for name, value in _following(params).items())
        kind = "issues/comments" if "since" in params else "issues"
        more = {"link": f'<{API}/repos/{home}/{kind}?{query}>; rel="next"'} if len(found) > size else {}
        return 200, found[:size], more

    def _create(self, item: Item, call: Call) -> dict[str, Any]:
        now = self._world.now
        said = Said(id=len(self._said) + 1, author=ACTIONS_BOT, body=_text(call), created=now, updated=now)
        item.comments.append(said)
        self._said[item.home, said.id] = item, said
        item.updated = now
        self._written(item)
        return _comment(said)

    def _one(self, home: str, number: int, call: Call) -> dict[str, Any]:
        item, said = self._said[home, number]
        if call.method == "PATCH":
            said.body, said.updated = _text(call), self._world.now
            item.updated = self._world.now
            self._written(item)
        return _comment(said)


def _following(params: dict[str, str]) -> dict[str, str]:
    return params | {"page": str(int(params.get("page", "1")) + 1)}


def _text(call: Call) -> str:
    return str((call.body or {})["body"])


def _issue(item: Item) -> dict[str, Any]:
    return {
        "number": item.number,
        "title": f"Ticket {item.number} of team {item.team}",
        "body": item.words,
        "state": "open",
        "labels": [{"name": item.label}] if item.waits else [],
        "user": {"login": "alice"},
        "comments": len(item.comments),
        "html_url": f"https://github.com/{item.home}/issues/{item.number}",
        "created_at": iso(item.created),
        "updated_at": iso(item.updated),
    }


def _comment(said: Said) -> dict[str, Any]:
    return {
        "id": said.id,
        "body": said.body,
        "user": {"login": said.author, "type": "Bot"},
        "created_at": iso(said.created),
        "updated_at": iso(said.updated),
        "html_url": f"https://github.com/c/{said.id}",
    }
