"""The map in a real browser: the clock moves units, ways and slots; keys, playing and less motion work."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from standto.brief.files import write_brief
from standto.brief.flow import flow_of
from standto.brief.page import BriefInput
from standto.brief.states import STATES, Journey, counts, journeys
from tests.brief.sample import make_sample
from tests.brief.sample_value import NOON

pytestmark = pytest.mark.browser
SIZES = ((390, 844), (1280, 900), (2560, 1440))
WIDE = "#map svg.chart.map.wide"


@pytest.fixture(scope="module")
def written(folder: Path) -> tuple[Path, tuple[Journey, ...]]:
    problem, plan = make_sample(24)
    given = BriefInput(problem=problem, plan=plan, generated=NOON, version="0.1.0")
    outcomes = {one.id: one for one in plan.requirements}
    found = journeys(problem.requirements, outcomes, flow_of(problem, plan).rides)
    return write_brief(folder / "map", given), found


@pytest.fixture
def page(browser: Browser, written: tuple[Path, tuple[Journey, ...]]) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    wrong: list[str] = []
    opened.on("console", lambda said: wrong.append(said.text))
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.goto(written[0].as_uri())
    yield opened
    opened.close()
    assert wrong == []


def states(page: Page) -> tuple[int, ...]:
    return tuple(int(words) for words in page.locator(".states b").all_text_contents())


def said(page: Page) -> str:
    return page.locator("#time").get_attribute("aria-valuetext") or ""


def wait_for_time(page: Page, past: int) -> None:
    """Wait until the slider is past a point; the page's own policy forbids the usual way to wait."""
    page.evaluate(
        """past => new Promise(done => {
          const time = document.getElementById('time');
          const look = () => (time.value > past ? done() : requestAnimationFrame(look));
          look();
        })""",
        past,
    )


def test_the_page_opens_with_the_whole_move(page: Page) -> None:
    assert page.locator("#clock").is_visible()
    assert said(page) == "The whole move"
    assert page.locator(f"{WIDE}.timed").count() == 0
    assert page.locator(f"{WIDE} .unit.goal .plan:visible").count() > 0


def test_keys_move_by_hours_and_days_and_the_states_are_those_of_the_plan(
    page: Page, written: tuple[Path, tuple[Journey, ...]]
) -> None:
    time = page.locator("#time")
    time.focus()
    page.keyboard.press("End")
    assert states(page) == (0, 0, 0, 0, 0, 24)
    page.keyboard.press("Home")
    first = min(one.enters[0] for one in written[1])
    assert states(page) == counts(written[1], first)
    for _ in range(34):
        page.keyboard.press("PageUp")
    for hours in (6.0, 12.0):
        page.keyboard.press("ArrowRight")
        hour = first + 34 * 24.0 + hours
        assert states(page) == counts(written[1], hour)
        words = ", ".join(
            f"{number} {state}" for state, number in zip(STATES, states(page), strict=True) if number
        )
        assert said(page).endswith(words)
    assert said(page).startswith("C+2d")
    page.locator("#said", has_text=" under way").wait_for(state="attached")


def test_at_an_hour_vehicles_are_on_their_ways_and_slots_are_full(page: Page) -> None:
    page.locator("#time").focus()
    page.keyboard.press("Home")
    for _ in range(34):
        page.keyboard.press("PageUp")
    moving = 0
    for _ in range(12):
        page.keyboard.press("ArrowRight")
        moving = page.locator(f"{WIDE} .live").count()
        if moving:
            break
    assert moving > 0
    dots = page.locator(f"{WIDE} .moving.air, {WIDE} .moving.rail, {WIDE} .moving.road").evaluate_all(
        "paths => paths.map(path => path.getAttribute('d')).join('')"
    )
    assert dots.count("h.01") >= moving
    full = page.locator(f"{WIDE} [data-place]").evaluate_all(
        "nodes => nodes.filter(node => !node.classList.contains('q0')).length"
    )
    assert full > 0
    page.locator("#whole").click()
    assert page.locator(f"{WIDE}.timed").count() == 0
    assert said(page) == "The whole move"


def test_playing_goes_on_until_it_is_stopped(page: Page) -> None:
    play = page.locator("#play")
    play.click()
    assert play.get_attribute("aria-pressed") == "true"
    wait_for_time(page, 15)
    play.click()
    assert play.get_attribute("aria-pressed") == "false"
    held = said(page)
    assert held.startswith("C")
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert said(page) == held


def test_who_asks_for_less_motion_gets_still_pictures(
    browser: Browser, written: tuple[Path, tuple[Journey, ...]]
) -> None:
    opened = browser.new_page(reduced_motion="reduce")
    opened.goto(written[0].as_uri())
    opened.locator("#play").click()
    wait_for_time(opened, 0)
    assert int(opened.locator("#time").input_value()) == pytest.approx(1000 / 24, abs=1)
    opened.close()


@pytest.mark.parametrize("size", SIZES)
def test_no_name_is_drawn_over_another(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    overlaps = page.evaluate(
        """() => [...document.querySelectorAll('#map svg.chart.map')].flatMap(svg => {
          const names = [...svg.querySelectorAll('text.place')];
          const boxes = names.map(text => [text.textContent, text.getBoundingClientRect()]);
          return boxes.flatMap(([name, a], index) => boxes.slice(index + 1)
            .filter(([, b]) => a.left < b.right && b.left < a.right)
            .filter(([, b]) => a.top + 2 < b.bottom && b.top + 2 < a.bottom)
            .map(([other]) => `${name} / ${other}`));
        })"""
    )
    assert overlaps == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_print_has_four_small_maps_and_no_clock(page: Page) -> None:
    page.emulate_media(media="print")
    assert page.locator("#map svg.small").count() == 4
    assert page.locator("#clock").is_hidden()


def test_axe_finds_no_serious_fault_in_the_map(page: Page) -> None:
    page.locator("#time").focus()
    page.keyboard.press("End")
    found = Axe().run(page, context="#map")
    serious = [
        f"{one['id']}: {one['nodes'][0]['html']}"
        for one in found.response["violations"]
        if one["impact"] in {"serious", "critical"}
    ]
    assert serious == []
