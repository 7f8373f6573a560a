"""What counts as a part being there: any style of heading, or none, but always something in it."""

import pytest

from rat.model import TicketType
from rat.readiness import missing_parts
from rat.readiness.parts import PartState, state_of
from rat.readiness.reading import read_text

TITLE = "Export of invoices fails"


def state(part: str, body: str) -> PartState:
    return state_of(part, read_text(TITLE, body))


@pytest.mark.parametrize(
    "body",
    [
        "## Expected behavior\n`total` is 1.00",
        "**Expected behavior**\n`total` is 1.00",
        "**Expected behavior:** `total` is 1.00",
        "### What did you expect to happen?\n\n`total` is 1.00",
        "*Expected result:* `total` is 1.00",
        "Expected: `total` is 1.00",
        "Expected result\n---------------\n`total` is 1.00",
        "<h3>Expected</h3>\n`total` is 1.00",
        "h3. Expected result\n`total` is 1.00",
        "It prints 0.99, but it should print `1.00`.",
        "## Erwartetes Verhalten\n`total` ist 1.00",
        "## Résultat attendu\n`total` vaut 1.00",
        "### 预期行为\n`total` 1.00",
        "Es sollte `1.00` sein.",
        "### Ожидаемый результат\n`total` 1.00",
    ],
)
def test_every_style_of_heading_is_read(body: str) -> None:
    assert state("expected", body) is PartState.PRESENT


@pytest.mark.parametrize(
    "body",
    [
        "",
        "### Expected behavior\n\n_No response_",
        "### Expected behavior\n\nN/A\n",
        "### Expected behavior\n<!-- `total` is what? -->",
        "**Expected behavior**\nA clear and concise description of what you expected to happen.",
        "### Expected behavior\n\n### Environment\n`3.11`",
        "```\nit should print 1.00\n```",
    ],
)
def test_a_template_left_as_it_came_is_missing(body: str) -> None:
    assert state("expected", body) is PartState.MISSING


@pytest.mark.parametrize(
    ("part", "body"),
    [
        ("expected", "### Expected behavior\nIt should work correctly."),
        ("expected", "It should be better than that."),
        ("acceptance-criteria", "## Acceptance criteria\n- [ ] it works\n- [ ] it looks good"),
        ("environment", "### Environment\nmine"),
        ("steps", "### Steps\njust use the app"),
        ("scope", "## Scope\nonly what is needed"),
        ("acceptance-criteria", "Done when the export should work properly."),
        ("expected", "They should be helped."),
        ("expected", "The export should be improved and better than today."),
    ],
)
def test_a_heading_over_nothing_is_thin(part: str, body: str) -> None:
    assert state(part, body) is PartState.THIN


@pytest.mark.parametrize(
    ("part", "body"),
    [
        ("steps", "1. open /invoices\n2. press Export"),
        ("steps", "```python\nexport(invoices)\n```"),
        ("steps", "    >>> export(invoices)\n    Traceback (most recent call last):\n    KeyError: 'vat'"),
        ("steps", "from shop import export\n\nrows = export(1)\n"),
        ("steps", "When I run `shop export`, it stops."),
        ("actual", "```\nTraceback (most recent call last):\n  File \"a.py\"\nKeyError: 'vat'\n```"),
        ("environment", "I use 3.11.2 of it."),
        ("environment", "Seen on Windows 11."),
        ("acceptance-criteria", "Given an invoice 4711\n\nWhen I press Export\n\nThen `a.csv` is loaded"),
        ("acceptance-criteria", "Done when `make test` passes on 3.13."),
        ("acceptance-criteria", "Done when the export takes less than a second."),
        ("expected", "The clerk should be told that the invoice is locked."),
        ("acceptance-criteria", "- [ ] `a.csv` has 12 columns\n- [ ] a clerk without the role gets 403"),
        ("breakdown", "It consists of PAY-1, PAY-2 and PAY-3."),
        ("time-box", "Two days at most: 2 days."),
        ("question", "Can `rq` replace our queue for 10,000 jobs?"),
    ],
)
def test_content_counts_without_a_heading(part: str, body: str) -> None:
    assert state(part, body) is PartState.PRESENT


def test_the_author_may_add_a_part_in_a_comment(write: object) -> None:
    from rat.model import Comment, Ticket, TicketRef, TrackerKind

    def ticket(author: str) -> Ticket:
        answer = Comment(id="1", author=author, body="It should print `1.00`. Version 3.11.2.")
        ref = TicketRef(tracker=TrackerKind.GITHUB, key="o/r#1")
        return Ticket(ref=ref, title=TITLE, body="`export()` prints 0.99", author="ann", comments=(answer,))

    assert "expected" not in missing_parts(ticket("ann"), TicketType.BUG, {})
    assert "expected" in missing_parts(ticket("bob"), TicketType.BUG, {})


def test_a_project_may_ask_for_parts_of_its_own() -> None:
    from rat.model import Ticket, TicketRef, TrackerKind

    ref = TicketRef(tracker=TrackerKind.FILE, key="a.md")
    own = {"story": ("value", "design-link")}
    without = Ticket(ref=ref, title="CSV", body="As a clerk I want `CSV` so that I can file VAT")
    given = Ticket(ref=ref, title="CSV", body=f"{without.body}\n\n## Design link\nhttps://example.com/a")
    assert missing_parts(without, TicketType.STORY, own) == ("design-link",)
    assert missing_parts(given, TicketType.STORY, own) == ()
