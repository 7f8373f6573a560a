"""The tables of a ledger in a database, as the newest migration leaves them: a column for each key of a record."""

from sqlalchemy import JSON, Boolean, Column, Float, Index, Integer, MetaData, String, Table, Text

from rat.model.ledger import DecisionRecord, LedgerRecord, OfferRecord, RunRecord

METADATA = MetaData()


def _about() -> tuple[Column[str] | Column[int], ...]:
    """What every record has: who, where and when."""
    return (
        Column("id", String(32), primary_key=True),
        Column("version", Integer, nullable=False),
        Column("at", String(32), nullable=False),
        Column("run", Text, nullable=False),
        Column("repository", Text, nullable=False),
        Column("team", Text, nullable=False),
        Column("ticket", Text, nullable=False),
    )


RUNS = Table(
    "rat_run",
    METADATA,
    *_about(),
    Column("type", String(16)),
    Column("mode", String(16), nullable=False),
    Column("ending", String(16), nullable=False),
    Column("before", Integer),
    Column("after", Integer),
    *(
        Column(name, Integer, nullable=False)
        for name in ("cited", "verified", "dropped", "questions", "blockers", "warnings", "notes", "calls")
    ),
    Column("answered", Integer),
    Column("prompt_tokens", Integer, nullable=False),
    Column("completion_tokens", Integer, nullable=False),
    Column("cost_usd", Float),
    Column("estimated", Boolean, nullable=False),
    Column("model", Text, nullable=False),
    Column("agents", JSON, nullable=False),
    Column("variant", Text, nullable=False),
    Column("seconds", Float),
    Column("labelled_at", String(32), nullable=False, server_default=""),
    Column("head", String(64), nullable=False),
    Column("input_hash", String(64), nullable=False),
    Column("rat", String(32), nullable=False),
    Index("rat_run_ticket", "repository", "ticket", "at"),
)

OFFERS = Table(
    "rat_offer",
    METADATA,
    *_about(),
    Column("purpose", String(32), nullable=False),
    Column("action", String(32), nullable=False),
    Column("login", Text, nullable=False),
)

DECISIONS = Table(
    "rat_decision",
    METADATA,
    *_about(),
    Column("verdict", String(16), nullable=False),
    Column("login", Text, nullable=False),
    Column("sections", JSON, nullable=False),
    Column("reason", Text, nullable=False),
    Column("changed", Float),
    Column("input_hash", String(64), nullable=False),
    Index("rat_decision_ticket", "repository", "ticket", "at"),
)

TABLES: dict[type[LedgerRecord], Table] = {RunRecord: RUNS, OfferRecord: OFFERS, DecisionRecord: DECISIONS}
"""Where the records of each kind are kept."""
