"""Tickets from files and standard input, good and bad."""

import codecs
import io
import json
import logging
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rat.errors import ConfigError
from rat.model.ticket import Ticket
from rat.trackers.files import read_ticket_file, read_ticket_files
from rat.trackers.markdown_ticket import read_markdown
from rat.trackers.text import clean


def markdown(text: str) -> Ticket:
    return read_markdown(text, key="t.md", fallback_title="t")


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("# Login fails\n\nIt fails.\n", "Login fails", "It fails."),
        ("Login fails\n===========\n\nIt fails.", "Login fails", "It fails."),
        ("Login fails\n---\nIt fails.", "Login fails", "It fails."),
        ("### Login fails ###\nIt fails.", "Login fails", "It fails."),
        ("A lead.\n\n# Login fails\nIt fails.", "Login fails", "A lead.\n\nIt fails."),
        ("No heading at all.", "t", "No heading at all."),
        ("```\n# not a title\n```\n# Title", "Title", "```\n# not a title\n```"),
        ("~~~\n```\n# no\n~~~\n# Title", "Title", "~~~\n```\n# no\n~~~"),
        ("#tag is no heading", "t", "#tag is no heading"),
        ("- a list\n---\nmore", "t", "- a list\n---\nmore"),
        ("#\n\ntext", "t", "#\n\ntext"),
        ("---\n\na rule first", "t", "---\n\na rule first"),
        ("# C#\nx", "C#", "x"),
    ],
)
def test_the_first_heading_is_the_title_and_the_rest_the_body(text: str, title: str, body: str) -> None:
    ticket = markdown(text)
    assert (ticket.title, ticket.body) == (title, body)


def test_front_matter_names_what_it_knows() -> None:
    text = (
        "---\nid: RFE-7\ntitle: \"Slack: notices\"\ntype: story\nlabels: [a, 'b c']\nx:\n  y: {z}\n---\n# Heading\nBody"
    )
    ticket = markdown(text)
    assert (ticket.key, ticket.title, ticket.declared_type) == ("RFE-7", "Slack: notices", "story")
    assert ticket.labels == ("a", "b c")
    assert ticket.body == "# Heading\nBody"


def test_front_matter_may_list_labels_and_leave_the_title_to_the_heading() -> None:
    ticket = markdown("---\nlabels:\n  - a\n- b\n---\n\n# Heading\nBody")
    assert (ticket.title, ticket.labels, ticket.body, ticket.key) == ("Heading", ("a", "b"), "Body", "t.md")


def test_broken_front_matter_harms_nothing() -> None:
    assert markdown("---\n: : [\n&a *a\n---\n# Title").title == "Title"
    assert markdown("---\ntitle: x\nnever closed").body == "---\ntitle: x\nnever closed"


@given(st.text(alphabet="#=-`~ \n:[]ab'\"", max_size=200))
def test_any_markdown_is_a_ticket_that_loses_no_word(text: str) -> None:
    ticket = read_markdown(text, key="t.md", fallback_title="fallback")
    assert ticket.title
    if not text.startswith("---"):
        assert sorted(f"{ticket.title}{ticket.body}".replace("fallback", "").count(c) for c in "ab") == sorted(
            text.count(c) for c in "ab"
        )


def test_json_brings_labels_type_and_comments(tmp_path: Path) -> None:
    path = tmp_path / "t.json"
    data = {
        "id": 7,
        "title": "Login\n fails ",
        "body": "It\r\nfails.",
        "labels": ["bug"],
        "type": "bug",
        "comments": ["me too", {"author": "bob", "body": "and I", "created_at": "2026-01-01"}],
        "unknown": {"left": "alone"},
    }
    path.write_text(json.dumps(data))
    ticket = read_ticket_file(path)
    assert (ticket.key, ticket.title, ticket.body) == ("7", "Login fails", "It\nfails.")
    assert (ticket.labels, ticket.declared_type) == (("bug",), "bug")
    assert [(c.id, c.author, c.body) for c in ticket.comments] == [("1", "", "me too"), ("2", "bob", "and I")]


