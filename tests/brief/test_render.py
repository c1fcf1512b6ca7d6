"""The page as a whole: self-contained, readable, every section there, untrusted text as text."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

from standto.brief.page import BriefInput
from standto.brief.render import render, render_brief
from standto.move.problem import About, Problem
from tests.brief.sample import make_sample

NOON = datetime(2022, 2, 25, 12, tzinfo=UTC)


def brief_of(number: int = 12, **more: Any) -> BriefInput:
    problem, plan = make_sample(number)
    return replace(BriefInput(problem=problem, plan=plan, generated=NOON, version="0.1.0"), **more)


class Page(HTMLParser):
    """What a browser would fetch, the ids, the headings and the text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.headings: list[int] = []
        self.tags: list[str] = []
        self.refs: dict[str, set[str]] = {}
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        for name in ("src", "srcset", "data", "poster", "action", "xlink:href"):
            if given.get(name):
                self.fetched.append(f"{tag} {given[name]}")
        if given.get("href"):
            inside = tag == "use" and str(given["href"]).startswith("#")
            (self.links if tag == "a" or inside else self.fetched).append(str(given["href"]))
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if given.get("data-ref"):
            self.refs.setdefault(str(given["data-ref"]), set()).add(str(given["value"]))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_page_fetches_nothing() -> None:
    text = render_brief(brief_of())
    page = Page(text)
    assert page.fetched == []
    assert all(link.startswith("#") for link in page.links)
    assert "url(" not in text.replace("url(#", "")
    assert "@import" not in text
    assert "default-src 'none'" in text


def test_headings_are_in_order_and_ids_unique() -> None:
    page = Page(render_brief(brief_of()))
    assert page.headings[0] == 1
    assert page.headings.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(page.headings, page.headings[1:], strict=False))
    assert len(page.ids) == len(set(page.ids))


def test_figures_on_the_page_are_the_figures_beside_it() -> None:
    text, figures = render(brief_of())
    shown = Page(text).refs
    assert len(shown) > 40
    for key, values in shown.items():
        known = figures["figures"][key]
        assert known["source"]
        assert values == {str(known["value"])}, key


def test_banner_is_on_top_in_print_and_in_every_chart() -> None:
    given = brief_of()
    about = About(kind="exercise", banner="reconstruction from the public record")
    problem = given.problem.model_copy(update={"about": about})
    text = render_brief(replace(given, problem=problem))
    words = "EXERCISE: reconstruction from the public record"
    assert text.count(words) >= 4
    assert '@top-center{content:"EXERCISE\\3a  reconstruction' in text


def test_real_says_real() -> None:
    given = brief_of()
    problem = given.problem.model_copy(update={"about": About(kind="real")})
    text = render_brief(replace(given, problem=problem))
    assert 'aria-label="Exercise or real">REAL</div>' in text
    assert "EXERCISE" not in text


EVIL = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'&{{7*7}}]]>"


def test_hostile_text_stays_text() -> None:
    given = brief_of()
    raw = given.problem.model_dump(by_alias=True, exclude_unset=True)
    raw["name"] = EVIL
    for place in raw["places"]:
        place.update(name=EVIL, assumed=EVIL)
    for fleet in raw["fleets"]:
        fleet.update(name=EVIL, assumed=EVIL)
    for index, one in enumerate(raw["requirements"]):
        one.update(unit=f"{EVIL}{index}", nation=EVIL, assumed=EVIL)
        one["readiness"] = {
            "changes": [[-48.0, EVIL, EVIL]],
            "tasks": [{"name": EVIL, "start_h": 0.0, "end_h": 9.0, "critical": True}],
        }
    raw["about"] = {
        "kind": "exercise",
        "scenario": EVIL,
        "banner": EVIL,
        "sources": [
            {"key": EVIL, "title": "javascript:alert(1)"},
            {"key": "a", "address": "https://example.org/?a=1&b=<2>"},
        ],
        "assumptions": [{"what": EVIL, "why": EVIL}],
    }
    problem = Problem.model_validate(raw)
    outcomes = [one.model_copy(update={"why": EVIL}) for one in given.plan.requirements]
    plan = given.plan.model_copy(update={"requirements": outcomes, "made_by": {"solver": EVIL, "seed": 1}})
    text = render_brief(replace(given, problem=problem, plan=plan))
    page = Page(text)
    assert page.tags.count("script") == 3
    assert "img" not in page.tags
    assert any(EVIL in word for word in page.words)
    assert "<script>alert" not in text
    assert page.links[-1].startswith("https://example.org")
    assert not any("javascript" in link for link in page.links)


def test_page_of_two_dozen_is_small() -> None:
    assert len(render_brief(brief_of(24)).encode()) < 400_000
