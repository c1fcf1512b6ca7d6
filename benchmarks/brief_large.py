"""How soon can one read the brief of a large plan in a real browser, and what does it take to make it?"""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.registry import Figures, Subject, peak_mb

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from standto.brief.page import BriefInput

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
OPENINGS = 5
IDLE = """() => new Promise(done => requestIdleCallback(() => setTimeout(() => done({
  load: performance.getEntriesByType('navigation')[0].loadEventEnd,
  paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN,
  idle: performance.now(),
  next: (() => {
    const began = performance.now();
    document.querySelector('[data-to=next]').click();
    document.body.getBoundingClientRect();
    return performance.now() - began;
  })(),
}), 0)))"""
"""Milliseconds since the navigation began: load event, first paint, idle; and of turning one page over."""


@dataclass(slots=True)
class Case:
    """A generated problem with its first plan and bound, and a folder that is gone when the case is."""

    brief: BriefInput
    folder: TemporaryDirectory[str]


def build(size: str, seed: int) -> Case:
    """The first plan of a generated problem, and what is proven in a second."""
    from benchmarks.generate import generate
    from standto.brief.page import BriefInput
    from standto.move.bound import prove_bound
    from standto.move.solve import Rounds, solve

    problem = generate(size, seed)
    bound = prove_bound(problem, seconds=1.0)
    plan = solve(problem, Rounds(0), seed=seed, bound=bound)
    now = datetime(2026, 1, 1, tzinfo=UTC)
    brief = BriefInput(problem=problem, plan=plan, generated=now, version="-", bound=bound)
    return Case(brief, TemporaryDirectory())


def make(case: Case, full: bool) -> Figures:
    """Processor seconds to make the brief, its size, and the memory that took."""
    from standto.brief.files import write_brief

    began = time.process_time()
    file = write_brief(Path(case.folder.name), case.brief)
    took_s = time.process_time() - began
    return {"make_cpu_s": took_s, "file_mb": file.stat().st_size / 1e6, "make_peak_mb": peak_mb()}


def open_often(case: Case, full: bool) -> Figures:
    """The median of five openings in a browser, in seconds of the wall."""
    from statistics import median

    from playwright.sync_api import sync_playwright

    (file,) = Path(case.folder.name).glob("*.html")
    with sync_playwright() as playwright:
        found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
        browser = playwright.chromium.launch(executable_path=found, args=list(QUIET))
        opened = [open_once(browser, file) for _ in range(OPENINGS)]
        browser.close()
    return {f"{name}_s": median(one[name] for one in opened) / 1000 for name in opened[0]}


def open_once(browser: Browser, file: Path) -> dict[str, float]:
    """Milliseconds of one opening, in a context of its own."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(file.as_uri())
    times: dict[str, float] = page.evaluate(IDLE)
    page.close()
    return times


SUBJECT = Subject(
    name="brief_large",
    question="opening the brief of a generated plan in Chromium: load, first paint, idle, next page",
    wanted="XL (10,000 requirements) idle within 3 s",
    build=build,
    phases={"make": make, "open": open_often},
    sizes=("L", "XL"),
    short_sizes=("L",),
    seeds=(1, 2, 3),
)
