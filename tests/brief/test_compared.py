"""Two plans on one page: what it says is the comparison, every figure adds up, text stays text."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from standto.advise.compare import compare
from standto.advise.use import Use
from standto.brief.compared.evidence import moves_of
from standto.brief.compared.moved import moved_uses
from standto.brief.compared.page import CompareInput, OnePlan
from standto.brief.compared.pair import Pair
from standto.brief.compared.render import render_comparison
from standto.brief.files import Forms, write_comparison
from standto.move.check import score
from standto.move.problem import About, Problem
from tests.brief.sample import make_other, make_sample
from tests.brief.test_evidence import evidence_of, fold, holds, table_rows
from tests.brief.test_render import EVIL, Page

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


@cache
def searched() -> CompareInput:
    """Two plans of one problem: some gain, some lose."""
    problem, plan = make_sample(25)
    first = OnePlan(problem=problem, plan=plan, file="a.json")
    second = OnePlan(problem=problem, plan=make_other(problem), file="b.json")
    return CompareInput(first=first, second=second, generated=NOON, version="0.1.0")


@cache
def grown() -> CompareInput:
    """Plans of two problems: the second has one requirement more, and another place to work at."""
    (one, plan), (more, _) = make_sample(24), make_sample(25)
    places = [
        place.model_copy(update={"slots": {**place.slots, "air": 6}}) if place.id == "APEX" else place
        for place in more.places
    ]
    problem = more.model_copy(update={"places": places})
    first = OnePlan(problem=one, plan=plan, file="a.json")
    second = OnePlan(problem=problem, plan=make_other(problem), file="b.json")
    return CompareInput(first=first, second=second, generated=NOON, version="0.1.0", audience="the desk")


def told_as(given: CompareInput, kind: str, epoch: str | None = None) -> CompareInput:
    """The second problem said to be of a kind, with another C-hour."""
    about = About(kind="real" if kind == "real" else "exercise", banner="for the test")
    changes: dict[str, Any] = {"about": about} | ({"epoch": epoch} if epoch else {})
    problem = given.second.problem.model_copy(update=changes)
    return replace(given, second=replace(given.second, problem=problem))


CASES = [searched, grown]


@pytest.mark.parametrize("make", CASES)
def test_the_page_says_what_the_comparison_says(make: Any) -> None:
    given = make()
    facts = compare(given.first.problem, given.first.plan, given.second.problem, given.second.plan)
    page, written = render_comparison(given)
    words = " ".join(Page(page).words)
    figures = written["figures"]
    assert written["sentences"] == list(facts.sentences)
    moved = [*facts.gained, *reversed(facts.lost)]
    assert moved
    assert [row["requirement"] for row in written["changes"]] == [one.requirement for one in moved]
    places = [page.index(f'<tr data-id="{one.requirement}"') for one in moved]
    assert places == sorted(places)
    for one in moved:
        assert figures[f"gain.{one.requirement}"]["value"] == pytest.approx(one.close_gain_h)
        assert figures[f"a.close.{one.requirement}"]["value"] == pytest.approx(one.close_a_h)
        assert figures[f"b.close.{one.requirement}"]["value"] == pytest.approx(one.close_b_h)
        assert f"{one.because[:1].upper()}{one.because[1:]}" in words
    for sentence in facts.said:
        assert sentence in words
    for cause in facts.causes[:5]:
        name = f"cause.{cause.cause}.{cause.at}" if cause.at else f"cause.{cause.cause}"
        assert figures[name]["value"] == pytest.approx(cause.hours, abs=1e-5)
    for difference in facts.differences:
        assert difference.sentence in words


@pytest.mark.parametrize("make", CASES)
def test_totals_and_people_are_those_of_the_plans(make: Any) -> None:
    given = make()
    facts = compare(given.first.problem, given.first.plan, given.second.problem, given.second.plan)
    figures = render_comparison(given)[1]["figures"]
    people = {one.id: one.pax for one in given.second.problem.requirements}
    for key, one in (("a", given.first), ("b", given.second)):
        assert figures[f"{key}.closure"]["value"] == pytest.approx(one.plan.totals.closure_h)
        assert figures[f"{key}.lateness"]["value"] == pytest.approx(one.plan.totals.weighted_lateness)
    assert figures["gains.people"]["value"] == sum(people[one.requirement] for one in facts.gained)
    assert figures["loses.people"]["value"] == sum(people[one.requirement] for one in facts.lost)
    assert {one.requirement for one in facts.changes if moves_of(one) == "gains"} == {
        one.requirement for one in facts.gained
    }


@pytest.mark.parametrize("make", CASES)
def test_every_source_points_to_rows_that_add_up(make: Any) -> None:
    page, written = render_comparison(make())
    held = evidence_of(page)
    assert held["figures"] == json.loads(json.dumps(written["figures"]))
    tables = {name: table_rows(table) for name, table in held["tables"].items()}
    shown = Page(page).refs
    assert len(shown) > 100
    added = 0
    for key, figure in held["figures"].items():
        if key in shown:
            assert shown[key] == {str(written["figures"][key]["value"])}, key
        folded = []
        for wanted in figure["source"].get("rows", []):
            rows = [
                row
                for row in tables[wanted["table"]]
                if all(holds(row[column], sign, than) for column, sign, than in wanted.get("where", []))
            ]
            if wanted.get("fold"):
                values = [row.get(wanted.get("column"), 0) for row in rows]
                folded.append(fold(wanted["fold"], [value for value in values if value is not None]))
        if len(folded) == 1 and "mean" not in figure["source"]["path"]:
            added += 1
            assert folded[0] == pytest.approx(figure["value"], abs=0.02), key
    assert added > 60


def level(use: Use | None, hour: float) -> int:
    """How many are in use at an hour."""
    found = 0
    for at, many in use.steps if use is not None else ():
        if at <= hour:
            found = many
    return found


def test_what_moved_most_stands_first() -> None:
    found = moved_uses(Pair.of(grown()))
    assert [one.otherwise_h for one in found] == sorted((one.otherwise_h for one in found), reverse=True)
    one = next(one for one in found if (one.any.id, one.any.mode) == ("APEX", "air"))
    assert one.a is not None
    assert one.b is not None
    assert (one.a.number, one.b.number) == (2, 6)
    hours = sorted({hour for use in (one.a, one.b) for hour, _ in use.steps})
    whole = sum(
        abs(level(one.a, hour) - level(one.b, hour)) * (until - hour) for hour, until in pairwise(hours)
    )
    assert one.otherwise_h == pytest.approx(whole / 6)


def test_headings_are_in_order_and_nothing_is_fetched() -> None:
    text = render_comparison(grown())[0]
    page = Page(text)
    assert page.fetched == []
    assert page.headings.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(page.headings, page.headings[1:], strict=False))
    assert len(page.ids) == len(set(page.ids))
    assert "Only the second plan has to move" in text
    assert "for the desk" in text


def test_the_same_plan_twice_says_that_nothing_differs() -> None:
    given = replace(searched(), second=searched().first)
    page, written = render_comparison(given)
    assert written["headline"] == "Nothing differs between the two plans."
    assert written["changes"] == []
    assert "Nobody closes at another time" in page


def test_what_is_left_undelivered_comes_first() -> None:
    given = searched()
    vehicles = given.second.plan.vehicles[1:]
    outcomes, totals = score(given.second.problem, vehicles)
    plan = given.second.plan.model_copy(
        update={"vehicles": vehicles, "requirements": outcomes, "totals": totals}
    )
    missing = sum(1 for one in outcomes if one.close_h is None)
    assert missing
    page, written = render_comparison(replace(given, second=replace(given.second, plan=plan)))
    told = f"The second plan leaves {missing} of its requirements undelivered, the first 0."
    assert written["headline"] == told
    assert page.count("only in the first") >= missing
    back = replace(given, first=replace(given.second, plan=plan), second=replace(given.second, plan=plan))
    assert render_comparison(back)[1]["headline"] == "Nothing differs between the two plans."


def test_either_real_makes_the_page_real() -> None:
    page, written = render_comparison(told_as(grown(), "real"))
    assert written["banner"] == "REAL. First plan EXERCISE. Second plan REAL: for the test"
    assert "The first plan is of an exercise and the second is real" in page
    assert '<body class="real">' in page
    both = render_comparison(told_as(grown(), "exercise"))[1]
    assert both["banner"] == "EXERCISE: for the test"


def test_other_c_hours_are_said_and_no_instant_is_written() -> None:
    page, written = render_comparison(told_as(grown(), "exercise", "2022-03-01T12:00:00+00:00"))
    assert "C-hour is 250600ZFEB22 in the first plan and 011200ZMAR22 in the second" in page
    assert 'value="dtg"' not in page
    assert '"epoch":null' in page
    assert written["figures"]["a.closure"]["text"].startswith("C+")


def hostile(given: CompareInput) -> CompareInput:
    """The same with every name an attack."""

    def spoilt(one: OnePlan) -> OnePlan:
        raw = one.problem.model_dump(by_alias=True, exclude_unset=True)
        raw["name"] = EVIL
        raw["about"] = {"kind": "exercise", "scenario": EVIL, "banner": EVIL}
        for row in (*raw["places"], *raw["fleets"]):
            row.update(name=EVIL, assumed=EVIL)
        for index, row in enumerate(raw["requirements"]):
            row.update(unit=f"{EVIL}{index}", nation=EVIL, assumed=EVIL)
        plan = one.plan.model_copy(update={"made_by": {"solver": EVIL, "seed": 1}})
        return replace(one, problem=Problem.model_validate(raw), plan=plan, file=EVIL)

    return replace(given, first=spoilt(given.first), second=spoilt(given.second), audience=EVIL)


def test_hostile_text_stays_text() -> None:
    text = render_comparison(hostile(grown()))[0]
    page = Page(text)
    assert page.tags.count("script") == 3
    assert "img" not in page.tags
    assert any(EVIL in word for word in page.words)
    assert "<script>alert" not in text


def test_other_forms_carry_the_same_headline(tmp_path: Path) -> None:
    written = write_comparison(tmp_path, grown(), Forms(md=True))
    told = (tmp_path / "compare.md").read_text(encoding="utf-8")
    assert written.headline in " ".join(told.split())
    assert "Who gains, who loses" in told
    assert json.loads((tmp_path / "compare.json").read_text(encoding="utf-8"))["headline"] == written.headline
