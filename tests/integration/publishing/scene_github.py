"""An issue of GitHub that a person may have RAT write to."""

import json
import urllib.request
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from rat.model import TicketRef, TrackerKind
from rat.trackers import github
from rat.trackers.patience import Patience
from tests.integration.publishing.scene import PURPOSE, REMARK, TITLES, WORDS, Scene, Standing, asleep, refine
from tests.stand_ins.github import ACTIONS, ALICE, MALLORY, REPOSITORY, GitHubStandIn
from tests.stand_ins.github_people import People
from tests.stand_ins.github_sub_issues import SubIssues
from tests.stand_ins.proxy import Recorded


def on_github(stand_in: GitHubStandIn, folder: Path) -> Scene:
    """An issue of alice/demo that RAT, as github-actions[bot], refined."""
    begun = len(stand_in.proxy.history)
    people, sub_issues = People(stand_in.proxy), SubIssues(stand_in.proxy)
    issue = stand_in.repository(MALLORY).create_issue("Export hangs", body=WORDS)
    stand_in.repository(MALLORY).get_issue(issue.number).create_comment(REMARK)
    stand_in.repository().get_issue(issue.number).add_to_labels("bug", "rat:ready")
    ref = TicketRef(tracker=TrackerKind.GITHUB, key=f"{REPOSITORY}#{issue.number}")
    tracker = github.connect(
        token=ACTIONS,
        api_url=stand_in.url,
        repository=REPOSITORY,
        seconds_between_writes=0,
        patience=Patience(sleep=asleep),
    )
    refine(ref, tracker, folder)

    def say(text: str) -> dict[str, Any]:
        made = _sent(stand_in.url, "POST", f"/repos/{REPOSITORY}/issues/{issue.number}/comments", {"body": text})
        comment = {"id": made["id"], "body": text, "user": {"login": "alice", "type": "User"}}
        told = {"number": issue.number, "state": "open", "locked": False, "labels": []}
        return {"action": "created", "comment": comment, "issue": told, "sender": comment["user"]}

    def save() -> Callable[[], None]:
        written = [one for one in stand_in.proxy.history[begun:] if one.method != "GET" and 200 <= one.status < 300]
        return lambda: _replay(stand_in, written, people, sub_issues)

    def look() -> Standing:
        path = f"/repos/{REPOSITORY}/issues"
        every = {one["number"]: one for one in _sent(stand_in.proxy.target, "GET", f"{path}?state=all&per_page=100")}
        said = [
            one["body"] for one in _sent(stand_in.proxy.target, "GET", f"{path}/{issue.number}/comments?per_page=100")
        ]
        return Standing(
            description=every[issue.number]["body"],
            field="",
            labels=tuple(sorted(label["name"] for label in every[issue.number]["labels"])),
            own=tuple((found[1], body.partition("\n")[2]) for body in said if (found := PURPOSE.match(body))),
            others=tuple(body for body in said if not PURPOSE.match(body) and not body.startswith("/rat ")),
            tasks=tuple(
                (one["title"], one["state"], number in sub_issues.below.get(issue.number, ()))
                for number, one in sorted(every.items())
                if one["title"] in TITLES
            ),
            blocked=tuple(
                (every[waiting]["title"], every[first]["title"])
                for waiting, blockers in sorted(sub_issues.blocking.items())
                for first in blockers
            ),
            linked=(),
        )

    access = {"GITHUB_TOKEN": ACTIONS, "GITHUB_API_URL": stand_in.url, "GITHUB_EVENT_NAME": "issue_comment"}
    return Scene(ref=ref, proxy=stand_in.proxy, access=access, say=say, save=save, look=look)


def _replay(stand_in: GitHubStandIn, written: Iterable[Recorded], people: People, sub_issues: SubIssues) -> None:
    """Start anew and send the same requests again: the stand-in counts as before, so they give the same."""
    stand_in.reset()
    people.begin(stand_in.proxy)
    sub_issues.begin(stand_in.proxy)
    for one in written:
        sent = urllib.request.Request(stand_in.url + one.path, one.body or None, method=one.method)
        for name in ("authorization", "content-type"):
            sent.add_header(name, one.headers.get(name, "application/json"))
        with urllib.request.urlopen(sent, timeout=10) as answer:
            assert answer.status == one.status
    stand_in.proxy.forget()


def _sent(url: str, method: str, path: str, body: object | None = None) -> Any:
    """What the API at *url* answers to alice."""
    data = None if body is None else json.dumps(body).encode()
    headers = {"Authorization": f"token {ALICE}", "Content-Type": "application/json"}
    sent = urllib.request.Request(url + path, data, headers, method=method)
    with urllib.request.urlopen(sent, timeout=10) as answer:
        return json.load(answer)
