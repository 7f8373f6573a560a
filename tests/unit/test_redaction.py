"""Secrets by their shapes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rat.redaction import REDACTED, has_secret, redact

SECRETS = [
    "ghp_" + "a1B2" * 9,
    "github_pat_" + "A1b2c3_" * 5,
    "sk-proj-" + "x9Y8" * 8,
    "sk-ant-api03-" + "x9Y8" * 8,
    "xoxb-1234567890-abcdef",
    "AKIA" + "ABCDEFGH23456789",
    "AIza" + "a" * 35,
    "eyJhbGciOiJI.eyJzdWIiOiIx.c2lnbmF0dXJl",
    "-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc\n-----END RSA PRIVATE KEY-----",
    "glpat-" + "a" * 20,
    "npm_" + "a" * 36,
]


@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_is_taken_out_wherever_it_stands(secret: str) -> None:
    text, count = redact(f"before {secret} after")
    assert text == f"before {REDACTED} after"
    assert count == 1


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ('password = "hunter2hunter2"', 'password = "[redacted]"'),
        ("DB_PASSWORD: 'correct-horse'", "DB_PASSWORD: '[redacted]'"),
        ("Authorization: Bearer abcdefgh12345", "Authorization: Bearer [redacted]"),
        ("postgres://app:s3cr3t@db/x", "postgres://app:[redacted]@db/x"),
    ],
)
def test_what_is_named_a_secret_is_taken_out_and_its_name_stays(text: str, kept: str) -> None:
    assert redact(text) == (kept, 1)


@pytest.mark.parametrize(
    "text",
    [
        "token = os.environ['GITHUB_TOKEN']",
        'password = "${{ secrets.PASSWORD }}"',
        "commit 1a2b3c4d5e6f7a8b9c0d1a2b3c4d5e6f7a8b9c0d",
        "the api_key parameter",
        "https://example.org/a:b",
        "sha256:" + "ab" * 32,
        "skip-the-long-name-of-a-step-in-ci",
    ],
)
def test_what_only_speaks_of_secrets_stays(text: str) -> None:
    assert not has_secret(text)


@given(st.text(max_size=300))
def test_redacting_twice_changes_nothing_more(text: str) -> None:
    once = redact(text)[0]
    assert redact(once)[0] == once
