import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rat.batch import Batch, Failure
from rat.errors import ConfigError
from rat.model import (
    AcceptanceCriterion,
    Citation,
    Evidence,
    EvidenceKind,
    Proposal,
    Refinement,
    RunReport,
    Score,
    Status,
    Ticket,
    TicketRef,
    TrackerKind,
    Usage,
)
from rat.results import file_stem, keep_report, keep_run, read_reports


def report(key: str = "alice/demo#12") -> RunReport:
    ticket = Ticket(ref=TicketRef(tracker=TrackerKind.GITHUB, key=key), title="A title", body="A body")
    citation = Citation(source="ADR-0001", quote="whole cents")
    proposal = Proposal(
        title="T", problem="P", acceptance_criteria=(AcceptanceCriterion(text="It works", citations=(citation,)),)
    )
    evidence = Evidence(id="ADR-0001", kind=EvidenceKind.ADR, title="Cents", text="whole cents", lines=(1, 2))
    work = Refinement(ticket=ticket, evidence=(evidence,), proposal=proposal, score=Score(before=30, after=80))
    return RunReport(refinement=work, status=Status.READY, mode="model", head="a" * 40, usage=Usage(calls=5))


def test_a_report_comes_back_as_it_was_written(tmp_path: Path) -> None:
    keep_report(report(), "# text", tmp_path)
    assert read_reports(tmp_path) == (report(),)
    assert (tmp_path / "alice-demo-12.md").read_text() == "# text"


def test_the_json_has_the_keys_that_others_build_on(tmp_path: Path) -> None:
    keep_report(report(), "", tmp_path)
    data = json.loads((tmp_path / "alice-demo-12.json").read_text())
    assert {"ticket", "mode", "status", "score", "evidence", "impacted_files", "proposal", "questions"} <= set(data)
    assert {"conflicts", "findings", "citations", "usage", "head"} <= set(data)
    assert {"key", "title", "type", "url"} <= set(data["ticket"])
    assert data["proposal"]["acceptance_criteria"][0]["citations"][0]["source"] == "ADR-0001"


def test_the_same_report_gives_the_same_bytes(tmp_path: Path) -> None:
    keep_report(report(), "", tmp_path / "one")
    keep_report(report(), "", tmp_path / "two")
    assert (tmp_path / "one/alice-demo-12.json").read_bytes() == (tmp_path / "two/alice-demo-12.json").read_bytes()


def test_a_run_says_what_failed(tmp_path: Path) -> None:
    batch = Batch(reports=(report(),), failures=(Failure(key="b", error="no", exit_code=3),))
    keep_run(batch, model="m", head="h", folder=tmp_path)
    run = json.loads((tmp_path / "run.json").read_text())
    assert run["failed"] == [{"key": "b", "error": "no", "exit_code": 3}]
    assert run["tickets"][0]["key"] == "alice/demo#12"
    assert run["usage"]["calls"] == 5


@pytest.mark.parametrize("content", ["{", "[]", '{"ticket": 1}', '{"ticket": {}, "surprise": 1}', "\xff"])
def test_a_file_that_is_no_refinement_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "bad.json").write_text(content, encoding="latin-1")
    with pytest.raises(ConfigError, match=r"bad\.json"):
        read_reports(tmp_path)


def test_a_folder_that_is_none_of_ours_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="--out"):
        read_reports(tmp_path / "nowhere")
    with pytest.raises(ConfigError, match="--out"):
        read_reports(tmp_path)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="--out"):
        keep_report(report(), "", tmp_path / "file")


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_file_name_is_safe_and_two_keys_never_share_one(one: str, other: str) -> None:
    stem = file_stem(one)
    assert stem
    assert "/" not in stem
    assert not stem.startswith(".")
    if one != other:
        assert stem != file_stem(other)


def test_a_readable_key_stays_readable() -> None:
    assert file_stem("alice/demo#12") == "alice-demo-12"
    assert file_stem("PAY-17") == "PAY-17"
