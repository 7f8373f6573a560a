"""The sources of evidence, in the order in which they are gathered: each adds what it knows to a refinement."""

from collections.abc import Callable

from rat.model import Refinement
from rat.model.readership import for_readers
from rat.sources import adrs, code, conflicts, history, owners, rfes, tickets
from rat.sources.library import Library

Source = Callable[[Refinement, Library], Refinement]

SOURCES: dict[str, Source] = {
    "code": code.gather,
    "adrs": adrs.gather,
    "rfes": rfes.gather,
    "history": history.gather,
    "owners": owners.gather,
    "tickets": tickets.gather,
    "conflicts": conflicts.gather,
}


def gather(refinement: Refinement, library: Library) -> Refinement:
    """*refinement* with the evidence of every source; what could not be read is said in its notes.

    What fewer people may read than the ticket is left out first.
    """
    refinement = for_readers(refinement, library.audience)
    for source in SOURCES.values():
        refinement = source(refinement, library)
    return refinement
