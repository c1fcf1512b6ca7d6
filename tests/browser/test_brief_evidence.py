"""Figures open their evidence in a real browser, by pointer and by keyboard; switches; accessibility."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from standto.brief.files import write_brief
from standto.move.problem import About
from tests.brief.examples import flood_brief
from tests.browser.conftest import EXAMPLE, FEW, LARGE
from tests.browser.visit import Visit

pytestmark = pytest.mark.browser
EVIL = "</script><script>document.title='hit'</script><img src=x onerror=\"document.title='hit'\">"
SERIOUS = {"serious", "critical"}


@pytest.mark.parametrize(("number", "width"), [(EXAMPLE, 390), (EXAMPLE, 1280), (LARGE, 2560)])
def test_figures_open_their_rows(
    browser: Browser, briefs: dict[int, Path], visits: list[Visit], number: int, width: int
) -> None:
    visit = Visit(browser, briefs[number], width, 900)
    visits.append(visit)
    page, panel = visit.page, visit.page.locator("#evidence-panel")
    shown = page.locator("data[data-ref]:visible")
    for index in sorted(random.Random(7).sample(range(shown.count()), 5)):
        figure = shown.nth(index)
        figure.click()
        panel.locator("h2").wait_for()
        said = panel.locator("h2").text_content() or ""
        assert said.startswith(figure.text_content() or "-")
        assert str(figure.get_attribute("data-ref")) in (panel.locator(".id").text_content() or "")
        assert panel.locator(".rows").count() or panel.locator(".body .note").count()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.keyboard.press("Escape")
        panel.wait_for(state="hidden")
        assert figure.evaluate("node => node === document.activeElement")
    assert visit.wrong == []


def test_the_rows_of_a_sum_add_up_and_lead_on(
    browser: Browser, briefs: dict[int, Path], visits: list[Visit]
) -> None:
    visit = Visit(browser, briefs[EXAMPLE])
    visits.append(visit)
    page, panel = visit.page, visit.page.locator("#evidence-panel")
    figure = page.locator('data[data-ref="in-place.day-10.people"]').first
    figure.focus()
    page.keyboard.press("Enter")
    panel.locator(".fold").wait_for()
    assert panel.locator(".fold").get_attribute("data-fold") == figure.get_attribute("value")
    more = panel.locator(".more")
    before = panel.locator("tbody tr").count()
    more.click()
    assert panel.locator("tbody tr").count() > before
    panel.locator(".ref").first.click()
    panel.locator("[data-table='scenario.units']").wait_for()
    assert panel.locator("[data-table='problem.requirements']").count() == 1
    assert panel.locator("[data-table='scenario.units'] a[href^=http]").count() > 0
    panel.locator(".back").click()
    panel.locator(".fold").wait_for()
    page.keyboard.press("Escape")
    assert figure.evaluate("node => node === document.activeElement")
    assert visit.wrong == []


def test_times_follow_the_switch(browser: Browser, briefs: dict[int, Path], visits: list[Visit]) -> None:
    visit = Visit(browser, briefs[FEW])
    visits.append(visit)
    page = visit.page
    figure = page.locator('#gantt data[data-ref^="close."]').first
    hour = float(figure.get_attribute("value") or 0)
    written = {}
    for name in ("mark", "hours", "dtg", "zulu", "local"):
        page.select_option("#times", name)
        written[name] = (figure.text_content() or "").replace("\N{NO-BREAK SPACE}", " ")
    assert re.fullmatch(r"C\+\d+d \d\dh", written["mark"])
    assert written["hours"] == f"C+{round(hour):,} h"
    assert re.fullmatch(r"\d{6}Z[A-Z]{3}22", written["dtg"])
    assert re.fullmatch(r"\d+ [A-Z][a-z]{2} \d\d:\d\dZ", written["zulu"])
    assert re.fullmatch(r"\d+ [A-Z][a-z]{2} \d\d:\d\d", written["local"])
    assert visit.wrong == []


def test_colours_follow_the_switch_against_the_system(
    browser: Browser, briefs: dict[int, Path], visits: list[Visit]
) -> None:
    visit = Visit(browser, briefs[FEW], dark=True)
    visits.append(visit)
    ground = "getComputedStyle(document.body).backgroundColor"
    dark = visit.page.evaluate(ground)
    visit.page.select_option("#theme", "light")
    light = visit.page.evaluate(ground)
    visit.page.select_option("#theme", "dark")
    assert visit.page.evaluate(ground) == dark != light


def test_the_curve_shows_a_nation_alone_and_names_who_closes(
    browser: Browser, briefs: dict[int, Path], visits: list[Visit]
) -> None:
    visit = Visit(browser, briefs[EXAMPLE])
    visits.append(visit)
    page = visit.page
    chart = page.locator("svg[data-curve=in-place-people].wide")
    read = page.locator("[data-read=in-place-people]")
    chart.focus()
    assert "Closes then:" in (read.text_content() or "")
    first = chart.locator(".plot").inner_html()
    page.select_option("#group", label="DEU")
    assert chart.locator(".plot").inner_html() != first
    names = page.evaluate(
        "data => data.closes.filter(row => row[2] === 'DEU').map(row => row[1])", page_data(visit)
    )
    page.keyboard.press("Tab")
    chart.focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    assert any(name in (read.text_content() or "") for name in names)
    page.select_option("#group", label="everything")
    assert chart.locator(".plot").inner_html() == first
    assert visit.wrong == []


def page_data(visit: Visit) -> object:
    """What the scripts of a page read."""
    return visit.page.evaluate("JSON.parse(document.getElementById('data').textContent)")


@pytest.mark.parametrize(("number", "dark"), [(EXAMPLE, False), (EXAMPLE, True), (LARGE, False)])
def test_nothing_stands_in_the_way_of_keyboard_and_screen_reader(
    browser: Browser, briefs: dict[int, Path], visits: list[Visit], number: int, dark: bool
) -> None:
    visit = Visit(browser, briefs[number], dark=dark)
    visits.append(visit)
    page = visit.page
    page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
    for opened in (False, True):
        if opened:
            page.locator('data[data-ref="closure"]').first.click()
            page.locator("#evidence-panel .rows").first.wait_for()
        found = Axe().run(page).response["violations"]
        serious = [one for one in found if one["impact"] in SERIOUS]
        told = [f"{one['id']}: {one['nodes'][0]['html'][:200]} ({len(one['nodes'])})" for one in serious]
        assert told == []


def test_hostile_names_come_out_as_text(browser: Browser, folder: Path, visits: list[Visit]) -> None:
    given = flood_brief()
    assert given.scenario is not None
    raw = given.problem.model_dump(by_alias=True, exclude_unset=True)
    for index, one in enumerate(raw["requirements"]):
        one.update(unit=f"{EVIL}{index}", nation=f"{EVIL}{index % 2}", assumed=EVIL)
    for place in raw["places"]:
        place.update(name=EVIL, assumed=EVIL)
    problem = type(given.problem).model_validate(raw)
    problem = problem.model_copy(update={"about": About(kind="exercise", banner=EVIL, scenario=EVIL)})
    units = tuple(
        unit.model_copy(update={"name": EVIL, "source": "javascript:alert(1)"})
        for unit in given.scenario.units
    )
    scenario = given.scenario.model_copy(update={"units": units})
    hostile = replace(given, problem=problem, scenario=scenario, value=None, cures=(), audience=EVIL)
    visit = Visit(browser, write_brief(folder / "hostile", hostile))
    visits.append(visit)
    page = visit.page
    page.locator("#gantt b").first.click()
    page.locator("#evidence-panel .rows").first.wait_for()
    page.locator("#evidence-panel .ref").first.click()
    assert page.title() != "hit"
    assert page.locator("img").count() == 0
    assert page.locator("a[href^='javascript']").count() == 0
    assert EVIL in (page.locator("#evidence-panel").text_content() or "")
    assert visit.wrong == []
