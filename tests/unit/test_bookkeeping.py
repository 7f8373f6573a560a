import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from rat.batch import Failure
from rat.bookkeeping import Book, labelled_in, run_name
from rat.errors import LedgerError
from rat.model import (
    CitationCount,
    Exchange,
    Finding,
    Question,
    Refinement,
    RunReport,
    Score,
    Severity,
    Status,
    Ticket,
    TicketRef,
    TrackerKind,
    Usage,
)
from rat.model.dialogue import Dialogue
from rat.model.ledger import DecisionRecord, Ending, LedgerRecord, OfferRecord, RunRecord
from rat.model.settings import Budget, ModelSettings, Price, Settings
from rat.publishing.outcome import Action, Outcome
from rat.reporting.lines import NAME, LinesLedger

NOW = "2026-11-02T08:00:00+00:00"
PRICED = Settings(model=ModelSettings(name="gpt-x"), budget=Budget(prices={"gpt-x": Price(input=1, output=2)}))


class Broken:
    """A ledger that is down."""

    def __init__(self) -> None:
        self.asked = 0

    def append(self, records: Iterable[LedgerRecord]) -> None:
        self.asked += 1
        raise LedgerError("The ledger is down.")

    def records(self) -> Iterator[LedgerRecord]:
        return iter(())


def book_in(folder: Path) -> Book:
    return Book(
        repository="acme/shop",
        run="17.1",
        login="ann",
        labelled={"T-1": "2026-11-02T07:50:00+00:00"},
        variant=lambda: "own-1",
        ledgers=[LinesLedger(folder / NAME)],
        clock=lambda: NOW,
    )


def report(key: str = "T-1", *, mode: str = "model", calls: int = 3) -> RunReport:
    ticket = Ticket(ref=TicketRef(tracker=TrackerKind.FILE, key=key), title="Secret plans", body="of Eve Example")
    finding = Finding(check="x", severity=Severity.WARNING, message="Eve said so", agent="critic")
    spent = Usage(calls=1, prompt_tokens=100, completion_tokens=10, cost_usd=0.1)
    exchanges = (
        Exchange(agent="critic", prompt="p", reply="r", usage=spent),
        Exchange(agent="critic", prompt="p", reply="r", usage=spent),
        Exchange(agent="critic", prompt="p", reply="r", usage=spent, cached=True),
        Exchange(agent="analyst", prompt="p", reply="r", usage=spent),
    )
    return RunReport(
        refinement=Refinement(
            ticket=ticket,
            questions=(Question(text="Eve?"),),
            findings=(finding,),
            citations=CitationCount(cited=4, verified=4, dropped=1),
            score=Score(before=30, after=80),
        ),
        status=Status.NEEDS_ANSWERS,
        mode=mode,
        head="abc",
        usage=Usage(calls=calls, prompt_tokens=300, completion_tokens=30, cost_usd=0.3 if calls else 0.0),
        model="gpt-x" if mode == "model" else "",
        exchanges=exchanges if calls else (),
        seconds=2.5,
    )


def only_record(folder: Path) -> RunRecord:
    (record,) = LinesLedger(folder / NAME).records()
    assert isinstance(record, RunRecord)
    return record


def test_a_refinement_is_kept_with_its_figures_and_none_of_its_words(tmp_path: Path) -> None:
    book_in(tmp_path).refined(report(), team="payments", settings=PRICED)
    record = only_record(tmp_path)
    assert (record.at, record.run, record.repository, record.team) == (NOW, "17.1", "acme/shop", "payments")
    assert (record.before, record.after, record.questions, record.warnings) == (30, 80, 1, 1)
    assert (record.cited, record.verified, record.dropped) == (4, 4, 1)
    assert (record.cost_usd, record.seconds, record.variant) == (0.3, 2.5, "own-1")
    assert record.labelled_at == "2026-11-02T07:50:00+00:00"
    text = (tmp_path / NAME).read_text()
    assert not [word for word in ("Eve", "Secret", "plans") if word in text]


def test_an_agent_is_charged_for_what_it_asked_and_not_for_what_was_kept_from_before(tmp_path: Path) -> None:
    book_in(tmp_path).refined(report(), team="", settings=PRICED)
    agents = {one.agent: one for one in only_record(tmp_path).agents}
    assert (agents["critic"].usage.calls, agents["critic"].findings) == (2, 1)
    assert (agents["analyst"].usage.calls, agents["analyst"].findings) == (1, 0)


def test_answers_are_counted_where_rat_asked_before_and_else_unknown(tmp_path: Path) -> None:
    first = report()
    book_in(tmp_path / "first").refined(first, team="", settings=PRICED)
    dialogue = Dialogue(previous="a1", open=("Which page?", "How many?"), settled=("Who?",), answered=("Which page?",))
    again = replace(first, refinement=replace(first.refinement, dialogue=dialogue))
    book_in(tmp_path / "again").refined(again, team="", settings=PRICED)
    assert only_record(tmp_path / "first").answered is None
    assert only_record(tmp_path / "again").answered == 2


