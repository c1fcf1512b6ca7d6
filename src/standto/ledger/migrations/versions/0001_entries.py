"""The table of entries, one row each, with the versions of each stream unique."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

TEXTS = (
    "body",
    "by",
    "command",
    "command_digest",
    "effective_at",
    "hash",
    "kind",
    "nature",
    "previous",
    "recorded_at",
    "releasable_to",
    "stream",
    "why",
)


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "standto_entries",
        sa.Column(
            "position",
            sa.BigInteger().with_variant(sa.Integer, "sqlite"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("schema", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("clock_at", sa.Text, nullable=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in TEXTS),
        sa.UniqueConstraint("stream", "version", name="standto_entries_stream_version"),
        sqlite_strict=True,
    )
    op.create_index("standto_entries_command", "standto_entries", ["command"])
