"""The brief in a real browser: no complaint, no outside request, nothing cut off, sorting and search work."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import EXAMPLE, FEW, LARGE, MANY, large_brief
from tests.browser.visit import Visit

pytestmark = pytest.mark.browser
SIZES = ((390, 844), (1280, 900), (2560, 1440))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("number", [FEW, EXAMPLE, LARGE])
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


def test_a_thousand_rows_scroll_and_are_drawn_as_they_come_into_sight(
    browser: Browser, briefs: dict[int, Path], visits: list[Visit]
) -> None:
    visit = Visit(browser, briefs[MANY], 1280, 900)
    visits.append(visit)
    page = visit.page
    page.select_option("#sort", "name")
    assert page.locator("#found").text_content() == "1,001 rows, 1 to 1,000 shown"
    assert len(visit.names()) < 1000
    shown = page.evaluate(LONGEST_FRAME)
    assert shown["rows"] == 1000
    assert shown["longest_ms"] < 1000, "a frame takes some 20 ms on an idle machine"
    assert visit.wrong == []


LONGEST_FRAME = """() => new Promise(done => {
  const gantt = document.getElementById('gantt');
  const from = document.getElementById('units').offsetTop;
  let before = performance.now(), longest = 0, at = from;
  const step = (now) => {
    longest = Math.max(longest, now - before);
    before = now;
    at += 600;
    scrollTo(0, at);
    if (gantt.getBoundingClientRect().bottom > 0) return requestAnimationFrame(step);
    done({ longest_ms: longest, rows: document.querySelectorAll('#gantt tbody tr:not(.spacer)').length });
  };
  requestAnimationFrame(step);
})"""
"""Scrolls through the list by 600 px a frame: the longest frame, and the rows that have been drawn."""


def test_the_list_of_ten_thousand_is_whole(
    browser: Browser, briefs: dict[int, Path], visits: list[Visit]
) -> None:
    given = large_brief()
    wanted = given.problem.requirements[4321]
    visit = Visit(browser, briefs[LARGE], 1280, 900)
    visits.append(visit)
    page = visit.page
    assert (page.locator("#found").text_content() or "").startswith("10,000 rows")
    assert page.locator(".pager .pages").first.text_content() == "10"
    page.select_option("#sort", "name")
    first = visit.names()[0]
    page.locator("#sort").focus()
    for _ in range(4):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.to") == "next"
    assert page.locator("#span").text_content() == "rows 1,001 to 2,000 of 10,000"
    assert visit.names()[0] != first
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert page.locator("#span").text_content() == "rows 9,001 to 10,000 of 10,000"
    page.locator(".pager .page").first.fill("1")
    page.keyboard.press("Enter")
    assert visit.names()[0] == first
    due_there = page.locator("#destinations tbody td:nth-child(2)").all_text_contents()
    assert sum(int(number.replace(",", "")) for number in due_there) == len(given.problem.requirements)
    page.locator("#find").focus()
    page.keyboard.type(wanted.id)
    page.locator("#found", has_text=re.compile("^1 of 10,000 rows")).wait_for()
    assert visit.names() == [wanted.unit]
    page.fill("#find", f"slots at {wanted.destination}.")
    late = sum(
        one.destination == wanted.destination and outcome.late_h > 0
        for one, outcome in zip(given.problem.requirements, given.plan.requirements, strict=True)
    )
    page.locator("#found", has_text=re.compile(f"^{late:,} of 10,000 rows")).wait_for()
    assert visit.wrong == []


def test_a_large_list_prints_as_the_page_that_is_shown(
    browser: Browser, briefs: dict[int, Path], visits: list[Visit]
) -> None:
    visit = Visit(browser, briefs[MANY], 1280, 900)
    visits.append(visit)
    visit.page.emulate_media(media="print")
    assert visit.page.locator("#find").is_hidden()
    assert visit.page.locator(".pager").first.is_hidden()
    assert "the first 100 in print" in (visit.page.locator("#gantt caption").text_content() or "")
    assert visit.page.locator("#gantt tbody:visible").count() <= 4
    assert visit.page.evaluate("document.documentElement.scrollHeight") < 100_000


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
