"""Which tickets are worked on: those that were named, or of those that the projects' queries find, whose turn it is."""

import logging
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rat.connect import Connections
from rat.delivery import marker_key
from rat.dialogue import dialogue_on
from rat.errors import ConfigError, RatError
from rat.fairness import in_turn
from rat.model import Ticket, TicketRef, TrackerKind
from rat.model.dialogue import Dialogue
from rat.model.settings import Project, Settings
from rat.model.wish import Wish
from rat.pipeline import input_hash
from rat.ports import Metered, TicketQuery
from rat.projects import candidates, jira_projects, project_of, seen_from
from rat.publishing.small_print import OPT_OUT_LABEL

log = logging.getLogger("rat")

QUEUE = 5_000
"""Tickets of one query at most, the least recently updated ones: 50 requests. The rest comes when these are done."""

LOOKS = 2
"""How many tickets are looked at for each that may be chosen, to find those that changed: a request each."""

FREE_LOOKS = 1_000
"""How many at least where the tracker counts no requests (Jira), some five minutes: its lists do not say which tickets
have comments."""

REQUESTS_A_TICKET = 8
"""What reading, refining and publishing one ticket asks of a tracker at most, retries and lists of the jobs included:
docs/scalability.md. More tickets than the token has requests for would be refined in vain."""

