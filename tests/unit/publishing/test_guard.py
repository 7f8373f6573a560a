"""No eight characters in a row of a secret leave, in any usual disguise; ordinary words are left alone."""

import base64
import codecs
from collections.abc import Callable

import pytest

from rat.publishing.document import Code, Document, Folded, Link, Paragraph, Section, Text
from rat.publishing.guard import REMOVED, Guard
from tests.unit.publishing.test_benign import TEXTS

SECRET = "ghp_q7Rt2vKx9LmN4pZs8WyB3cDf6GhJ1aEo5uTi"
CORE = SECRET.removeprefix("ghp_")
GUARD = Guard(secrets=(SECRET, "short"))

ENCODINGS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "reversed": lambda text: text[::-1],
    "upper case": str.upper,
    "lower case": str.lower,
    "spaced": " ".join,
    "dashed": "-".join,
    "in lines": "\n".join,
    "quoted letters": "','".join,
    "full width": lambda text: "".join(chr(ord(letter) + 0xFEE0) for letter in text),
    "rot13": lambda text: codecs.encode(text, "rot13"),
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "base64 after one letter": lambda text: base64.b64encode(f"x{text}".encode()).decode(),
    "base64 after two letters": lambda text: base64.b64encode(f"xy{text}".encode()).decode(),
    "base64 for addresses": lambda text: base64.urlsafe_b64encode(text.encode()).decode(),
    "base64 reversed": lambda text: base64.b64encode(text[::-1].encode()).decode(),
    "base32": lambda text: base64.b32encode(text.encode()).decode(),
    "hexadecimal": lambda text: text.encode().hex(),
    "hexadecimal with colons": lambda text: text.encode().hex(":"),
    "percent": lambda text: "".join(f"%{ord(letter):02X}" for letter in text),
    "backslash x": lambda text: "".join(f"\\x{ord(letter):02x}" for letter in text),
    "backslash u": lambda text: "".join(f"\\u{ord(letter):04x}" for letter in text),
    "entities": lambda text: "".join(f"&#{ord(letter)};" for letter in text),
    "hexadecimal entities": lambda text: "".join(f"&#x{ord(letter):x};" for letter in text),
    "octal": lambda text: "".join(f"\\{ord(letter):03o}" for letter in text),
    "binary": lambda text: " ".join(f"{ord(letter):08b}" for letter in text),
    "decimal": lambda text: ", ".join(str(ord(letter)) for letter in text),
}


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("part", [SECRET, CORE, CORE[7:], CORE[:20], CORE[11:27]])
def test_a_secret_is_seen_in_every_disguise_and_in_part(encoding: str, part: str) -> None:
    assert GUARD.leaks(f"words before {ENCODINGS[encoding](part)} and words after")


@pytest.mark.parametrize("start", range(len(CORE) - 8))
def test_any_eight_characters_in_a_row_are_a_leak(start: int) -> None:
    assert GUARD.leaks(f"? {CORE[start : start + 8]} ?")
    assert not GUARD.leaks(f"? {CORE[start : start + 7]} ?")


def test_the_known_start_of_a_token_is_no_secret() -> None:
    assert not GUARD.leaks("a token that starts with ghp_ or github_pat_, see the documentation")


def test_no_benign_text_is_taken_for_a_secret() -> None:
    guard = Guard(secrets=(SECRET, "test-api-key", "ghs_actions_token", "orders-export-token"))
    assert not [text for text in TEXTS if guard.leaks(text)]


def test_a_guard_with_no_secrets_lets_everything_through() -> None:
    assert not Guard().leaks(SECRET)


def test_a_leaf_that_leaks_is_replaced_wherever_it_stands_and_the_rest_stays() -> None:
    content = (Text(f"see {SECRET}"), Code("fine"), Link(SECRET, "https://a.b"))
    cleaned = GUARD.clean(Document((Section("all", (Folded(SECRET, (Paragraph(content),)),)),)))
    expected = (Text(REMOVED), Code("fine"), Link(REMOVED, "https://a.b"))
    assert cleaned == Document((Section("all", (Folded(REMOVED, (Paragraph(expected),)),)),))


def test_what_looks_like_a_secret_of_anybody_is_redacted() -> None:
    cleaned = GUARD.clean(Document((Section("all", (Paragraph((Text("key AKIAIOSFODNN7EXAMPLE here"),)),)),)))
    assert "AKIA" not in str(cleaned)
    assert "here" in str(cleaned)


def test_a_guard_never_shows_its_secrets() -> None:
    assert SECRET not in repr(GUARD)
