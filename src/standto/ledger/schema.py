"""The one table of entries in a database, and what its rows are."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, MetaData, Table, Text

from standto.ledger.line import Line

TABLE = "standto_entries"
VERSION_TABLE = "standto_schema"
CURRENT = "0002"
"""The migration that this version of Standto writes with."""

metadata = MetaData()
entries = Table(
    TABLE,
    metadata,
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    *(
        Column(name, Integer if name in {"schema", "version"} else Text, nullable=name == "clock_at")
        for name in Line._fields
        if name != "position"
    ),
)
"""Instants are kept as the text that is hashed; all in UTC and of one length, they sort as instants."""
