"""A scenario in order, for tests that break one thing in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.force.folders import Folder, good_folder


@pytest.fixture
def good(tmp_path: Path) -> Folder:
    """The tables that `new_scenario` writes."""
    return good_folder(tmp_path)
