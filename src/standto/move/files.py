"""Problems and plans on disk: `.json` and `.json.gz`, size-guarded, written beside and renamed."""

from __future__ import annotations

import gzip
import os
import tempfile
import zlib
from pathlib import Path

from standto.errors import FileError
from standto.move.plan import Plan, parse_plan
from standto.move.problem import Problem, parse_problem

MOST_BYTES = 512 * 1024 * 1024
"""Larger files, or files that unpack to more, are refused: a plan of 10,000 requirements has about 30 MB."""


def read_bytes(path: Path) -> bytes:
    """The (unpacked) bytes of a `.json` or `.json.gz` file.

    Raises
    ------
    FileError
        If it is missing, is no file, is too large, or is not valid gzip.
    """
    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == b"\x1f\x8b"
            raw.seek(0)
            if packed:
                with gzip.open(raw) as unpacked:
                    data = unpacked.read(MOST_BYTES + 1)
            else:
                data = raw.read(MOST_BYTES + 1)
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise FileError("is not a whole gzip file", fix="pack it again", file=str(path)) from None
    except FileNotFoundError:
        raise FileError("no such file", fix="check the path", file=str(path)) from None
    except OSError as error:
        raise FileError(f"cannot be read: {error.strerror}", fix="check the path", file=str(path)) from None
    if len(data) > MOST_BYTES:
        fix = "split the problem"
        raise FileError(f"holds more than {MOST_BYTES // 1024**2} MB", fix=fix, file=str(path))
    return data


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file whole or not at all: beside it first, then renamed; `.gz` is packed reproducibly.

    Raises
    ------
    FileError
        If the folder is missing or cannot be written.
    """
    if path.suffix == ".gz":
        data = gzip.compress(data, mtime=0)
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
        beside = Path(name)
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(data)
            umask = os.umask(0)
            os.umask(umask)
            beside.chmod(0o666 & ~umask)
            beside.replace(path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise FileError(
            f"cannot be written: {error.strerror}", fix="check the folder", file=str(path)
        ) from None


def read_problem(path: Path) -> Problem:
    """A lift problem from a file; raises `FileError` or `ProblemError`."""
    return parse_problem(read_bytes(path), file=str(path))


def read_plan(path: Path) -> Plan:
    """A movement plan from a file; raises `FileError` or `PlanError`."""
    return parse_plan(read_bytes(path), file=str(path))


def write_problem(path: Path, problem: Problem) -> None:
    """Write a problem; the hash that plans refer to is that of these bytes."""
    write_bytes(path, problem.to_bytes())


def write_plan(path: Path, plan: Plan) -> None:
    """Write a plan."""
    write_bytes(path, plan.to_bytes())
