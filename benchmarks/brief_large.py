"""How soon can one read the brief of a large plan in a real browser, and what does it take to make it?"""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.registry import ROOT, Figures, Subject

if TYPE_CHECKING:
    from playwright.sync_api import Browser

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


def run(size: str, seed: int) -> Figures:
    """Make a brief and open it, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.brief_large", size, str(seed)]
    printed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    figures: Figures = json.loads(printed)
    return figures


def measure(size: str, seed: int) -> Figures:
    """Seconds to make the brief of the first plan, its size, and the median of five openings."""
    from statistics import median

    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file, made_s = make(size, seed, Path(folder))
        found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
        browser = playwright.chromium.launch(executable_path=found, args=list(QUIET))
        opened = [open_once(browser, file) for _ in range(OPENINGS)]
        browser.close()
        return {
            "make_cpu_s": made_s,
            "file_mb": file.stat().st_size / 1e6,
            **{f"{name}_s": median(one[name] for one in opened) / 1000 for name in opened[0]},
            "make_peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }


def make(size: str, seed: int, folder: Path) -> tuple[Path, float]:
    """The brief of the first plan of a generated problem, and the processor seconds that making it took."""
    from benchmarks.generate import generate
    from standto.brief.files import write_brief
    from standto.brief.page import BriefInput
    from standto.move.bound import prove_bound
    from standto.move.solve import Rounds, solve

    problem = generate(size, seed)
    bound = prove_bound(problem, seconds=1.0)
    plan = solve(problem, Rounds(0), seed=seed, bound=bound)
    began = time.process_time()
    now = datetime(2026, 1, 1, tzinfo=UTC)
    file = write_brief(
        folder, BriefInput(problem=problem, plan=plan, generated=now, version="-", bound=bound)
    )
    return file, time.process_time() - began


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
    run=run,
    sizes=("L", "XL"),
    seeds=(1, 2, 3),
    repeats=1,
    short_repeats=1,
)

if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], int(sys.argv[2]))))
