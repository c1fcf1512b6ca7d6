"""What happened: an append-only record of entries, each holding the hash of the one before it.

In come drafts: what a command led to, who gave it, why, and when it takes effect. Out come entries, numbered
through the whole record and within their stream, that can be read back to any instant and verified by a
stranger. The stores are in memory, SQLite and PostgreSQL. The room knows no word of any other room.
"""
