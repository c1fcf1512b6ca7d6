"""Each part of the page says what the data says, and is left out where there is nothing to say."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from standto.brief.files import write_brief
from standto.brief.page import BriefInput
from standto.brief.render import SECTIONS, render_brief
from standto.brief.sections.curve import TABLE_DAYS
from standto.brief.sheet import Section, Sheet
from standto.errors import FileError
from standto.move.plan import Undelivered
from standto.move.problem import Problem
from standto.move.solve import Rounds, solve
from standto.move.why import Reason
from tests.brief.sample import make_sample
from tests.brief.sample_value import LATER_H, NOON, bound_of, full_input


def sections(given: BriefInput) -> dict[str, Section]:
    sheet = Sheet.of(given)
    built = (build(sheet) for build in SECTIONS)
    return {section.id: section for section in built if section is not None}


def words(section: Section) -> str:
    return section.title.striptags().replace("\N{NO-BREAK SPACE}", " ")


def bare(number: int = 12) -> BriefInput:
    problem, plan = make_sample(number)
    return BriefInput(problem=problem, plan=plan, generated=NOON, version="0.1.0")


def test_parts_come_in_reading_order() -> None:
    order = ["answer", "curve", "map", "units", "late", "bottlenecks", "alert", "basis"]
    assert list(sections(full_input())) == order


def test_a_large_move_is_summed_by_destination() -> None:
    given = bare(320)
    content = sections(given)["destinations"].content
    late = {one.id: one.late_h for one in given.plan.requirements}
    by_place: dict[str, float] = {}
    for one in given.problem.requirements:
        by_place[one.destination] = by_place.get(one.destination, 0.0) + one.weight * late[one.id]
    assert [row["lateness"].value for row in content["rows"]] == sorted(map(round, by_place.values()))[::-1]
    assert sum(row["all"].value for row in content["rows"]) == 320
    assert "destinations" not in sections(bare())


def test_the_table_of_days_reaches_the_end_of_a_long_move() -> None:
    given = bare(320)
    table = sections(given)["curve"].content["table"]
    assert given.plan.totals.closure_h is not None
    assert len(table) <= TABLE_DAYS
    assert table[-1]["day"] * 24 >= given.plan.totals.closure_h
    assert table[-1]["complete"].value == 320


def test_without_a_scenario_there_is_no_alert_and_nothing_is_priced() -> None:
    found = sections(bare())
    assert "alert" not in found
    assert found["bottlenecks"].content["rows"] == []
    assert "the alert" not in bare().headline


def test_without_coordinates_there_is_no_map() -> None:
    given = bare()
    raw = given.problem.model_dump(by_alias=True, exclude_unset=True)
    for place in raw["places"]:
        del place["lat"], place["lon"]
    assert "map" not in sections(replace(given, problem=Problem.model_validate(raw)))


def test_a_place_without_coordinates_is_named_as_missing() -> None:
    given = bare()
    raw = given.problem.model_dump(by_alias=True, exclude_unset=True)
    place = next(place for place in raw["places"] if place["id"] == "APEX")
    del place["lat"], place["lon"]
    drawn = sections(replace(given, problem=Problem.model_validate(raw)))["map"]
    assert drawn.content["missing"].replace("\N{NO-BREAK SPACE}", " ") == "1 place has"


def test_the_headline_tells_what_the_alerts_bought() -> None:
    given = full_input()
    assert given.value is not None
    assert given.value.closure_gain_h == pytest.approx(LATER_H)
    assert given.headline.replace("\N{NO-BREAK SPACE}", " ").endswith(
        "4 days sooner than without the alerts."
    )


def test_a_plan_for_another_goal_does_not_borrow_the_gain() -> None:
    given = full_input()
    assert given.value is not None
    totals = given.plan.totals.model_copy(update={"closure_h": (given.plan.totals.closure_h or 0.0) + 48})
    other = replace(given, plan=given.plan.model_copy(update={"totals": totals}))
    headline = other.headline.replace("\N{NO-BREAK SPACE}", " ")
    assert "sooner than" not in headline
    assert headline.endswith("the alerts can bring the last of them in 4 days sooner.")


@pytest.mark.parametrize(("share", "said"), [(1.0, "faster: that is proven"), (0.9, "in less than")])
def test_the_bound_is_told_as_a_limit_or_as_reached(share: float, said: str) -> None:
    given = full_input()
    bound = bound_of(given.problem, given.plan, share)
    assert said in sections(replace(given, bound=bound))["answer"].lead.striptags()


def test_a_plan_at_its_bound_is_called_proven_best_and_no_earlier_hour_stands_beside_it() -> None:
    given = full_input()
    found = sections(replace(given, bound=bound_of(given.problem, given.plan, 1.0)))
    card = found["answer"].content["cards"][1]
    assert card["note"] == "Proven best: no plan can end sooner"
    assert ", proven best" in found["curve"].content["charts"][0]["svgs"][0]
    assert "bound: no plan" not in found["curve"].content["charts"][0]["svgs"][0]


def test_what_is_left_to_gain_is_never_written_too_small() -> None:
    given = full_input()
    closure = given.plan.totals.closure_h
    assert closure is not None
    bound = replace(bound_of(given.problem, given.plan, 1.0), closure_h=closure - 6.3)
    note = sections(replace(given, bound=bound))["answer"].content["cards"][1]["note"]
    assert "at most 7 h are left" in note.striptags().replace("\N{NO-BREAK SPACE}", " ")


def test_the_share_in_the_title_of_the_map_is_of_the_tonnes_that_its_table_shows() -> None:
    given = bare()
    found = sections(given)["map"]
    homes = {one.origin for one in given.problem.requirements}
    through = Sheet.of(given).flow.places
    most = max(load.tonnes for name, load in through.items() if name not in homes)
    share = most / sum(one.tonnes for one in given.problem.requirements)
    assert words(found).startswith(f"{round(100 * min(1.0, share))} % of all tonnes ")


def test_a_slower_way_for_want_of_lift_is_told_as_such() -> None:
    given = bare(30)
    reasons = {one.id: Reason("lift", "goes a slower way") for one in Sheet.of(given).late}
    assert words(sections(replace(given, reasons=reasons))["late"]).endswith(
        "are held back by lift: a slower way"
    )


def test_the_steps_of_the_proof_are_told_plainly() -> None:
    given = full_input()
    bound = replace(
        bound_of(given.problem, given.plan, 0.9),
        method="critical path, stopped by the time given, closes against its cuts",
    )
    said = dict(sections(replace(given, bound=bound))["basis"].content["method"])["How the bound is proven"]
    assert "What was done here: each requirement alone, as if all lift were its own; it was cut short" in said
    assert "cuts" not in said


def test_the_bottleneck_that_moves_the_bound_most_is_the_title() -> None:
    title = words(sections(full_input())["bottlenecks"])
    assert title == "One more air slot at Carpathia airfield (assumed) moves the bound forward by 18 h"


def test_what_one_more_does_to_the_plan_is_said_only_where_planned_again() -> None:
    rows = sections(full_input())["bottlenecks"].content["rows"]
    assert [row["gain"] is None for row in rows] == [False, True]
    assert rows[0]["gain"].value == pytest.approx(LATER_H)


def test_what_is_not_delivered_leads_the_page() -> None:
    given = bare()
    first, *others = given.plan.requirements
    undelivered = Undelivered(pax=10, cargo={})
    lost = first.model_copy(update={"close_h": None, "undelivered": undelivered, "why": "no way there"})
    plan = given.plan.model_copy(update={"requirements": [lost, *others]})
    found = replace(given, plan=plan, reasons={lost.id: Reason("way", "no way there")})
    assert "cannot be brought into place" in found.headline
    group = next(group for group in sections(found)["late"].content["groups"] if group["undelivered"])
    assert group["rows"][0]["why"] == "no way there"


def test_what_is_there_in_part_is_not_called_nothing() -> None:
    """People by air are there; the tonnes that nothing carries are not."""
    fleet = {"id": "F", "mode": "air", "count": 1, "base": "A", "seats": 100, "tonnes": 50, "classes": []}
    wanted = {"id": "R", "pax": 50, "cargo": {"bulk": 10}, "origin": "A", "destination": "B"}
    problem = Problem.model_validate(
        {
            "places": [{"id": "A", "slots": {"air": 1}}, {"id": "B", "slots": {"air": 1}}],
            "links": [{"from": "A", "to": "B", "mode": "air", "km": 800}],
            "fleets": [{**fleet, "kmh": 800, "load_h": 1, "unload_h": 1, "service_h": 0.5}],
            "requirements": [{**wanted, "available_h": 0, "due_h": 10}],
        }
    )
    given = replace(bare(), problem=problem, plan=solve(problem, Rounds(0)))
    assert "50 of 50 people and 0 t of 10 t are there" in given.headline


def test_late_units_are_grouped_by_cause_with_what_they_waited_for() -> None:
    given = bare(30)
    sheet = Sheet.of(given)
    late = [outcome.id for outcome in sheet.late]
    assert len(late) >= 4
    slots, fleet = Reason("slots", "held", place="APEX"), Reason("lift", "waits", fleet="C17")
    reasons = dict.fromkeys(late[1:], slots) | {late[0]: fleet}
    section = sections(replace(given, reasons=reasons))["late"]
    first, second = (group["title"].striptags() for group in section.content["groups"])
    assert first.endswith("are held back by working slots at Carpathia airfield")
    assert second.replace("\N{NO-BREAK SPACE}", " ") == "1 unit is held back by lift: Strategic airlifter"
    shown = [row["name"] for group in section.content["groups"] for row in group["rows"]]
    assert sorted(shown) == sorted(sheet.name(name) for name in late)


def test_a_group_names_the_candidates_that_it_waited_for_and_hours_only_of_plans_made_again() -> None:
    given = full_input(30)
    late = [outcome.id for outcome in Sheet.of(given).late]
    slots, fleet = Reason("slots", "held", place="APEX"), Reason("lift", "waits", fleet="C17")
    reasons = dict.fromkeys(late[1:], slots) | {late[0]: fleet}
    found = sections(replace(given, reasons=reasons))["late"].content["groups"]
    said = {group["rows"][0]["why"]: [one.striptags() for one in group["cures"]] for group in found}
    assert said["held"][0].startswith("One more air slot at Carpathia airfield (assumed) moves the bound")
    assert said["held"][0].endswith("planned again, 0 weighted hours late are saved.")
    assert said["waits"][0].endswith("not planned again.")
    rows = [row for group in found for row in group["rows"]]
    assert all("Planned again with one more air slot" in row["cure"] for row in rows)
    uncured = sections(replace(given, reasons=reasons, cures=()))["late"].content["groups"][0]
    assert uncured["rows"][0]["cure"] == ""


def test_an_empty_problem_is_a_page_too() -> None:
    given = bare()
    problem = given.problem.model_copy(update={"requirements": []})
    totals = given.plan.totals.model_copy(update={"closure_h": None})
    plan = given.plan.model_copy(update={"vehicles": [], "requirements": [], "totals": totals, "bound": None})
    text = render_brief(replace(given, problem=problem, plan=plan))
    assert "<h1" in text


@pytest.mark.parametrize("epoch", [None, "not an instant", "2022-02-25T06:00:00Z"])
def test_every_kind_of_epoch_draws(epoch: str | None) -> None:
    problem, plan = make_sample(6, epoch=epoch)
    text = render_brief(BriefInput(problem=problem, plan=plan, generated=NOON, version="0.1.0"))
    assert ("C-hour 250600ZFEB22" in text) == (epoch is not None and epoch.endswith("Z"))


@pytest.mark.parametrize(
    "readiness",
    [
        {},
        {"changes": "soon", "tasks": 3, "ordered_h": None},
        {"changes": [["x"], 4, [None, None]], "tasks": [{"critical": True}, "t"], "ready_h": "later"},
    ],
)
def test_readiness_of_any_shape_is_drawn_as_far_as_it_goes(readiness: dict[str, object]) -> None:
    given = bare()
    requirements = [one.model_copy(update={"readiness": readiness}) for one in given.problem.requirements]
    problem = given.problem.model_copy(update={"requirements": requirements})
    assert len(sections(replace(given, problem=problem))["units"].content["rows"]) == len(requirements)


def test_many_rows_go_to_the_script_and_few_stay_on_the_page() -> None:
    sheet = Sheet.of(bare(400))
    built = {section.id: section for build in SECTIONS if (section := build(sheet)) is not None}
    assert len(built["units"].content["rows"]) == 60
    assert len(sheet.scripts["rows"]) == 400


def test_a_brief_of_thousands_stays_small() -> None:
    page = render_brief(bare(4000))
    assert len(page.encode()) < 3_000_000
    by_nation = re.search(r"By nation: US \((\S+)\)", page)
    assert by_nation is not None
    assert re.fullmatch(r"\d{1,3}(,\d{3})*", by_nation.group(1))


def test_files_hold_the_page_and_its_figures(tmp_path: Path) -> None:
    given = full_input()
    written = write_brief(tmp_path / "new" / "folder", given)
    assert written.read_text(encoding="utf-8") == render_brief(given)
    figures = json.loads((written.parent / "brief.json").read_text(encoding="utf-8"))
    assert figures["format"] == "standto-brief/1"
    assert figures["headline"] == given.headline
    assert figures["figures"]["closure"]["value"] == pytest.approx(given.plan.totals.closure_h)
    assert sorted(path.name for path in written.parent.iterdir()) == ["brief.html", "brief.json"]


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(FileError, match="cannot be made"):
        write_brief(tmp_path / "taken", full_input(6))
