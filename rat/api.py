"""RAT as a library: what `from rat import …` gives (docs/python-api.md). Everything else may change at any time."""

import logging
import os
from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

from rat.commands.options import access_from
from rat.connect import Connections
from rat.decode import encode
from rat.model import RunReport
from rat.model.access import Access
from rat.model.record import RefinementRecord
from rat.model.wish import Wish
from rat.publishing.compose import compose
from rat.publishing.markdown import write_markdown
from rat.publishing.site import Site
from rat.reporting.ledger import open_ledger
from rat.reporting.reading import read_records
from rat.reporting.report import Report, build
from rat.sweep import sweep

log = logging.getLogger("rat")


def refine(
    *tickets: str,
    repo: str | Path = ".",
    model: str = "",
    out: str | Path | None = None,
    config: str | Path | None = None,
    access: Access | None = None,
) -> tuple[RunReport, ...]:
    """Refine *tickets*, named as on the command line, against the checkout *repo*; nothing is written to a tracker.

    *model* is a model's name, or "none" for facts only; empty means as configured. *out* keeps the results in a folder,
    as `rat refine --out` does. *access* holds addresses and secrets, by default those of the environment. Raises
    RatError; when some of the tickets failed, TicketsFailed after the others were done (they are in *out*).
    """
    reached = access or access_from(os.environ)
    reached = replace(reached, model=model or reached.model)
    wish = Wish(tickets=tickets, out=Path(out) if out else None)
    connections = Connections(access=reached, repo=Path(repo), config=Path(config) if config else None, wish=wish)
    made: list[RunReport] = []
    sweep(wish, connections, progress=nullcontext, show=made.extend, say=log.info)
    return tuple(made)


def to_json(report: RunReport) -> dict[str, Any]:
    """*report* as plain JSON data: what `rat refine --format json` prints for a ticket (`rat schema refinement`)."""
    plain: dict[str, Any] = encode(RefinementRecord.of(report))
    return plain


def to_markdown(report: RunReport) -> str:
    """*report* as the Markdown of RAT's comment, with paths and keys in place of links."""
    return write_markdown(compose(report, Site()))


def measure(*places: str | Path) -> Report:
    """The figures over ledgers, folders of results, artifacts and addresses of databases (`rat schema report`).

    Raises LedgerError.
    """
    return build([record for place in places for record in _records(place)])


def _records(place: str | Path) -> Iterable[Any]:
    return open_ledger(place).records() if isinstance(place, str) and "://" in place else read_records(Path(place))
