"""Data sets: what is read, and what is refused with file and line."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rat.errors import ConfigError
from rat.evaluation.dataset import read_dataset, ticket_of
from rat.model import TicketType, TrackerKind

GOOD = {"id": "PAY-1", "title": "T", "type": "bug"}


def written(folder: Path, *lines: object) -> Path:
    path = folder / "set.jsonl"
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines))
    return path


def test_a_line_is_a_case_and_blank_lines_are_passed_over(tmp_path: Path) -> None:
    path = written(tmp_path, {**GOOD, "body": "a\u2028b", "comments": ["So do I"]}, "", {**GOOD, "id": "x"})
    first, second = read_dataset(path)
    assert first.type is TicketType.BUG
    ticket = ticket_of(first)
    assert (ticket.ref.tracker, ticket.body, ticket.comments[0].body) == (TrackerKind.JIRA, "a\u2028b", "So do I")
    assert ticket_of(second).ref.tracker is TrackerKind.FILE


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "is not JSON"),
        ("[1]", "is not a ticket"),
        ({**GOOD, "type": "wish"}, "`type`"),
        ({**GOOD, "must": {"file": ["a.py"]}}, "did you mean `files`?"),
        ({**GOOD, "must": {"files": "a.py"}}, "`must.files`"),
        ({**GOOD, "must_not": {"claims": [" | "]}}, "an expectation is empty"),
        ({**GOOD, "title": " "}, "`title` is empty"),
        (GOOD, "was there before"),
        ('{"a":' * 5000, "is not JSON"),
    ],
)
def test_a_bad_line_is_named_with_its_file_and_number(tmp_path: Path, line: object, said: str) -> None:
    path = written(tmp_path, GOOD, line)
    with pytest.raises(ConfigError) as refused:
        read_dataset(path)
    assert f"{path}, line 2" in str(refused.value)
    assert said in str(refused.value)


def test_every_bad_line_is_named_up_to_a_bound(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="and 80 more") as refused:
        read_dataset(written(tmp_path, *["nonsense"] * 100))
    assert str(refused.value).count("\n") == 20


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xff\xfe{"])
def test_a_file_that_holds_no_text_or_no_ticket_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "set.jsonl"
    path.write_bytes(content)
    with pytest.raises(ConfigError, match=r"set\.jsonl"):
        read_dataset(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="could not be read"):
        read_dataset(tmp_path / "none.jsonl")
    with pytest.raises(ConfigError, match="could not be read"):
        read_dataset(tmp_path)


@given(st.text(max_size=60))
def test_no_line_does_more_than_be_refused(tmp_path_factory: pytest.TempPathFactory, line: str) -> None:
    path = tmp_path_factory.mktemp("any") / "set.jsonl"
    path.write_text(line, encoding="utf-8", errors="replace")
    with pytest.raises(ConfigError):
        read_dataset(path)
