"""From an event and the Action's inputs to what is to be done."""

from rat.triggers.activity import Activity, Event, Inputs, Mode
from rat.triggers.choose import choose

__all__ = ["Activity", "Event", "Inputs", "Mode", "choose"]
