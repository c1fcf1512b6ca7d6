"""How the table of entries came to be: alembic revisions, run when a record is begun or opened."""
