"""Markers are read back as written, signed ones cannot be forged, and hashes see what matters alone."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rat.model import Comment
from rat.publishing.document import (
    Bullets,
    Code,
    Document,
    Folded,
    Footer,
    Item,
    Link,
    Paragraph,
    Section,
    Text,
)
from rat.publishing.marker import Marker, content_hash, read_marker, same_thing, short_hash

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


def test_the_marker_is_one_line_of_this_very_form() -> None:
    """Comments written by one version are found by every later one, so the form never changes."""
    marker = Marker(ticket="acme/shop#12", purpose="impact", input_hash="00", content_hash="11", text_hash="22")
    start = "<!-- rat:1 ticket=acme/shop#12 purpose=impact input=00 content=11 text=22"
    seen = replace(marker, seen="33")
    assert marker.write() == f"{start} -->"
    assert seen.write() == f"{start} seen=33 -->"
    # the signature is that of the line above without it, by `openssl dgst -sha256 -hmac "the key"`
    signed = f"{start} seen=33 sig=926133ebfd956e994f8259e3d507c46b616688ac5fdb59645535d34de56e055d -->"
    assert seen.write(key="the key") == signed
    assert read_marker(comment(f"{start} -->")) == marker
    assert read_marker(comment(signed), key="the key") == seen


def test_a_marker_kept_beside_the_text_is_read_before_one_in_it() -> None:
    beside, inside = Marker(ticket="PAY-1", purpose="refinement"), Marker(ticket="PAY-2", purpose="refinement")
    both = replace(comment(f"{inside.write()}\nwords"), marker=beside.write(key="k"))
    assert read_marker(both) == beside
    assert read_marker(both, key="k") == beside
    assert read_marker(both, key="other") is None


def test_the_first_line_is_that_of_the_stored_text_and_of_what_is_shown_where_there_is_none() -> None:
    marker = Marker(ticket="PAY-1", purpose="refinement")
    text = f"{marker.write()}\r\nwords\nmore words\n"
    assert read_marker(Comment(id="1", author="a", body="words", raw=text)) == marker
    assert read_marker(Comment(id="1", author="a", body=text, raw="words")) is None
    assert read_marker(Comment(id="1", author="a", body=text)) == marker


def test_a_comment_is_for_one_ticket_and_one_purpose() -> None:
    marker = Marker(ticket="PAY-1", purpose="refinement")
    assert same_thing(marker, ticket="PAY-1", purpose="refinement")
    assert not same_thing(marker, ticket="PAY-2", purpose="refinement")
    assert not same_thing(marker, ticket="PAY-1", purpose="impact")


def test_a_short_hash_is_the_start_of_sha_256() -> None:
    assert short_hash("abc") == "ba7816bf8f01cfea"  # FIPS 180-2, appendix B.1


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


def test_small_print_in_a_folded_part_is_small_print_too() -> None:
    said = Paragraph((Text("a"),))
    first, second = (
        Document((Section("all", (Folded("Details", (said, Footer((Text(run),)))),)),)) for run in ("run 1", "run 2")
    )
    assert content_hash(first) == content_hash(second)
    assert content_hash(first) != content_hash(Document((Section("all", (Folded("Details", ()),)),)))


def test_words_that_are_no_unicode_have_a_content_hash() -> None:
    assert content_hash(Document((Section("one", (Paragraph((Text("a\ud800"),)),)),)))


@pytest.mark.parametrize(
    "other",
    [
        (Paragraph((Text("b"),)),),
        (Paragraph((Text("a"),)), Paragraph((Text("a"),))),
        (Bullets((Item((Text("a"),)),)),),
        (Folded("a", (Paragraph((Text("a"),)),)),),
        (Paragraph((Link("a", "https://x"),)),),
        (Paragraph((Code("a"),)),),
    ],
)
def test_the_content_hash_changes_with_any_word_or_shape(other: tuple[Paragraph, ...]) -> None:
    first = Document((Section("one", (Paragraph((Text("a"),)),)),))
    assert content_hash(first) != content_hash(Document((Section("one", other),)))