_ORDER = re.compile(r"\border\s+by\b.*$", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, kw_only=True, slots=True)
class Selection:
    """The tickets, each with its project where a query said so; what was waiting; which queries failed, and why."""

    refs: tuple[TicketRef, ...] = ()
    projects: Mapping[TicketRef, Project] = field(default_factory=dict)
    waiting: int = 0
    unchanged: int = 0
    troubles: tuple[RatError, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Queue:
    """What one query found, least recently updated first; *project* None where no project asked."""

    tickets: tuple[Ticket, ...]
    project: Project | None = None


def select(wish: Wish, connections: Connections, *, thrifty: bool) -> Selection:
    """The tickets of *wish*, at most as many as a run may take, fair over projects.

    Where *wish* skips unchanged tickets, these are looked for first, so that they take nobody's place; a *thrifty* run,
    which reads each ticket by itself anyhow, does so only if not all of them can be taken.

    Named tickets come first and are taken as they are. Raises ConfigError where nothing says which tickets, or the
    RatError of a query if every query failed; else a query that fails is told in the result and stops no other.
    """
    places = connections.settings.budget.tickets_per_run
    named = connections.refs(wish.tickets)
    if named and not (wish.label or wish.jql):
        return Selection(refs=named[:places], projects=_projects_of(named, connections), waiting=len(named))
    queues, troubles = queues_of(wish, connections)
    served = _served(queues, wish, connections, thrifty=thrifty)
    refs = tuple(dict.fromkeys([*named, *served.refs]))[:places]
    return replace(served, refs=refs, troubles=troubles)


def asked_for(wish: Wish, connections: Connections) -> tuple[TicketRef, ...]:
    """Every ticket that *wish* names or its queries find, whether or not its turn has come. Raises like `select`."""
    named = connections.refs(wish.tickets)
    if named and not (wish.label or wish.jql):
        return named
    queues, _ = queues_of(wish, connections)
    return tuple(dict.fromkeys([*named, *(ticket.ref for queue in queues for ticket in queue.tickets)]))


def queues_of(wish: Wish, connections: Connections) -> tuple[tuple[Queue, ...], tuple[RatError, ...]]:
    """What each query finds of open tickets, no ticket in two queues; and what failed. Raises like `select`."""
    asked = tuple(_queries(wish, connections.settings.projects))
    if not asked:
        raise ConfigError("No ticket is named. Name one (`rat refine '#12'`), or give --label, --jql, or a project.")
    queues: list[Queue] = []
    troubles: list[RatError] = []
    known: set[TicketRef] = set()
    for project, kind, query in asked:
        try:
            found = connections.tracker(kind).find(query)
        except RatError as error:
            log.warning("%s: %s", project.name if project else "the query", error)
            troubles.append(error)
            continue
        fresh = tuple(ticket for ticket in found if ticket.ref not in known and _is_open(ticket))
        known.update(ticket.ref for ticket in fresh)
        queues.append(Queue(tickets=fresh, project=project))
    if troubles and not queues:
        raise troubles[0]
    return tuple(queues), tuple(troubles)


def _served(queues: Sequence[Queue], wish: Wish, connections: Connections, *, thrifty: bool) -> Selection:
    """Whose turn it is. A ticket that could not be looked at takes no place of one that is sure to need work."""
    places = connections.settings.budget.tickets_per_run
    owners = {ticket.ref: _owner(ticket, queue, connections) for queue in queues for ticket in queue.tickets}
    turns = in_turn([_oldest_first(queue) for queue in queues], places=places, turn=wish.turn)
    looking = wish.skips_unchanged and (len(owners) > places or not thrifty)
    looks = {kind: _looks(kind, places, connections) for kind in {ref.tracker for ref in owners}}
    chosen: list[TicketRef] = []
    unsure: list[TicketRef] = []
    unchanged = beyond = 0
    for ticket in turns:
        if len(chosen) == places:
            break
        if not _can_afford(ticket.ref, chosen, connections):
            beyond += 1
        elif not looking or ticket.comment_count == 0:
            chosen.append(ticket.ref)
        elif not looks[ticket.ref.tracker]:
            unsure.append(ticket.ref)
        else:
            looks[ticket.ref.tracker] -= 1
            settled = is_settled(ticket, owners[ticket.ref], connections)
            unchanged += settled
            chosen += [] if settled else [ticket.ref]
    for ref in unsure[: places - len(chosen)]:
        chosen += [ref] if _can_afford(ref, chosen, connections) else []
    if beyond:
        log.warning("%s tickets wait for a later run: the token has no requests left for them in this hour.", beyond)
    return Selection(refs=tuple(chosen), projects=owners, waiting=len(owners), unchanged=unchanged)


def _looks(kind: TrackerKind, places: int, connections: Connections) -> int:
    """How many tickets of a tracker may be looked at before places are given out."""
    tracker = connections.tracker(kind)
    left = tracker.requests_left() if isinstance(tracker, Metered) else None
    if left is None:
        return max(places * LOOKS, FREE_LOOKS)
    return min(places * LOOKS, left // REQUESTS_A_TICKET)  # the other requests are for the tickets that are chosen


def _can_afford(ref: TicketRef, chosen: Sequence[TicketRef], connections: Connections) -> bool:
    """Whether the tracker's limit allows one more ticket beside those *chosen*; where it says nothing, it does."""
    tracker = connections.tracker(ref.tracker)
    left = tracker.requests_left() if isinstance(tracker, Metered) else None
    if left is None:
        return True
    own = sum(other.tracker is ref.tracker for other in chosen)
    return left >= (own + 1) * REQUESTS_A_TICKET


def is_settled(ticket: Ticket, project: Project, connections: Connections) -> bool:
    """Whether RAT has nothing to add to *ticket* since its own comment there. One request.

    A ticket whose comments cannot be read counts as changed: refining it will say why.
    """
    tracker = connections.tracker(ticket.ref.tracker)
    try:
        read = replace(ticket, comments=tracker.comments(ticket.ref))
        dialogue = dialogue_on(read, tracker=tracker, key=marker_key(), in_full=False)
    except RatError as error:
        log.warning("%s: %s", ticket.key, error)
        return False
    return bool(why_settled(read, seen_from(connections.settings, project), dialogue))


def why_settled(ticket: Ticket, settings: Settings, dialogue: Dialogue) -> str:
    """Why RAT has nothing to add to *ticket*, for its author; empty where it has."""
    if dialogue.rejection and dialogue.rejection.stands:
        by = dialogue.rejection.by or "a person"
        return f"{by} rejected the proposal for {ticket.key}; its next edit, or `/rat refine`, asks for a new one."
    if input_hash(ticket, settings, dialogue) == dialogue.previous:
        return f"Nothing changed in {ticket.key} since its last refinement. `--force` refines it again."
    return ""


def _queries(wish: Wish, projects: Iterable[Project]) -> Iterator[tuple[Project | None, TrackerKind, TicketQuery]]:
    """What is asked of the trackers: for a label or query that was given, that; else each project's own."""
    if wish.label:
        yield None, TrackerKind.GITHUB, TicketQuery(label=wish.label, limit=QUEUE)
    if wish.jql:
        yield None, TrackerKind.JIRA, TicketQuery(jql=wish.jql, limit=QUEUE)
    if wish.label or wish.jql:
        return
    for project in projects:
        github, jira = project.tickets.github, project.tickets.jira
        if github:
            query = TicketQuery(label=github.label, repository=github.repository, limit=QUEUE)
            yield project, TrackerKind.GITHUB, query
        if jira:
            yield project, TrackerKind.JIRA, TicketQuery(jql=jira.jql, limit=QUEUE)


def _is_open(ticket: Ticket) -> bool:
    return ticket.state == "open" and OPT_OUT_LABEL not in ticket.labels


def _oldest_first(queue: Queue) -> tuple[Ticket, ...]:
    """JQL may bring an order of its own; what was touched longest ago has waited longest. Times are ISO 8601."""
    return tuple(sorted(queue.tickets, key=lambda ticket: ticket.updated_at))


def _owner(ticket: Ticket, queue: Queue, connections: Connections) -> Project:
    if queue.project:
        return queue.project
    return project_of(ticket, connections.settings, repository=connections.repository)


def _projects_of(refs: Sequence[TicketRef], connections: Connections) -> dict[TicketRef, Project]:
    """The projects of named Jira items whose Jira project several projects share: their own queries say which.

    One request for each of these projects, not for each item. On GitHub the label says it once the ticket is read.
    """
    settings = connections.settings
    unclear = [
        ref for ref in refs if ref.tracker is TrackerKind.JIRA and len(candidates(ref, settings, repository="")) > 1
    ]
    owners: dict[TicketRef, Project] = {}
    for project in settings.projects:
        jira = project.tickets.jira
        left = [ref for ref in unclear if ref not in owners]
        mine = [ref for ref in left if jira and ref.key.rpartition("-")[0] in jira_projects(jira.jql)]
        if jira and mine:
            owners |= dict.fromkeys(_among(mine, jira.jql, connections), project)
    return owners


def _among(refs: Sequence[TicketRef], jql: str, connections: Connections) -> tuple[TicketRef, ...]:
    """Those of *refs* that *jql* finds too."""
    keys = ", ".join(ref.key for ref in refs)
    query = TicketQuery(jql=f"({_ORDER.sub('', jql).strip()}) AND key in ({keys})", limit=len(refs))
    try:
        found = {ticket.ref for ticket in connections.tracker(TrackerKind.JIRA).find(query)}
    except RatError as error:
        log.warning("Which project %s belong to could not be asked, the first that fits is taken. %s", keys, error)
        return ()
    return tuple(ref for ref in refs if ref in found)
