"""The sticky comment in GitHub, Jira Cloud and Data Center: created once, edited in place, untouched otherwise."""

from rat.model import Comment, TicketRef
from rat.ports import Draft
from rat.publishing.outcome import Action
from tests.integration.publishing.conftest import Place


def writes(place: Place) -> list[str]:
    return [request.method for request in place.proxy.requests if request.method != "GET"]


def test_one_comment_is_created_then_left_alone_then_edited_in_place(place: Place) -> None:
    ref = place.create()
    first = place.report(ref, "first")
    place.proxy.forget()
    assert place.publish(first).action is Action.CREATED
    assert writes(place) == ["POST"]
    assert len(place.proxy.requests) <= 7
    place.proxy.forget()
    assert place.publish(place.report(ref, "first")).action is Action.UNCHANGED
    assert writes(place) == []
    assert place.publish(place.report(ref, "second")).action is Action.UPDATED
    assert len(writes(place)) == 1
    assert [("second" in comment.body, "first" in comment.body) for comment in place.look(ref)[0]] == [(True, False)]


def test_a_new_comment_costs_at_most_five_requests_and_no_change_two(place: Place) -> None:
    """With the two of reading the ticket: at most 7 and 4."""
    ref = place.create()
    tracker, report = place.connect(), place.report(ref)
    place.proxy.forget()
    assert place.publish(report, tracker).action is Action.CREATED
    assert len(place.proxy.requests) <= 5
    tracker, report = place.connect(), place.report(ref)
    place.proxy.forget()
    assert place.publish(report, tracker).action is Action.UNCHANGED
    assert len(place.proxy.requests) == 2


def test_the_words_of_others_stay_and_the_comment_is_found_among_many(place: Place) -> None:
    ref = place.create()
    place.publish(place.report(ref, "first"))
    for number in range(105):
        place.say(ref, f"remark {number}")
    assert place.publish(place.report(ref, "second")).action is Action.UPDATED
    own, others = place.look(ref)
    assert len(own) == 1
    assert others == sorted(f"remark {number}" for number in range(105))


def test_a_remark_between_reading_and_writing_puts_the_write_off(place: Place) -> None:
    ref = place.create()
    report = place.report(ref)
    place.say(ref, "wait a moment")
    outcome = place.publish(report)
    if outcome.action is not Action.CREATED:  # a stand-in may not move the time of change for a comment
        assert outcome.action is Action.DEFERRED
        assert place.look(ref)[0] == []
        assert place.publish(place.report(ref)).action is Action.CREATED


def test_a_dry_run_makes_only_get_requests(place: Place) -> None:
    from dataclasses import replace

    from rat.publishing.publish import publish

    ref = place.create()
    tracker, report = place.connect(), place.report(ref)
    place.proxy.forget()
    outcome = publish([report], replace(place.desk(tracker), dry_run=True))[0]
    assert outcome.action is Action.PLANNED
    assert outcome.call is not None
    assert outcome.call.body
    assert writes(place) == []


def test_of_two_runs_that_know_nothing_of_each_other_the_later_takes_its_comment_back(place: Place) -> None:
    ref = place.create()
    place.say(ref, "a remark")
    report, late, early = place.report(ref), place.connect(), place.connect()
    create = late.create_comment

    def create_second(ref: TicketRef, draft: Draft) -> Comment:
        assert place.publish(report, early, "early").action is Action.CREATED
        place.proxy.forget()
        return create(ref, draft)

    late.create_comment = create_second  # type: ignore[method-assign]
    outcome = place.publish(report, late, "late")
    own, others = place.look(ref)
    assert (outcome.action, outcome.reason) == (Action.DEFERRED, "another run was faster; the next run compares")
    assert ([comment.url for comment in own], others) == ([outcome.url], ["a remark"])
    assert writes(place) == ["POST", "DELETE"]
    assert place.publish(place.report(ref), name="late").action is Action.UNCHANGED
