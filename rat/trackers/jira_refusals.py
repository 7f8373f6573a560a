"""What Jira means when it says no, or not yet."""

import json

from rat.errors import Conflict, FieldRefused, TrackerError
from rat.trackers.calls import Answer, Call, denied, excerpt, missing
from rat.trackers.patience import retry_after

_BAD_REQUEST, _UNAUTHORIZED, _FORBIDDEN, _NOT_FOUND, _CONFLICT = 400, 401, 403, 404, 409
_TOO_MANY, _UNAVAILABLE = 429, 503
_FIRST_SECONDS, _MOST_SECONDS = 5.0, 30.0
"""Where no time is named: https://developer.atlassian.com/cloud/jira/platform/rate-limiting/"""


def wait(answer: Answer, tries: int, now: float) -> float | None:
    """The seconds that *answer* asks to wait before the next try; None when it is not about a rate limit."""
    if answer.status not in (_TOO_MANY, _UNAVAILABLE, _FORBIDDEN):
        return None
    asked = retry_after(answer.headers, now=now)
    if asked is None and answer.status == _TOO_MANY:
        return min(_MOST_SECONDS, _FIRST_SECONDS * 2.0**tries)
    return asked


def refusal(answer: Answer, call: Call) -> TrackerError:
    """The error that an answer of 400 to 499 means."""
    said = f"{answer.status} {_message(answer)}".strip()
    login = answer.headers.get("x-seraph-loginreason", "")
    reason = answer.headers.get("x-authentication-denied-reason", "")
    # A wrong token may end in 404: the caller then counts as anonymous, and sees nothing.
    if answer.status == _UNAUTHORIZED or "FAILED" in login or "DENIED" in login:
        remedy = "Check JIRA_TOKEN, and JIRA_EMAIL (Jira Cloud needs it, Data Center must not have it)."
        return denied("Jira", f"the token for {call.what}", said, remedy=remedy)
    if answer.status == _FORBIDDEN and reason:
        return denied("Jira", f"the token for {call.what}", reason, remedy="Log in once in a browser, then try again.")
    # Who may not delete a comment is told 400, as Atlassian's description of the API says.
    may_not_delete = answer.status == _BAD_REQUEST and _right(call) == "delete"
    if answer.status == _FORBIDDEN or may_not_delete:
        right = _right(call)
        remedy = f"Give the token's account the right to {right} it."
        return denied("Jira", f"{call.method} of {call.what}", said, remedy=remedy)
    if answer.status == _NOT_FOUND:
        return missing("Jira", call.what, said, remedy="Check the key, JIRA_URL, and that the account may browse it.")
    return _not_taken(answer, call, said)


def _not_taken(answer: Answer, call: Call, said: str) -> TrackerError:
    if answer.status == _CONFLICT and call.method != "GET":
        return Conflict(f"Somebody else was writing to {call.what} at that moment, so Jira took nothing ({said}).")
    if answer.status == _BAD_REQUEST and call.method != "GET" and "/comment" not in call.path:
        # Screens, validators and lengths: Jira names the fields and changes nothing, not even the other ones.
        return FieldRefused(f"Jira did not take {call.method} of {call.what} ({said}). Nothing of it was changed.")
    return TrackerError(f"Jira did not take {call.method} of {call.what} ({said}). Check what was asked.")


def _right(call: Call) -> str:
    if call.method == "GET":
        return "see"
    if "/comment" in call.path:
        return "delete" if call.method == "DELETE" else "comment on"
    return "edit"


def _message(answer: Answer) -> str:
    """Jira's own words, with those about single fields, on one line."""
    try:
        data = json.loads(answer.text)
    except (ValueError, RecursionError):
        return excerpt(answer.text)
    if not isinstance(data, dict):
        return excerpt(answer.text)
    messages, fields = data.get("errorMessages"), data.get("errors")
    words = [str(message) for message in messages] if isinstance(messages, list) else []
    words += [f"{name}: {problem}" for name, problem in fields.items()] if isinstance(fields, dict) else []
    return excerpt("; ".join(words or [str(data.get("message", ""))]))
