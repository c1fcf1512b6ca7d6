"""Bring one package of the npm registry, and only if it is the very one that was looked at before."""

from __future__ import annotations

import base64
import hashlib
import subprocess
import tarfile
import tempfile
from pathlib import Path

DATA = Path(__file__).parents[2] / "src" / "standto" / "brief" / "data"


def packed(name: str, version: str, integrity: str) -> Path:
    """Fetch a package by `npm pack` into a new folder and unpack it there.

    Parameters
    ----------
    integrity
        SHA-512 of the packed file in base64, as the registry and every lock file write it after `sha512-`.

    Raises
    ------
    SystemExit
        If what came is not what is wanted.
    """
    folder = Path(tempfile.mkdtemp())
    subprocess.run(["npm", "pack", f"{name}@{version}"], cwd=folder, check=True, capture_output=True)
    (archive,) = folder.glob("*.tgz")
    found = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if found != integrity:
        raise SystemExit(f"{name} {version} has SHA-512 {found}, not {integrity}: nothing was taken from it")
    with tarfile.open(archive) as files:
        files.extractall(folder, filter="data")
    return folder / "package"
