"""Bytes to text, whatever wrote them."""

import codecs

# The longer marks first: UTF-32's begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)


def decode_text(data: bytes, *, cut: bool = False) -> tuple[str | None, str]:
    """The text of *data* without its byte order mark, and a note where it is not plain UTF-8; None for binary data.

    By its byte order mark, else UTF-8, else Windows-1252, which reads nearly any bytes; what cannot be read is U+FFFD.
    *cut* data may end inside a character, which is then left out. The note goes on after a name: "is not UTF-8 …".
    """
    for mark, encoding, name in _MARKS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], encoding, name)
    if b"\0" in data:
        return None, "is binary, not text"
    try:
        return data.decode(), ""
    except UnicodeDecodeError as problem:
        if cut and problem.reason == "unexpected end of data":
            return data.decode(errors="ignore"), ""
        note = f"is not UTF-8 (byte {problem.start}); it was read as Windows-1252"
        return data.decode("cp1252", errors="replace"), note


def _marked(data: bytes, encoding: str, name: str) -> tuple[str, str]:
    note = "" if encoding == "utf-8" else f"is {name}, not UTF-8"
    try:
        return data.decode(encoding), note
    except UnicodeDecodeError as problem:
        note = f"starts like {name} but is not (byte {problem.start}); what could not be read is shown as \ufffd"
        return data.decode(encoding, errors="replace"), note
