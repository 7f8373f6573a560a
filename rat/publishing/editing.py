"""What a person's approval is carried out with: the ticket as it was read, its tracker, the desk, who approved."""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from rat.errors import ConfigError
from rat.model import Ticket, TicketRef
from rat.ports import Dialect, Editor, Tracker
from rat.publishing.offer import Desk


@runtime_checkable
class EditableTracker(Tracker, Editor, Protocol):
    """A tracker whose tickets can be edited."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Editing:
    """The work on one *ticket*, which was read with its comments. *by* is empty where nobody approved (an undoing)."""

    ticket: Ticket
    tracker: EditableTracker
    desk: Desk
    by: str = ""

    @property
    def ref(self) -> TicketRef:
        """The ticket's name."""
        return self.ticket.ref

    @property
    def dialect(self) -> Dialect:
        """The written form of its texts."""
        return self.tracker.dialect


def edit(ref: TicketRef, desk: Desk, *, by: str = "") -> Editing:
    """The work on the ticket as it is now. Raises TrackerError, ConfigError for a file."""
    tracker = desk.tracker_for(ref.tracker)
    if not isinstance(tracker, EditableTracker):
        raise ConfigError(f"{ref.key} cannot be edited: it is a file.")
    return Editing(ticket=tracker.fetch(ref), tracker=tracker, desk=desk, by=by)
