"""The four trackers side by side, each with what a test needs to arrange tickets in it."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from rat.model.ticket import Ticket, TicketRef, TrackerKind
from rat.ports import Draft, Tracker
from rat.trackers import github, jira
from rat.trackers.patience import Patience
from tests.stand_ins.github import ALICE, MALLORY, REPOSITORY, GitHubStandIn
from tests.stand_ins.jira_cloud import OTHER_EMAIL, OTHER_TOKEN, JiraCloudStandIn
from tests.stand_ins.jira_dc import JiraStandIn
from tests.stand_ins.memory import MemoryTracker
from tests.stand_ins.proxy import Proxy

LABEL = "needs-refinement"


@dataclass(frozen=True, kw_only=True)
class Bench:
    """A tracker on the bench: *create* makes a ticket (title, text, labels), *say* comments on it as someone else."""

    tracker: Tracker
    create: Callable[[str, str, list[str]], TicketRef]
    say: Callable[[TicketRef, str], None]
    draft: Callable[[str], Draft]
    missing: TicketRef


class Naps:
    """The waits that were asked for, none of them slept."""

    def __init__(self) -> None:
        self.taken: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.taken.append(seconds)


@pytest.fixture
def naps() -> Naps:
    """What would have been slept."""
    return Naps()


@pytest.fixture
def connect_github(github_stand_in: GitHubStandIn, naps: Naps) -> Callable[..., github.GitHubTracker]:
    """Opens GitHub without its waits; `seconds` is how long may be waited for rate limits."""

    def connect(*, token: str = ALICE, seconds: float = 300.0, url: str = "") -> github.GitHubTracker:
        return github.connect(
            token=token,
            api_url=url or github_stand_in.url,
            repository=REPOSITORY,
            seconds_between_writes=0,
            patience=Patience(seconds=seconds, sleep=naps),
        )

    return connect


@pytest.fixture
def connect_jira(naps: Naps) -> Callable[..., jira.JiraTracker]:
    """Opens a Jira without its waits."""

    def connect(stand_in: JiraStandIn, *, token: str = "", seconds: float = 300.0, url: str = "") -> jira.JiraTracker:
        patience = Patience(seconds=seconds, sleep=naps)
        return jira.connect(
            url=url or stand_in.url, email=stand_in.email, token=token or stand_in.token, patience=patience
        )

    return connect


def adf(text: str) -> dict[str, object]:
    """A document of one paragraph."""
    return {
        "type": "doc",
        "version": 1,
        "content": [{"type": "paragraph", "content": [{"type": "text", "text": text}]}],
    }


def _plain_draft(text: str) -> Draft:
    marker = "<!-- rat:1 ticket=T purpose=refinement input=ab content=cd -->"
    return Draft(text=text, marker=marker)


def _markdown_draft(text: str) -> Draft:
    plain = _plain_draft(text)
    return Draft(text=f"{plain.marker}\n{text}", marker=plain.marker)


def _adf_draft(text: str) -> Draft:
    return Draft(text=json.dumps(adf(text)), marker=_plain_draft("").marker)


def memory_bench() -> Bench:
    """The tracker in memory."""
    tracker = MemoryTracker()

    def create(title: str, body: str, labels: list[str]) -> TicketRef:
        ref = TicketRef(tracker=TrackerKind.GITHUB, key=f"alice/demo#{len(tracker.tickets) + 1}")
        tracker.add(Ticket(ref=ref, title=title, body=body, labels=tuple(labels), author="alice", url="https://t.test"))
        return ref

    missing = TicketRef(tracker=TrackerKind.GITHUB, key="alice/demo#999")
    return Bench(
        tracker=tracker,
        create=create,
        say=lambda ref, text: void(tracker.say(ref.key, text)),
        draft=_markdown_draft,
        missing=missing,
    )


def github_bench(stand_in: GitHubStandIn, connect: Callable[..., github.GitHubTracker]) -> Bench:
    """GitHub on emulate."""

    def create(title: str, body: str, labels: list[str]) -> TicketRef:
        issue = stand_in.repository().create_issue(title, body=body, labels=labels)
        return TicketRef(tracker=TrackerKind.GITHUB, key=f"{REPOSITORY}#{issue.number}")

    def say(ref: TicketRef, text: str) -> None:
        stand_in.repository(MALLORY).get_issue(int(ref.key.split("#")[1])).create_comment(text)

    missing = TicketRef(tracker=TrackerKind.GITHUB, key=f"{REPOSITORY}#999")
    return Bench(tracker=connect(), create=create, say=say, draft=_markdown_draft, missing=missing)


def cloud_bench(stand_in: JiraCloudStandIn, connect: Callable[..., jira.JiraTracker]) -> Bench:
    """Jira Cloud on our own strict fake."""

    def create(title: str, body: str, labels: list[str]) -> TicketRef:
        key = stand_in.create(title, description=adf(body) if body else None, labels=labels)
        return TicketRef(tracker=TrackerKind.JIRA, key=key)

    def say(ref: TicketRef, text: str) -> None:
        stand_in.request("POST", f"issue/{ref.key}/comment", {"body": adf(text)}, account=(OTHER_EMAIL, OTHER_TOKEN))

    missing = TicketRef(tracker=TrackerKind.JIRA, key="PAY-999")
    return Bench(tracker=connect(stand_in), create=create, say=say, draft=_adf_draft, missing=missing)


def dc_bench(stand_in: JiraStandIn, connect: Callable[..., jira.JiraTracker]) -> Bench:
    """Jira Data Center on jira820."""

    def create(title: str, body: str, labels: list[str]) -> TicketRef:
        return TicketRef(tracker=TrackerKind.JIRA, key=stand_in.create(title, description=body, labels=labels))

    def say(ref: TicketRef, text: str) -> None:
        stand_in.request("POST", f"issue/{ref.key}/comment", {"body": text})

    missing = TicketRef(tracker=TrackerKind.JIRA, key="PROJ-999")
    return Bench(tracker=connect(stand_in), create=create, say=say, draft=_plain_draft, missing=missing)


def void(_: object) -> None:
    """Nothing, whatever came."""


@pytest.fixture(params=["memory", "github", "jira_cloud", "jira_dc"])
def bench(request: pytest.FixtureRequest) -> Bench:
    """Each tracker in turn."""
    if request.param == "memory":
        return memory_bench()
    stand_in = request.getfixturevalue(f"{request.param}_stand_in")
    if request.param == "github":
        return github_bench(stand_in, request.getfixturevalue("connect_github"))
    connect = request.getfixturevalue("connect_jira")
    return cloud_bench(stand_in, connect) if request.param == "jira_cloud" else dc_bench(stand_in, connect)


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    """A server that answers only what a test tells it to."""
    with Proxy().serve() as served:
        yield served
