"""Every fault at every call of a run, then a run without faults: one comment, the right words, nothing lost.

With `RAT_EVERY_CALL=1` each fault is put at each call in each system; without, each fault in one of them, at the
write and at one other call. The stand-in for GitHub counts to 5,000 requests an hour: run its two halves
(`-k "github and after"`, `-k "github and stays"`) apart.
"""

import os
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from rat.publishing.outcome import Action
from tests.integration.publishing.conftest import Place
from tests.stand_ins.proxy import HTML, LOST_REPLY, RESET, Fault

LATER = format_datetime(datetime.now(tz=UTC) + timedelta(seconds=30), usegmt=True)
SECONDARY = b'{"message": "You have exceeded a secondary rate limit."}'

FAULTS: dict[str, Fault] = {
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
CALLS, WRITE = 5, 3
ENDED = set(Action) - {Action.PLANNED, Action.UNCHANGED}


def settle(place: Place, fault: Fault, call: int, times: int) -> None:
    """One ticket through a creation and an edit, each spoiled at *call* and then run again."""
    ref = place.create()
    place.say(ref, "a remark")
    for note in ("first words", "second words"):
        journal = f"{ref.key.replace('/', '-')}"
        tracker, report = place.connect(), place.report(ref, note)
        place.proxy.forget()
        place.proxy.spoil("*", "", fault, skip=call, times=times)
        outcome = place.publish(report, tracker, journal)
        sent = [request for request in place.proxy.requests if request.method != "GET"]
        place.proxy.forget()
        assert outcome.action in ENDED
        assert outcome.action in (Action.CREATED, Action.UPDATED) or outcome.reason
        assert len(sent) <= 4  # a limit waited for and a lost answer can each cost one more
        own, others = place.look(ref)
        assert (len(own) <= 1, others) == (True, ["a remark"])
        again = place.publish(place.report(ref, note), name=journal)
        assert again.action in (Action.UNCHANGED, Action.CREATED, Action.UPDATED), again
        own, others = place.look(ref)
        assert [note in comment.body for comment in own] == [True]
        assert others == ["a remark"]


def calls(number: int, place: Place) -> list[int]:
    """Every call when RAT_EVERY_CALL is set; else, in one system a fault, the write and one other call in turn."""
    if os.environ.get("RAT_EVERY_CALL"):
        return list(range(CALLS))
    return sorted({WRITE, number % CALLS}) if number % 3 == place.number else []


@pytest.mark.parametrize("name", FAULTS)
def test_after_any_fault_at_any_call_there_is_one_comment_with_the_right_words(name: str, place: Place) -> None:
    for call in calls(list(FAULTS).index(name), place):
        settle(place, FAULTS[name], call, times=1)


@pytest.mark.parametrize("name", ["401", "404", "429 with an hour to wait", "500", "reset", "HTML as success"])
def test_a_fault_that_stays_ends_the_run_cleanly(name: str, place: Place) -> None:
    for call in calls(list(FAULTS).index(name), place):
        settle(place, FAULTS[name], call, times=1000)
