import pytest

from rat.model import Ticket, TicketRef, TicketType, TrackerKind
from rat.readiness import classify


@pytest.mark.parametrize(
    ("declared", "labels", "kind"),
    [
        ("Bug", (), TicketType.BUG),
        ("Sub-task", (), TicketType.TASK),
        ("User Story", (), TicketType.STORY),
        ("", ("good first issue", "type: bug"), TicketType.BUG),
        ("", ("kind/feature",), TicketType.STORY),
        ("", ("Epic",), TicketType.EPIC),
        ("", ("feature request",), TicketType.RFE),
        ("", ("spike",), TicketType.SPIKE),
        ("Epic", ("bug",), TicketType.EPIC),
    ],
)
def test_what_it_is_declared_as_decides(
    write: object, declared: str, labels: tuple[str, ...], kind: TicketType
) -> None:
    ref = TicketRef(tracker=TrackerKind.GITHUB, key="o/r#1")
    ticket = Ticket(ref=ref, title="How do I crash it?", body="", declared_type=declared, labels=labels)
    assert classify(ticket) is kind


@pytest.mark.parametrize(
    ("title", "body", "kind"),
    [
        ("[Bug]: Legend is lost", "", TicketType.BUG),
        ("feat(api): paging", "", TicketType.STORY),
        ("RFE: retry webhooks", "", TicketType.RFE),
        ("Spike: replace the queue", "", TicketType.SPIKE),
        ("Evaluate job queues", "", TicketType.SPIKE),
        ("How do I configure the proxy?", "", TicketType.QUESTION),
        ("Rename `Foo` to `Bar`", "", TicketType.TASK),
        ("Export crashes on empty lists", "", TicketType.BUG),
        ("Allow a custom port", "", TicketType.STORY),
        ("CSV", "As a clerk, I want to export so that I can file taxes", TicketType.STORY),
        ("Daily report as a file", "As the office clerk I want it as CSV, so that nothing is wrong.", TicketType.STORY),
        ("CSV", "Als Buchhalter möchte ich exportieren", TicketType.STORY),
        ("Totals", "## Steps to reproduce\n1. a\n\n## Expected\nb", TicketType.BUG),
        ("Totals", "*Steps:* open it\n*Expected result:* 1.00\n*Actual result:* 0.99", TicketType.BUG),
        ("导出", "### 复现步骤\n1. 打开\n\n### 预期行为\n下载", TicketType.BUG),
        ("Paging", "## Motivation\nx\n## Proposal\ny\n## Drawbacks\nz\n## Alternatives\nw", TicketType.RFE),
        ("x", "```\nTraceback (most recent call last):\nKeyError\n```", TicketType.BUG),
        ("Dashboard", "", TicketType.TASK),
    ],
)
def test_the_words_decide_where_nothing_is_declared(title: str, body: str, kind: TicketType) -> None:
    ticket = Ticket(ref=TicketRef(tracker=TrackerKind.FILE, key="a.md"), title=title, body=body)
    assert classify(ticket) is kind


def test_a_file_in_a_folder_of_requests_is_one() -> None:
    ref = TicketRef(tracker=TrackerKind.FILE, key="docs/rfe/0004-retry.md")
    assert classify(Ticket(ref=ref, title="Retry", body="")) is TicketType.RFE
