"""What can go wrong with an answer of GitHub or Jira: the one table that every test of faults works through."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from tests.stand_ins.proxy import HTML, LOST_REPLY, RESET, Fault

LATER = format_datetime(datetime.now(tz=UTC) + timedelta(seconds=30), usegmt=True)
SECONDARY = b'{"message": "You have exceeded a secondary rate limit."}'

FAULTS: dict[str, Fault] = {
    "400 of a field": Fault(
        status=400, body=b'{"errorMessages": [], "errors": {"summary": "It is not on the screen."}}'
    ),
    "401": Fault(status=401, body=b'{"message": "Bad credentials"}'),
    "403 no right": Fault(status=403, body=b'{"message": "Resource not accessible by integration"}'),
    "403 locked": Fault(status=403, body=b'{"message": "Unable to create comment because issue is locked."}'),
    "403 secondary limit": Fault(status=403, body=SECONDARY),
    "403 with seconds to wait": Fault(status=403, headers={"Retry-After": "3"}, body=SECONDARY),
    "403 primary limit": Fault(status=403, headers={"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1"}),
    "404": Fault(status=404),
    "405": Fault(status=405),
    "408": Fault(status=408),
    "408 after the effect": Fault(status=408, forward=True),
    "409": Fault(status=409),
    "410": Fault(status=410),
    "413": Fault(status=413),
    "422": Fault(status=422, body=b'{"message": "Validation Failed", "errors": [{"message": "body is too long"}]}'),
    "422 spam": Fault(status=422, body=b'{"message": "Validation Failed", "errors": [{"code": "spam"}]}'),
    "429 with seconds to wait": Fault(status=429, headers={"Retry-After": "3"}),
    "429 with a date to wait for": Fault(status=429, headers={"Retry-After": LATER}),
    "429 with an hour to wait": Fault(status=429, headers={"Retry-After": "3600"}),
    "429": Fault(status=429),
    "451": Fault(status=451),
    "500": Fault(status=500),
    "500 after the effect": Fault(status=500, forward=True),
    "502": Fault(status=502, headers={"Content-Type": "text/html"}, body=b"<html>Bad Gateway</html>"),
    "502 after the effect": Fault(status=502, forward=True, body=b"<html>Bad Gateway</html>"),
    "503": Fault(status=503),
    "503 with seconds to wait": Fault(status=503, headers={"Retry-After": "3"}),
    "503 after the effect, with seconds to wait": Fault(status=503, headers={"Retry-After": "3"}, forward=True),
    "504 after the effect": Fault(status=504, forward=True),
    "reset": RESET,
    "reset after the effect": LOST_REPLY,
    "cut short": Fault(truncate=True),
    "HTML as success": HTML,
    "HTML as success, after the effect": Fault(status=200, forward=True, body=b"<html>Welcome</html>"),
    "empty as success": Fault(status=200, body=b""),
    "an empty object": Fault(status=200, body=b"{}"),
    "an empty list": Fault(status=200, body=b"[]"),
    "null": Fault(status=200, body=b"null"),
    "half of the JSON": Fault(status=200, forward=True, body=b'{"id": 12, "body": "### '),
    "nested without end": Fault(status=200, body=b"[" * 20_000),
    "not UTF-8": Fault(status=200, forward=True, body=b'{"id": "\xff\xfe"}'),
    "moved": Fault(status=301, headers={"Location": "https://elsewhere.example/repos/a/b"}),
    "moved for a while": Fault(status=307, headers={"Location": "https://elsewhere.example/repos/a/b"}),
    "204": Fault(status=204, body=b""),
}
"""By name. "After the effect" means that the server carried the request out, and its answer was lost or spoiled."""


def at_a_read(name: str) -> bool:
    """Whether a read can tell this fault from the others: one "after the effect" may look like one without."""
    seen = [_looks(fault) for fault in FAULTS.values()]
    return seen.index(_looks(FAULTS[name])) == list(FAULTS).index(name)


def _looks(fault: Fault) -> tuple[object, ...]:
    return fault.status, tuple(sorted(fault.headers.items())), fault.body, fault.drop, fault.truncate
