"""Markers are read back as written, signed ones cannot be forged, and hashes see what matters alone."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rat.model import Comment
from rat.publishing.document import (
    Bullets,
    Document,
    Folded,
    Footer,
    Item,
    Link,
    Paragraph,
    Section,
    Text,
)
from rat.publishing.marker import Marker, content_hash, read_marker

HASHES = st.text("0123456789abcdef", max_size=16)


def comment(text: str) -> Comment:
    return Comment(id="1", author="a", body=text, raw=text)


@given(st.text(min_size=1), st.sampled_from(["refinement", "impact"]), HASHES, HASHES, HASHES, st.text(max_size=9))
def test_a_marker_is_read_back_as_it_was_written(
    ticket: str, purpose: str, given_hash: str, content: str, text: str, key: str
) -> None:
    ticket = ticket.encode(errors="replace").decode()
    marker = Marker(ticket=ticket, purpose=purpose, input_hash=given_hash, content_hash=content, text_hash=text)
    line = marker.write(key=key.encode(errors="replace").decode())
    assert "\n" not in line
    assert line.startswith("<!-- ")
    assert line.count("-->") == 1
    assert read_marker(comment(line + "\ntext"), key=key.encode(errors="replace").decode()) == marker


def test_a_signed_marker_is_bound_to_every_field() -> None:
    marker = Marker(ticket="PAY-1", purpose="refinement", input_hash="00", content_hash="11", text_hash="22")
    line = marker.write(key="k")
    assert read_marker(comment(line), key="k") == marker
    for old, new in (("PAY-1", "PAY-2"), ("refinement", "impact"), ("input=00", "input=01"), ("text=22", "text=23")):
        assert read_marker(comment(line.replace(old, new)), key="k") is None
    assert read_marker(comment(line), key="other") is None
    assert read_marker(comment(marker.write()), key="k") is None


@pytest.mark.parametrize("text", ["", "hello", "<!-- rat:2 ticket=a -->", "<!-- other -->", " \n<!-- rat:1 x -->"])
def test_anything_else_is_no_marker(text: str) -> None:
    assert read_marker(comment(text)) is None


def test_the_content_hash_is_over_words_not_over_addresses_and_small_print() -> None:
    body = Paragraph((Text("a"), Link("b", "https://x/1")))
    document = Document((Section("one", (body, Footer((Text("run 1"),)))),))
    moved = Document(
        (Section("two", (replace(body, content=(Text("a"), Link("b", "https://x/2"))), Footer((Text("run 2"),)))),)
    )
    assert content_hash(document) == content_hash(moved)
    assert len(content_hash(document)) == 16


@pytest.mark.parametrize(
    "other",
    [
        (Paragraph((Text("b"),)),),
        (Paragraph((Text("a"),)), Paragraph((Text("a"),))),
        (Bullets((Item((Text("a"),)),)),),
        (Folded("a", (Paragraph((Text("a"),)),)),),
        (Paragraph((Link("a", "https://x"),)),),
    ],
)
def test_the_content_hash_changes_with_any_word_or_shape(other: tuple[Paragraph, ...]) -> None:
    first = Document((Section("one", (Paragraph((Text("a"),)),)),))
    assert content_hash(first) != content_hash(Document((Section("one", other),)))
