"""A ticket in each of the three systems, and what publishing to it needs: the real trackers over their stand-ins."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from rat.model import Comment, RunReport, Ticket, TicketRef, TrackerKind
from rat.ports import Tracker
from rat.publishing.journal import Journal
from rat.publishing.offer import Desk, Policy
from rat.publishing.outcome import Outcome
from rat.publishing.publish import publish
from rat.trackers import github, jira
from rat.trackers.patience import Patience
from tests.stand_ins.github import ALICE, MALLORY, REPOSITORY, GitHubStandIn
from tests.stand_ins.jira_dc import JiraStandIn
from tests.stand_ins.proxy import Proxy
from tests.unit.publishing.sample import SITE, full_report


def _asleep(_: float) -> None:
    """Wait for nothing."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """A system with tickets: *connect* opens RAT's tracker, *create* makes a ticket, *say* is a person's comment.

    *access* is the environment in which `rat` finds it.
    """

    number: int
    proxy: Proxy
    connect: Callable[[], Tracker]
    create: Callable[[], TicketRef]
    say: Callable[[TicketRef, str], None]
    policy: Policy
    folder: Path
    access: Mapping[str, str]

    def report(self, ref: TicketRef, note: str = "a note") -> RunReport:
        """A refinement of the ticket as it is now; *note* tells one from another."""
        ticket: Ticket = self.connect().fetch(ref, comments=False)
        made = full_report(ticket)
        return replace(made, input_hash=note.encode().hex()[:16], refinement=replace(made.refinement, notes=(note,)))

    def desk(self, tracker: Tracker, name: str = "journal") -> Desk:
        """A desk with that tracker alone."""
        journal = Journal(self.folder / f"{name}.jsonl")
        return Desk(tracker_for=lambda _: tracker, site=SITE, policy=self.policy, journal=journal)

    def publish(self, report: RunReport, tracker: Tracker | None = None, name: str = "journal") -> Outcome:
        """Publish one report as a run of its own."""
        return publish([report], self.desk(tracker or self.connect(), name))[0]

    def look(self, ref: TicketRef) -> tuple[list[Comment], list[str]]:
        """RAT's comments on the ticket, and the words of everybody else, sorted."""
        comments = self.connect().comments(ref)
        own = [comment for comment in comments if "rat:1" in comment.marker]
        return own, sorted(comment.body.strip() for comment in comments if comment not in own)


def _github(stand_in: GitHubStandIn, folder: Path) -> Place:
    def create() -> TicketRef:
        issue = stand_in.repository().create_issue("Export hangs", body="It hangs.")
        return TicketRef(tracker=TrackerKind.GITHUB, key=f"{REPOSITORY}#{issue.number}")

    def say(ref: TicketRef, text: str) -> None:
        stand_in.repository(MALLORY).get_issue(int(ref.key.split("#")[1])).create_comment(text)

    return Place(
        number=0,
        proxy=stand_in.proxy,
        connect=lambda: github.connect(
            token=ALICE,
            api_url=stand_in.url,
            repository=REPOSITORY,
            seconds_between_writes=0,
            patience=Patience(sleep=_asleep),
        ),
        create=create,
        say=say,
        policy=Policy(repositories=frozenset({REPOSITORY})),
        folder=folder,
        access={"GITHUB_TOKEN": ALICE, "GITHUB_API_URL": stand_in.url, "GITHUB_REPOSITORY": REPOSITORY},
    )


def _jira(stand_in: JiraStandIn, folder: Path) -> Place:
    def create() -> TicketRef:
        return TicketRef(tracker=TrackerKind.JIRA, key=stand_in.create("Export hangs"))

    def say(ref: TicketRef, text: str) -> None:
        paragraph = {"type": "paragraph", "content": [{"type": "text", "text": text}]}
        body = {"type": "doc", "version": 1, "content": [paragraph]} if stand_in.api == "3" else text
        stand_in.request("POST", f"issue/{ref.key}/comment", {"body": body})

    return Place(
        number=int(stand_in.api) - 1,
        proxy=stand_in.proxy,
        connect=lambda: jira.connect(
            url=stand_in.url, email=stand_in.email, token=stand_in.token, patience=Patience(sleep=_asleep)
        ),
        create=create,
        say=say,
        policy=Policy(jira_projects=frozenset({stand_in.project})),
        folder=folder,
        access={
            "JIRA_URL": stand_in.url,
            "JIRA_EMAIL": stand_in.email,
            "JIRA_TOKEN": stand_in.token,
            "GITHUB_REPOSITORY": REPOSITORY,
        },
    )


SYSTEMS = ("github", "jira_dc", "jira_cloud")
"""By the number of their `Place`."""


@pytest.fixture(params=SYSTEMS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Each system in turn."""
    stand_in = request.getfixturevalue(f"{request.param}_stand_in")
    return _github(stand_in, tmp_path) if request.param == "github" else _jira(stand_in, tmp_path)
