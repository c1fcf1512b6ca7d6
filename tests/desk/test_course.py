"""The course of a search: what is told while it runs, when it ends early, and how the end is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from standto.desk.beside import ProofBeside
from standto.desk.course import Course
from standto.desk.planning import PlanOptions, make_plan
from standto.desk.screen import Screen
from standto.move.bound import Bound, prove_bound
from standto.move.plan import Totals
from standto.move.problem import Goal, parse_problem
from standto.move.solve import Progress, Rounds, Seconds
from tests.desk.conftest import Run

BOUND = Bound(100.0, 40.0, {}, (), "by hand", 0.1)
ONE = b"""{"format": "standto-lift/1",
 "places": [{"id": "A", "slots": {"air": 1}}, {"id": "B", "slots": {"air": 1}}],
 "links": [{"from": "A", "to": "B", "mode": "air", "km": 800}],
 "fleets": [{"id": "F", "mode": "air", "count": 1, "base": "A", "seats": 100, "tonnes": 50,
 "classes": ["bulk"], "kmh": 800, "range_km": null, "load_h": 1, "unload_h": 1, "service_h": 1,
  "use_h_per_day": null}],
 "requirements": [{"id": "R", "pax": 10, "cargo": {}, "origin": "A", "destination": "B", "available_h": 0,
  "due_h": 1}]}"""


class Clock:
    """A clock that is set by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def told(rounds: int, closure_h: float, cost: float = 0.0, undelivered: float = 0.0) -> Progress:
    totals = Totals(
        undelivered=undelivered,
        missed=0.0,
        weighted_lateness=40.0,
        closure_h=closure_h,
        cost=cost,
        moving_h=0.0,
        sorties=1,
    )
    return Progress(0.0, rounds, totals, "closure")


def course(clock: Clock, seconds: float = 20.0, patience_s: float | None = None) -> Course:
    rule = Seconds(seconds, clock)
    made = Course(rule, "closure", BOUND, seconds=seconds, patience_s=patience_s, clock=clock)
    made.begin()
    return made


def at(clock: Clock, watched: Course, second: float, progress: Progress) -> bool:
    clock.now = second
    watched.note(progress)
    return watched(progress.rounds)


def test_the_line_tells_elapsed_best_bound_gap_rounds_and_when_it_last_got_better() -> None:
    clock = Clock()
    watched = course(clock)
    at(clock, watched, 0.0, told(0, 150.0))
    at(clock, watched, 3.0, told(1200, 125.0))
    at(clock, watched, 7.0, told(2400, 125.0))
    line = watched.line()
    for part in (
        "7 s",
        "round 2,400",
        "closes at 125.0 h",
        "bound 100.0 h",
        "gap 25.0%",
        "last better at 3 s",
    ):
        assert part in line


def test_time_used_up() -> None:
    clock = Clock()
    watched = course(clock)
    assert not at(clock, watched, 3.0, told(10, 125.0))
    assert at(clock, watched, 20.0, told(90, 125.0))
    end = watched.ending()
    assert (end.why, end.rounds, end.better_at_s, end.proven_best) == ("time", 90, 3.0, False)
    assert "20 s given" in end.sentence
    assert "17.0 s since" in end.sentence


def test_a_search_that_still_gets_better_says_that_more_seconds_may_help() -> None:
    clock = Clock()
    watched = course(clock)
    at(clock, watched, 3.0, told(10, 125.0))
    at(clock, watched, 19.5, told(80, 120.0))
    assert at(clock, watched, 20.0, told(90, 120.0))
    assert "more seconds may help" in watched.ending().sentence


def test_rounds_alone_decide_where_rounds_count() -> None:
    clock = Clock()
    watched = Course(Rounds(5), "closure", BOUND, rounds=5, patience_s=1.0, clock=clock)
    assert not at(clock, watched, 0.0, told(0, 100.0))
    assert not at(clock, watched, 60.0, told(4, 100.0))
    assert at(clock, watched, 61.0, told(5, 100.0))
    assert watched.ending().why == "rounds"
    assert watched.proven_best
    assert watched.most_rounds == 5


