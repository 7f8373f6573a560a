"""What GitHub means when it says no, or not yet."""

import json

from rat.errors import TrackerError, Unwelcome
from rat.trackers.calls import Answer, Call, denied, excerpt, missing
from rat.trackers.gate import Allowance
from rat.trackers.patience import retry_after

SECONDARY_SECONDS = 60.0
"""The least to wait when GitHub names no time; then twice as long each time.

https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
"""

_UNAUTHORIZED, _FORBIDDEN, _NOT_FOUND, _GONE, _TOO_MANY = 401, 403, 404, 410, 429
_INVALID, _LEGAL = 422, 451
"""451: for legal reasons (RFC 7725). 422 is also GitHub's answer to what it takes for spam."""
_SPAM_WORDS = ("spam", "abuse")
_LIMIT_WORDS = ("rate limit", "abuse detection", "retry your request again later", "wait a few minutes")


def wait(answer: Answer, tries: int, now: float) -> float | None:
    """The seconds that *answer* asks to wait before the next try; None when it is not about a rate limit."""
    asked = retry_after(answer.headers, now=now)
    if answer.status not in (_FORBIDDEN, _TOO_MANY):
        return asked if answer.status == 503 else None  # noqa: PLR2004 - Service Unavailable
    spent = allowance(answer, now)
    exhausted = answer.headers.get("x-ratelimit-remaining") == "0"
    said = _message(answer).lower()
    if not (asked is not None or exhausted or answer.status == _TOO_MANY or any(word in said for word in _LIMIT_WORDS)):
        return None
    if asked is not None:
        return asked
    if exhausted and spent:
        return spent.seconds
    return SECONDARY_SECONDS * 2.0**tries


def allowance(answer: Answer, now: float) -> Allowance | None:
    """The requests that are left of this hour's, as *answer* says; None where it does not (Enterprise Server may not).

    https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#checking-the-status-of-your-rate-limit
    """
    left, reset = answer.headers.get("x-ratelimit-remaining", ""), answer.headers.get("x-ratelimit-reset", "")
    if not (left.isdecimal() and reset.isdecimal() and left.isascii() and reset.isascii()):
        return None
    # One second more: it is not said when within that second the limit ends.
    return Allowance(left=int(left[:12]), seconds=max(0.0, int(reset[:12]) - now) + 1.0)


def refusal(answer: Answer, call: Call) -> TrackerError:
    """The error that an answer of 400 to 499 means."""
    said = f"{answer.status} {_message(answer)}".strip()
    if answer.status == _UNAUTHORIZED:
        return denied("GitHub", f"the token for {call.what}", said, remedy="Check that GITHUB_TOKEN is valid.")
    if answer.status == _FORBIDDEN and "locked" in said.lower():
        return TrackerError(f"{call.what} is locked, and GitHub takes no comments there ({said}). Unlock it first.")
    if answer.status == _FORBIDDEN:
        right = "pull-requests" if "pull" in call.what else "issues"
        level = "read" if call.method == "GET" else "write"
        remedy = f"The token needs the right `{right}: {level}` on this repository."
        return denied("GitHub", f"{call.method} of {call.what}", said, remedy=remedy)
    if answer.status == _LEGAL or (answer.status == _INVALID and any(word in said.lower() for word in _SPAM_WORDS)):
        return Unwelcome(f"GitHub will not have {call.what} ({said}). Look at what was written before RAT runs again.")
    if answer.status in (_NOT_FOUND, _GONE):
        remedy = "Check the number and the repository, and that GITHUB_TOKEN may read it."
        return missing("GitHub", call.what, said, remedy=remedy)
    return TrackerError(f"GitHub did not take {call.method} of {call.what} ({said}). Check what was asked.")


def _message(answer: Answer) -> str:
    """GitHub's own words, with those about single fields, on one line."""
    try:
        data = json.loads(answer.text)
    except (ValueError, RecursionError):
        return excerpt(answer.text)
    if not isinstance(data, dict):
        return excerpt(answer.text)
    errors = data.get("errors")
    details = [
        str(error.get("message") or f"{error.get('field')} {error.get('code')}")
        if isinstance(error, dict)
        else str(error)
        for error in (errors if isinstance(errors, list) else [])
    ]
    return excerpt(": ".join([str(data.get("message", "")), *details[:3]]))
