"""Two plans compared, in a real browser: no complaint, nothing cut off, curves, rows and figures work."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from standto.brief.compared.page import CompareInput, OnePlan
from standto.brief.files import write_comparison
from tests.brief.sample import make_other, make_sample
from tests.brief.test_compared import grown, hostile
from tests.browser.conftest import NOON
from tests.browser.test_brief_evidence import SERIOUS
from tests.browser.test_brief_in_browser import SIZES
from tests.browser.visit import Visit

pytestmark = pytest.mark.browser
LONG = 480
"""Requirements of a problem of which more move than stand on the page at once."""


@pytest.fixture(scope="module")
def compared(folder: Path) -> Path:
    return write_comparison(folder / "compared", grown()).html


@pytest.mark.parametrize("size", SIZES)
def test_page_opens_clean_and_fits(
    browser: Browser, compared: Path, visits: list[Visit], size: tuple[int, int]
) -> None:
    visit = Visit(browser, compared, *size)
    visits.append(visit)
    page = visit.page
    assert page.locator("h1").is_visible()
    page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.mouse.wheel(0, 4000)
    assert page.locator(".banner").is_visible()
    assert visit.wrong == []


def test_curves_rows_and_figures_answer(browser: Browser, compared: Path, visits: list[Visit]) -> None:
    visit = Visit(browser, compared)
    visits.append(visit)
    page, panel = visit.page, visit.page.locator("#evidence-panel")
    page.locator("svg[data-curve=in-place-people].wide").focus()
    read = page.locator("[data-read=in-place-people]").text_content() or ""
    assert "first plan" in read
    assert re.search(r"Closes then: .*\((first|second)\)", read)
    rows = page.locator("#gains-rows tbody tr")
    before = rows.first.get_attribute("data-id")
    page.select_option("#sort", "loss")
    assert rows.last.get_attribute("data-id") == before
    page.fill("#find", "no such unit")
    page.locator("#found", has_text=re.compile("^0 of")).wait_for()
    page.fill("#find", "")
    page.locator("#found", has_text=re.compile(r"^\d+ rows")).wait_for()
    for ref in ("gains.people", "a.closure", "b.lateness"):
        figure = page.locator(f'data[data-ref="{ref}"]').first
        figure.click()
        panel.locator(".fold").first.wait_for()
        assert float(panel.locator(".fold").first.get_attribute("data-fold") or "nan") == pytest.approx(
            float(figure.get_attribute("value") or "nan"), abs=0.02
        )
        assert f"In compare.json: {ref}" in (panel.locator(".id").text_content() or "")
        page.keyboard.press("Escape")
    rows.first.locator("b").click()
    panel.locator(".rows").first.wait_for()
    named = panel.locator("[data-table]").evaluate_all("nodes => nodes.map(node => node.dataset.table)")
    assert {"b.problem.requirements", "b.plan.requirements", "changes"} <= set(named)
    assert visit.wrong == []


@pytest.mark.parametrize("dark", [False, True])
def test_nothing_stands_in_the_way_of_keyboard_and_screen_reader(
    browser: Browser, compared: Path, visits: list[Visit], dark: bool
) -> None:
    visit = Visit(browser, compared, dark=dark)
    visits.append(visit)
    visit.page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
    found = Axe().run(visit.page).response["violations"]
    told = [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found if one["impact"] in SERIOUS]
    assert told == []


def test_a_long_list_is_drawn_a_part_at_a_time(browser: Browser, folder: Path, visits: list[Visit]) -> None:
    problem, plan = make_sample(LONG)
    first = OnePlan(problem=problem, plan=plan, file="a.json")
    second = OnePlan(problem=problem, plan=make_other(problem), file="b.json")
    given = CompareInput(first=first, second=second, generated=NOON, version="0.1.0")
    visit = Visit(browser, write_comparison(folder / "long", given).html)
    visits.append(visit)
    page, rows = visit.page, visit.page.locator("#gains-rows tbody tr")
    assert rows.count() == 300
    all_rows = int((page.locator("#found").text_content() or "0").split()[0].replace(",", ""))
    assert all_rows > 300
    page.click("#gains-more")
    assert rows.count() == all_rows
    rows.last.locator("data").first.click()
    page.locator("#evidence-panel .rows").first.wait_for()
    assert visit.wrong == []


def test_hostile_names_come_out_as_text(browser: Browser, folder: Path, visits: list[Visit]) -> None:
    visit = Visit(browser, write_comparison(folder / "hostile-pair", hostile(grown())).html)
    visits.append(visit)
    visit.page.locator("#gains-rows b").first.click()
    visit.page.locator("#evidence-panel .rows").first.wait_for()
    assert visit.page.locator("img").count() == 0
    assert visit.wrong == []
