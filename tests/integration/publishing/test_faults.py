"""Every fault at every call of a run, then a run without faults: one comment, the right words, nothing lost.

With `RAT_EVERY_CALL=1` each fault is put at each call in each system; without, each fault in one of them, at the
write and at one other call. The stand-in for GitHub counts to 5,000 requests an hour: run its two halves
(`-k "github and after"`, `-k "github and stays"`) apart.
"""

import os

import pytest

from rat.publishing.outcome import Action
from tests.integration.publishing.conftest import Place
from tests.stand_ins.faults import FAULTS
from tests.stand_ins.proxy import Fault

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
