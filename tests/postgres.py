"""A real PostgreSQL server of the tests' own: in a temporary folder, reached through a socket in it."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

OWNER = "postgres"
FAST = ("-c", "fsync=off", "-c", "full_page_writes=off")


def server_programs() -> Path | None:
    """The folder of the newest server on this machine, Debian's or the one on the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("postgres")
    return Path(on_path).parent if on_path else None


class Server:
    """A running server; every call of `new_place` gives an empty schema to keep a record in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._numbers = itertools.count(1)

    def new_place(self) -> str:
        import psycopg

        name = f"record{next(self._numbers)}"
        with psycopg.connect(self.address(), autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {name}".encode())
        return self.address(name)

    def address(self, schema: str = "public") -> str:
        options = quote(f"-csearch_path={schema}")
        return f"postgresql://{OWNER}@/postgres?host={quote(str(self.folder), safe='')}&options={options}"


@contextmanager
def running_server(programs: Path, *settings: str) -> Iterator[Server]:
    """Start a server, refused to root by itself and so run as its own user, and stop it again."""
    folder = Path(tempfile.mkdtemp(prefix="standto-pg-", dir="/tmp"))
    if os.getuid() == 0:
        owner = pwd.getpwnam(OWNER)
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    make = [str(programs / "initdb"), "-D", str(folder / "data"), "-U", OWNER, "-A", "trust", "-E", "UTF8"]
    subprocess.run([*_as_owner(), *make, "-N", "--locale=C"], check=True, capture_output=True, cwd=folder)
    try:
        _start(programs, folder, settings)
        yield Server(folder)
    finally:
        crash(programs, folder)
        shutil.rmtree(folder, ignore_errors=True)


def crash(programs: Path, folder: Path) -> None:
    """Stop a server at once, without a word to its clients and without tidying up its files."""
    stop = [str(programs / "pg_ctl"), "stop", "-D", str(folder / "data"), "-m", "immediate", "-w"]
    subprocess.run([*_as_owner(), *stop], check=False, capture_output=True, cwd=folder)


def start_again(programs: Path, folder: Path) -> None:
    """Start a server that crashed."""
    _start(programs, folder, ())


def _as_owner() -> list[str]:
    return ["runuser", "-u", OWNER, "--"] if os.getuid() == 0 else []


def _start(programs: Path, folder: Path, settings: Sequence[str]) -> None:
    options = " ".join(["-k", str(folder), "-c", "listen_addresses=", *settings])
    run = [str(programs / "pg_ctl"), "start", "-D", str(folder / "data"), "-w", "-t", "60", "-o", options]
    log = folder / "log"
    started = subprocess.run(
        [*_as_owner(), *run, "-l", str(log)], check=False, stdout=subprocess.DEVNULL, cwd=folder
    )
    if started.returncode:
        raise RuntimeError(log.read_text(errors="replace"))
