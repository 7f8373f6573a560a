"""Take one ticket from raw to refined. Nothing is written here."""

import hashlib
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from rat import __version__
from rat.decode import encode
from rat.errors import CouldNotAssess
from rat.model import Finding, Refinement, RunReport, Severity, Status, Ticket, TrackerKind
from rat.model.dialogue import Dialogue
from rat.model.finding import COULD_NOT_ASSESS
from rat.model.settings import Audience, Budget, ModelSettings, Settings, Tickets
from rat.publishing.region import own_words
from rat.readiness import classify, is_ready, judge
from rat.redaction import redact_all
from rat.sources import gather
from rat.sources.library import Library

if TYPE_CHECKING:
    from rat.asking import Asker

SILENCE = Dialogue()
"""The dialogue on a ticket on which RAT has not spoken."""

_HASH_DIGITS = 16


def refine(
    ticket: Ticket, *, library: Library, asker: "Asker | None", settings: Settings, dialogue: Dialogue = SILENCE
) -> RunReport:
    """*ticket* refined: evidence first, then (with an *asker*) the team, then every claim checked.

    What the *dialogue* on it settled is not asked again.

    Raises ModelError when the model cannot be used, BudgetError when a budget is spent before anybody spoke; where it
    is spent later, the draft so far is finished, and `is_cut_short`.
    """
    refinement = gather(Refinement(ticket=ticket, type=classify(ticket), dialogue=dialogue), library)
    if settings.privacy.audience is Audience.PUBLIC:
        refinement = without_private(refinement)
    if asker is not None:
        refinement = draft(refinement, library=library, asker=asker, settings=settings)
    refinement = judge(refinement, library.project.definition_of_ready, grounds=library.checkout)
    return _report(refinement, _status(refinement), library=library, asker=asker, settings=settings)


def without_private(refinement: Refinement) -> Refinement:
    """*refinement* without evidence from beyond the checkout and the ticket's own tracker: fewer people may read it."""
    own = refinement.ticket.ref.tracker
    jira = re.compile(r"[A-Z][A-Z0-9_]+-\d+")
    evidence = tuple(
        piece
        for piece in refinement.evidence
        if piece.path or own is TrackerKind.JIRA or not jira.fullmatch(piece.id.removeprefix("RFE-"))
    )
    return replace(refinement, evidence=evidence)


def draft(refinement: Refinement, *, library: Library, asker: "Asker", settings: Settings) -> Refinement:
    """*refinement* with the team's proposal; what its authors could not ground after their revisions is left out.

    Raises CouldNotAssess, or BudgetError, when no agent gave a part: a page without one is what `--model none` is for.
    """
    from rat.agents import revise, run_stage, stages, to_mend, with_one_gap
    from rat.checks import drop_unverified, verify, with_lost

    for stage in stages(settings.team):
        refinement = run_stage(stage, with_lost(refinement, library.checkout), asker)
    refinement = verify(refinement, library.checkout)
    for _ in range(settings.max_revisions):
        if not to_mend(refinement) or refinement.is_cut_short:
            break
        refinement = verify(revise(refinement, asker), library.checkout)
    if refinement.proposal is None:
        said = "; ".join(finding.message for finding in refinement.findings if finding.check == COULD_NOT_ASSESS)
        raise CouldNotAssess(f"The model gave nothing that can be used for {refinement.ticket.key}. {said}")
    return with_one_gap(drop_unverified(refinement, library.checkout))


def skip(ticket: Ticket, reason: str, *, library: Library, settings: Settings) -> RunReport:
    """The report of a ticket that was not refined, and why."""
    finding = Finding(check="skipped", severity=Severity.NOTE, message=reason)
    refinement = Refinement(ticket=ticket, type=classify(ticket), findings=(finding,))
    return _report(refinement, Status.SKIPPED, library=library, asker=None, settings=settings)


def input_hash(ticket: Ticket, settings: Settings, dialogue: Dialogue = SILENCE) -> str:
    """What decides the outcome: the ticket's words and the settings (SHA-256, 16 hex digits), then the answers so far.

    The second half, likewise 16 digits, is carried on from RAT's comment and changes with each new answer; it is
    absent before the first. What RAT wrote into the ticket itself is left out, and so are other comments, and the
    commit on purpose: a comment that changed with every push would be noise. So is what a run may spend, which other
    projects there are and which query found the ticket: jobs that select know less of these.
    """
    usual = ModelSettings()
    model = replace(settings.model, concurrency=usual.concurrency, timeout_seconds=usual.timeout_seconds)
    project = replace(settings.project, name="", tickets=Tickets())
    deciding = encode(replace(settings, projects=(project,), model=model, budget=Budget()))
    labels = sorted(set(ticket.labels) - _own_labels(settings))
    matter = [__version__, ticket.title, own_words(ticket.body), ticket.declared_type, labels, deciding]
    return _short_hash(matter) + _taken(dialogue)


def _own_labels(settings: Settings) -> set[str]:
    """The labels that RAT sets itself once a person approved them."""
    labels = settings.project.labels
    return {labels.ready, labels.needs_answers} if labels else set()


def _taken(dialogue: Dialogue) -> str:
    """What stands for the answers that were taken in so far, the new ones included."""
    before = dialogue.previous[_HASH_DIGITS:]
    new = [[answer.id, answer.body] for answer in dialogue.answers]
    return _short_hash([before, new]) if new else before


def _short_hash(matter: object) -> str:
    return hashlib.sha256(json.dumps(matter, sort_keys=True).encode()).hexdigest()[:_HASH_DIGITS]


def still_holds(report: RunReport, ticket: Ticket, *, head: str, settings: Settings) -> bool:
    """Whether refining *ticket* again at *head* would start from what *report* started from, comments included."""
    before = report.refinement.ticket
    same = (before.updated_at, before.comment_count) == (ticket.updated_at, ticket.comment_count)
    made = report.status is not Status.SKIPPED and report.head == head
    return same and made and report.input_hash[:_HASH_DIGITS] == input_hash(ticket, settings)


def _status(refinement: Refinement) -> Status:
    if refinement.questions:
        return Status.NEEDS_ANSWERS
    return Status.READY if is_ready(refinement) and not refinement.is_cut_short else Status.BLOCKED


def _report(
    refinement: Refinement, status: Status, *, library: Library, asker: "Asker | None", settings: Settings
) -> RunReport:
    notes = (*refinement.notes, *_new(library.checkout.notes(), refinement.notes))
    report = RunReport(
        refinement=_without_secrets(replace(refinement, notes=notes)),
        status=status,
        mode="offline",
        head=library.checkout.head,
        input_hash=input_hash(refinement.ticket, settings, refinement.dialogue),
    )
    if asker is None:
        return report
    if refinement.is_cut_short:  # the next run shall not take it for done
        report = replace(report, input_hash="")
    return replace(report, mode="model", usage=asker.usage, model=settings.model.name or "", exchanges=asker.exchanges)


def _without_secrets(refinement: Refinement) -> Refinement:
    """*refinement* as files, logs, summaries and comments may hold it: with no secret from the ticket or the code."""
    ticket, clean = refinement.ticket, redact_all(refinement)
    if clean.ticket == ticket:
        return clean
    return replace(clean, ticket=replace(clean.ticket, hash_as_read=ticket.content_hash))


def _new(notes: tuple[str, ...], known: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(note for note in notes if note not in known)
