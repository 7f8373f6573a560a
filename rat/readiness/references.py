"""Paths that a ticket names and the checkout does not have."""

import re
from collections.abc import Collection, Iterator

from rat.model.finding import Finding
from rat.model.ticket import Ticket
from rat.readiness.reading import read
from rat.readiness.rules import finding

_PATH = re.compile(r"(?<![\w/.:@~-])(?:\./)?((?:[\w.-]{1,80}/){1,12}[\w.-]{1,80}\.[A-Za-z]\w{0,9})(?![\w/])")
_SHOWN = 3


def dead_references(ticket: Ticket, files: Collection[str]) -> Iterator[Finding]:
    """One finding for the paths in the ticket's talk that are not among *files*, if their top folder is.

    A path into a folder that the checkout does not have belongs to another repository, or to the reporter's machine.
    """
    known = set(files)
    folders = {path.split("/", 1)[0] for path in known if "/" in path}
    named = dict.fromkeys(_PATH.findall(read(ticket).prose)) if known else ()
    dead = [path for path in named if path.split("/", 1)[0] in folders and path not in known]
    if dead:
        yield finding("dead-reference", f"Not in the checkout: {', '.join(f'`{path}`' for path in dead[:_SHOWN])}.")
