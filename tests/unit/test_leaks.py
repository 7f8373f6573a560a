"""How much of a secret is a leak, as it is and in each way to write it."""

import base64
import codecs
from collections.abc import Callable

import pytest

from rat.leaks import WORDS, leaks

SECRET = "q7Rt2vKx9LmN4pZs8WyB3cDf6G"
WORDY = "correcthorsebatterystaple"
"""A secret of letters alone, as people choose them."""


def base64_at(offset: int) -> Callable[[str], str]:
    """How *text* looks in base 64 when so many bytes of something else stand before it."""
    return lambda text: base64.b64encode(b"\x00" * offset + text.encode()).decode()[2 * offset :]


def base32_at(offset: int) -> Callable[[str], str]:
    return lambda text: base64.b32encode(b"\x00" * offset + text.encode()).decode()[2 * offset :]


WAYS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "upper case": str.upper,
    "spelled out": "-".join,
    "in lines": "\n".join,
    "full width": lambda text: "".join(chr(ord(letter) + 0xFEE0) for letter in text),
    "reversed": lambda text: text[::-1],
    "reversed and spelled out": lambda text: " ".join(text[::-1]),
    "rot13": lambda text: codecs.encode(text, "rot13"),
    "base64": base64_at(0),
    "base64 after one": base64_at(1),
    "base64 after two": base64_at(2),
    "base64 of the reverse": lambda text: base64_at(0)(text[::-1]),
    "base64 of the reverse after one": lambda text: base64_at(1)(text[::-1]),
    "base64 of the reverse after two": lambda text: base64_at(2)(text[::-1]),
    **{f"base32 after {offset}": base32_at(offset) for offset in range(5)},
    "hexadecimal": lambda text: text.encode().hex(),
    "hexadecimal with colons": lambda text: text.encode().hex(":").upper(),
    "hexadecimal of the reverse": lambda text: text[::-1].encode().hex(),
    "percent": lambda text: "".join(f"%{ord(letter):02X}" for letter in text),
    "backslash x": lambda text: "".join(f"\\x{ord(letter):02x}" for letter in text),
    "backslash u": lambda text: "".join(f"\\u{ord(letter):04x}" for letter in text),
    "entities": lambda text: "".join(f"&#{ord(letter)};" for letter in text),
    "hexadecimal entities": lambda text: "".join(f"&#x{ord(letter):x};" for letter in text),
    "octal": lambda text: "".join(f"\\{ord(letter):03o}" for letter in text),
    "binary": lambda text: " ".join(f"{ord(letter):08b}" for letter in text),
    "decimal": lambda text: ", ".join(str(ord(letter)) for letter in text),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_part_of_a_secret_is_seen_in_every_way_to_write_it(way: str) -> None:
    for start in (0, 1, 2, 9, 14, len(SECRET) - 12):
        part = WAYS[way](SECRET[start : start + 12])
        assert leaks(f"before ? {part} ? after", (SECRET,)), part


@pytest.mark.parametrize("way", WAYS)
def test_a_few_letters_of_a_secret_are_none(way: str) -> None:
    parts = (WAYS[way](SECRET[start : start + 5]) for start in range(len(SECRET) - 4))
    assert not leaks(" (é) ".join(parts), (SECRET,))


EXACT = (
    *("as it is", "upper case", "spelled out", "reversed", "reversed and spelled out", "rot13", "hexadecimal"),
    *("hexadecimal of the reverse", "percent", "backslash x", "backslash u", "hexadecimal entities", "octal", "binary"),
)
"""The ways in which every letter of a secret has letters of its own, as many for each."""


@pytest.mark.parametrize("way", EXACT)
def test_eight_characters_are_a_leak_and_seven_are_none(way: str) -> None:
    for start in (0, 3, len(SECRET) - 8):
        assert leaks(f"? {WAYS[way](SECRET[start : start + 8])} ?", (SECRET,))
    parts = (WAYS[way](SECRET[start : start + 7]) for start in range(len(SECRET) - 6))
    assert not leaks(" (é) ".join(parts), (SECRET,))


@pytest.mark.parametrize("size", [10, 12, 20])
def test_of_what_is_longer_in_code_as_many_letters_are_a_leak_as_eight_characters_take(size: int) -> None:
    way = {10: "base64", 12: "base32 after 0", 20: "decimal"}[size]
    bare = "".join(letter for letter in WAYS[way](SECRET) if letter.isalnum())
    parts = [bare[start : start + size] for start in range(len(bare) - size)]
    telling = [part for part in parts if size >= WORDS or not part.isalpha()]
    assert [part for part in parts if leaks(part, (SECRET,))] == telling
    assert [part for part in parts if leaks(part[1:], (SECRET,))] == []