def test_a_price_that_nobody_gave_is_unknown_and_not_nothing(tmp_path: Path) -> None:
    book_in(tmp_path).refined(report(), team="", settings=Settings(model=ModelSettings(name="gpt-x")))
    assert only_record(tmp_path).cost_usd is None


def test_another_model_of_one_agent_needs_its_price_too(tmp_path: Path) -> None:
    settings = replace(PRICED, model=ModelSettings(name="gpt-x", per_agent={"critic": "gpt-y"}))
    book_in(tmp_path).refined(report(), team="", settings=settings)
    assert only_record(tmp_path).cost_usd is None


def test_no_model_costs_nothing_and_has_no_prompts(tmp_path: Path) -> None:
    book_in(tmp_path).refined(report(mode="offline", calls=0), team="", settings=Settings())
    record = only_record(tmp_path)
    assert (record.cost_usd, record.variant, record.mode) == (0.0, "", "offline")


def test_failures_and_offers_are_kept(tmp_path: Path) -> None:
    book = book_in(tmp_path)
    book.failed([Failure(key="T-9", error="Eve's token", exit_code=3)])
    outcome = Outcome(ticket="T-1", purpose="refinement", action=Action.CREATED, reason="Eve")
    book.offered([outcome], team_of={"T-1": "payments"}.__getitem__)
    failed, offered = LinesLedger(tmp_path / NAME).records()
    assert isinstance(failed, RunRecord)
    assert isinstance(offered, OfferRecord)
    assert (failed.ticket, failed.ending) == ("T-9", Ending.FAILED)
    assert (offered.ticket, offered.team, offered.action, offered.login) == ("T-1", "payments", "created", "ann")
    assert "Eve" not in (tmp_path / NAME).read_text()


def test_a_ledger_that_goes_down_is_asked_once_and_costs_no_work(tmp_path: Path) -> None:
    book, broken = book_in(tmp_path), Broken()
    book.ledgers.append(broken)
    book.refined(report("T-1"), team="", settings=PRICED)
    book.refined(report("T-2"), team="", settings=PRICED)
    assert broken.asked == 1
    assert str(book.trouble) == "The ledger is down."
    assert [record.ticket for record in LinesLedger(tmp_path / NAME).records()] == ["T-1", "T-2"]


def test_the_same_edit_is_kept_once_whenever_it_is_seen(tmp_path: Path) -> None:
    ticket = replace(report().refinement.ticket, updated_at="2026-11-05T09:00:00.000+0100")
    for clock in ("2026-11-06T00:00:00+00:00", "2026-11-07T00:00:00+00:00"):
        book = replace(book_in(tmp_path), clock=partial(str, clock), run=clock)
        book.edited(ticket, changed=1 / 3, team="payments", input_hash="a1")
    (record,) = LinesLedger(tmp_path / NAME).records()
    assert isinstance(record, DecisionRecord)
    assert (record.at, record.changed, record.verdict) == ("2026-11-05T08:00:00+00:00", 0.3333, "edited")


def test_what_another_job_kept_is_forwarded_once_however_often(tmp_path: Path) -> None:
    first, second = tmp_path / "artifact", tmp_path / "here"
    book_in(first).refined(report(), team="", settings=PRICED)
    for _ in range(2):
        book_in(second).forward(first)
    assert list(LinesLedger(second / NAME).records()) == list(LinesLedger(first / NAME).records())


def test_a_run_is_called_after_the_actions_run_and_else_by_chance() -> None:
    assert run_name({"GITHUB_RUN_ID": "17", "GITHUB_RUN_ATTEMPT": "2"}) == "17.2"
    assert run_name({}) != run_name({})


def event(tmp_path: Path, text: str, name: str = "issues") -> dict[str, str]:
    path = tmp_path / "event.json"
    path.write_text(text)
    return {"GITHUB_EVENT_NAME": name, "GITHUB_EVENT_PATH": str(path), "GITHUB_REPOSITORY": "acme/shop"}


def test_the_event_says_when_the_label_came(tmp_path: Path) -> None:
    issue = {"number": 7, "created_at": "2026-11-01T08:00:00Z", "updated_at": "2026-11-02T09:30:00+01:00"}
    labelled = labelled_in(event(tmp_path, json.dumps({"action": "labeled", "issue": issue})))
    assert labelled == {"acme/shop#7": "2026-11-02T08:30:00+00:00"}
    assert labelled_in(event(tmp_path, json.dumps({"action": "edited", "issue": issue}))) == {}
    assert labelled_in(event(tmp_path, json.dumps({"action": "labeled", "issue": issue}), name="push")) == {}


@pytest.mark.parametrize("text", ["", "[]", "{", '{"issue": 7, "action": []}', '{"issue": {}, "action": "labeled"}'])
def test_an_event_of_another_form_leaves_the_time_unknown(tmp_path: Path, text: str) -> None:
    assert labelled_in(event(tmp_path, text)) == {}
