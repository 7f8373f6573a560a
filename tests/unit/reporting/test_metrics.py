import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rat.model.ledger import AgentUsage, Ending, LedgerRecord, Verdict
from rat.model.refinement import Usage
from rat.model.ticket import TicketType
from rat.reporting.breakdown import break_down, by_agent
from rat.reporting.episodes import episodes
from rat.reporting.metrics import Metrics, measure
from tests.unit.reporting.records import decision, offer, run


def measured(*records: LedgerRecord) -> Metrics:
    return measure(episodes(records))


def later(hour: int) -> str:
    return f"2026-11-02T{hour:02}:00:00+00:00"


def test_an_empty_ledger_knows_nothing_and_divides_by_nothing() -> None:
    empty = measured()
    assert (empty.before, empty.ready.share, empty.cost_usd, empty.tokens_per_run) == (None, None, None, None)
    assert (empty.tickets, empty.grounded.of, empty.questions_answered) == (0, 0, None)


def test_a_ticket_that_was_refined_twice_counts_once_from_its_first_score_to_its_last() -> None:
    metrics = measured(
        run(at=later(8), before=30, after=60, ending=Ending.BLOCKED, questions=2),
        run(at=later(9), before=55, after=95, questions=1),
    )
    assert metrics.before is not None
    assert metrics.after is not None
    assert (metrics.tickets, metrics.runs) == (1, 2)
    assert (metrics.before.mean, metrics.after.mean) == (30, 95)
    assert (metrics.ready.count, metrics.ready.of, metrics.questions_asked) == (1, 1, 2)


def test_what_was_skipped_or_failed_is_counted_and_weighs_on_nothing_else() -> None:
    metrics = measured(run("T-1"), run("T-2", ending=Ending.SKIPPED, after=None), run("T-3", ending=Ending.FAILED))
    assert (metrics.tickets, metrics.skipped, metrics.failed, metrics.tokens) == (1, 1, 1, 22_000)


def test_the_last_decision_counts_and_one_that_was_undone_is_not_accepted() -> None:
    metrics = measured(
        *(run(f"T-{n}") for n in range(5)),
        decision("T-0", changed=0.0),
        decision("T-1", at=later(20), changed=0.0),
        decision("T-1", Verdict.EDITED, at=later(22), changed=0.4),
        decision("T-2", at=later(20)),
        decision("T-2", Verdict.UNDONE, at=later(21)),
        decision("T-3", Verdict.REJECTED, reason="wrong file"),
    )
    assert (metrics.accepted.count, metrics.accepted.of) == (2, 4)
    assert (metrics.unchanged.count, metrics.unchanged.of) == (1, 2)
    assert (metrics.rejected, metrics.undone) == (1, 1)
    assert metrics.changed is not None
    assert metrics.changed.mean == pytest.approx(0.2)


def test_a_decision_whose_change_is_not_known_is_accepted_but_not_called_unchanged() -> None:
    metrics = measured(run(), decision(changed=None))
    assert (metrics.accepted.count, metrics.unchanged.of, metrics.changed) == (1, 0, None)


def test_a_decision_without_its_run_still_counts() -> None:
    assert measured(decision()).accepted.count == 1


def test_grounding_counts_what_was_dropped_against_what_was_verified() -> None:
    assert measured(run(cited=14, verified=14, dropped=2)).grounded.share == pytest.approx(14 / 16)


def test_an_unknown_price_stays_out_of_the_cost_and_is_counted() -> None:
    metrics = measured(run("T-1", cost_usd=0.25), run("T-2", cost_usd=None))
    assert (metrics.cost_usd, metrics.cost_unknown) == (0.25, 1)


def test_the_time_to_a_proposal_runs_from_the_label_to_the_first_comment() -> None:
    run_at_nine = run(at=later(9), labelled_at="2026-11-02T08:50:00Z")
    metrics = measured(run_at_nine, offer(action="silent", at=later(9)), offer(at="2026-11-02T09:05:00+00:00"))
    assert metrics.minutes_to_proposal is not None
    assert metrics.minutes_to_proposal.mean == 15
    assert measured(run(labelled_at="yesterday"), offer()).minutes_to_proposal is None
    assert measured(run(), offer()).minutes_to_proposal is None


