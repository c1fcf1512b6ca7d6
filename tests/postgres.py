"""A real PostgreSQL server of the tests' own: in a temporary folder, reached through a socket in it."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

START_S = 60.0
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
    as_owner: list[str] = []
    if os.getuid() == 0:
        owner = pwd.getpwnam(OWNER)
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        as_owner = ["runuser", "-u", OWNER, "--"]
    data = folder / "data"
    make = [str(programs / "initdb"), "-D", str(data), "-U", OWNER, "-A", "trust", "-E", "UTF8", "-N"]
    subprocess.run([*as_owner, *make, "--locale=C"], check=True, capture_output=True, cwd=folder)
    run = [str(programs / "postgres"), "-D", str(data), "-k", str(folder), "-c", "listen_addresses="]
    log = (folder / "log").open("wb")
    process = subprocess.Popen([*as_owner, *run, *settings], stdout=log, stderr=log, cwd=folder)
    try:
        _wait_for(programs, folder, process)
        yield Server(folder)
    finally:
        stop = [str(programs / "pg_ctl"), "stop", "-D", str(data), "-m", "immediate", "-w"]
        subprocess.run([*as_owner, *stop], check=False, capture_output=True, cwd=folder)
        process.wait(timeout=START_S)
        log.close()
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(programs: Path, folder: Path, process: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + START_S
    ready = [str(programs / "pg_isready"), "-q", "-h", str(folder), "-U", OWNER]
    while subprocess.run(ready, check=False, capture_output=True).returncode:
        if process.poll() is not None or time.monotonic() > ends:
            raise RuntimeError((folder / "log").read_text(errors="replace"))
        time.sleep(0.05)
