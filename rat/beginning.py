"""How the work on a ticket begins: it is fetched, and either nothing is left to do or it is known what to work with."""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rat import pipeline
from rat.connect import Connections
from rat.delivery import marker_key
from rat.dialogue import dialogue_on
from rat.errors import RatError
from rat.model import RunReport, Ticket, TicketRef, TrackerKind
from rat.model.dialogue import Dialogue
from rat.model.settings import Project, Settings
from rat.model.wish import Wish
from rat.projects import seen_from
from rat.publishing.small_print import OPT_OUT_LABEL
from rat.selection import why_settled
from rat.sources.code import tree_of
from rat.sources.library import Library

log = logging.getLogger("rat")


@dataclass(frozen=True, kw_only=True, slots=True)
class Beginning:
    """A fetched *ticket* to be refined, and what with; *at* is when it was begun, in seconds of the monotonic clock."""

    ticket: Ticket
    dialogue: Dialogue
    library: Library
    settings: Settings
    at: float


Begin = Callable[[TicketRef], Beginning | RunReport]
"""Gives the report where nothing is left to do. Raises RatError."""


def opener(
    wish: Wish, connections: Connections, projects: Mapping[TicketRef, Project], cut_off: Mapping[str, RunReport]
) -> Begin:
    """What begins the work on a ticket of a run; *cut_off* are the reports of the run before, which did not end."""

    def begin(ref: TicketRef) -> Beginning | RunReport:
        at = time.monotonic()
        ticket = connections.fetch(ref)
        project = projects.get(ref) or connections.project_of(ticket)
        settings = seen_from(connections.settings, project)
        library = connections.library(ref.tracker, project)
        dialogue = dialogue_of(ticket, connections)
        if reason := reason_to_skip(ticket, wish, settings, dialogue):
            return pipeline.skip(ticket, reason, library=library, settings=settings)
        done = cut_off.get(ticket.key)
        if done and pipeline.still_holds(done, ticket, head=connections.checkout.head, settings=settings):
            log.info("%s: taken over from the run that was cut off here.", ticket.key)
            return done
        return Beginning(ticket=ticket, dialogue=dialogue, library=library, settings=settings, at=at)

    return begin


def read_ahead(refs: Sequence[TicketRef], begin: Begin, *, workers: int) -> Begin:
    """*begin*, with the first of *refs* begun already and the tree read for it, so that nothing is done twice.

    A large tree is read by several processes, which are forks of this one: that is safe only before threads start.
    Where nothing is left to do for any of *refs*, the tree is not read. An error is kept for the ticket's own turn.
    Where several *workers* wait, as many tickets are looked at here: the others they fetch at the same time.
    """
    begun: dict[TicketRef, Beginning | RunReport | RatError] = {}
    for ref in refs[:workers] if workers > 1 else refs:
        try:
            begun[ref] = first = begin(ref)
        except RatError as error:
            begun[ref] = error
            continue
        if isinstance(first, Beginning):
            tree_of(first.library)
            break

    def take(ref: TicketRef) -> Beginning | RunReport:
        known = begun.pop(ref) if ref in begun else begin(ref)
        if isinstance(known, RatError):
            raise known
        return known

    return take


def reason_to_skip(ticket: Ticket, wish: Wish, settings: Settings, dialogue: Dialogue) -> str:
    """Why *ticket* is not refined, for its author; empty when it is."""
    if ticket.state != "open":
        return f"{ticket.key} is closed. Reopen it, or refine another ticket."
    if OPT_OUT_LABEL in ticket.labels:
        return f"{ticket.key} carries the label {OPT_OUT_LABEL}: people asked RAT to keep away."
    if not wish.skips_unchanged or ticket.ref.tracker is TrackerKind.FILE:
        return ""
    return why_settled(ticket, settings, dialogue)


def dialogue_of(ticket: Ticket, connections: Connections) -> Dialogue:
    """What was said on *ticket*; nothing in a file."""
    if ticket.ref.tracker is TrackerKind.FILE:
        return Dialogue()
    return dialogue_on(ticket, tracker=connections.tracker(ticket.ref.tracker), key=marker_key())
