"""How long to wait when a tracker asks for it, and how long this run may."""

import math
import threading
import time
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime

from rat.errors import RateLimited

DEFAULT_SECONDS = 300.0
"""What a run waits for rate limits in all: enough for a few secondary limits (60 s each), not for a primary one."""


class Patience:
    """The seconds that a run may still wait for rate limits; shared by its threads."""

    def __init__(self, *, seconds: float = DEFAULT_SECONDS, sleep: Callable[[float], None] = time.sleep) -> None:
        self._left = seconds
        self._sleep = sleep
        self._lock = threading.Lock()

    def wait(self, seconds: float, *, service: str) -> None:
        """Sleep *seconds*, as *service* asked. Raises RateLimited where that is more than is left."""
        self.take(seconds, service=service)
        self._sleep(seconds)

    def take(self, seconds: float, *, service: str) -> None:
        """Count *seconds* that will be waited for *service*. Raises RateLimited where that is more than is left."""
        with self._lock:
            if seconds > self._left:
                raise RateLimited(
                    f"{service} asks to wait {math.ceil(seconds)} s, and this run may wait {math.floor(self._left)} s "
                    "more. Run it again later; what is done is not done twice."
                )
            self._left -= seconds

    def pause(self, seconds: float) -> None:
        """Sleep *seconds* that are not counted: short ones between two tries, or those counted by `take`."""
        self._sleep(seconds)


def retry_after(headers: Mapping[str, str], *, now: float) -> float | None:
    """The seconds that a `Retry-After` header asks for, as a number or an HTTP date (RFC 9110, 10.2.3); None without.

    *headers* have lower-case names; *now* is in seconds since the epoch.
    """
    value = headers.get("retry-after", "").strip()
    if value.replace(".", "", 1).isdecimal() and value.isascii():
        return min(float(value), 86400.0)
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - now)
    except (ValueError, OverflowError):
        return None