def test_json_without_an_id_is_named_after_its_file(tmp_path: Path) -> None:
    path = tmp_path / "t.json"
    path.write_text('{"title": "x", "body": null}')
    assert read_ticket_file(path).key == str(path)
    assert read_ticket_file(path).body == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"title": "x"', "is not JSON"),
        ("[1]", "is not a ticket: it should be an object"),
        ('{"body": "x"}', "has no `title`"),
        ('{"title": "  "}', "has no `title`"),
        ('{"title": 5}', "`title` should be text, and is 5"),
        ('{"title": "x", "body": ["y"]}', "`body` should be text"),
        ('{"title": "x", "labels": "bug"}', "`labels` should be a list"),
        ('{"title": "x", "labels": [1]}', "`labels` should be text"),
        ('{"title": "x", "comments": [7]}', "`comments` should be text"),
        ('{"title": "x", "id": true}', "`id` should be text"),
        ("[" * 100_000, "is not JSON"),
        ('{"title": "x", "id": ' + "9" * 5000 + "}", "is not JSON"),
        ("", "is empty"),
        (" \n\t ", "is empty"),
    ],
)
def test_bad_json_gets_one_clear_message(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "t.json"
    path.write_text(text)
    with pytest.raises(ConfigError) as caught:
        read_ticket_file(path)
    assert words in str(caught.value)
    assert str(path) in str(caught.value)
    assert len(str(caught.value)) < 500
    assert caught.value.exit_code == 2


def test_json_lines_are_many_tickets(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text('{"id": "a", "title": "A\\u2028x"}\n\n{"title": "B\u2028y"}\n')
    assert [ticket.key for ticket in read_ticket_files(path)] == ["a", f"{path}:3"]
    with pytest.raises(ConfigError, match="holds 2 tickets, and one is needed here"):
        read_ticket_file(path)


def test_every_bad_line_of_json_lines_is_named(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text('{"id": "a", "title": "A"}\n{\n{"id": "a", "title": "B"}\n{"body": "x"}\n')
    with pytest.raises(ConfigError) as caught:
        read_ticket_files(path)
    lines = str(caught.value).splitlines()
    assert [line.split(",")[1].split()[1].rstrip(":") for line in lines] == ["2", "3", "4"]
    assert "'a' was there before" in lines[1]


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"There is no file .*none.md"):
        read_ticket_file(tmp_path / "none.md")
    with pytest.raises(ConfigError, match="is not a file"):
        read_ticket_file(tmp_path)
    with pytest.raises(ConfigError, match="could not be read"):
        read_ticket_file(Path("a\0b.md"))


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "pipe.md"
    os.mkfifo(path)
    with pytest.raises(ConfigError, match="is not a file"):
        read_ticket_file(path)


@pytest.mark.parametrize(
    "data",
    [
        codecs.BOM_UTF8 + "# Größe 日本\r\n한국어".encode(),
        codecs.BOM_UTF16_LE + "# Größe 日本\r\n한국어".encode("utf-16-le"),
        codecs.BOM_UTF16_BE + "# Größe 日本\r\n한국어".encode("utf-16-be"),
        codecs.BOM_UTF32_LE + "# Größe 日本\r\n한국어".encode("utf-32-le"),
        "# Größe 日本\r한국어".encode(),
    ],
)
def test_text_is_read_by_its_byte_order_mark_else_as_utf8(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "t.md"
    path.write_bytes(data)
    ticket = read_ticket_file(path)
    assert (ticket.title, ticket.body) == ("Größe 日本", "한국어")


def test_what_is_not_utf8_is_read_as_windows_1252_and_said(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "t.md"
    path.write_bytes("# Größe\nfällt aus".encode("latin-1"))
    with caplog.at_level(logging.WARNING, logger="rat"):
        assert read_ticket_file(path).title == "Größe"
    assert "is not UTF-8 (byte 4); it was read as Windows-1252" in caplog.text


def test_a_binary_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.md"
    path.write_bytes(b"\x89PNG\r\n\0\0\0")
    with pytest.raises(ConfigError, match="is binary, not text"):
        read_ticket_file(path)


def test_a_large_body_is_read_and_a_huge_file_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.md"
    path.write_text("# Title\n" + "word " * 200_000)
    assert len(read_ticket_file(path).body) == 1_000_000
    with path.open("r+b") as file:
        file.truncate(65 * 1024 * 1024)
    with pytest.raises(ConfigError, match="over 64 MB"):
        read_ticket_file(path)


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("# Title\nbody", ["Title"]),
        ("just a line", ["just a line"]),
        ('{"title": "x",\n "body": "y"}', ["x"]),
        ('{"title": "x"}\n{"title": "y"}\n', ["x", "y"]),
    ],
)
def test_standard_input_is_markdown_or_json(monkeypatch: pytest.MonkeyPatch, text: str, titles: list[str]) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(text.encode())))
    assert [ticket.title for ticket in read_ticket_files(Path("-"))] == titles


@given(st.text(st.characters(), max_size=100), st.integers(0xD800, 0xDFFF))
def test_cleaned_text_can_be_stored_and_is_left_alone_from_then_on(text: str, surrogate: int) -> None:
    once = clean(text + chr(surrogate))
    once.encode()
    assert clean(once) == once
