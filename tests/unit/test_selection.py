"""Which tickets a sweep takes: those of all projects, in fairness, and none that asks for nothing."""

from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rat.connect import Connections
from rat.errors import AccessRefused, ConfigError, RatError
from rat.model import Status, Ticket, TicketRef, TrackerKind
from rat.model.access import Access
from rat.model.wish import Wish
from rat.pipeline import input_hash
from rat.ports import Tracker
from rat.projects import seen_from
from rat.publishing.marker import Marker
from rat.selection import REQUESTS_A_TICKET, asked_for, select
from rat.sweep import sweep
from tests.stand_ins.memory import MemoryTracker

TWO_TEAMS = """
projects:
  - name: payments
    tickets: {github: {label: pay}}
    paths: [services/payments]
  - name: search
    tickets: {github: {label: search}}
    definition_of_ready: {bug: [scope]}
"""


class Counted(MemoryTracker):
    """A tracker in memory whose limit has so many requests *left*, as GitHub says."""

    left = 5_000

    def requests_left(self) -> int | None:
        return self.left

    def recall_writes(self, repositories: Iterable[str]) -> None:
        """It has no writes to recall."""


class Wired(Connections):
    """Connections whose trackers live in memory."""

    def __init__(self, tracker: MemoryTracker, repo: Path, wish: Wish, *, jira: MemoryTracker | None = None) -> None:
        super().__init__(access=Access(github_token="t", github_repository="alice/demo"), repo=repo, wish=wish)
        self._by_kind = {TrackerKind.GITHUB: tracker, TrackerKind.JIRA: jira}

    def tracker(self, kind: TrackerKind) -> Tracker:
        tracker: Any = self._by_kind[kind]
        return tracker  # type: ignore[no-any-return]


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    (tmp_path / ".github").mkdir()
    (tmp_path / ".github" / "rat.yml").write_text(TWO_TEAMS)
    (tmp_path / "services" / "payments").mkdir(parents=True)
    (tmp_path / "services" / "payments" / "pay.py").write_text("def refund(): ...\n")
    return tmp_path


def issue(number: int, *labels: str, **more: Any) -> Ticket:
    ref = TicketRef(tracker=TrackerKind.GITHUB, key=f"alice/demo#{number}")
    return Ticket(ref=ref, title=f"Refund {number}", body="The refund fails.", labels=labels, comment_count=0, **more)


def keys(tracker: MemoryTracker, repo: Path, **wish: Any) -> list[str]:
    asked = Wish(skip_unchanged=True, **wish)
    selection = select(asked, Wired(tracker, repo, asked), thrifty=False)
    return [ref.key.removeprefix("alice/demo#") for ref in selection.refs]


def refined(tracker: MemoryTracker, number: int, repo: Path, *, author: str = "rat-bot") -> None:
    """Put RAT's comment on an issue, made from what it says now."""
    key = f"alice/demo#{number}"
    connections = Wired(tracker, repo, Wish())
    ticket = tracker.tickets[key]
    settings = seen_from(connections.settings, connections.project_of(ticket))
    marker = Marker(ticket=key, purpose="refinement", input_hash=input_hash(ticket, settings)).write()
    tracker.say(key, "RAT says", author=author, marker=marker)
    tracker.tickets[key] = replace(tracker.tickets[key], comment_count=1)


def test_every_project_is_asked_and_a_ticket_of_two_projects_comes_once(repo: Path) -> None:
    tracker = MemoryTracker(issue(1, "pay"), issue(2, "pay", "search"), issue(3, "search"), issue(4, "bug"))
    assert sorted(keys(tracker, repo)) == ["1", "2", "3"]


def test_five_thousand_tickets_of_one_team_starve_no_other(repo: Path) -> None:
    many = [issue(number, "pay", updated_at=f"2026-01-01T00:00:{number:05}") for number in range(1, 5_001)]
    few = [issue(number, "search", updated_at="2026-06-01") for number in (7_001, 7_002, 7_003)]
    chosen = keys(MemoryTracker(*many, *few), repo)
    assert len(chosen) == 100
    assert {"7001", "7002", "7003", "1"} <= set(chosen)


def test_closed_tickets_and_those_that_asked_rat_to_keep_away_are_left_out(repo: Path) -> None:
    tracker = MemoryTracker(issue(1, "pay", state="closed"), issue(2, "pay", "rat:off"), issue(3, "pay"))
    assert keys(tracker, repo) == ["3"]


