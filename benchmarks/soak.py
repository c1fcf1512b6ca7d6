"""Kill writers of a record for as long as you like: `python -m benchmarks.soak --kills 500`.

The test suite kills a SQLite writer 50 times during 1,000 appends and a PostgreSQL writer 10 times. Here the
numbers are yours, the PostgreSQL server itself crashes too (with its files synced, as it comes), and a disk
of one megabyte is filled where this machine lets it be mounted.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import tempfile
import time
from contextlib import closing, suppress
from pathlib import Path

from standto.errors import RecordError
from standto.ledger.places import create_store, open_store
from standto.ledger.proof import verify
from tests.ledger.drafts import NOON, draft
from tests.ledger.writers import context, kill_after, write_until_killed
from tests.postgres import crash, running_server, server_programs, start_again


def main() -> None:
    """Run all of it and print what was found."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    parser.add_argument("--kills", type=int, default=50, help="how often each kind of writer is killed")
    parser.add_argument("--servers", type=int, default=5, help="how often the PostgreSQL server crashes")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = str(Path(folder) / "record.sqlite")
        create_store(place).close()
        _kill_writers("SQLite", place, options.kills, options.seed)
    programs = server_programs()
    if programs is None:
        print("PostgreSQL: left out, no server on this machine")
    else:
        with running_server(programs) as server:
            place = server.new_place()
            create_store(place).close()
            _kill_writers("PostgreSQL", place, options.kills, options.seed)
            _kill_server(server.folder, programs, place, options.servers)
    _fill_disk()


def _kill_writers(name: str, place: str, kills: int, seed: int) -> None:
    chance, acknowledged = random.Random(seed), dict[int, str]()
    began = time.perf_counter()
    for _ in range(kills):
        acknowledged |= kill_after(place, chance.randint(1, 39), chance.uniform(0.0, 0.004))
    _judge(f"{name}: {kills} writers killed in {time.perf_counter() - began:.0f} s", place, acknowledged)


def _kill_server(folder: Path, programs: Path, place: str, times: int) -> None:
    """Let the server crash under a writer, start it again, and look for what the writer had acknowledged."""
    acknowledged: dict[int, str] = {}
    for _ in range(times):
        ours, theirs = context().Pipe(duplex=False)
        writer = context().Process(target=write_until_killed, args=(place, theirs))
        writer.start()
        theirs.close()
        acknowledged |= dict(ours.recv() for _ in range(20))
        crash(programs, folder)
        with suppress(EOFError, OSError):
            while True:
                acknowledged.update([ours.recv()])
        writer.join()
        start_again(programs, folder)
    _judge(f"PostgreSQL: the server crashed {times} times", place, acknowledged)


def _fill_disk() -> None:
    with tempfile.TemporaryDirectory() as folder:
        mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder]
        if subprocess.run(mount, check=False, capture_output=True).returncode:
            print("full disk: left out, this machine does not let a small disk be mounted")
            return
        try:
            place, acknowledged = str(Path(folder) / "record.sqlite"), dict[int, str]()
            create_store(place).close()
            ballast = Path(folder) / "ballast"
            ballast.write_bytes(bytes(200_000))
            message = ""
            with closing(open_store(place)) as store:
                while not message:
                    try:
                        last = store.append([draft(name="x" * 1000)], recorded_at=NOON)[-1]
                        acknowledged[last.position] = last.hash
                    except RecordError as error:
                        message = str(error)
                ballast.unlink()
                last = store.append([draft()], recorded_at=NOON)[-1]
                acknowledged[last.position] = last.hash
            _judge(f"full disk: {message!r}; written again when there was room", place, acknowledged)
        finally:
            subprocess.run(["umount", folder], check=False)


def _judge(what: str, place: str, acknowledged: dict[int, str]) -> None:
    with closing(open_store(place)) as store:
        hashes = {line.position: line.hash for line in store.lines()}
        lost = sum(hashes.get(position) != known for position, known in acknowledged.items())
        sound = verify(store.lines).ok
    chain = "chain sound" if sound else "chain BROKEN"
    print(f"{what}: {len(acknowledged):,} acknowledged appends, {lost} lost, {chain}")
    if lost or not sound:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
