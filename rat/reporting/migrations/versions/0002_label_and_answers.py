"""Runs get the time of the label that asked for them, and the number of questions that were answered."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the columns; of older runs neither is known."""
    op.add_column("rat_run", sa.Column("labelled_at", sa.String(32), nullable=False, server_default=""))
    op.add_column("rat_run", sa.Column("answered", sa.Integer))
