"""Jira's answers as RAT's types: who may read a comment."""

from typing import Any

import pytest

from rat.trackers.jira_replies import readers

INTERNAL = "sd.public.comment"


@pytest.mark.parametrize(
    ("data", "who"),
    [
        ({}, ""),
        ({"jsdPublic": True}, ""),
        ({"jsdPublic": False}, "staff"),
        ({"properties": [{"key": INTERNAL, "value": {"internal": True}}]}, "staff"),
        ({"properties": [{"key": INTERNAL, "value": {"internal": "true"}}]}, "staff"),
        ({"properties": [{"key": INTERNAL, "value": {"internal": False}}]}, ""),
        ({"properties": [{"key": INTERNAL, "value": "internal"}, {"key": "other"}, {}]}, ""),
        ({"visibility": {"type": "role", "value": "Administrators"}}, "role Administrators"),
        ({"visibility": {"type": "group", "identifier": "276f955c"}, "jsdPublic": True}, "group 276f955c"),
        ({"visibility": {"type": "newer"}}, "newer "),
        ({"visibility": None, "properties": None}, ""),
    ],
)
def test_who_alone_may_read_a_comment(data: dict[str, Any], who: str) -> None:
    assert readers(data) == who
