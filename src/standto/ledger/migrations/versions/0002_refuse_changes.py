"""The database itself refuses to change, delete or squeeze in an entry."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"

REFUSAL = "entries of a record are never changed or deleted"
GAP = "an entry must take the next place"
SQLITE = (
    f"CREATE TRIGGER standto_entries_no_update BEFORE UPDATE ON standto_entries "
    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    f"CREATE TRIGGER standto_entries_no_delete BEFORE DELETE ON standto_entries "
    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    f"CREATE TRIGGER standto_entries_next BEFORE INSERT ON standto_entries "
    f"WHEN NEW.position <> (SELECT coalesce(max(position), 0) + 1 FROM standto_entries) "
    f"OR EXISTS (SELECT 1 FROM standto_entries WHERE stream = NEW.stream AND version = NEW.version) "
    f"BEGIN SELECT RAISE(ABORT, '{GAP}'); END",
)
"""The third keeps out INSERT OR REPLACE too, which deletes without asking the second."""
POSTGRES = (
    f"CREATE FUNCTION standto_entries_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$",
    f"CREATE FUNCTION standto_entries_next() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN IF NEW.position <> (SELECT coalesce(max(position), 0) + 1 FROM standto_entries) THEN "
    f"RAISE EXCEPTION '{GAP}' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER standto_entries_no_change BEFORE UPDATE OR DELETE ON standto_entries "
    "FOR EACH ROW EXECUTE FUNCTION standto_entries_refuse()",
    "CREATE TRIGGER standto_entries_no_truncate BEFORE TRUNCATE ON standto_entries "
    "FOR EACH STATEMENT EXECUTE FUNCTION standto_entries_refuse()",
    "CREATE TRIGGER standto_entries_next BEFORE INSERT ON standto_entries "
    "FOR EACH ROW EXECUTE FUNCTION standto_entries_next()",
    "ALTER TABLE standto_entries ENABLE ALWAYS TRIGGER standto_entries_no_change, "
    "ENABLE ALWAYS TRIGGER standto_entries_no_truncate, ENABLE ALWAYS TRIGGER standto_entries_next",
)


def upgrade() -> None:
    """Add the triggers."""
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRES:
        op.execute(statement)