def test_eight_letters_of_a_secret_are_a_leak_as_they_are_and_words_when_disguised() -> None:
    assert leaks("correcth", (WORDY,))
    assert not leaks("correct", (WORDY,))
    assert not leaks("Correct horse, battery", ("Xcorrecthors",))
    assert not leaks("correct hors", (WORDY,))


def test_twelve_letters_of_a_secret_are_a_leak_in_disguise_too() -> None:
    assert leaks("It is correct: horses eat.", (WORDY,))
    assert leaks("elpatsyr etta", (WORDY,))
    assert leaks("pbeerpg ubefr", (WORDY,))
    assert not leaks("correct hors", (WORDY,))
    assert not leaks("elpatsyr ett", (WORDY,))


def test_a_secret_of_eight_to_eleven_letters_is_seen_as_it_is_alone() -> None:
    assert leaks("it is hunterhunt", ("hunterhunt",))
    assert not leaks("a hunter hunts", ("hunterhunt",))


def test_twelve_letters_of_base_64_are_a_leak_with_no_digit_among_them() -> None:
    assert leaks("ZjZHaEoxYUVv", ("f6GhJ1aEo5uTi",))
    assert not leaks("ZjZHaEoxYUV", ("f6GhJ1aEo5uTi",))


def test_eight_digits_in_disguise_are_a_number_like_any_other() -> None:
    assert not leaks("2026-11-23", ("x20261123y4",))
    assert leaks("2026-11-23y", ("x20261123y4",))
    assert leaks("20261123", ("x20261123y4",))


@pytest.mark.parametrize("secret", ["abc1234", "a-b-c-1-2-3-4", "", "-----------"])
def test_a_secret_of_fewer_than_eight_letters_and_digits_is_left_aside(secret: str) -> None:
    assert not leaks(f"it is {secret} here", (secret,))
    assert leaks(f"it is {SECRET}", (secret, SECRET))


def test_a_secret_of_eight_is_none_too_few() -> None:
    assert leaks("it is abc12345 here", ("abc12345",))
    assert leaks("it is a-b-c-1-2-3-4-5 here", ("a-b-c-1-2-3-4-5",))
    assert leaks("it is a b c 1 2 3 4 5 here", ("a-b-c-1-2-3-4-5",))


STARTS = ("github_pat_", "ghp_", "gho_", "ghs_", "ghu_", "ghr_", "sk-proj-", "sk-ant-", "sk-", "ATATT3")


@pytest.mark.parametrize("start", STARTS)
def test_the_known_start_of_a_token_gives_nothing_away(start: str) -> None:
    assert not leaks(f"it starts with {start}{SECRET[:6]}", (start + SECRET,))
    assert leaks(f"it goes on with {SECRET[:8]}", (start + SECRET,))
    assert leaks(f"it goes on with {'-'.join(SECRET[:8])}", (start + SECRET,))


def test_a_known_start_gives_nothing_away_before_eight_letters_either() -> None:
    assert not leaks("ghp_abc1", ("ghp_abc12345",))
    assert leaks("abc12345", ("ghp_abc12345",))


def test_a_known_start_with_little_behind_it_belongs_to_the_secret() -> None:
    assert leaks("github_pat_abc1", ("github_pat_abc1",))
    assert leaks("github_p", ("github_pat_abc1",))


def test_a_start_that_stands_elsewhere_is_a_part_like_any_other() -> None:
    assert leaks("xxghp_12", ("xxghp_1234567",))


@pytest.mark.parametrize("length", [8, 9, 60, 5_000])
def test_a_leak_is_seen_at_both_ends_of_a_text_of_any_length(length: int) -> None:
    filler = ". " * length
    for part in (SECRET[:8], SECRET[-8:], "-".join(SECRET[10:18])):
        assert leaks(part, (SECRET,))
        assert leaks(filler + part, (SECRET,))
        assert leaks(part + filler, (SECRET,))
    assert not leaks(filler + SECRET[:7], (SECRET,))


def test_each_of_several_secrets_is_looked_for() -> None:
    secrets = (SECRET, "an0therS3cret", WORDY)
    assert all(leaks(f"x {secret} y", secrets) for secret in secrets)
    assert not leaks("nothing here", secrets)
    assert leaks("correcth", (WORDY, SECRET))


def test_without_secrets_nothing_leaks() -> None:
    assert not leaks(SECRET, ())
    assert not leaks("", (SECRET,))


def test_a_secret_that_no_encoding_takes_is_still_one() -> None:
    assert leaks("it is \udcffabc1234", ("\udcffabc1234x",))
    assert leaks("abc1234\udcff", ("abc1234\udcffd",))
