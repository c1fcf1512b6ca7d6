"""The brief in a real browser: no complaint, no outside request, nothing cut off, sorting and search work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from standto.brief.files import write_brief
from standto.brief.page import BriefInput
from tests.brief.sample import make_sample

pytestmark = pytest.mark.browser
NOON = datetime(2022, 2, 25, 12, tzinfo=UTC)
SIZES = ((390, 844), (1280, 900), (2560, 1440))
FEW, MANY = 25, 600


@pytest.fixture(scope="module")
def briefs(folder: Path) -> dict[int, Path]:
    written = {}
    for number in (FEW, MANY):
        problem, plan = make_sample(number)
        given = BriefInput(problem=problem, plan=plan, generated=NOON, version="0.1.0")
        written[number] = write_brief(folder / str(number), given)
    return written


class Visit:
    """One opened page, and whatever went wrong on it."""

    def __init__(self, browser: Browser, file: Path, width: int, height: int) -> None:
        self.wrong: list[str] = []
        self.page: Page = browser.new_page(viewport={"width": width, "height": height})
        self.page.on("console", lambda said: self.wrong.append(f"console: {said.text}"))
        self.page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        self.page.on("request", lambda asked: self.asked(asked.url))
        self.page.goto(file.as_uri())

    def asked(self, address: str) -> None:
        if not address.startswith("file:"):
            self.wrong.append(f"request: {address}")

    def names(self) -> list[str]:
        shown = self.page.locator("#gantt tbody tr:not(.spacer) th b")
        return [str(name) for name in shown.all_text_contents()]


@pytest.fixture
def visits(browser: Browser) -> Iterator[list[Visit]]:
    opened: list[Visit] = []
    yield opened
    for visit in opened:
        visit.page.close()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("number", [FEW, MANY])
def test_page_opens_clean_and_fits(
    browser: Browser, briefs: dict[int, Path], visits: list[Visit], size: tuple[int, int], number: int
) -> None:
    visit = Visit(browser, briefs[number], *size)
    visits.append(visit)
    assert visit.page.locator("h1").is_visible()
    assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    visit.page.mouse.wheel(0, 4000)
    assert visit.page.locator(".banner").is_visible()
    assert visit.wrong == []


@pytest.mark.parametrize("number", [FEW, MANY])
def test_rows_sort_and_search(
    browser: Browser, briefs: dict[int, Path], visits: list[Visit], number: int
) -> None:
    visit = Visit(browser, briefs[number], 1280, 900)
    visits.append(visit)
    page = visit.page
    page.select_option("#sort", "name")
    first = visit.names()[:3]
    assert [name.split(".")[0] for name in first] == ["1", "2", "3"]
    page.fill("#find", "armoured us")
    page.locator("#found", has_text=" of ").wait_for()
    assert visit.names()
    assert all("Armoured" in name for name in visit.names())
    page.fill("#find", "no such unit")
    page.locator("#found", has_text=re.compile("^0 of")).wait_for()
    assert visit.names() == []
    assert visit.wrong == []


def test_a_large_table_draws_only_the_rows_in_sight(
    browser: Browser, briefs: dict[int, Path], visits: list[Visit]
) -> None:
    visit = Visit(browser, briefs[MANY], 1280, 900)
    visits.append(visit)
    page = visit.page
    page.select_option("#sort", "name")
    assert len(visit.names()) < 100
    page.evaluate("document.getElementById('late').scrollIntoView()")
    page.locator("#gantt tbody b", has_text=re.compile(r"^600\.")).wait_for()
    assert len(visit.names()) < 100


def test_the_curve_reads_out_under_the_pointer(
    browser: Browser, briefs: dict[int, Path], visits: list[Visit]
) -> None:
    visit = Visit(browser, briefs[FEW], 1280, 900)
    visits.append(visit)
    chart = visit.page.locator("svg.chart.wide").first
    chart.hover()
    said = visit.page.locator(".read").first.text_content() or ""
    assert said.startswith("C+")
    assert "people" in said


def test_page_reads_without_scripts(browser: Browser, briefs: dict[int, Path]) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(briefs[FEW].as_uri())
    assert page.locator("#gantt tbody tr").count() == FEW
    assert page.locator("#find").is_hidden()
    assert page.locator("svg.chart.wide").first.is_visible()
    context.close()
