"""A write that the tracker refused because somebody else was writing (409): read and planned anew, exactly once."""

import logging
from collections.abc import Callable
from typing import TypeVar

from rat.errors import Conflict, NotApproved, TrackerError
from rat.publishing.approved import approved
from rat.publishing.editing import Editing, edit
from rat.publishing.freshness import standstill

log = logging.getLogger("rat")
_T = TypeVar("_T")


def at_most_twice(plan: Callable[[], _T], anew: Callable[[], _T] | None = None) -> _T:
    """What *plan* gives, which reads, decides and writes; after a Conflict, what *anew* (or *plan* again) gives.

    Raises TrackerError when that met another write as well: then it is final.
    """
    try:
        return plan()
    except Conflict as error:
        log.info("%s RAT reads it again.", error)
    try:
        return (anew or plan)()
    except Conflict as error:
        raise TrackerError(f"{error} That was so twice; run it again later.") from error


def as_approved(write: Callable[[Editing], _T], work: Editing) -> _T:
    """What *write* gives for *work*; after a Conflict, for the ticket as it is then.

    Raises NotApproved where it is not what the person approved any more, Conflict as above.
    """
    try:
        return write(work)
    except Conflict as error:
        log.info("%s RAT reads it again.", error)
    again = edit(work.ref, work.desk, by=work.by)
    if (stop := standstill(again.ticket)) is not None:
        raise NotApproved(f"Nothing more was applied to {work.ref.key}: {stop[1]}.")
    approved(again)
    return write(again)