def test_a_plan_that_equals_its_bound_ends_the_search_once_nothing_else_gets_better() -> None:
    clock = Clock()
    watched = course(clock)
    assert not at(clock, watched, 1.0, told(10, 100.0, cost=9.0))
    assert not at(clock, watched, 2.5, told(20, 100.0, cost=5.0))
    assert not at(clock, watched, 4.0, told(30, 100.0, cost=5.0))
    assert at(clock, watched, 4.5, told(40, 100.0, cost=5.0))
    assert watched.ending().why == "proven"
    assert "no plan is better" in watched.ending().sentence


def test_a_plan_that_leaves_something_behind_is_not_proven_best() -> None:
    clock = Clock()
    watched = course(clock)
    at(clock, watched, 1.0, told(10, 100.0, undelivered=3.0))
    assert not watched.proven_best


def test_patience_ends_the_search_after_what_was_given() -> None:
    clock = Clock()
    watched = course(clock, patience_s=5.0)
    assert not at(clock, watched, 2.0, told(10, 130.0))
    assert not at(clock, watched, 7.0, told(20, 120.0))
    assert not at(clock, watched, 11.5, told(30, 120.0))
    assert at(clock, watched, 12.0, told(40, 120.0))
    assert watched.ending().why == "patience"


def test_a_bound_that_gets_tighter_closes_the_gap() -> None:
    clock = Clock()
    watched = course(clock)
    at(clock, watched, 1.0, told(10, 120.0))
    assert not watched.proven_best
    watched.bound = Bound(120.0, 40.0, {}, (), "by hand", 3.0)
    assert watched.proven_best


@pytest.mark.parametrize("goal", ["closure", "lateness"])
def test_a_plan_is_proven_best_and_the_search_does_not_use_all_its_seconds(goal: Goal) -> None:
    problem = parse_problem(ONE).with_goal(goal)
    made, bound, watched = make_plan(problem, PlanOptions(seconds=15.0), Screen())
    assert watched.ending().why == "proven"
    assert made.totals.closure_h == pytest.approx(bound.closure_h, abs=0.01)
    assert made.made_by["options"]["stop"] == "Seconds(15)"


def test_with_nothing_to_move_nobody_is_said_to_have_stopped_it() -> None:
    problem = parse_problem(ONE.replace(b'"pax": 10', b'"pax": 0'))
    _, _, watched = make_plan(problem, PlanOptions(seconds=2.0), Screen())
    assert watched.ending().why != "hand"


class Impatient(Screen):
    """Somebody who presses Ctrl-C once, as soon as the search has begun."""

    pressed = False

    def tell(self, text: str) -> None:
        if "last better" in text and not self.pressed:
            self.pressed = True
            raise KeyboardInterrupt


def test_stopped_by_hand_gives_the_best_so_far() -> None:
    several = b", ".join(
        b'{"id": "R%d", "pax": 150, "cargo": {"bulk": 70}, "origin": "A", "destination": "B",'
        b'"available_h": %d, "due_h": 9, "weight": %d}' % (n, 7 * n % 5, 1 + n % 3)
        for n in range(8)
    )
    problem = parse_problem(ONE[: ONE.index(b'{"id": "R"')] + several + b"]}")
    made, _, watched = make_plan(problem, PlanOptions(seconds=60.0), Impatient())
    assert watched.ending().why == "hand"
    assert "by hand" in watched.ending().sentence
    assert made.totals.undelivered == 0


def test_a_bound_proven_beside_is_the_one_proven_here() -> None:
    problem = parse_problem(ONE)
    with ProofBeside(problem, 60.0) as beside:
        found = beside.found(60.0)
    assert found is not None
    assert found.closure_h == prove_bound(problem).closure_h


def test_plan_prints_how_the_search_ended_and_json_has_the_same(
    run: Run, drill: Path, tmp_path: Path
) -> None:
    ran = run("plan", drill, "-o", tmp_path / "plan.json", "--rounds", 7)
    assert "ended because the 7 rounds given are done" in ran.out
    assert ran.err == ""
    search = run("plan", drill, "-o", tmp_path / "plan.json", "--rounds", 7, "--json").data["search"]
    assert (search["ended"], search["rounds"]) == ("rounds", 7)
    assert "7 rounds" in search["sentence"]
