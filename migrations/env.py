"""Runs the steps on the connection that `nexus_hub.platform.migration` hands over."""

from alembic import context

from nexus_hub.platform.migration import VERSION_SCHEMA

connection = context.config.attributes["connection"]
connection.exec_driver_sql("SET lock_timeout = '4s'")
connection.commit()
context.configure(
    connection=connection,
    version_table_schema=VERSION_SCHEMA,
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
