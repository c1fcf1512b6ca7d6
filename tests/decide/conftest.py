"""A desk for every test."""

from __future__ import annotations

import pytest

from tests.decide import scene


@pytest.fixture
def desk() -> scene.Desk:
    return scene.desk()
