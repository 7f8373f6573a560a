import json
import zipfile
from pathlib import Path

import pytest

from rat.decode import encode
from rat.errors import LedgerError
from rat.model import Refinement, RunReport, Score, Status, Ticket, TicketRef, TrackerKind
from rat.model.ledger import Ending, RunRecord
from rat.model.record import RefinementRecord
from rat.reporting.lines import NAME, LinesLedger
from rat.reporting.reading import read_records
from tests.unit.reporting.records import decision, run


def test_a_folder_is_searched_to_the_bottom(tmp_path: Path) -> None:
    LinesLedger(tmp_path / "shard-0" / NAME).append([run("T-1")])
    LinesLedger(tmp_path / "shard-1" / "deep" / NAME).append([run("T-2"), decision("T-2")])
    assert [record.ticket for record in read_records(tmp_path)] == ["T-1", "T-2", "T-2"]


def test_an_artifact_is_read_as_it_was_downloaded(tmp_path: Path) -> None:
    LinesLedger(tmp_path / NAME).append([run("T-1")])
    with zipfile.ZipFile(tmp_path / "rat.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(tmp_path / NAME, f"rat-out/{NAME}")
        archive.writestr("rat-out/T-1.json", "{}")
    assert list(read_records(tmp_path / "rat.zip")) == [run("T-1")]


def older_results(folder: Path) -> Path:
    """Results as a RAT left them that kept no ledger."""
    ticket = Ticket(ref=TicketRef(tracker=TrackerKind.FILE, key="T-1"), title="x", body="y")
    work = Refinement(ticket=ticket, score=Score(before=20, after=70))
    report = RunReport(refinement=work, status=Status.BLOCKED, mode="offline", head="abc")
    (folder / "T-1.json").write_text(json.dumps(encode(RefinementRecord.of(report))))
    run_file = folder / "run.json"
    run_file.write_text(json.dumps({"tickets": [{"key": "T-1", "file": "../elsewhere/T-1.json"}]}))
    return run_file


def test_results_without_a_ledger_give_what_they_know(tmp_path: Path) -> None:
    for place in (older_results(tmp_path), tmp_path):
        (record,) = read_records(place)
        assert isinstance(record, RunRecord)
        assert (record.ticket, record.before, record.after, record.ending) == ("T-1", 20, 70, Ending.BLOCKED)
        assert (record.team, record.seconds, record.labelled_at) == ("", None, "")


def test_a_run_is_read_from_its_ledger_where_it_has_one(tmp_path: Path) -> None:
    run_file = older_results(tmp_path)
    LinesLedger(tmp_path / NAME).append([run("T-1", after=99)])
    assert [record for place in (run_file, tmp_path) for record in read_records(place)] == [run("T-1", after=99)] * 2


def test_results_that_lack_a_file_are_not_taken_for_whole(tmp_path: Path) -> None:
    run_file = older_results(tmp_path)
    (tmp_path / "T-1.json").unlink()
    with pytest.raises(LedgerError, match=r"T-1\.json, which is not there"):
        list(read_records(run_file))


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty", None, "holds no results"),
        ("a.zip", b"not a zip", "could not be read as a zip file"),
        ("run.json", b"[]", "run.json"),
        ("run.json", b"{}", "`tickets` in"),
        ("other.jsonl", b'{"kind": "x"}\n', "no record of a ledger"),
    ],
)
def test_what_holds_no_records_is_named(tmp_path: Path, name: str, content: bytes | None, says: str) -> None:
    path = tmp_path / name
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content)
    with pytest.raises(LedgerError, match=says):
        list(read_records(path))


def test_a_zip_without_a_ledger_and_a_file_that_is_not_there_are_named(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("readme.md", "nothing")
    with pytest.raises(LedgerError, match=r"holds no ledger\.jsonl"):
        list(read_records(tmp_path / "x.zip"))
    with pytest.raises(LedgerError, match="could not be read"):
        list(read_records(tmp_path / "nowhere.jsonl"))
