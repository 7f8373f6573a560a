import json
import multiprocessing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rat.errors import LedgerError
from rat.model.ledger import DecisionRecord, LedgerRecord, Verdict
from rat.reporting.ledger import open_ledger
from rat.reporting.lines import LinesLedger, read_lines
from tests.unit.reporting.records import decision, offer, run


def write_many(path: str, first: int) -> None:
    ledger = LinesLedger(Path(path))
    for number in range(first, first + 25):
        ledger.append([run(f"acme/shop#{number}")])


def test_every_kind_of_record_comes_back_as_it_was(tmp_path: Path) -> None:
    records: list[LedgerRecord] = [run(), offer(), decision(sections=("tasks",), reason="no", changed=0.25)]
    ledger = open_ledger(str(tmp_path / "new" / "ledger.jsonl"))
    ledger.append(records)
    assert list(ledger.records()) == records


def test_the_same_record_is_kept_once_however_often_it_is_written(tmp_path: Path) -> None:
    ledger = LinesLedger(tmp_path / "ledger.jsonl")
    for _ in range(3):
        ledger.append([run(), run()])
    assert len(ledger.path.read_bytes().splitlines()) == 1


def test_several_processes_write_at_once_and_no_line_is_lost_or_mixed(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=write_many, args=(str(path), first)) for first in (0, 20, 40)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(timeout=60)
    lines = path.read_bytes().splitlines()
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    assert sorted(json.loads(line)["ticket"] for line in lines) == sorted(f"acme/shop#{n}" for n in range(65))


def test_a_line_that_a_crash_cut_off_costs_that_line_alone(tmp_path: Path) -> None:
    ledger = LinesLedger(tmp_path / "ledger.jsonl")
    ledger.append([run("acme/shop#1")])
    whole = ledger.path.read_bytes()
    ledger.path.write_bytes(whole + whole[:50])
    ledger.append([run("acme/shop#2")])
    assert [record.ticket for record in ledger.records()] == ["acme/shop#1", "acme/shop#2"]


@settings(max_examples=50, deadline=None)
@given(st.text(), st.text())
def test_any_reason_survives(reason: str, login: str) -> None:
    record = decision(verdict=Verdict.REJECTED, reason=reason, login=login)
    line = json.dumps({name: getattr(record, name) for name in DecisionRecord.__dataclass_fields__})
    assert next(read_lines(line.encode(), what="it")) == record


def test_a_record_of_a_newer_rat_is_refused_and_says_so() -> None:
    with pytest.raises(LedgerError, match="line 2 was written by a newer RAT"):
        list(read_lines(b'\n{"kind": "run", "version": 99}\n', what="ledger.jsonl"))


def test_a_record_from_before_a_key_was_added_is_read_with_unknown_in_its_place() -> None:
    older = {name: getattr(run(), name) for name in ("kind", "version", "id", "at", "run", "repository", "team")}
    (record,) = read_lines(json.dumps({**older, "ticket": "T-1", "ending": "ready"}).encode(), what="it")
    assert record.kind == "run"
    assert (record.seconds, record.cost_usd, record.answered, record.labelled_at) == (None, None, None, "")


@pytest.mark.parametrize("line", [b"[]", b'"x"', b"{}", b'{"kind": "walk"}', b'{"kind": "run", "colour": 1}'])
def test_what_is_no_record_is_named(line: bytes) -> None:
    with pytest.raises(LedgerError, match="line 1"):
        list(read_lines(line, what="ledger.jsonl"))


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LedgerError, match="could not be written"):
        LinesLedger(tmp_path / "file" / "ledger.jsonl").append([run()])
