"""Which project's rules a ticket is held to."""

import pytest

from rat.model import Ticket, TicketRef, TrackerKind
from rat.model.settings import GitHubTickets, JiraTickets, Project, Settings, Tickets
from rat.projects import candidates, jira_projects, project_of, seen_from


def on_github(name: str, label: str, repository: str = "") -> Project:
    return Project(name=name, tickets=Tickets(github=GitHubTickets(label=label, repository=repository)))


def in_jira(name: str, jql: str) -> Project:
    return Project(name=name, tickets=Tickets(jira=JiraTickets(jql=jql)))


SETTINGS = Settings(
    projects=(
        on_github("shop", "refine"),
        on_github("payments", "pay refine"),
        on_github("search", "refine", "alice/search"),
        in_jira("risk", "project = RISK AND labels = refine"),
        in_jira("ledger", "project in (LED, BOOK) ORDER BY created"),
    )
)


def owner(key: str, *labels: str, tracker: TrackerKind = TrackerKind.GITHUB) -> str:
    ticket = Ticket(ref=TicketRef(tracker=tracker, key=key), title="", body="", labels=labels)
    return project_of(ticket, SETTINGS, repository="alice/demo").name


@pytest.mark.parametrize(
    ("key", "labels", "project"),
    [
        ("alice/demo#1", ("refine",), "shop"),
        ("alice/demo#1", ("bug", "pay refine"), "payments"),
        ("alice/demo#1", (), "shop"),
        ("Alice/Search#1", (), "search"),
        ("alice/search#1", ("pay refine",), "search"),
        ("bob/elsewhere#1", ("pay refine",), "shop"),
    ],
)
def test_an_issue_belongs_to_its_label_then_to_its_repository(key: str, labels: tuple[str, ...], project: str) -> None:
    assert owner(key, *labels) == project


@pytest.mark.parametrize(
    ("key", "project"), [("RISK-1", "risk"), ("BOOK-3", "ledger"), ("LED-1", "ledger"), ("NEW-1", "shop")]
)
def test_a_jira_item_belongs_to_the_project_that_asks_for_its_jira_project(key: str, project: str) -> None:
    assert owner(key, tracker=TrackerKind.JIRA) == project


def test_a_file_belongs_to_the_default_project() -> None:
    assert owner("ticket.md", "pay refine", tracker=TrackerKind.FILE) == "shop"


def test_two_projects_may_share_a_jira_project() -> None:
    shared = Settings(projects=(in_jira("a", "project = PAY AND component = a"), in_jira("b", 'project = "PAY"')))
    ref = TicketRef(tracker=TrackerKind.JIRA, key="PAY-1")
    assert [one.name for one in candidates(ref, shared, repository="")] == ["a", "b"]


def test_settings_seen_from_a_project_have_that_one_only() -> None:
    assert seen_from(SETTINGS, SETTINGS.projects[2]).project.name == "search"


def test_the_jira_projects_of_a_query() -> None:
    assert jira_projects("labels = x AND project in (PAY, RFE) AND status != Done") == {"PAY", "RFE"}
