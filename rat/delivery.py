"""Bring reports to where they belong: what publishing works with in this run, and the record of what it did."""

import json
import logging
import os
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from rat import results
from rat.bookkeeping import Book, continued_book, record_decision
from rat.connect import Connections
from rat.decode import encode
from rat.errors import RatError, TicketsFailed, TrackerError
from rat.model import RunReport, Status, Ticket, TicketRef, TrackerKind
from rat.model.impact import ImpactReport
from rat.model.ledger import Verdict
from rat.ports import Metered
from rat.projects import jira_projects
from rat.publishing.guard import Guard
from rat.publishing.journal import Journal
from rat.publishing.offer import Desk, Policy
from rat.publishing.outcome import Action, Outcome
from rat.publishing.publish import publish, publish_impact
from rat.publishing.standing import edited_since
from rat.publishing.undo import undo
from rat.reporting.edits import changed_share

log = logging.getLogger("rat")

MANY = 20
"""Reports from which on a run looks what others wrote within the hour: fewer are not worth the request."""

LONGEST_WAIT_SECONDS = 90.0
"""A single pause that publishing takes by itself: one minute, which GitHub asks for, and a margin."""


def deliver(  # noqa: PLR0913 - a run has this many sides
    reports: Sequence[RunReport],
    connections: Connections,
    *,
    allowed: Iterable[TicketRef],
    out: Path | None,
    dry_run: bool,
    say: Callable[[str], None],
    book: Book | None = None,
) -> RatError | None:
    """Offer *reports* as comments; a dry run says each call as a JSON line and sends nothing.

    *allowed* are the tickets that the user or the configuration asked for: nothing is written beside their
    repositories and projects. What was done goes into the *book*, or into a new one together with what the job before
    kept in *out*. Returns what failed, for the caller to raise last.
    """
    desk = desk_for(connections, allowed, out, dry_run=dry_run)
    if dry_run:
        return account(publish(reports, desk), out=out, dry_run=dry_run, say=say)
    book = book or continued_book(connections, [out] if out else [])
    outcomes = publish(reports, desk)
    teams = {report.refinement.ticket.key: connections.project_of(report.refinement.ticket).name for report in reports}
    book.offered(outcomes, team_of=lambda key: teams.get(key, ""))
    return account(outcomes, out=out, dry_run=dry_run, say=say) or book.trouble


def recall_writes(reports: Sequence[RunReport], connections: Connections) -> None:
    """Let GitHub's tracker count what was written within the hour, where there is much to write: limits are over runs.

    Without it publishing goes on, and is told by GitHub when it is too much.
    """
    keys = (report.refinement.ticket.ref for report in reports if report.status is not Status.SKIPPED)
    repositories = dict.fromkeys(ref.key.partition("#")[0] for ref in keys if ref.tracker is TrackerKind.GITHUB)
    if len(reports) < MANY or not repositories:
        return
    tracker = connections.tracker(TrackerKind.GITHUB)
    if isinstance(tracker, Metered):
        try:
            tracker.recall_writes(repositories)
        except TrackerError as error:
            log.warning("What was written within the last hour could not be read. %s", error)


def deliver_impact(
    report: ImpactReport, connections: Connections, *, out: Path | None, dry_run: bool, say: Callable[[str], None]
) -> TicketsFailed | None:
    """Offer *report* as a comment on its pull request, likewise."""
    here = TicketRef(tracker=TrackerKind.GITHUB, key=report.pull_request.key)
    outcome = publish_impact(report, desk_for(connections, [here], out, dry_run=dry_run))
    return account((outcome,), out=out, dry_run=dry_run, say=say)


def marker_key() -> str:
    """What markers are signed with (`RAT_MARKER_KEY`); empty for unsigned ones."""
    return os.environ.get("RAT_MARKER_KEY", "")


def take_back(ref: TicketRef, connections: Connections, *, out: Path | None, dry_run: bool) -> Outcome:
    """Undo RAT's last write on *ref*, as the journal in *out* (or of this user) knows it."""
    outcome = undo(ref, desk_for(connections, [ref], out, dry_run=dry_run))
    if outcome.action is Action.UNDONE:
        login = os.environ.get("GITHUB_ACTOR") or ""
        trouble = record_decision(ref, Verdict.UNDONE, connections=connections, out=out or _state_folder(), login=login)
        return replace(outcome, reason=str(trouble)) if trouble else outcome
    return outcome


def look_back(ticket: Ticket, connections: Connections, book: Book, *, team: str) -> None:
    """Keep in the *book* how a person changed what was applied to *ticket*; a tracker that fails is passed over."""
    if ticket.ref.tracker is TrackerKind.FILE or not book.ledgers:
        return
    try:
        edited = edited_since(ticket, desk_for(connections, [ticket.ref], None, dry_run=True))
    except TrackerError as error:
        log.warning("%s: whether its description was edited could not be read (%s).", ticket.key, error)
        return
    if edited:
        changed = changed_share(edited.applied, edited.stands)
        book.edited(ticket, changed=changed, team=team, input_hash=edited.input_hash)


def desk_for(connections: Connections, allowed: Iterable[TicketRef], out: Path | None, *, dry_run: bool) -> Desk:
    """What publishing works with in this run; beside *allowed* only what the configuration names may be written to."""
    return Desk(
        tracker_for=connections.tracker,
        site=connections.site,
        policy=_policy(connections, allowed),
        journal=Journal((out or _state_folder()) / "journal.jsonl"),
        guard=Guard(secrets=connections.access.secrets),
        marker_key=marker_key(),
        dry_run=dry_run,
        wait=lambda seconds: time.sleep(min(seconds, LONGEST_WAIT_SECONDS)),
        pull_requests=connections.pull_requests(),
        project_of=connections.project_of,
    )


def _policy(connections: Connections, allowed: Iterable[TicketRef]) -> Policy:
    repositories = {connections.repository}
    projects: set[str] = set()
    for project in connections.settings.projects:
        if project.tickets.github:
            repositories.add(project.tickets.github.repository)
        if project.tickets.jira:
            projects.update(jira_projects(project.tickets.jira.jql))
    for ref in allowed:
        if ref.tracker is TrackerKind.GITHUB:
            repositories.add(ref.key.partition("#")[0])
        elif ref.tracker is TrackerKind.JIRA:
            projects.add(ref.key.rpartition("-")[0])
    return Policy(repositories=frozenset(repositories - {""}), jira_projects=frozenset(projects))


def _state_folder() -> Path:
    """Where the journal of a run without `--out` is kept (XDG base directories)."""
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "rat"


def account(
    outcomes: Sequence[Outcome], *, out: Path | None, dry_run: bool, say: Callable[[str], None]
) -> TicketsFailed | None:
    """Say the calls of a dry run, keep what became of the others in *out*. Returns what failed."""
    if dry_run:
        for outcome in outcomes:
            if outcome.call:
                say(json.dumps(encode(outcome.call), ensure_ascii=False, sort_keys=True))
    elif out:
        results.keep_json([_published(outcome) for outcome in outcomes], out / results.PUBLISHED)
    failed = [outcome for outcome in outcomes if outcome.action is Action.FAILED]
    if not failed:
        return None
    names = "; ".join(f"{outcome.ticket}: {outcome.reason}" for outcome in failed)
    return TicketsFailed(f"Not published. {names}", exit_code=failed[0].exit_code or 3)


def _published(outcome: Outcome) -> dict[str, str | list[str]]:
    return {
        "key": outcome.ticket,
        "purpose": outcome.purpose,
        "action": outcome.action,
        "reason": outcome.reason,
        "url": outcome.url,
        "notes": list(outcome.notes),
    }
