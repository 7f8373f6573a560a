"""The journal keeps every whole line through crashes and lets one run write at a time."""

import subprocess
import sys
from pathlib import Path

import pytest

from rat.errors import ConfigError
from rat.publishing.journal import Entry, Journal


def entry(text: str = "") -> Entry:
    return Entry(step="intent", ticket="acme/shop#12", purpose="refinement", operation="create_comment", text=text)


def test_entries_come_back_in_order_with_their_time_and_any_text(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "deep" / "journal.jsonl", now=lambda: "2026-11-01T00:00:00+00:00")
    for text in ("a\nb", "\u2028 \ud800 é", ""):
        journal.record(entry(text))
    assert [one.text for one in journal.entries()] == ["a\nb", "\u2028 \ud800 é", ""]
    assert {one.at for one in journal.entries()} == {"2026-11-01T00:00:00+00:00"}


def test_a_line_that_a_crash_cut_short_costs_that_line_alone(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.jsonl")
    journal.record(entry("one"))
    whole = journal.path.read_bytes()
    for cut in range(1, len(whole)):
        journal.path.write_bytes(whole + whole[:cut])
        journal.record(entry("two"))
        texts = [one.text for one in journal.entries()]
        assert texts in (["one", "two"], ["one", "one", "two"])


def test_lines_of_a_later_version_or_no_sense_are_passed_over(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.jsonl")
    journal.path.write_text('[1]\n{"step": "intent"}\nnonsense\n')
    journal.record(entry("kept"))
    journal.path.write_text(journal.path.read_text().replace('"at"', '"new": 1, "at"'))
    assert [one.text for one in journal.entries()] == ["kept"]


def test_a_journal_that_cannot_be_used_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "journal.jsonl").mkdir()
    journal = Journal(tmp_path / "journal.jsonl")
    for use in (lambda: journal.record(entry()), journal.entries):
        with pytest.raises(ConfigError, match="--out"):
            use()


def test_another_process_waits_until_the_journal_is_free(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    program = (
        "import sys, pathlib; from rat.publishing.journal import Journal\n"
        "print('waiting', flush=True)\n"
        "with Journal(pathlib.Path(sys.argv[1])).held(): print('held', flush=True)"
    )
    with Journal(path).held():
        other = subprocess.Popen([sys.executable, "-c", program, str(path)], stdout=subprocess.PIPE, text=True)
        assert other.stdout is not None
        assert other.stdout.readline() == "waiting\n"
        with pytest.raises(subprocess.TimeoutExpired):
            other.wait(0.2)
    assert other.communicate(timeout=20)[0] == "held\n"
