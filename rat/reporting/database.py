"""The ledger in a database: SQLite or PostgreSQL by URL, its tables made and migrated when it is opened."""

import contextlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy.dialects import postgresql, sqlite

from rat.decode import encode
from rat.errors import LedgerError
from rat.model.ledger import KINDS, LedgerRecord
from rat.reporting.lines import record_of
from rat.reporting.tables import TABLES

DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
"""The schemes of a ledger's address, and what SQLAlchemy calls them."""

WAIT_SECONDS = 30
"""How long a connection, a lock or a statement may take: then the ledger has failed, and the run goes on."""

MIGRATION_LOCK = 0x5241_544C
"""The number of the advisory lock under which one process migrates ("RATL"); PostgreSQL's are numbers."""

KIND_OF = {table: kind for kind, record in KINDS.items() for table in [TABLES[record]]}


class DatabaseLedger:
    """The ledger at *url*. Nothing is opened before the first call."""

    def __init__(self, url: str) -> None:
        self._url = _address(url)
        self.name = self._url.render_as_string(hide_password=True).replace("+psycopg", "")
        self._engine: sa.Engine | None = None

    def append(self, records: Iterable[LedgerRecord]) -> None:
        """Add *records* in one transaction, those left out whose id is there already. Raises LedgerError."""
        by_table: dict[sa.Table, list[dict[str, Any]]] = {}
        for record in records:
            by_table.setdefault(TABLES[type(record)], []).append(_row(record))
        insert = sqlite.insert if self._url.get_backend_name() == "sqlite" else postgresql.insert
        with self._opened() as engine, engine.begin() as connection:
            for table, rows in by_table.items():
                connection.execute(insert(table).on_conflict_do_nothing(index_elements=["id"]), rows)

    def records(self) -> Iterator[LedgerRecord]:
        """Every record, oldest first within its kind. Raises LedgerError."""
        with self._opened() as engine, engine.connect() as connection:
            for table in TABLES.values():
                rows = connection.execute(sa.select(table).order_by(table.c.at, table.c.id)).mappings()
                for row in rows:
                    yield record_of({"kind": KIND_OF[table], **row}, what=f"A record in {self.name}")

    @contextlib.contextmanager
    def _opened(self) -> Iterator[sa.Engine]:
        try:
            if self._engine is None:
                engine = _engine(self._url)
                _migrate(engine, self.name)
                self._engine = engine
            yield self._engine
        except (sa.exc.SQLAlchemyError, CommandError, OSError) as error:
            raise LedgerError(f"The ledger {self.name} failed: {self._why(error)} {_REMEDY}") from error

    def _why(self, error: Exception) -> str:
        """The first line of *error* without the password, also where a driver repeats it."""
        text = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
        password = self._url.password
        return (text.replace(str(password), "***") if password else text).rstrip(".") + "."


_REMEDY = "Check the address in --ledger (RAT_LEDGER), that the server runs, and that this user may write there."


def _address(url: str) -> sa.URL:
    scheme = re.match(r"[a-z]+(?=://)", url)
    try:
        parsed = sa.make_url(url) if scheme and scheme[0] in DRIVERS else None
    except (sa.exc.ArgumentError, ValueError):
        parsed = None
    if parsed is None or not parsed.database:
        raise LedgerError(
            "The address of the ledger (--ledger, RAT_LEDGER) is none that RAT knows. Give "
            "`sqlite:///folder/ledger.db`, `postgresql://user:password@host/database`, or a path to a .jsonl file."
        )
    return parsed.set(drivername=DRIVERS[parsed.drivername])


def _engine(url: sa.URL) -> sa.Engine:
    """An engine whose connections close after use: a run writes seldom, and a server's connections are few."""
    if url.get_backend_name() == "sqlite":
        Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
        options: dict[str, Any] = {"timeout": WAIT_SECONDS}
    else:
        limits = f"-c lock_timeout={WAIT_SECONDS}s -c statement_timeout={WAIT_SECONDS}s"
        options = {"connect_timeout": WAIT_SECONDS, "options": limits}
    return sa.create_engine(url, connect_args=options, poolclass=sa.NullPool)


def _migrate(engine: sa.Engine, name: str) -> None:
    """Bring the tables to the newest version, while every other process waits. Raises LedgerError."""
    config = Config()
    config.set_main_option("script_location", "rat.reporting:migrations")
    scripts = ScriptDirectory.from_config(config)
    with engine.connect() as connection:
        now = MigrationContext.configure(connection, opts={"version_table": "rat_version"}).get_current_revision()
        if now and now not in {script.revision for script in scripts.walk_revisions()}:
            raise LedgerError(f"The ledger {name} was migrated by a newer RAT (to {now}). Update RAT here.")
        if now == scripts.get_current_head():
            return
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # Python's sqlite3 would begin at the first change only
        else:
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(MIGRATION_LOCK)))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()


def _row(record: LedgerRecord) -> dict[str, Any]:
    plain = encode(record)
    return {field.name: _storable(plain[field.name]) for field in fields(record) if field.name != "kind"}


def _storable(value: Any) -> Any:
    """*value* with what no database takes as text shown as `?`: NUL, and halves of surrogate pairs."""
    if isinstance(value, str):
        return value.replace("\0", "?").encode(errors="replace").decode()
    return value
