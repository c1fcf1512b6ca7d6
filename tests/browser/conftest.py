"""A real browser to open the brief in; a machine without one says so."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from standto.brief.files import write_brief
from standto.brief.page import BriefInput
from standto.move.why import Reason
from tests.brief.examples import flank_brief
from tests.brief.sample import make_sample
from tests.browser.visit import Visit

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("no Chromium on this machine")
    return found


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium_path, args=list(QUIET))
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("briefs")


NOON = datetime(2022, 2, 25, 12, tzinfo=UTC)
FEW, MANY, LARGE = 25, 1001, 10_000
EXAMPLE = 30
"""The shipped example has so many rows; the others are invented forces of as many."""


@cache
def large_brief() -> BriefInput:
    """A force of the largest size with a whole plan; reasons are made up, so that words of them are known."""
    problem, plan = make_sample(LARGE)
    reasons = {
        one.id: Reason("slots", f"It waited for slots at {one.destination}.", place=one.destination)
        for one in problem.requirements
    }
    return BriefInput(problem=problem, plan=plan, generated=NOON, version="0.1.0", reasons=reasons)


class Briefs(dict[int, Path]):
    """Pages by the number of their rows, each written when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder

    def __missing__(self, number: int) -> Path:
        if number == EXAMPLE:
            given = flank_brief()
        elif number == LARGE:
            given = large_brief()
        else:
            problem, plan = make_sample(number)
            given = BriefInput(problem=problem, plan=plan, generated=NOON, version="0.1.0")
        self[number] = write_brief(self.folder / str(number), given)
        return self[number]


@pytest.fixture(scope="session")
def briefs(folder: Path) -> dict[int, Path]:
    return Briefs(folder)


@pytest.fixture
def visits() -> Iterator[list[Visit]]:
    opened: list[Visit] = []
    yield opened
    for visit in opened:
        visit.page.close()
