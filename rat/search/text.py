"""What of a file's bytes is text to be searched."""

READ_CAP = 1 << 20
"""Bytes of a file that are looked at; a longer one is nearly always data."""
HEAD = 8000
"""Bytes in which a NUL tells a binary file, as in git."""


def as_text(data: bytes) -> bytes:
    """*data* cut at READ_CAP, UTF-16 as UTF-8; nothing for a binary file."""
    data = data[:READ_CAP]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace").encode("utf-8", "replace")
    return b"" if data.find(b"\0", 0, HEAD) >= 0 else data
