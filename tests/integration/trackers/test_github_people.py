"""Who may write in a repository of GitHub, and RAT's reactions to comments."""

from collections.abc import Callable

import pytest

from rat.errors import AccessRefused, TrackerError
from rat.model.ticket import TicketRef, TrackerKind
from rat.ports import Commanded
from rat.trackers.github import GitHubTracker
from tests.stand_ins.github import ACTIONS, ALICE, MALLORY, REPOSITORY, GitHubStandIn
from tests.stand_ins.github_people import People
from tests.stand_ins.proxy import Fault

Connect = Callable[..., GitHubTracker]
REF = TicketRef(tracker=TrackerKind.GITHUB, key=f"{REPOSITORY}#1")


@pytest.fixture
def people(github_stand_in: GitHubStandIn) -> People:
    return People(github_stand_in.proxy)


def comment(github: GitHubStandIn) -> str:
    issue = github.repository().create_issue("Crash", body="It crashes.")
    return str(issue.create_comment("/rat help").id)


def test_github_takes_commands(connect_github: Connect) -> None:
    assert isinstance(connect_github(), Commanded)


@pytest.mark.parametrize(
    ("permission", "may"),
    [("admin", True), ("maintain", True), ("write", True), ("triage", False), ("read", False), ("none", False)],
)
def test_only_who_may_write_may_command(people: People, connect_github: Connect, permission: str, may: bool) -> None:
    people.permissions["mallory"] = permission
    assert connect_github(token=ACTIONS).may_write(REF, "mallory") is may


@pytest.mark.parametrize("login", ["", "../../user", "rat[bot]", "a b", "a/b", "ghost?x=1", "-x"])
def test_what_is_no_login_of_a_person_is_not_even_asked_for(
    github_stand_in: GitHubStandIn, connect_github: Connect, login: str
) -> None:
    github_stand_in.proxy.forget()
    assert not connect_github().may_write(REF, login)
    assert github_stand_in.proxy.requests == []


def test_a_refused_question_is_an_error_and_no_yes(github_stand_in: GitHubStandIn, connect_github: Connect) -> None:
    github_stand_in.proxy.spoil("GET", "/permission", Fault(status=403, body=b'{"message": "no"}'))
    with pytest.raises(AccessRefused):
        connect_github().may_write(REF, "alice")


@pytest.mark.parametrize("body", [b"{}", b"[]", b'{"role_name": "admin"}'])
def test_an_answer_that_lacks_the_permission_is_an_error(
    github_stand_in: GitHubStandIn, connect_github: Connect, body: bytes
) -> None:
    github_stand_in.proxy.spoil("GET", "/permission", Fault(status=200, body=body))
    with pytest.raises(TrackerError):
        connect_github().may_write(REF, "alice")


def test_reactions_are_those_of_this_token_alone_and_one_of_a_kind(
    github_stand_in: GitHubStandIn, people: People, connect_github: Connect
) -> None:
    number = comment(github_stand_in)
    connect_github(token=MALLORY).react(REF, number, "+1")
    rat = connect_github(token=ACTIONS)
    assert rat.reactions(REF, number) == frozenset()
    rat.react(REF, number, "eyes")
    rat.react(REF, number, "eyes")
    assert rat.reactions(REF, number) == {"eyes"}
    assert people.reactions(int(number)) == ["eyes"]
    assert connect_github(token=ALICE).reactions(REF, number) == frozenset()


def test_a_comment_is_named_by_its_number_alone(connect_github: Connect) -> None:
    for wrong in ("1/../2", "", "x", "٣"):
        with pytest.raises(TrackerError, match="not the number of a comment"):
            connect_github().react(REF, wrong, "eyes")
