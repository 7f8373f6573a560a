"""How long to wait for a model endpoint: before another try, and for a call as a whole."""

import datetime as dt
import email.utils
import random
import threading
from collections.abc import Callable, Mapping
from typing import TypeVar

from rat.errors import ModelError, RatError

T = TypeVar("T")

TRIES = 3
"""A call is sent at most this often."""
FIRST_PAUSE = 0.5
"""Seconds before the second try, doubled before the third, each stretched by up to a half at random."""


def pause_before(next_try: int, headers: Mapping[str, str], *, remaining: float, now: dt.datetime) -> float | None:
    """Seconds to wait before try number *next_try* (the first is 1); None when it is not worth it.

    A server's `Retry-After`, in seconds or as a date (RFC 9110 §10.2.3), is kept to; never longer than *remaining*.
    """
    if next_try > TRIES:
        return None
    asked = retry_after(headers, now=now)
    pause = FIRST_PAUSE * 2 ** (next_try - 2) * random.uniform(1.0, 1.5) if asked is None else asked  # noqa: S311
    return pause if pause < remaining else None


def retry_after(headers: Mapping[str, str], *, now: dt.datetime) -> float | None:
    """The seconds that the header `retry-after` asks for, never negative; None where it is absent or unreadable."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        moment = email.utils.parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt.UTC)
    return max(0.0, (moment - now).total_seconds())


def within(seconds: float, call: Callable[[], T], *, refusal: str) -> T:
    """What *call* returns, waited for at most *seconds*; then ModelError(*refusal*).

    A socket's own timeout starts anew with each byte, so a server that sends one byte a second would hold a call for
    ever. The abandoned thread is a daemon: it does not keep the program alive.
    """
    results: list[T] = []
    problems: list[RatError] = []

    def run() -> None:
        try:
            results.append(call())
        except RatError as problem:
            problems.append(problem)

    thread = threading.Thread(target=run, daemon=True, name="model call")
    thread.start()
    thread.join(timeout=seconds)
    if problems:
        raise problems[0]
    if results:
        return results[0]
    if thread.is_alive():
        raise ModelError(refusal)
    raise RuntimeError("The call to the model ended in a bug; its traceback is above.")
