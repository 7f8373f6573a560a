"""Offers every report to its ticket: within the policy, one comment a ticket, one bad ticket never stops the rest."""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from rat.errors import RateLimited, RatError
from rat.model import RunReport, Ticket, TicketRef, TrackerKind
from rat.model.impact import ImpactReport
from rat.publishing.compose import compose, compose_answer
from rat.publishing.compose_impact import compose_impact, impact_hash
from rat.publishing.conflict import at_most_twice
from rat.publishing.marker import short_hash
from rat.publishing.offer import Desk, Offer, Same, Seen
from rat.publishing.outcome import Action, Outcome
from rat.publishing.silence import why_silent
from rat.publishing.upsert import upsert

log = logging.getLogger("rat")


def publish(reports: Iterable[RunReport], desk: Desk, *, asked: bool = False) -> tuple[Outcome, ...]:
    """What became of each of *reports*, in order. A dry run writes nothing and gives the calls in the outcomes.

    *asked* when a person asked for these tickets by name (`/rat refine`): then a new draft is shown though the ticket
    is the same, a ready ticket gets its comment too, and a comment that was deleted comes back.
    """
    same = Same.WORDS if asked else Same.EITHER
    offers = (
        (replace(refinement_offer(report, desk), asked=asked, same=same), None if asked else why_silent(report))
        for report in reports
    )
    return tuple(_serially(offers, desk))


def publish_answer(ref: TicketRef, message: str, desk: Desk, *, command_id: str) -> Outcome:
    """What became of the answer to a command: one comment a ticket, edited in place by the next answer.

    *command_id* is the id of the comment with the command: the same command is answered once.
    """

    def offer(ticket: Ticket) -> Offer:
        document, asked_for = compose_answer(message, desk.site), short_hash(command_id)
        seen = Seen.of(ticket)
        return Offer(ref=ref, purpose="answer", document=document, input_hash=asked_for, seen=seen, asked=True)

    return publish_offer(ref, "answer", offer, desk)


def publish_offer(ref: TicketRef, purpose: str, offer: Callable[[Ticket], Offer], desk: Desk) -> Outcome:
    """What became of one *offer* that a person asked for, made from the ticket as it is now."""
    try:
        made = offer(desk.tracker_for(ref.tracker).fetch(ref, comments=False))
    except RatError as error:
        return Outcome(
            ticket=ref.key, purpose=purpose, action=Action.FAILED, reason=str(error), exit_code=error.exit_code
        )
    return next(_serially([(made, None)], desk))


def publish_impact(report: ImpactReport, desk: Desk) -> Outcome:
    """What became of the comment on the pull request."""
    silence = None if report.tickets or report.proposals else "it touches no ticket that RAT knows"
    return next(_serially([(impact_offer(report, desk), silence)], desk))


def refinement_offer(report: RunReport, desk: Desk) -> Offer:
    """The comment that *report* asks for."""
    ticket = report.refinement.ticket
    project = desk.project_of(ticket) if desk.project_of else None
    document = compose(report, desk.site, project=project)
    return Offer(
        ref=ticket.ref, purpose="refinement", document=document, input_hash=report.input_hash, seen=Seen.of(ticket)
    )


def impact_offer(report: ImpactReport, desk: Desk) -> Offer:
    """The comment on the pull request that *report* asks for."""
    ref = TicketRef(tracker=TrackerKind.GITHUB, key=report.pull_request.key)
    return Offer(
        ref=ref,
        purpose="impact",
        document=compose_impact(report, desk.site),
        input_hash=impact_hash(report),
        seen=Seen.of_pull_request(report.pull_request),
    )


def _serially(offers: Iterable[tuple[Offer, str | None]], desk: Desk) -> Iterator[Outcome]:
    """One offer after the other. A tracker that asks for a pause gets no further write in this run."""
    done: set[TicketRef] = set()
    paused: dict[TrackerKind, str] = {}
    for offer, silence in offers:
        ref = offer.ref
        outcome = _refused(offer, desk, done) or _deferred(offer, paused) or _one(offer, silence, desk, paused)
        done.add(ref)
        log.info("%s: %s%s", ref.key, outcome.action, f" ({outcome.reason})" if outcome.reason else "")
        yield outcome


def _one(offer: Offer, silence: str | None, desk: Desk, paused: dict[TrackerKind, str]) -> Outcome:
    try:
        with desk.journal.held():
            tracker = desk.tracker_for(offer.ref.tracker)
            return at_most_twice(lambda: upsert(offer, silence=silence, tracker=tracker, desk=desk))
    except RateLimited as error:
        paused[offer.ref.tracker] = str(error)
        return _plain(offer, Action.DEFERRED, str(error))
    except RatError as error:
        return _plain(offer, Action.FAILED, str(error), exit_code=error.exit_code)


def _refused(offer: Offer, desk: Desk, done: set[TicketRef]) -> Outcome | None:
    if offer.ref.tracker is TrackerKind.FILE:
        return _plain(offer, Action.SILENT, "a file has no comments")
    if not desk.policy.permits(offer.ref):
        return _plain(
            offer, Action.REFUSED, "this run may not write there: it lies outside its repositories and projects"
        )
    if offer.ref in done:
        return _plain(offer, Action.REFUSED, "it was written to in this run already")
    return None


def _deferred(offer: Offer, paused: dict[TrackerKind, str]) -> Outcome | None:
    reason = paused.get(offer.ref.tracker)
    return None if reason is None else _plain(offer, Action.DEFERRED, reason)


def _plain(offer: Offer, action: Action, reason: str, *, exit_code: int = 0) -> Outcome:
    return Outcome(ticket=offer.ref.key, purpose=offer.purpose, action=action, reason=reason, exit_code=exit_code)
