"""What a ticket's name means."""

import contextlib
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rat.errors import ConfigError
from rat.model.ticket import TicketRef, TrackerKind
from rat.trackers import parse_ref
from rat.trackers.refs import split_issue

SITE = "https://example.atlassian.net"


def parse(text: str, *, repository: str = "alice/demo", jira_url: str = SITE) -> TicketRef:
    return parse_ref(text, default_repository=repository, jira_url=jira_url)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("#12", "alice/demo#12"),
        (" #12\n", "alice/demo#12"),
        ("bob/tools.py#7", "bob/tools.py#7"),
        ("https://github.com/bob/tools/issues/7", "bob/tools#7"),
        ("https://github.com/bob/tools/issues/7/", "bob/tools#7"),
        ("https://github.com/bob/tools/issues/7#issuecomment-99", "bob/tools#7"),
        ("https://github.com/bob/tools/issues/7?q=1", "bob/tools#7"),
        ("https://git.corp.example/bob/tools/issues/7", "bob/tools#7"),
        ("http://127.0.0.1:4102/bob/tools/issues/7", "bob/tools#7"),
        ("https://api.github.com/repos/bob/tools/issues/7", "bob/tools#7"),
    ],
)
def test_issues_of_github(text: str, key: str) -> None:
    assert parse(text) == TicketRef(tracker=TrackerKind.GITHUB, key=key)


@pytest.mark.parametrize(
    "text",
    [
        "PAY-17",
        f"{SITE}/browse/PAY-17",
        f"{SITE}/browse/PAY-17?focusedCommentId=10001",
        f"{SITE}/jira/software/c/projects/PAY/boards/1?selectedIssue=PAY-17",
        f"{SITE}/jira/software/projects/PAY/issues/PAY-17",
    ],
)
def test_items_of_jira(text: str) -> None:
    assert parse(text) == TicketRef(tracker=TrackerKind.JIRA, key="PAY-17")


def test_a_jira_below_a_context_path_and_behind_the_gateway() -> None:
    assert parse("https://corp.example/jira/browse/PAY-17", jira_url="https://corp.example/jira").key == "PAY-17"
    gateway = "https://api.atlassian.com/ex/jira/11111111"
    assert parse(f"{SITE}/browse/PAY-17", jira_url=gateway).key == "PAY-17"
    assert parse(f"{SITE}/browse/PAY-17", jira_url="").key == "PAY-17"


@pytest.mark.parametrize("text", ["-", "ticket.md", "docs/a b.markdown", "x.JSON", "many.jsonl", "/abs/PAY-17.md"])
def test_files(text: str) -> None:
    assert parse(text) == TicketRef(tracker=TrackerKind.FILE, key=text)


def test_a_file_with_another_name_counts_when_it_is_there(tmp_path: Path) -> None:
    path = tmp_path / "ticket.txt"
    with pytest.raises(ConfigError, match="names no ticket"):
        parse(str(path))
    path.write_text("# Title")
    assert parse(str(path)).tracker is TrackerKind.FILE


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "'' names no ticket"),
        ("hello", "names no ticket"),
        ("12", "Did you mean #12?"),
        ("pay-17", "Did you mean PAY-17?"),
        ("#0", "names no ticket"),
        ("a/b/c#1", "names no ticket"),
        ("PAY-0", "names no ticket"),
        ("https://github.com/bob/tools", "is not the address of an issue"),
        ("https://github.com/bob/tools/issues", "is not the address of an issue"),
        ("https://github.com/bob/tools/pull/7", "bob/tools#7 is a pull request, not a ticket. `rat impact 7`"),
        ("https://github.com/bob/tools/pull/7/files", "is a pull request, not a ticket"),
        ("https://other.atlassian.net/browse/PAY-17", "PAY-17 lies on other.atlassian.net, but JIRA_URL is example"),
        ("ftp://github.com/bob/tools/issues/7", "is not the address of a ticket"),
        ("https://[::1", "is not a URL"),
        ("a\nb" * 200, "names no ticket"),
    ],
)
def test_what_is_no_ticket_is_said_on_one_line(text: str, words: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse(text)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 500


def test_a_bare_number_needs_a_repository() -> None:
    with pytest.raises(ConfigError, match=r"#12 does not say in which repository.*GITHUB_REPOSITORY"):
        parse("#12", repository="")


@given(st.text(max_size=200))
def test_any_text_is_a_ticket_or_a_clear_refusal(text: str) -> None:
    with contextlib.suppress(ConfigError):
        assert parse(text).key


@given(
    st.text(string.ascii_letters + string.digits, min_size=1, max_size=20),
    st.text(string.ascii_letters + string.digits + "._-", min_size=1, max_size=20),
    st.integers(1, 10**9),
)
def test_every_form_of_an_issue_is_the_same_ticket(owner: str, name: str, number: int) -> None:
    key = f"{owner}/{name}#{number}"
    ref = parse(key)
    assert ref.key == key
    assert parse(f"https://github.com/{owner}/{name}/issues/{number}") == ref
    assert parse(f"#{number}", repository=f"{owner}/{name}") == ref
    assert split_issue(ref) == (f"{owner}/{name}", number)
