"""A ticket that a person may have RAT write to: what stands on it, and how to put all of it back."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rat.model import TicketRef, TrackerKind
from rat.ports import Tracker
from rat.publishing.journal import Journal
from rat.publishing.offer import Desk, Policy
from rat.publishing.outcome import Action
from rat.publishing.publish import publish
from tests.stand_ins.github import REPOSITORY
from tests.stand_ins.proxy import Proxy
from tests.unit.publishing.sample import SITE, full_report

WORDS = "It hangs.\n\nAfter an *hour*, in the basket."
"""What the reporter wrote."""
REMARK = "I have this too."
FORMER = "Somebody's own criteria."
"""What stood in the field of the acceptance criteria before."""
TITLES = ("Read orders by cursor", "Write rows as they come", "Time-out test")
FIELD = "customfield_10040"
CONFIGURATION = {
    TrackerKind.GITHUB: "projects:\n  - name: shop\n    write: region\n    labels: {}\n",
    TrackerKind.JIRA: "projects:\n  - name: shop\n    labels: {}\n    link_run: true\n    write:\n      jira-field:\n"
    "        Acceptance Criteria: approved\n        description: approved\n",
}
RUN = {"GITHUB_SERVER_URL": "https://github.com", "GITHUB_RUN_ID": "4711", "GITHUB_RUN_ATTEMPT": "1"}
PURPOSE = re.compile(r"<!-- rat:1 [^\n]*purpose=([a-z]+)")


@dataclass(frozen=True, kw_only=True)
class Standing:
    """All that stands on the ticket: *own* are RAT's comments by purpose (no markers), *others* everybody else's.

    *tasks* are the title and state of each issue made of a task, below the ticket or not; *blocked* pairs of titles.
    """

    description: str
    field: str
    labels: tuple[str, ...]
    own: tuple[tuple[str, str], ...]
    others: tuple[str, ...]
    tasks: tuple[tuple[str, str, bool], ...]
    blocked: tuple[tuple[str, str], ...]
    linked: tuple[str, ...]

    def but_for(self, *purposes: str) -> "Standing":
        """The same without RAT's comments of these *purposes*."""
        return replace(self, own=tuple(one for one in self.own if one[0] not in purposes))


@dataclass(frozen=True, kw_only=True)
class Scene:
    """The ticket *ref*. *say* is a maintainer's comment and gives the event of it, *save* gives what puts all back."""

    ref: TicketRef
    proxy: Proxy
    access: Mapping[str, str]
    say: Callable[[str], dict[str, Any]]
    save: Callable[[], Callable[[], None]]
    look: Callable[[], Standing]


def refine(ref: TicketRef, tracker: Tracker, folder: Path) -> None:
    """Put RAT's refinement on the ticket."""
    policy = Policy(repositories=frozenset({REPOSITORY}), jira_projects=frozenset({ref.key.partition("-")[0]}))
    journal = Journal(folder / "refined.jsonl")
    journal.path.unlink(missing_ok=True)
    desk = Desk(tracker_for=lambda _: tracker, site=SITE, policy=policy, journal=journal, wait=asleep)
    (outcome,) = publish([full_report(tracker.fetch(ref, comments=False))], desk)
    assert outcome.action is Action.CREATED, outcome


def asleep(_: float) -> None:
    """Wait for nothing."""
