"""Whether a text gives away a secret of this process: as it is, reversed, or in a usual encoding. Pure."""

import base64
import codecs
import functools
import unicodedata
from collections.abc import Iterator

WINDOW = 8
"""So many characters in a row of a secret are a leak."""
WORDS = 12
"""So many letters in a row are no coincidence, even across the words of a text."""

_KNOWN_STARTS = ("github_pat_", "ghp_", "gho_", "ghs_", "ghu_", "ghr_", "sk-proj-", "sk-ant-", "sk-", "ATATT3")


def leaks(text: str, secrets: tuple[str, ...]) -> bool:
    """Whether *text* holds eight characters in a row of one of *secrets*: as it is, reversed, or in a usual encoding.

    Disguises are looked for without case, spaces and punctuation, so that spelling a secret out with dashes is found
    too; there, eight letters with no digit among them are taken for words, and twelve are needed. Secrets with fewer
    than eight letters and digits are left aside.
    """
    plain, disguised = _pieces(secrets)
    if _holds(text, WINDOW, plain):
        return True
    bare = _bare(text)
    return any(_holds(bare, size, pieces) for size, pieces in disguised.items())


def _bare(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKC", text).casefold() if letter.isalnum())


def _holds(text: str, size: int, pieces: frozenset[str]) -> bool:
    """Whether one of *pieces*, each of that *size*, stands in *text*; looked for in the cheaper of two ways."""
    if len(text) > len(pieces):
        return any(piece in text for piece in pieces)
    return any(text[start : start + size] in pieces for start in range(len(text)))


@functools.cache
def _pieces(secrets: tuple[str, ...]) -> tuple[frozenset[str], dict[int, frozenset[str]]]:
    """The stretches of eight of each secret, and for each length the stretches of that length of its disguises."""
    plain: set[str] = set()
    disguised: dict[int, set[str]] = {}
    for secret in secrets:
        if len(_bare(secret)) < WINDOW:
            continue
        core = next((secret[len(start) :] for start in _KNOWN_STARTS if secret.startswith(start)), secret)
        core = core if len(_bare(core)) >= WINDOW else secret
        plain |= _stretches(core, WINDOW)
        for form, size in _disguises(core):
            disguised.setdefault(size, set()).update(filter(_is_telling, _stretches(_bare(form), size)))
    return frozenset(plain), {size: frozenset(found) for size, found in disguised.items()}


def _stretches(text: str, size: int) -> set[str]:
    return {text[start : start + size] for start in range(len(text) - size + 1)}


def _is_telling(stretch: str) -> bool:
    """Whether a stretch is more than words run together: long, or letters mixed with digits."""
    return len(stretch) >= WORDS or (not stretch.isalpha() and not stretch.isdigit())


def _disguises(secret: str) -> Iterator[tuple[str, int]]:
    """Each way to write *secret*, and how many of its letters and digits stand for eight characters.

    Percent and hexadecimal entities differ from plain hexadecimal by punctuation or one letter alone. Base 64 and 32
    work on groups of three and five bytes, so the secret is encoded from each place in a group.
    """
    octets = secret.encode(errors="surrogatepass")
    for plain in (secret, secret[::-1], codecs.encode(secret, "rot13")):
        yield plain, WINDOW
        yield plain, WORDS
    for offset in range(3):
        for way in (octets, octets[::-1]):
            yield base64.b64encode(way[offset:]).decode(), 10
            yield base64.b64encode(way[offset:]).decode(), WORDS
    for offset in range(5):
        yield base64.b32encode(octets[offset:]).decode(), 12
    yield octets.hex(), 16
    yield octets[::-1].hex(), 16
    yield "".join(f"x{octet:02x}" for octet in octets), 24
    yield "".join(f"u{octet:04x}" for octet in octets), 40
    yield "".join(str(octet) for octet in octets), 20
    yield "".join(f"{octet:03o}" for octet in octets), 24
    yield "".join(f"{octet:08b}" for octet in octets), 64
