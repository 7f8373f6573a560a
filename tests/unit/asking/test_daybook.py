"""What counts to the budget of a day: every line of the shared file, whoever wrote it, and no other day's."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rat.asking.daybook import DayBook


class Clock:
    """A clock that is set by hand."""

    def __init__(self, at: str = "2026-11-23T10:00:00+00:00") -> None:
        self.at = at

    def __call__(self) -> dt.datetime:
        return dt.datetime.fromisoformat(self.at)


def test_two_runs_that_share_a_file_see_what_the_other_spends(tmp_path: Path) -> None:
    one, other = (DayBook(tmp_path / "deep" / "spending.jsonl", now=Clock()) for _ in range(2))
    one.add(0.5)
    assert other.spent_today() == pytest.approx(0.5)
    other.add(0.25)
    assert one.spent_today() == other.spent_today() == pytest.approx(0.75)


def test_a_new_day_begins_at_midnight_utc_with_nothing(tmp_path: Path) -> None:
    clock = Clock("2026-11-23T23:59:59+00:00")
    book = DayBook(tmp_path / "spending.jsonl", elsewhere=2.0, now=clock)
    book.add(1.0)
    assert book.spent_today() == pytest.approx(3.0)
    clock.at = "2026-11-24T01:30:00+01:00"
    assert book.spent_today() == 0
    clock.at = "2026-11-24T00:30:00+01:00"  # still the 23rd in UTC
    assert book.spent_today() == pytest.approx(3.0)


def test_without_a_file_this_run_and_what_it_was_told_count() -> None:
    book = DayBook(None, elsewhere=1.0, now=Clock())
    book.add(0.5)
    assert book.spent_today() == pytest.approx(1.5)


def test_what_costs_nothing_is_not_written(tmp_path: Path) -> None:
    DayBook(tmp_path / "spending.jsonl", now=Clock()).add(0.0)
    assert not (tmp_path / "spending.jsonl").exists()


def test_a_line_that_was_torn_or_is_foreign_is_named_and_the_rest_counts(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "spending.jsonl"
    path.write_bytes(b'{"at": "2026-11-23T01:00:00+00:00", "usd": 1}\nnonsense\n{"at": "2026-11-23T01:00:')
    book = DayBook(path, now=Clock())
    assert book.spent_today() == pytest.approx(1.0)
    assert caplog.text.count("does not count") == 1
    with path.open("ab") as file:
        file.write(b'00+00:00", "usd": 2}\n')
    assert book.spent_today() == pytest.approx(3.0)


def test_a_disk_that_refuses_costs_a_warning_and_the_run_still_counts(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("in the way")
    book = DayBook(tmp_path / "file" / "spending.jsonl", now=Clock())
    book.add(0.5)
    assert book.spent_today() == pytest.approx(0.5)
    assert "could not be written" in caplog.text


@given(st.binary(max_size=300))
def test_whatever_stands_in_the_file_nothing_breaks(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("book") / "spending.jsonl"
    path.write_bytes(content)
    assert DayBook(path, now=Clock()).spent_today() >= 0
