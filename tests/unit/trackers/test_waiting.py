"""How long to wait, and when not to."""

from email.utils import formatdate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rat.errors import RateLimited
from rat.trackers import github_refusals, jira_refusals
from rat.trackers.calls import Answer, excerpt, next_page
from rat.trackers.patience import Patience, retry_after

NOW = 1_800_000_000.0


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0),
        ("1847", 1847),
        ("2.5", 2.5),
        (" 7 ", 7),
        (formatdate(NOW + 90, usegmt=True), 90),
        (formatdate(NOW - 90, usegmt=True), 0),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("٣", None),
        ("9" * 400, 86400),
    ],
)
def test_retry_after_is_seconds_or_a_date(value: str, seconds: float | None) -> None:
    assert retry_after({"retry-after": value}, now=NOW) == seconds


@given(st.text(max_size=40), st.text(max_size=20), st.text(max_size=20), st.integers(0, 3))
def test_no_header_makes_a_wait_negative_or_fail(after: str, remaining: str, reset: str, tries: int) -> None:
    headers = {"retry-after": after, "x-ratelimit-remaining": remaining, "x-ratelimit-reset": reset}
    for status in (403, 429, 503):
        for wait in (github_refusals.wait, jira_refusals.wait):
            seconds = wait(Answer(status=status, headers=headers, text=after), tries, NOW)
            assert seconds is None or seconds >= 0


def test_a_403_about_a_right_is_not_waited_for() -> None:
    answer = Answer(status=403, headers={"x-ratelimit-remaining": "4999"}, text='{"message": "Forbidden"}')
    assert github_refusals.wait(answer, 0, NOW) is None
    assert jira_refusals.wait(answer, 0, NOW) is None


def test_a_403_that_names_a_time_is_waited_for() -> None:
    answer = Answer(status=403, headers={"retry-after": "7"}, text="slow down")
    assert (github_refusals.wait(answer, 0, NOW), jira_refusals.wait(answer, 0, NOW)) == (7.0, 7.0)


def test_patience_is_spent_once_and_shared() -> None:
    naps: list[float] = []
    patience = Patience(seconds=100, sleep=naps.append)
    patience.wait(60, service="GitHub")
    with pytest.raises(RateLimited, match="GitHub asks to wait 60 s, and this run may wait 40 s more"):
        patience.wait(60, service="GitHub")
    patience.wait(40, service="GitHub")
    assert naps == [60, 40]


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ('<https://a/x?page=2>; rel="next", <https://a/x?page=9>; rel="last"', "https://a/x?page=2"),
        ('<https://a/x?page=9>; rel="last"', ""),
        ("", ""),
        ("nonsense;;,", ""),
    ],
)
def test_the_next_page_is_read_from_the_link_header(link: str, address: str) -> None:
    assert next_page({"link": link}) == address


@given(st.text(max_size=2000))
def test_what_a_server_said_is_shown_on_one_line(text: str) -> None:
    shown = excerpt(text)
    assert len(shown) <= 201
    assert shown.isprintable()
