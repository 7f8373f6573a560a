"""Waits between tries."""

import datetime as dt
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rat.errors import ModelError
from rat.llm.waiting import pause_before, retry_after, within

NOW = dt.datetime(2026, 11, 1, 12, 0, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("7", 7.0),
        (" 0 ", 0.0),
        ("Sun, 01 Nov 2026 12:00:30 GMT", 30.0),
        ("Sun, 01 Nov 2026 11:00:00 GMT", 0.0),
        ("Sun, 01 Nov 2026 12:00:05", 5.0),
        ("soon", None),
        ("-5", None),
        ("", None),
        ("٣", None),
    ],
)
def test_retry_after_is_read_in_seconds_and_as_a_date(value: str, seconds: float | None) -> None:
    assert retry_after({"retry-after": value}, now=NOW) == seconds


@given(st.text(max_size=60))
def test_any_header_gives_a_wait_that_is_not_negative_or_none(value: str) -> None:
    seconds = retry_after({"retry-after": value}, now=NOW)
    assert seconds is None or seconds >= 0


def test_pauses_grow_and_end_after_the_third_try() -> None:
    second = pause_before(2, {}, remaining=60, now=NOW)
    third = pause_before(3, {}, remaining=60, now=NOW)
    assert second is not None
    assert third is not None
    assert 0.5 <= second <= 0.75
    assert 1.0 <= third <= 1.5
    assert pause_before(4, {}, remaining=60, now=NOW) is None


def test_no_pause_reaches_beyond_what_remains() -> None:
    assert pause_before(2, {"retry-after": "61"}, remaining=60, now=NOW) is None
    assert pause_before(2, {}, remaining=0.1, now=NOW) is None


def test_a_call_that_does_not_end_is_left() -> None:
    forever = threading.Event()
    with pytest.raises(ModelError, match="too slow"):
        within(0.05, lambda: forever.wait(10), refusal="too slow")
    forever.set()


def test_an_error_of_the_call_reaches_the_caller() -> None:
    def call() -> None:
        raise ModelError("no such model")

    with pytest.raises(ModelError, match="no such model"):
        within(5, call, refusal="too slow")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_bug_in_the_call_is_a_bug_and_no_silence() -> None:
    def call() -> None:
        raise AssertionError

    with pytest.raises(RuntimeError, match="bug"):
        within(5, call, refusal="too slow")
