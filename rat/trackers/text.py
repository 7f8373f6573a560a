"""Bytes to text, whatever wrote them."""

import codecs

from rat.errors import ConfigError

# The longer marks first: UTF-32's begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode_text(data: bytes, *, name: str) -> tuple[str, str]:
    """The text in *data* with plain line feeds, and a note where it had to be guessed.

    By its byte order mark, else UTF-8, else Latin-1, which reads any bytes. Raises ConfigError for what is no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], encoding, name=name)
    if b"\0" in data:
        raise ConfigError(f"{name} is not text: it holds NUL bytes. Give Markdown or JSON, in UTF-8.")
    try:
        return clean(data.decode()), ""
    except UnicodeDecodeError as error:
        note = f"{name} is not UTF-8 (byte {error.start}); it was read as Latin-1. Save it as UTF-8 to be sure."
        return clean(data.decode("latin-1")), note


def clean(text: str) -> str:
    """*text* with plain line feeds; what cannot be stored anywhere (NUL, lone surrogates) becomes U+FFFD."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _marked(data: bytes, encoding: str, *, name: str) -> tuple[str, str]:
    try:
        return clean(data.decode(encoding)), ""
    except UnicodeDecodeError as error:
        note = (
            f"{name} starts like {encoding} but is not (byte {error.start}); what could not be read is shown as \ufffd."
        )
        return clean(data.decode(encoding, "replace")), note
