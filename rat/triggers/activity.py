"""What starts a run, and what it is to do: the event, the Action's inputs, the activity that follows from both."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from rat.model.command import Order


class Mode(StrEnum):
    """What the input `mode` asks for; `auto` lets the event decide."""

    AUTO = "auto"
    REFINE = "refine"
    SELECT = "select"
    PUBLISH = "publish"
    IMPACT = "impact"
    COMMAND = "command"
    ACKNOWLEDGE = "acknowledge"
    UNDO = "undo"
    REPORT = "report"


@dataclass(frozen=True, kw_only=True, slots=True)
class Inputs:
    """The Action's inputs that decide what is done. *tickets* are names as a person writes them."""

    mode: Mode = Mode.AUTO
    tickets: tuple[str, ...] = ()
    label: str = ""
    jql: str = ""
    publish: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """What started the run: *name* as in `on:`, *payload* as GitHub sent it, *repository* `owner/repo`."""

    name: str
    payload: Mapping[str, object]
    repository: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Activity:
    """What to do. *mode* None means nothing, for the *reason*.

    *tickets*, *label* and *jql* say which; none of them means those that the configuration's projects name.
    *pull_request* is a number, 0 for none; *from_fork* says that strangers wrote its code. Where *publish* was asked
    for and is refused, *reason* says why. *order* is the comment with a command, of which *mode* is one step: `select`
    decides, `acknowledge` says that it was seen, `refine` and `publish` carry `/rat refine` out in two jobs, `command`
    does all of it.
    """

    mode: Mode | None = None
    tickets: tuple[str, ...] = ()
    label: str = ""
    jql: str = ""
    pull_request: int = 0
    publish: bool = False
    from_fork: bool = False
    reason: str = ""
    order: Order | None = None
