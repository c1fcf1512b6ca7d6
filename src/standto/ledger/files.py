"""Records and history as JSON Lines, signed heads and keys in files."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from standto.errors import FileError, RecordError
from standto.ledger.line import Line, line_of, line_text

MOST_LINE = 16 * 2**20
"""Bytes of one line that are read; more is no entry of ours."""


def write_lines(file: Path, lines: Iterable[Line]) -> int:
    """Write entries, one a line in canonical form, and say how many; the file appears whole or not at all.

    Raises
    ------
    FileError
        If it cannot be written.
    """
    count = 0
    try:
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=file.parent, delete=False) as part:
            made = Path(part.name)
            try:
                for line in lines:
                    part.write(line_text(line) + "\n")
                    count += 1
                part.flush()
                os.fsync(part.fileno())
                made.chmod(0o644)
                made.replace(file)
            except BaseException:
                made.unlink()
                raise
    except OSError as error:
        raise FileError(f"cannot be written: {error.strerror}", file=str(file)) from None
    return count


def read_rows(file: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Every line's number and JSON object; blank lines are passed over.

    Raises
    ------
    FileError
        If the file cannot be read, or a line is no JSON object.
    """
    try:
        with file.open("rb") as handle:
            number = 0
            while raw := handle.readline(MOST_LINE + 1):
                number += 1
                if len(raw) > MOST_LINE:
                    raise FileError(f"line {number} is longer than {MOST_LINE:,} bytes", file=str(file))
                if raw.strip():
                    yield number, _row(raw, number, file)
    except OSError as error:
        raise FileError(f"cannot be read: {error.strerror}", file=str(file)) from None


def _row(raw: bytes, number: int, file: Path) -> dict[str, Any]:
    try:
        row = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError):
        row = None
    if not isinstance(row, dict):
        raise FileError(f"line {number} is no JSON object", fix="one object a line, in UTF-8", file=str(file))
    return row


def read_lines(file: Path) -> Iterator[Line]:
    """The entries of an exported record.

    Raises
    ------
    FileError
        If the file cannot be read.
    RecordError
        If a line is no entry.
    """
    for number, row in read_rows(file):
        try:
            yield line_of(row)
        except ValueError as error:
            raise RecordError(f"line {number} is no entry: it {error}", file=str(file)) from None


def read_json(file: Path) -> dict[str, Any]:
    """A small file of one JSON object.

    Raises
    ------
    FileError
        If it cannot be read, or is none.
    """
    raw = read_small(file)
    try:
        row = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError):
        row = None
    if not isinstance(row, dict):
        raise FileError("is no JSON object", file=str(file))
    return row


def read_small(file: Path) -> bytes:
    """The bytes of a small file, such as a key.

    Raises
    ------
    FileError
        If it cannot be read, or is too large.
    """
    try:
        with file.open("rb") as handle:
            raw = handle.read(2**20 + 1)
    except OSError as error:
        raise FileError(f"cannot be read: {error.strerror}", file=str(file)) from None
    if len(raw) > 2**20:
        raise FileError("is larger than 1 MiB", file=str(file))
    return raw


def write_new(file: Path, content: bytes, *, mode: int = 0o644) -> None:
    """Write a file that is not there yet.

    Raises
    ------
    FileError
        If it is, or cannot be written.
    """
    try:
        with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode), "wb") as handle:
            handle.write(content)
    except FileExistsError:
        raise FileError("is there already", fix="name another file", file=str(file)) from None
    except OSError as error:
        raise FileError(f"cannot be written: {error.strerror}", file=str(file)) from None
