"""Opens a ledger by its address: a file of JSON lines, SQLite or PostgreSQL."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

from rat.errors import LedgerError
from rat.model.ledger import LedgerRecord
from rat.reporting.lines import LinesLedger

EXTRA = "rat-refine[ledger]"
"""What must be installed for a ledger in a database."""


class Ledger(Protocol):
    """Where records are kept; safe under concurrent writers, and a record with the same id is kept once."""

    def append(self, records: Iterable[LedgerRecord]) -> None:
        """Keep *records*; on disk when it returns. Raises LedgerError."""
        ...

    def records(self) -> Iterator[LedgerRecord]:
        """Every record. Raises LedgerError."""
        ...


def open_ledger(address: str) -> Ledger:
    """The ledger at *address*, a URL or the path of a `.jsonl` file. Raises LedgerError for an address of no use."""
    if "://" not in address:
        return LinesLedger(Path(address))
    try:
        from rat.reporting.database import DatabaseLedger
    except ImportError as error:
        raise LedgerError(
            f"A ledger in a database needs SQLAlchemy, Alembic and psycopg, and {error.name} is missing. "
            f"Install `{EXTRA}`, or give --ledger a path to a .jsonl file."
        ) from error
    return DatabaseLedger(address)
