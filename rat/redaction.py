"""Secrets in text, found by their published shapes and replaced. Pure: nothing is looked up anywhere."""

import dataclasses
import re
from typing import TypeVar, cast

T = TypeVar("T")

REDACTED = "[redacted]"

# Each shape with the letters that it begins with: a text without them is not searched for it.
_SHAPES = (
    # GitHub: https://docs.github.com/authentication/keeping-your-account-and-data-secure/about-authentication-to-github
    (("ghp_", "gho_", "ghu_", "ghs_", "ghr_"), r"\bgh[pousr]_[A-Za-z0-9]{20,255}"),
    (("github_pat_",), r"\bgithub_pat_[A-Za-z0-9_]{22,255}"),
    (("glpat-",), r"\bglpat-[A-Za-z0-9_-]{20,}"),
    # Atlassian API tokens and OpenAI, Anthropic, Stripe, Slack, npm, PyPI, Hugging Face keys, by their prefixes
    (("ATATT3",), r"\bATATT3[A-Za-z0-9_=-]{20,}"),
    (("sk-",), r"\bsk-(?:ant-|proj-|svcacct-)?[A-Za-z0-9_-]{20,}"),
    (("k_live_", "k_test_"), r"\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}"),
    (("xox",), r"\bxox[abeoprs]-[A-Za-z0-9-]{10,}"),
    (("npm_",), r"\bnpm_[A-Za-z0-9]{36}"),
    (("pypi-",), r"\bpypi-[A-Za-z0-9_-]{50,}"),
    (("hf_",), r"\bhf_[A-Za-z0-9]{30,}"),
    # AWS access key ids (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html), Google API keys
    (("AKIA", "ASIA"), r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"),
    (("AIza",), r"\bAIza[A-Za-z0-9_-]{35}"),
    # JSON Web Tokens (RFC 7519): three base64url parts, the first two of which are JSON objects
    (("eyJ",), r"\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}"),
    # PEM private keys (RFC 7468), to their end or to the end of the text
    (
        ("PRIVATE KEY-----",),
        r"-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----(?:[^-]|-(?!----END))*(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?",
    ),
)
_SECRETS = tuple((hints, re.compile(shape)) for hints, shape in _SHAPES)

# What precedes the secret is kept: `password = "…"`, `Authorization: Bearer …`, `https://user:…@host`.
_LABELLED = re.compile(
    r"""(?ix)
    ( \b (?:[a-z0-9]{1,30}[_-]){0,4} (?:password|passwd|secret|api[_-]?key|access[_-]?key|auth[_-]?token|token)
      ["']? [ \t]{0,3} (?:=|:) [ \t]{0,3} ["'] )        # quoted literals only: code that reads a secret is no secret
    ( [^"'\s\[\]$<>{}()]{8,200} ) (?=["'])
    """
)
_BEARER = re.compile(r"(?i)(\bauthorization:[ \t]{0,3}(?:bearer|basic|token)[ \t]{1,3})([A-Za-z0-9+/=._~-]{8,})")
_IN_URL = re.compile(r"(\b[a-z][a-z0-9+.-]{1,20}://[^\s/:@]{1,100}:)([^\s/@]{3,200})(?=@)")


def redact(text: str) -> tuple[str, int]:
    """*text* with everything that looks like a secret replaced by `[redacted]`, and how many were replaced."""
    count = 0
    for hints, secret in _SECRETS:
        if any(hint in text for hint in hints):
            text, more = secret.subn(REDACTED, text)
            count += more
    for labelled in (_LABELLED, _BEARER, _IN_URL):
        text, more = labelled.subn(lambda found: found[1] + REDACTED, text)
        count += more
    return text, count


def has_secret(text: str) -> bool:
    """Whether *text* holds something that looks like a secret."""
    return redact(text)[1] > 0


def redact_all(value: T) -> T:
    """*value* with every string in it redacted, whatever it is built of."""
    if type(value) is str:  # an enum's member is a word of RAT's own
        return cast(T, redact(str(value))[0])
    if isinstance(value, tuple):
        return cast(T, tuple(map(redact_all, value)))
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changes = {field.name: redact_all(getattr(value, field.name)) for field in dataclasses.fields(value)}
        return dataclasses.replace(value, **changes)
    return value
