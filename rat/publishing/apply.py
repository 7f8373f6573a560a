"""What a person approved (`/rat apply`): sections of RAT's own comment, written where the project's `write` says."""

import logging
from collections.abc import Iterator
from functools import partial

from rat.errors import FieldRefused, NotApproved, RateLimited, RatError
from rat.model import TicketRef, TrackerKind
from rat.model.settings import Project, WritePolicy
from rat.publishing.apply_fields import apply_fields
from rat.publishing.apply_labels import apply_labels
from rat.publishing.apply_link import apply_link
from rat.publishing.apply_region import apply_region
from rat.publishing.apply_tasks import apply_tasks
from rat.publishing.approved import Approved, approved
from rat.publishing.conflict import as_approved
from rat.publishing.document import Section
from rat.publishing.editing import Editing, edit
from rat.publishing.freshness import standstill
from rat.publishing.offer import Desk
from rat.publishing.outcome import Action, Outcome
from rat.publishing.sections import BESIDE_TEXT, all_named
from rat.publishing.settle import settle

log = logging.getLogger("rat")

NO_PLACE = (
    "this project lets RAT write comments only. Set `write: region` in .github/rat.yml (RAT's own part of the "
    "description), or with Jira `write: {jira-field: {description: approved}}`"
)


def apply(ref: TicketRef, desk: Desk, *, sections: tuple[str, ...], project: Project, by: str) -> tuple[Outcome, ...]:
    """What became of each write that *by* (a login) approved: *sections* of the comment as they wrote the names.

    Without *sections* everything that was drafted is applied but the tasks. What is taken is what the person saw:
    RAT's comment is read back. What fails is an outcome, not an exception; raises ConfigError for a name that is no
    section, before anything is read or written.
    """
    wanted = all_named(sections)
    if not desk.policy.permits(ref):
        return (_plain(ref, Action.REFUSED, "this run may not write there"),)
    outcomes: list[Outcome] = []
    try:
        with desk.journal.held():
            settle(ref, desk)
            for outcome in _applied(ref, desk, wanted=wanted, project=project, by=by):
                log.info("%s: %s %s %s", ref.key, outcome.purpose, outcome.action, outcome.reason)
                outcomes.append(outcome)
    except (NotApproved, FieldRefused) as error:
        outcomes.append(_plain(ref, Action.REFUSED, str(error)))
    except RateLimited as error:
        outcomes.append(_plain(ref, Action.DEFERRED, str(error)))
    except RatError as error:
        outcomes.append(
            Outcome(ticket=ref.key, purpose="apply", action=Action.FAILED, reason=str(error), exit_code=error.exit_code)
        )
    return tuple(outcomes)


def _applied(ref: TicketRef, desk: Desk, *, wanted: tuple[str, ...], project: Project, by: str) -> Iterator[Outcome]:
    work = edit(ref, desk, by=by)
    if (stop := standstill(work.ticket)) is not None:
        yield _plain(ref, *stop)
        return
    ends: set[Action] = set()
    for outcome in _written(work, wanted, project):
        ends.add(outcome.action)
        yield outcome
    changed = bool(ends & {Action.CREATED, Action.UPDATED, Action.PLANNED})
    stands = changed or ends == {Action.UNCHANGED}
    if stands and project.link_run:
        linked = as_approved(partial(apply_link, changed=changed), work)
        yield from (linked,) if linked else ()


def _written(work: Editing, wanted: tuple[str, ...], project: Project) -> Iterator[Outcome]:
    """Each write that was asked for, labels first: they say what the comment says, whatever becomes of the rest."""
    seen = approved(work)
    names = _chosen(seen, wanted)
    if "labels" in names:
        yield as_approved(partial(apply_labels, document=seen.document, labels=project.labels), work)
    if names != ("labels",) and project.write is WritePolicy.COMMENT:
        raise NotApproved(f"Nothing was applied to {work.ref.key}: {NO_PLACE}.")
    yield from _texts(work, seen.sections(tuple(name for name in names if name not in BESIDE_TEXT)), project)
    for section in seen.sections(("tasks",)) if "tasks" in names else ():
        yield from apply_tasks(work, section)


def _texts(work: Editing, sections: tuple[Section, ...], project: Project) -> Iterator[Outcome]:
    """The sections that are text, in the description or in the fields of the project."""
    if not sections:
        return
    if isinstance(project.write, WritePolicy):
        yield as_approved(partial(apply_region, sections=sections), work)
        return
    if work.ref.tracker is not TrackerKind.JIRA:
        raise NotApproved(f"`jira-field` is for Jira, and {work.ref.key} is on GitHub. Set `write: region`.")
    fields = tuple(name for places in project.write.values() for name in places)
    yield from apply_fields(work, sections, fields)


def _chosen(seen: Approved, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """The names to apply. Raises NotApproved where the comment lacks one of them, or has nothing drafted at all."""
    if not seen.drafted and set(wanted) != {"labels"}:
        raise NotApproved(
            f"RAT's comment on {seen.ticket.key} holds facts only, nothing drafted; set a model for that."
        )
    lacking = [name for name in wanted if name not in seen.drafted and name != "labels"]
    if lacking:
        raise NotApproved(
            f"RAT's comment on {seen.ticket.key} has no section {', '.join(lacking)}. "
            f"It has: {', '.join(seen.drafted)}."
        )
    return wanted or tuple(name for name in seen.drafted if name not in BESIDE_TEXT)


def _plain(ref: TicketRef, action: Action, reason: str) -> Outcome:
    return Outcome(ticket=ref.key, purpose="apply", action=action, reason=reason)
