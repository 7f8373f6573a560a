"""What the reporter demanded comes back in the draft, or somebody is told; a draft in other words is no loss."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rat.checks.facts import demands
from rat.checks.lost import lost_demands, lost_steps
from rat.model import (
    AcceptanceCriterion,
    Citation,
    Proposal,
    Question,
    Refinement,
    Statement,
    Ticket,
    TicketRef,
    TicketType,
    TrackerKind,
)

BODY = """Exports of large shops time out.

The export must finish within 30 seconds for 20,000 rows. Nothing may be written to `orders.db`, it must stay read-only.
Please use "Europe/Berlin" only for the dates in `created_at`.

Python version: 3.11.4
```
The process must not be killed: 137
```
"""


def draft(*criteria: str, problem: str = "Exports time out.", body: str = BODY, **more: object) -> Refinement:
    ticket = Ticket(ref=TicketRef(tracker=TrackerKind.FILE, key="a.md"), title="Export times out", body=body)
    proposal = Proposal(
        title="Export in time",
        problem=problem,
        acceptance_criteria=tuple(AcceptanceCriterion(text=t) for t in criteria),
    )
    return replace(Refinement(ticket=ticket, type=TicketType.BUG, proposal=proposal), **more)  # type: ignore[arg-type]


def lost(work: Refinement) -> str:
    return " ".join(finding.message for finding in lost_demands(work))


GOOD = (
    "An export of 20,000 rows ends in at most 30 s.",
    "While it runs, orders.db stays read-only and nothing is written to it.",
    "Dates of created_at are shown in Europe/Berlin.",
)


def test_a_draft_in_other_words_loses_nothing() -> None:
    assert lost_demands(draft(*GOOD)) == ()


@pytest.mark.parametrize(("left_out", "named"), [(0, "within 30 seconds"), (1, "orders.db"), (2, "Europe/Berlin")])
def test_each_demand_that_is_left_out_is_quoted(left_out: int, named: str) -> None:
    said = lost(draft(*(text for number, text in enumerate(GOOD) if number != left_out)))
    assert named in said
    assert said.count(";") == 0


def test_another_figure_is_a_loss_although_the_words_are_the_same() -> None:
    assert "within 30 seconds" in lost(draft(GOOD[0].replace("30", "60"), *GOOD[1:]))


def test_a_demand_that_is_asked_about_or_quoted_is_not_lost() -> None:
    asked = (Question(text="Is 30 seconds for an export of 20,000 rows the median?"),)
    assert lost_demands(draft(*GOOD[1:], questions=asked)) == ()
    quote = Citation(source="ticket", quote="The export must finish within 30 seconds for 20,000 rows.")
    work = draft(*GOOD[1:])
    assert work.proposal is not None
    step = Statement(text="Measure it.", citations=(quote,))
    assert lost_demands(replace(work, proposal=replace(work.proposal, approach=(step,)))) == ()


def test_code_quotes_settings_and_questions_are_no_demands() -> None:
    text = (
        "```\nmust be 5\n```\n> It must be 6.\n\nTimeout: must be 7\n\nMust it be 8 then?\n<!-- It must be 9 now. -->"
    )
    assert list(demands(text)) == []


def test_what_a_report_only_describes_is_no_demand() -> None:
    assert list(demands("It only fails on Windows. The cache is never read. It works without `--fast`.")) == []


STEPS = "Steps to reproduce:\n1. Open the basket\n2. Enter a voucher\n3. Press the button twice\n\nIt counts twice."


def test_steps_that_are_nowhere_in_the_draft_are_named_and_kept_ones_are_not() -> None:
    (said,) = lost_steps(draft("One voucher counts once.", body=STEPS))
    assert "Press the button twice" in said.message
    kept = draft(problem="Open the basket, enter a voucher and press the button twice: it counts twice.", body=STEPS)
    assert lost_steps(kept) == ()
    assert lost_steps(replace(draft("x", body=STEPS), type=TicketType.STORY)) == ()


@given(st.text(alphabet='must at least 5`"\n<!->#*.`~x: ', max_size=400))
def test_any_text_is_read_and_what_the_draft_repeats_is_never_lost(text: str) -> None:
    assert lost_demands(draft(problem=text, body=text)) == ()
