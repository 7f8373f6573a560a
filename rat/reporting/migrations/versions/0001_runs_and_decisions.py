"""The first tables: runs, offers and decisions."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table("rat_run", *_about(), *_of_a_run())
    op.create_index("rat_run_ticket", "rat_run", ["repository", "ticket", "at"])
    op.create_table("rat_offer", *_about(), _text("purpose", 32), _text("action", 32), _text("login"))
    op.create_table(
        "rat_decision",
        *_about(),
        _text("verdict", 16),
        _text("login"),
        sa.Column("sections", sa.JSON, nullable=False),
        _text("reason"),
        sa.Column("changed", sa.Float),
        _text("input_hash", 64),
    )
    op.create_index("rat_decision_ticket", "rat_decision", ["repository", "ticket", "at"])


def _about() -> list[sa.Column[Any]]:
    return [
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        _text("at", 32),
        *(_text(name) for name in ("run", "repository", "team", "ticket")),
    ]


def _of_a_run() -> list[sa.Column[Any]]:
    counts = ("cited", "verified", "dropped", "questions", "blockers", "warnings", "notes", "calls")
    return [
        sa.Column("type", sa.String(16)),
        _text("mode", 16),
        _text("ending", 16),
        sa.Column("before", sa.Integer),
        sa.Column("after", sa.Integer),
        *(sa.Column(name, sa.Integer, nullable=False) for name in (*counts, "prompt_tokens", "completion_tokens")),
        sa.Column("cost_usd", sa.Float),
        sa.Column("estimated", sa.Boolean, nullable=False),
        _text("model"),
        sa.Column("agents", sa.JSON, nullable=False),
        _text("variant"),
        sa.Column("seconds", sa.Float),
        _text("head", 64),
        _text("input_hash", 64),
        _text("rat", 32),
    ]


def _text(name: str, length: int | None = None) -> sa.Column[Any]:
    return sa.Column(name, sa.String(length) if length else sa.Text, nullable=False)
