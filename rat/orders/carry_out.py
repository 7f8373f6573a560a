"""Carries a command out and says how it ended: a reaction, and one short answer where it could not be done."""

import logging
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path

from rat.connect import Connections
from rat.errors import ConfigError, RatError, TicketsFailed
from rat.model import RunReport, Status
from rat.model.command import Command, Verb
from rat.model.wish import Wish
from rat.orders import words
from rat.orders.rules import Ruling
from rat.orders.sections import sections_in
from rat.publishing.apply import apply
from rat.publishing.decision import publish_rejection
from rat.publishing.find import own_comments
from rat.publishing.offer import Desk
from rat.publishing.outcome import Action, Outcome
from rat.publishing.publish import publish, publish_answer
from rat.publishing.react import Reaction, react
from rat.publishing.sections import all_named
from rat.publishing.undo import undo
from rat.sweep import sweep

log = logging.getLogger("rat")

_DONE = frozenset({Action.CREATED, Action.UPDATED, Action.UNCHANGED, Action.UNDONE, Action.PLANNED})


@dataclass(frozen=True, kw_only=True, slots=True)
class Bench:
    """What a command is carried out with. *reports* are refinements made by another job, None where there was none."""

    connections: Connections
    desk: Desk
    out: Path | None = None
    reports: tuple[RunReport, ...] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """How a command ended: its writes, what people were told where it was not done, and the trouble behind that.

    *is_partial* when it was done but for what the message says.
    """

    outcomes: tuple[Outcome, ...] = ()
    message: str = ""
    trouble: RatError | None = None
    reactions: tuple[Outcome, ...] = field(default=())
    is_partial: bool = False

    @property
    def is_done(self) -> bool:
        """Whether it came about, as far as it could."""
        return self.trouble is None and (self.is_partial or not self.message)


def acknowledge(ruling: Ruling, desk: Desk) -> Outcome:
    """Let the author see that the command was taken."""
    return react(ruling.ref, ruling.comment_id, Reaction.SEEN, desk)


def carry_out(ruling: Ruling, bench: Bench) -> Result:
    """Do what the command of *ruling* asks for and let its author see how it ended. Raises TrackerError, ConfigError.

    What goes wrong on the way is in the result, not raised: the author is told first.
    """
    seen = acknowledge(ruling, bench.desk)
    try:
        result = _judged(_do(ruling, bench))
    except ConfigError as error:
        result = Result(message=str(error), trouble=error)
    except RatError as error:
        log.error("%s: %s", ruling.ref.key, error)  # noqa: TRY400 - said to the user, no bug
        result = Result(message=words.FAILED, trouble=error)
    if result.message:
        answer = publish_answer(ruling.ref, result.message, bench.desk, command_id=ruling.comment_id)
        result = replace(result, outcomes=(*result.outcomes, answer))
    ended = react(ruling.ref, ruling.comment_id, Reaction.DONE if result.is_done else Reaction.NOT_DONE, bench.desk)
    return replace(result, reactions=(seen, ended))


def _do(ruling: Ruling, bench: Bench) -> Result:
    if ruling.command is None:
        raise ValueError("a ruling without a command is not carried out")
    if ruling.command.verb is None:
        return Result(message=words.misread(ruling.command))
    return _DOINGS[ruling.command.verb](ruling, ruling.command, bench)


def _judged(result: Result) -> Result:
    """*result* with what is to be said about the writes that did not come about."""
    missed = [outcome for outcome in result.outcomes if outcome.action not in _DONE]
    if not missed or result.message:
        return result
    failed = [outcome for outcome in missed if outcome.action is Action.FAILED]
    names = "; ".join(f"{outcome.ticket}: {outcome.reason}" for outcome in failed)
    trouble = TicketsFailed(f"Not done. {names}", exit_code=failed[0].exit_code or 3) if failed else None
    return replace(result, message=words.undone(missed), trouble=trouble)


def _refine(ruling: Ruling, _: Command, bench: Bench) -> Result:
    reports = bench.reports
    if reports is None:
        made: list[RunReport] = []
        wish = Wish(tickets=(ruling.ref.key,), out=bench.out, force=True)
        sweep(wish, bench.connections, progress=nullcontext, show=made.extend, say=log.info)
        reports = tuple(made)
    own = tuple(report for report in reports if report.refinement.ticket.ref == ruling.ref)
    if not own:
        return Result(message=words.NOT_REFINED)
    if own[0].status is Status.SKIPPED:
        return Result(message=own[0].refinement.findings[0].message)
    return Result(outcomes=publish(own[:1], bench.desk, asked=True))


def _apply(ruling: Ruling, command: Command, bench: Bench) -> Result:
    try:
        sections = all_named(sections_in(command))
    except ConfigError as error:  # a slip of the pen is answered; it is no failure of the run
        return Result(message=str(error))
    ticket = ruling.ticket
    project = bench.connections.project_of(ticket) if ticket else bench.connections.settings.project
    return Result(outcomes=apply(ruling.ref, bench.desk, sections=sections, project=project, by=ruling.by))


def _reject(ruling: Ruling, command: Command, bench: Bench) -> Result:
    if not command.words:
        return Result(message=words.WHY)
    tracker = bench.desk.tracker_for(ruling.ref.tracker)
    ticket = tracker.fetch(ruling.ref)
    if "refinement" not in own_comments(ticket, tracker=tracker, key=bench.desk.marker_key):
        return Result(message=words.NOTHING_TO_REJECT)
    decision = publish_rejection(ruling.ref, command.words, bench.desk, by=ruling.called, command_id=ruling.comment_id)
    return Result(outcomes=(decision,))


def _undo(ruling: Ruling, _: Command, bench: Bench) -> Result:
    if ruling.was_seen:  # taking back a second time would take back the write before
        return Result(message=words.SAY_IT_AGAIN)
    outcome = undo(ruling.ref, bench.desk)
    if outcome.action is Action.UNDONE and outcome.notes:
        return Result(outcomes=(outcome,), message=words.left(outcome), is_partial=True)
    return Result(outcomes=(outcome,))


def _help(ruling: Ruling, _: Command, bench: Bench) -> Result:
    answer = publish_answer(ruling.ref, words.HELP, bench.desk, command_id=ruling.comment_id)
    return Result(outcomes=(answer,))


_DOINGS: Mapping[Verb, Callable[[Ruling, Command, Bench], Result]] = {
    Verb.REFINE: _refine,
    Verb.APPLY: _apply,
    Verb.REJECT: _reject,
    Verb.UNDO: _undo,
    Verb.HELP: _help,
}
