import multiprocessing
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext

from rat.errors import LedgerError
from rat.model.ledger import AgentUsage, LedgerRecord, RunRecord, Verdict
from rat.model.refinement import Usage
from rat.reporting.database import DRIVERS, DatabaseLedger
from rat.reporting.ledger import open_ledger
from rat.reporting.tables import METADATA
from tests.unit.reporting.records import decision, offer, run


def engine_of(address: str) -> sa.Engine:
    scheme = address.partition(":")[0]
    return sa.create_engine(address.replace(scheme, DRIVERS[scheme], 1), poolclass=sa.NullPool)


def migrated_to(revision: str, address: str) -> sa.Engine:
    """A database as an older RAT left it."""
    if address.startswith("sqlite"):
        Path(address.removeprefix("sqlite:///")).parent.mkdir(parents=True)
    engine = engine_of(address)
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", "rat.reporting:migrations")
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    return engine


def write_many(address: str, first: int) -> None:
    ledger = DatabaseLedger(address)
    for number in range(first, first + 25):
        ledger.append([run(f"acme/shop#{number}"), decision(f"acme/shop#{number}")])


def test_every_kind_of_record_comes_back_as_it_was(address: str) -> None:
    agents = (AgentUsage(agent="critic", usage=Usage(calls=2, prompt_tokens=9), findings=1),)
    records: list[LedgerRecord] = [
        run(agents=agents, seconds=1.5, labelled_at="2026-11-02T07:00:00+00:00", answered=2),
        run("PAY-1", before=None, after=None, cost_usd=None, type=None),
        offer(),
        decision(sections=("tasks", "risks"), reason="naïve 🐀", changed=0.25, verdict=Verdict.EDITED),
    ]
    ledger = DatabaseLedger(address)
    ledger.append(records)
    assert sorted(ledger.records(), key=lambda r: r.id) == sorted(records, key=lambda r: r.id)


def test_several_processes_open_an_empty_ledger_and_write_the_same_records_at_once(address: str) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=write_many, args=(address, first)) for first in (0, 10, 20)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(timeout=100)
    ledger = DatabaseLedger(address)
    written = list(ledger.records())
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    assert len(written) == len({record.id for record in written}) == 2 * 45


def test_an_older_ledger_is_migrated_with_what_it_holds(address: str) -> None:
    engine = migrated_to("0001", address)
    older = {column.name for column in sa.Table("rat_run", sa.MetaData(), autoload_with=engine).columns}
    assert not {"labelled_at", "answered"} & older
    with engine.begin() as connection:
        connection.exec_driver_sql(
            'INSERT INTO rat_run (id, version, at, run, repository, team, ticket, mode, ending, "before", "after",'
            " cited, verified, dropped, questions, blockers, warnings, notes, calls, prompt_tokens, completion_tokens,"
            " estimated, model, agents, variant, head, input_hash, rat) VALUES ('1', 1, '2026-11-01T00:00:00+00:00',"
            " 'r0', 'acme/shop', 'payments', 'PAY-9', 'offline', 'blocked', 30, 45, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0,"
            " false, '', '[]', 'built-in', '', '', '0.1.0')"
        )
    ledger = DatabaseLedger(address)
    ledger.append([run()])
    old, _ = sorted(ledger.records(), key=lambda record: record.at)
    assert isinstance(old, RunRecord)
    assert (old.ticket, old.before, old.labelled_at, old.answered) == ("PAY-9", 30, "", None)


def test_the_migrations_make_exactly_the_tables_that_the_code_uses(address: str) -> None:
    engine = migrated_to("head", address)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": "rat_version", "compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_a_ledger_of_a_newer_rat_is_left_alone(address: str) -> None:
    engine = migrated_to("head", address)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE rat_version SET version_num = '9999'")
    with pytest.raises(LedgerError, match=r"migrated by a newer RAT \(to 9999\)"):
        DatabaseLedger(address).append([run()])


def test_text_that_no_database_takes_is_kept_readable(address: str) -> None:
    ledger = DatabaseLedger(address)
    ledger.append([decision(verdict=Verdict.REJECTED, reason="a\0b\ud800c")])
    assert [record.reason for record in ledger.records() if record.kind == "decision"] == ["a?b?c"]


def test_a_wrong_password_is_reported_without_the_right_or_the_wrong_one(postgres: str) -> None:
    wrong = postgres.replace("s3cret-p%40ss", "hunter%2F2")
    with pytest.raises(LedgerError) as caught:
        DatabaseLedger(wrong).append([run()])
    text = str(caught.value)
    assert "password authentication failed" in text
    assert "rat:***@127.0.0.1" in text
    assert "hunter" not in text


def test_a_server_that_is_not_there_is_named() -> None:
    with pytest.raises(LedgerError, match=r"postgresql://rat:\*\*\*@127\.0\.0\.1:1/rat failed: .*Check the address"):
        DatabaseLedger("postgresql://rat:hunter2@127.0.0.1:1/rat").append([run()])


@pytest.mark.parametrize(
    "address",
    [
        "sqlite://",
        "mysql://u:hunter2@h/d",
        "postgresql://u:hunter2@h",
        "postgresql://u:hunter2@h:port/d",
        "x://",
        "sqlite+x://",
    ],
)
def test_an_address_of_another_kind_is_refused_and_not_repeated(address: str) -> None:
    with pytest.raises(LedgerError, match="is none that RAT knows") as caught:
        open_ledger(address)
    assert "hunter2" not in str(caught.value)