def test_answers_are_unknown_until_a_run_knows_of_any() -> None:
    assert measured(run(questions=3)).questions_answered is None
    assert measured(run(questions=3, at=later(8)), run(at=later(9), answered=2)).questions_answered == 2


def test_figures_break_down_by_what_the_run_was_and_decisions_follow_their_run() -> None:
    found = episodes(
        [
            run("T-1", at=later(8), variant="built-in", type=TicketType.BUG),
            decision("T-1", Verdict.REJECTED, at=later(9)),
            run("T-1", at=later(10), variant="own-1", type=TicketType.STORY),
            decision("T-1", at=later(11)),
            run("T-2", at="2026-10-01T00:00:00+00:00", model="", mode="offline", variant="own-1"),
        ]
    )
    by_variant = {group.name: group.metrics for group in break_down(found, "variant")}
    assert (by_variant["built-in"].rejected, by_variant["own-1"].accepted.count) == (1, 1)
    assert [group.name for group in break_down(found, "month")] == ["2026-10", "2026-11"]
    assert {group.name for group in break_down(found, "model")} == {"gpt-x", "no model"}
    assert {group.name for group in break_down(found, "type")} == {"bug", "story"}


def test_an_edit_that_is_seen_late_belongs_to_the_proposal_that_was_edited() -> None:
    found = episodes(
        [
            run("T-1", at=later(8), variant="built-in", input_hash="a1"),
            decision("T-1", at=later(9), changed=0.0),
            run("T-1", at=later(10), variant="own-1", input_hash="b2"),
            decision("T-1", Verdict.EDITED, at=later(11), changed=0.3, input_hash="a1"),
        ]
    )
    by_variant = {group.name: group.metrics for group in break_down(found, "variant")}
    assert by_variant["built-in"].changed is not None
    assert by_variant["built-in"].changed.mean == 0.3
    assert by_variant["own-1"].accepted.of == 0


def test_agents_are_listed_by_what_they_used() -> None:
    agents = (
        AgentUsage(agent="analyst", usage=Usage(calls=1, prompt_tokens=10)),
        AgentUsage(agent="critic", usage=Usage(calls=2, prompt_tokens=30, cost_usd=0.5), findings=1),
    )
    rows = by_agent(episodes([run("T-1", agents=agents), run("T-2", agents=agents)]))
    assert [(row.agent, row.runs, row.calls, row.tokens, row.findings) for row in rows] == [
        ("critic", 2, 4, 60, 2),
        ("analyst", 2, 2, 20, 0),
    ]


RUNS = st.builds(
    run,
    st.sampled_from(["T-1", "T-2"]),
    at=st.sampled_from(["2026-11-02T08:00:00+00:00", "", "yesterday"]),
    ending=st.sampled_from(Ending),
    before=st.none() | st.integers(0, 100),
    after=st.none() | st.integers(0, 100),
    cited=st.integers(0, 3),
    verified=st.integers(0, 3),
    cost_usd=st.none() | st.floats(0, 1),
    labelled_at=st.sampled_from(["", "2026-11-02T08:00:00", "x"]),
)
DECISIONS = st.builds(
    decision,
    st.sampled_from(["T-1", "T-3"]),
    st.sampled_from(Verdict),
    changed=st.none() | st.floats(0, 1),
)


@settings(max_examples=50, deadline=None)
@given(st.lists(RUNS | DECISIONS, max_size=12), st.randoms())
def test_any_records_in_any_order_give_the_same_figures(records: list[LedgerRecord], shuffle: object) -> None:
    mixed = list(records)
    shuffle.shuffle(mixed)  # type: ignore[attr-defined]
    assert measured(*records) == measured(*mixed)