def test_an_unchanged_ticket_is_left_out_until_it_changes(repo: Path) -> None:
    tracker = MemoryTracker(issue(1, "pay"), issue(2, "search"))
    refined(tracker, 1, repo)
    assert keys(tracker, repo) == ["2"]
    tracker.edit("alice/demo#1", body="The refund of gift cards fails.")
    assert sorted(keys(tracker, repo)) == ["1", "2"]


def test_a_marker_by_somebody_else_hides_no_ticket(repo: Path) -> None:
    tracker = MemoryTracker(issue(1, "pay"))
    refined(tracker, 1, repo, author="mallory")
    assert keys(tracker, repo) == ["1"]


def test_a_changed_rule_of_the_project_asks_for_its_tickets_again_and_for_no_others(repo: Path) -> None:
    tracker = MemoryTracker(issue(1, "pay"), issue(2, "search"))
    refined(tracker, 1, repo)
    refined(tracker, 2, repo)
    config = repo / ".github" / "rat.yml"
    config.write_text(config.read_text().replace("[scope]", "[scope, steps]"))
    assert keys(tracker, repo) == ["2"]


def test_a_ticket_without_comments_costs_no_request(repo: Path) -> None:
    tracker = MemoryTracker(*(issue(number, "pay") for number in range(1, 30)))
    assert len(keys(tracker, repo)) == 29
    assert tracker.counts() == {"find": 2}


def test_looking_for_what_changed_is_bounded(repo: Path) -> None:
    tracker = Counted(*(issue(number, "pay", updated_at="2026") for number in range(1, 60)))
    for number in range(1, 60):
        refined(tracker, number, repo)
    tracker.calls.clear()
    keys(tracker, repo, max_tickets=10)
    assert tracker.counts()["comments"] == 20


def test_where_not_all_can_be_looked_at_new_tickets_come_before_those_that_may_be_unchanged(repo: Path) -> None:
    old = [issue(number, "pay", updated_at=f"2026-01-01T{number:02}") for number in range(1, 60)]
    tracker = Counted(*old, *(issue(number, "pay", updated_at="2026-02-01") for number in (100, 101, 102)))
    for number in range(1, 60):
        refined(tracker, number, repo)
        tracker.tickets[f"alice/demo#{number}"] = replace(
            tracker.tickets[f"alice/demo#{number}"], updated_at=f"2026-01-01T{number:02}"
        )
    chosen = keys(tracker, repo, max_tickets=5)
    assert set(chosen[:3]) == {"100", "101", "102"}
    assert len(chosen) == 5


def test_no_more_tickets_are_taken_than_the_token_has_requests_for(repo: Path) -> None:
    tracker = Counted(*(issue(number, "pay") for number in range(1, 30)))
    tracker.left = 3 * REQUESTS_A_TICKET + 1
    assert len(keys(tracker, repo)) == 3
    tracker.left = 0
    assert keys(tracker, repo) == []


def test_unchanged_tickets_take_nobodys_place(repo: Path) -> None:
    tracker = MemoryTracker(*(issue(number, "pay", updated_at=f"2026-01-{number:02}") for number in range(1, 16)))
    for number in range(1, 11):
        refined(tracker, number, repo)
        tracker.tickets[f"alice/demo#{number}"] = replace(
            tracker.tickets[f"alice/demo#{number}"], updated_at=f"2026-01-{number:02}"
        )
    assert set(keys(tracker, repo, max_tickets=5)) <= {"11", "12", "13", "14", "15"}
    assert len(keys(tracker, repo, max_tickets=5)) == 5


def test_named_tickets_are_taken_as_they_are_and_cost_nothing(repo: Path) -> None:
    tracker = MemoryTracker(issue(1, "pay"), issue(2, "pay"))
    assert keys(tracker, repo, tickets=("#2",)) == ["2"]
    assert tracker.calls == []


def test_one_failing_query_stops_no_other_and_is_told(repo: Path) -> None:
    tracker = MemoryTracker(issue(1, "pay"), issue(2, "search"))
    tracker.fail("find", AccessRefused("GitHub refused"))
    wish = Wish()
    selection = select(wish, Wired(tracker, repo, wish), thrifty=False)
    assert [ref.key for ref in selection.refs] == ["alice/demo#2"]
    assert [str(trouble) for trouble in selection.troubles] == ["GitHub refused"]


def test_where_every_query_fails_the_first_failure_is_raised(repo: Path) -> None:
    tracker = MemoryTracker()
    tracker.fail("find", AccessRefused("first"))
    tracker.fail("find", AccessRefused("second"))
    with pytest.raises(RatError, match="first"):
        keys(tracker, repo)


