"""Runs the migrations on the connection that `rat.reporting.database` hands over (Alembic's cookbook, "Sharing a
Connection": https://alembic.sqlalchemy.org/en/latest/cookbook.html).
"""

from alembic import context

from rat.reporting.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    version_table="rat_version",
    render_as_batch=True,
)
context.run_migrations()
