"""Each smell fires on the text it is about, quotes it, and keeps quiet on a good ticket."""

import pytest

from rat.model import Comment, Ticket, TicketRef, TrackerKind
from rat.model.ticket import TicketType
from rat.readiness import assess

GOOD = """As a bookkeeper I want to export the invoices of a quarter as CSV so that I can file VAT.

## Acceptance criteria
- [ ] `GET /invoices/export?quarter=2026Q1` answers with `text/csv`
- [ ] The columns are number, date, customer, net, VAT, gross
- [ ] A user without the role `accounting` gets 403
- [ ] 10,000 invoices are exported in under 5 s

## Out of scope
PDF export. See PAY-12.
"""


def ticket(body: str, title: str = "Export invoices as CSV", **more: object) -> Ticket:
    ref = TicketRef(tracker=TrackerKind.GITHUB, key="o/r#1")
    return Ticket(ref=ref, title=title, body=body, **more)  # type: ignore[arg-type]


def found(one: Ticket, kind: TicketType = TicketType.STORY) -> dict[str, str]:
    return {finding.check: finding.message for finding in assess(one, kind, {})}


def test_a_good_story_has_no_findings() -> None:
    assert found(ticket(GOOD)) == {}


@pytest.mark.parametrize(
    ("rule", "text", "quote"),
    [
        ("author-unsure", "I'm not sure whether `vat` belongs in there.", "I'm not sure whether"),
        ("undecided", "We should either use `;` or `,` as separator.", "either use"),
        ("several-requests", "Also the login page needs a new logo.", "login page"),
        ("elsewhere", "The format is as discussed.", "as discussed"),
        ("vague-words", "The export should be fast and user-friendly.", "user-friendly"),
        ("contradiction", "The file must have a header.\n\nThe file must not have a header.", "must not have"),
        ("contradiction", "Answer within 2 seconds.\n\nMore text.\n\nAnswer within 5 seconds.", "within 5 seconds"),
        ("repeated", GOOD.split("\n\n")[1], "said before"),
        ("too-long", "x1 " * 8_000, "24,"),
        ("long-code", "```\n" + "".join(f"row {number}\n" for number in range(400)) + "```", "characters of code"),
    ],
)
def test_a_smell_names_what_triggered_it(rule: str, text: str, quote: str) -> None:
    assert quote in found(ticket(f"{GOOD}\n{text}\n"))[rule]


@pytest.mark.parametrize(
    ("rule", "title", "body"),
    [
        ("title-too-short", "Export", GOOD),
        ("title-vague", "It does not work", GOOD),
        ("title-too-long", "Export " * 20, GOOD),
        ("picture-alone", "Wrong colours", "![a](https://example.com/a.png)"),
        ("link-alone", "Wrong colours", "See https://example.com/a"),
        ("code-alone", "Wrong colours", "```\na = 1\n```"),
        ("few-specifics", "Wrong colours", "The colours are wrong."),
        ("diluted", "Wrong colours", "We would be happy if somebody could look into this at some point."),
    ],
)
def test_a_poor_ticket_is_told_what_is_poor(rule: str, title: str, body: str) -> None:
    assert rule in found(ticket(body, title))


def test_logs_that_are_folded_away_cost_nothing() -> None:
    log = "```\n" + "".join(f"row {number}\n" for number in range(400)) + "```"
    folded = f"<details><summary>Log</summary>\n\n{log}\n\n</details>"
    assert "long-code" in found(ticket(f"{GOOD}\n{log}"))
    assert "long-code" not in found(ticket(f"{GOOD}\n{folded}"))


def test_more_than_seven_criteria_cost() -> None:
    body = "## Acceptance criteria\n" + "\n".join(f"- [ ] `field{n}` is in the file" for n in range(9))
    assert "9 acceptance criteria" in found(ticket(body))["too-many-criteria"]


def test_criteria_that_nobody_can_check_are_quoted() -> None:
    body = "## Acceptance criteria\n- [ ] it works properly\n- [ ] `a.csv` has 12 columns"
    assert "“it works properly”" in found(ticket(body))["untestable-criterion"]


def test_a_question_without_an_answer_is_quoted() -> None:
    asked = Comment(id="1", author="bob", body="> quoted? text\nWhich separator do you need?")
    answer = Comment(id="2", author="ann", body="`;`")
    bot = Comment(id="3", author="ci", body="Did you run the tests?", is_bot=True)
    assert "Which separator" in found(ticket(GOOD, author="ann", comments=(asked, bot)))["unanswered"]
    assert "unanswered" not in found(ticket(GOOD, author="ann", comments=(asked, answer)))
    assert "unanswered" in found(ticket(GOOD, comments=(asked, bot)))
    assert "unanswered" not in found(ticket(GOOD, comments=(asked, answer)))


def test_what_is_said_of_a_missing_pointer_leaves_room_for_the_files_of_a_stack_trace() -> None:
    told = found(ticket("It stops.\n```\npanic: nil\n/src/move.go:53\n```"), TicketType.BUG)["no-pointer"]
    assert told.startswith("Beside its code, no link, file")


def test_a_bug_is_asked_for_a_place_in_the_code_and_a_story_is_not() -> None:
    plain = ticket("The total is wrong.")
    assert "no-pointer" in found(plain, TicketType.BUG)
    assert "no-pointer" not in found(plain, TicketType.STORY)