def test_with_no_project_query_it_says_what_to_name(repo: Path) -> None:
    (repo / ".github" / "rat.yml").unlink()
    with pytest.raises(ConfigError, match="No ticket is named"):
        keys(MemoryTracker(), repo)


def test_a_lost_event_is_healed_by_the_next_sweep(repo: Path) -> None:
    """An edit whose event never came, or whose run was cancelled, is found by the sweep, which needs no event."""
    tracker = MemoryTracker(issue(1, "pay"))
    refined(tracker, 1, repo)
    assert keys(tracker, repo) == []
    tracker.edit("alice/demo#1", title="Refund twice")
    assert keys(tracker, repo) == ["1"]
    refined(tracker, 1, repo)
    assert keys(tracker, repo) == []


def test_what_may_be_published_is_all_that_the_queries_find_whosever_turn_it_is(repo: Path) -> None:
    tracker = MemoryTracker(*(issue(number, "pay") for number in range(1, 200)))
    wish = Wish(max_tickets=3)
    assert len(asked_for(wish, Wired(tracker, repo, wish))) == 199


def test_what_is_left_out_is_what_refining_would_skip(repo: Path) -> None:
    """The sweep that selects and the one that refines go by the same rule."""
    tracker = MemoryTracker(issue(1, "pay"))
    refined(tracker, 1, repo)
    calls: list[str] = []
    for wish in (Wish(skip_unchanged=True), Wish(skip_unchanged=True, tickets=("#1",))):
        selection = select(wish, Wired(tracker, repo, wish), thrifty=False)
        calls.append(",".join(ref.key for ref in selection.refs))
        sweep(wish, Wired(tracker, repo, wish), progress=_quiet, show=_all_skipped, say=lambda _: None)
    assert calls == ["", "alice/demo#1"]


def _all_skipped(reports: Any) -> None:
    assert all(report.status is Status.SKIPPED for report in reports)


def item(key: str) -> Ticket:
    return Ticket(ref=TicketRef(tracker=TrackerKind.JIRA, key=key), title="x", body="y")


class Component(MemoryTracker):
    """A Jira in which `component = b` is PAY-2 alone."""

    def find(self, query: Any) -> tuple[Ticket, ...]:
        found = super().find(query)
        return tuple(ticket for ticket in found if "component = b" not in query.jql or ticket.key == "PAY-2")


def test_named_items_of_a_shared_jira_project_go_by_the_queries_of_the_projects(tmp_path: Path) -> None:
    (tmp_path / ".github").mkdir()
    (tmp_path / ".github" / "rat.yml").write_text(
        "projects:\n"
        "  - {name: b, tickets: {jira: {jql: 'project = PAY AND component = b ORDER BY key'}}}\n"
        "  - {name: rest, tickets: {jira: {jql: project = PAY}}}\n"
    )
    jira = Component(item("PAY-1"), item("PAY-2"), kind=TrackerKind.JIRA)
    wish = Wish(tickets=("PAY-1", "PAY-2"))
    selection = select(wish, Wired(MemoryTracker(), tmp_path, wish, jira=jira), thrifty=True)
    assert {ref.key: project.name for ref, project in selection.projects.items()} == {"PAY-1": "rest", "PAY-2": "b"}
    assert jira.calls[0] == ("find", "(project = PAY AND component = b) AND key in (PAY-1, PAY-2)")


def test_a_ticket_is_held_to_the_rules_and_paths_of_its_own_project(repo: Path) -> None:
    """The second team's ticket, swept or named, is not judged by the first team's rules."""
    tracker = MemoryTracker(issue(1, "pay"), issue(2, "search"))
    for wish in (Wish(), Wish(tickets=("#1", "#2"))):
        reports: list[Any] = []
        show: Callable[[Any], None] = reports.extend
        sweep(wish, Wired(tracker, repo, wish), progress=_quiet, show=show, say=lambda _: None)
        checks = {one.refinement.ticket.key: {f.check for f in one.refinement.findings} for one in reports}
        assert ("missing-steps" in checks["alice/demo#1"], "missing-scope" in checks["alice/demo#1"]) == (True, False)
        assert ("missing-steps" in checks["alice/demo#2"], "missing-scope" in checks["alice/demo#2"]) == (False, True)


def _quiet(futures: Any) -> Any:
    return nullcontext(futures)
