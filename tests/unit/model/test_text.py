import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rat.model.text import decode_text

MARKS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}


@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_are_text_or_a_note(data: bytes, cut: bool) -> None:
    text, note = decode_text(data, cut=cut)
    if text is None:
        assert note == "is binary, not text"
    else:
        text.encode()


@given(st.text(max_size=100))
def test_utf8_is_read_as_it_is(text: str) -> None:
    if "\0" not in text and not text.startswith("\ufeff"):
        assert decode_text(text.encode()) == (text, "")


@pytest.mark.parametrize("encoding", MARKS)
def test_a_byte_order_mark_decides(encoding: str) -> None:
    text, note = decode_text(MARKS[encoding] + "Größe 日本".encode(encoding))
    assert text == "Größe 日本"
    assert note.startswith("is UTF-") or encoding == "utf-8"


def test_a_mark_with_other_bytes_after_it_is_noted() -> None:
    assert decode_text(codecs.BOM_UTF8 + b"a\xff") == (
        "a\ufffd",
        "starts like UTF-8 but is not (byte 1); what could not be read is shown as \ufffd",
    )


def test_old_windows_text_keeps_its_quotation_marks() -> None:
    assert decode_text(b"\x93x\x94 \xe4") == ("“x” ä", "is not UTF-8 (byte 0); it was read as Windows-1252")


def test_what_was_cut_inside_a_character_loses_only_that() -> None:
    data = "Grö".encode()[:-1]
    assert decode_text(data, cut=True) == ("Gr", "")
    assert "Windows-1252" in decode_text(data)[1]
