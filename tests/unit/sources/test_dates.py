"""Dates come out as ISO 8601, or not at all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rat.sources.dates import iso_date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-05-06", "2024-05-06"),
        ("2024/5/6", "2024-05-06"),
        ("20240506-use-x", "2024-05-06"),
        ("2024-05-06T10:00:00Z", "2024-05-06"),
        ("03/05/2018", "2018-05-03"),
        ("05/23/2018", "2018-05-23"),
        ("6.5.2024", "2024-05-06"),
        ("September 22, 2023", "2023-09-22"),
        ("22nd of Sept 2023", "2023-09-22"),
        ("January, 2026", "2026-01"),
        ("2022-09", "2022-09"),
        ("2023-07-2i", ""),
        ("2024-23-11", ""),
        ("insert date", ""),
        ("", ""),
    ],
)
def test_dates_as_people_write_them(text: str, expected: str) -> None:
    assert iso_date(text) == expected


@settings(deadline=None)
@given(st.text(max_size=100))
def test_no_text_makes_it_raise(text: str) -> None:
    iso_date(text)
