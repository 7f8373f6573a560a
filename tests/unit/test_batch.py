import threading
from dataclasses import replace

from rat.batch import refine_all
from rat.errors import BudgetError, TicketBudgetError, TrackerError
from rat.model import Finding, Refinement, RunReport, Severity, Status, Ticket, TicketRef, TrackerKind
from rat.model.finding import CUT_SHORT


def ref(key: str) -> TicketRef:
    return TicketRef(tracker=TrackerKind.FILE, key=key)


def report(one: TicketRef) -> RunReport:
    ticket = Ticket(ref=one, title="", body="")
    return RunReport(refinement=Refinement(ticket=ticket), status=Status.READY, mode="offline", head="")


def keys(reports: tuple[RunReport, ...]) -> list[str]:
    return [one.refinement.ticket.key for one in reports]


def test_reports_come_in_the_order_of_the_tickets_whoever_is_first() -> None:
    second_is_done = threading.Event()

    def refine(one: TicketRef) -> RunReport:
        if one.key == "a":
            assert second_is_done.wait(5)
        else:
            second_is_done.set()
        return report(one)

    kept: list[str] = []
    batch = refine_all([ref("a"), ref("b")], refine, workers=2, keep=lambda one: kept.append(one.refinement.ticket.key))
    assert keys(batch.reports) == kept == ["a", "b"]


def test_one_bad_ticket_never_stops_the_rest() -> None:
    def refine(one: TicketRef) -> RunReport:
        if one.key == "bad":
            raise TrackerError("bad is gone")
        return report(one)

    batch = refine_all([ref("a"), ref("bad"), ref("c")], refine)
    assert keys(batch.reports) == ["a", "c"]
    assert [(failure.key, failure.exit_code) for failure in batch.failures] == [("bad", 3)]
    assert batch.exit_code == 3


def test_a_spent_budget_starts_nothing_more_and_keeps_what_is_done() -> None:
    started: list[str] = []

    def refine(one: TicketRef) -> RunReport:
        started.append(one.key)
        if one.key == "b":
            raise BudgetError("spent")
        return report(one)

    batch = refine_all([ref(name) for name in "abcdef"], refine)
    assert keys(batch.reports)[0] == "a"
    assert batch.exit_code == 5
    assert len(batch.reports) + len(batch.failures) == 6
    assert "f" not in started or "spent" in batch.failures[0].error


def test_the_tokens_of_one_ticket_do_not_stop_the_others() -> None:
    def refine(one: TicketRef) -> RunReport:
        if one.key == "long":
            raise TicketBudgetError("too long")
        return report(one)

    batch = refine_all([ref("long"), ref("b"), ref("c")], refine)
    assert keys(batch.reports) == ["b", "c"]
    assert batch.exit_code == 5


def test_a_draft_that_was_cut_short_is_kept_and_ends_the_run_with_the_budget_s_code() -> None:
    def refine(one: TicketRef) -> RunReport:
        cut = Finding(check=CUT_SHORT, severity=Severity.WARNING, message="spent")
        done = report(one)
        return replace(done, refinement=replace(done.refinement, findings=(cut,))) if one.key == "b" else done

    batch = refine_all([ref("a"), ref("b")], refine)
    assert (keys(batch.reports), keys(batch.cut_short), batch.exit_code) == (["a", "b"], ["b"], 5)


def test_nothing_asked_is_nothing_done() -> None:
    batch = refine_all([], report)
    assert (batch.reports, batch.failures, batch.exit_code) == ((), (), 0)
